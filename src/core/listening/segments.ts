import type { Ms } from '../model.ts';

/** One frame of a track, in order. */
export interface Frame {
  /** What the recogniser will hear. */
  readonly samples: Float32Array;
  /** From the detector, 0 to 1. */
  readonly probability: number;
  readonly levelDb: number;
}
/** A stretch worth giving to the recogniser: frames [start, end) of the track. */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** The first frame is frame `start`. */
  readonly frames: readonly Frame[];
  /** Frames that the detector took for speech. */
  readonly speechFrames: number;
}

/** All lengths in frames. */
export interface SegmentRules {
  /** A stretch begins at this probability, and lasts while frames reach the lower one. */
  readonly enter: number;
  readonly stay: number;
  /** Frames kept around speech: onsets and endings are weaker than what was detected, and recognisers need air. */
  readonly pad: number;
  /** Silence that ends a stretch which is long enough to stand alone, and one that is shorter. */
  readonly pause: number;
  readonly patience: number;
  readonly longEnough: number;
  /** No segment is longer. */
  readonly most: number;
}

/** The rules for frames of this length and a recogniser that takes at most `maxSegmentMs`. */
export function segmentRules(frameMs: Ms, maxSegmentMs: Ms): SegmentRules {
  const frames = (ms: Ms) => Math.max(1, Math.round(ms / frameMs));
  return {
    enter: ENTER,
    stay: STAY,
    pad: frames(PAD_MS),
    pause: frames(PAUSE_MS),
    patience: frames(PATIENCE_MS),
    longEnough: frames(LONG_ENOUGH_MS),
    most: Math.max(1, Math.floor(maxSegmentMs / frameMs)),
  };
}

/**
 * Low on purpose: what is not speech is for the recogniser to reject, it hears words where the detector hears only
 * sound. On ten AMI meeting excerpts .5 and .35 pass 97.1 % of the speech, these 98.2 %, and 6 % more sound in all.
 */
const ENTER = 0.4;
const STAY = 0.15;
/** People's turns, as annotated, reach this far beyond what is detected; a fifth of a second less costs 2.5 % of them. */
const PAD_MS = 512;
/** Pauses inside a sentence are mostly shorter, those between sentences and turns mostly longer. */
const PAUSE_MS = 600;
/** A word or two alone are hard to recognise: what follows soon is better heard together with them. */
const PATIENCE_MS = 1_000;
/** One sentence; much longer segments are read badly and lose more when the recogniser fails on them. */
const LONG_ENOUGH_MS = 4_000;

export interface Segmenter {
  /** No segment to come begins before this frame. */
  settled(): number;
  /** At most one segment ends with a frame. */
  accept(frame: Frame): Segment | null;
  /** The track has ended. */
  finish(): Segment | null;
}

/**
 * Cuts a track into segments: in order, never overlapping, never longer than `rules.most`, holding every frame that
 * reaches `rules.enter`. Speech without a pause is cut where it is least likely to be speech. Holds at most
 * `rules.most` frames, so it serves live sound and files of any length alike.
 */
export function createSegmenter(rules: SegmentRules): Segmenter {
  const kept: Frame[] = [];
  /** Track position of kept[0]. */
  let first = 0;
  /** Null while nobody speaks. */
  let lastSpeech: number | null = null;
  const next = () => first + kept.length;

  const emit = (end: number): Segment => {
    const frames = kept.splice(0, end - first);
    const segment = {
      start: first,
      end,
      frames,
      speechFrames: frames.filter((frame) => frame.probability >= rules.stay).length,
    };
    first = end;
    return segment;
  };

  const begin = (): void => {
    const at = next() - 1;
    let onset = at;
    while (onset > first && (kept[onset - 1 - first]?.probability ?? 0) >= rules.stay) onset--;
    const start = Math.max(first, onset - rules.pad, next() - rules.most);
    kept.splice(0, start - first);
    first = start;
    lastSpeech = at;
  };

  /** Keeps the air in front of what may come. */
  const forget = (): void => {
    const surplus = kept.length - (rules.pad + rules.patience);
    if (surplus > 0) {
      kept.splice(0, surplus);
      first += surplus;
    }
  };

  const cut = (): Segment => {
    const segment = emit(first + quietestCut(kept));
    if (lastSpeech !== null && lastSpeech < first) lastSpeech = null;
    return segment;
  };

  return {
    settled: () => first,
    accept(frame) {
      kept.push(frame);
      const at = next() - 1;
      if (lastSpeech === null) {
        if (frame.probability < rules.enter) {
          forget();
          return null;
        }
        begin();
      } else if (frame.probability >= rules.stay) lastSpeech = at;
      if (kept.length >= rules.most) return cut();
      const spoken = lastSpeech === null ? 0 : lastSpeech + 1 - first;
      const silence = lastSpeech === null ? 0 : at - lastSpeech;
      if (lastSpeech === null || silence < (spoken >= rules.longEnough ? rules.pause : rules.patience)) return null;
      const segment = emit(Math.min(lastSpeech + 1 + rules.pad, next()));
      lastSpeech = null;
      return segment;
    },
    finish() {
      if (lastSpeech === null) return null;
      return emit(Math.min(lastSpeech + 1 + rules.pad, next()));
    },
  };
}

/** Frames looked at on each side of a possible cut, the nearer the heavier: a pause beats a single weak frame. */
const AROUND = 5;
/** Decibels that count as much as all of the probability: level only decides between equals. */
const LEVEL_SCALE = 1_000;

/** Where to end the segment: in its second half, between the frames that hold the least speech. */
function quietestCut(frames: readonly Frame[]): number {
  let best = frames.length;
  let least = Number.POSITIVE_INFINITY;
  for (let at = Math.ceil(frames.length / 2); at < frames.length; at++) {
    let sum = 0;
    let weights = 0;
    for (let i = Math.max(0, at - AROUND); i < Math.min(frames.length, at + AROUND); i++) {
      const weight = AROUND - Math.abs(i + 0.5 - at);
      const frame = frames[i];
      sum += weight * ((frame?.probability ?? 0) + (frame?.levelDb ?? 0) / LEVEL_SCALE);
      weights += weight;
    }
    const score = sum / weights;
    // Of equals the last: longer segments give the recogniser more to go by.
    if (score <= least) {
      least = score;
      best = at;
    }
  }
  return best;
}
