/** A stretch of time; milliseconds, end not included. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

const FRAME_MS = 10;

export interface FrameScore {
  /** Share of the frames with exactly one speaker that were taken for speech; overlap is left out. */
  readonly recall: number;
  /** Share of the frames taken for speech in which somebody speaks. */
  readonly precision: number;
  readonly referenceMs: number;
  readonly foundMs: number;
  /** Frames that are both, in milliseconds: what recall and precision are made of, for adding up over files. */
  readonly recalledMs: number;
  readonly rightMs: number;
}

const speakersPerFrame = (frames: number, spans: readonly Span[]): Uint8Array => {
  const counts = new Uint8Array(frames);
  for (const span of spans) {
    const end = Math.min(frames, Math.round(span.endMs / FRAME_MS));
    for (let frame = Math.max(0, Math.round(span.startMs / FRAME_MS)); frame < end; frame += 1) {
      counts[frame] = Math.min(255, (counts[frame] ?? 0) + 1);
    }
  }
  return counts;
};

const ratio = (part: number, all: number): number => (all === 0 ? 1 : part / all);

/** Compares stretches taken for speech with labelled turns, in frames of 10 ms. `reference` has one span per turn. */
export const scoreFrames = (reference: readonly Span[], found: readonly Span[], durationMs: number): FrameScore => {
  const frames = Math.round(durationMs / FRAME_MS);
  const speakers = speakersPerFrame(frames, reference);
  const speech = speakersPerFrame(frames, found);
  let single = 0;
  let recalled = 0;
  let taken = 0;
  let right = 0;
  for (const [frame, count] of speakers.entries()) {
    const heard = (speech[frame] ?? 0) > 0;
    if (count === 1) single += 1;
    if (heard) taken += 1;
    if (heard && count === 1) recalled += 1;
    if (heard && count > 0) right += 1;
  }
  return {
    recall: ratio(recalled, single),
    precision: ratio(right, taken),
    referenceMs: single * FRAME_MS,
    foundMs: taken * FRAME_MS,
    recalledMs: recalled * FRAME_MS,
    rightMs: right * FRAME_MS,
  };
};

/** One score over several recordings, by time. */
export const sumFrames = (scores: readonly FrameScore[]): FrameScore => {
  const sum = (pick: (score: FrameScore) => number): number => scores.reduce((left, score) => left + pick(score), 0);
  const referenceMs = sum((score) => score.referenceMs);
  const foundMs = sum((score) => score.foundMs);
  const recalledMs = sum((score) => score.recalledMs);
  const rightMs = sum((score) => score.rightMs);
  return {
    recall: ratio(recalledMs, referenceMs),
    precision: ratio(rightMs, foundMs),
    referenceMs,
    foundMs,
    recalledMs,
    rightMs,
  };
};
