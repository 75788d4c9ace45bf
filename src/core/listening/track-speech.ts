import type { Ms } from '../model.ts';
import type { SpeechDetector } from '../ports.ts';
import { createGain, createHighPass, levelDb, segmentGain } from './level.ts';
import { createSegmenter, segmentRules } from './segments.ts';
import type { Segment } from './segments.ts';

/** 16 kHz. */
const SAMPLES_PER_MS = 16;
/** Quiet stretches are reported this often, so that whoever waits on the track's position need not wait long. */
const REPORT_MS = 10_000;

/**
 * Below the quantisation noise of 16-bit sound nobody is heard. Tracks of a call are mostly this: whoever does not speak
 * sends nothing, and the detector, a tenth of the cost of listening, need not be asked.
 */
const INAUDIBLE_DB = -90;
/** After a second of it the detector's memory of what was before is worth nothing. */
const FORGET_MS = 1_000;

/** On the track's own clock. */
export type TrackStep =
  | {
      readonly kind: 'speech';
      readonly startMs: Ms;
      readonly endMs: Ms;
      /** What the detector took for speech inside it. */
      readonly speechMs: Ms;
      /** High-passed, brought to an ordinary level, in [-1, 1]. */
      readonly pcm: Float32Array;
    }
  /** Nothing that begins before `untilMs` is still to come. */
  | { readonly kind: 'quiet'; readonly untilMs: Ms };

/**
 * Finds the speech of one track as its sound arrives: 16 kHz mono in chunks of any size, live or from a file. Returns
 * the length of the track. The result depends on the samples alone, not on chunking or timing, and memory is bounded by
 * the longest segment.
 */
export async function* speechOf(
  chunks: AsyncIterable<Float32Array>,
  detector: SpeechDetector,
  maxSegmentMs: Ms,
): AsyncGenerator<TrackStep, Ms> {
  const { frameSamples } = detector;
  const frameMs = frameSamples / SAMPLES_PER_MS;
  let stream = detector.open();
  let inaudibleFrames = 0;
  const highPass = createHighPass();
  const gain = createGain();
  const segmenter = createSegmenter(segmentRules(frameMs, maxSegmentMs));
  let samples = 0;
  let reportedMs = 0;

  const ms = (sample: number) => Math.round(sample / SAMPLES_PER_MS);
  const toStep = (segment: Segment): TrackStep => {
    const startSample = segment.start * frameSamples;
    const endSample = Math.min(segment.end * frameSamples, samples);
    const pcm = new Float32Array(endSample - startSample);
    const factor = segmentGain(segment.frames.map((frame) => frame.levelDb));
    let at = 0;
    for (const frame of segment.frames) {
      for (let i = 0; i < frameSamples && at < pcm.length; i++, at++)
        pcm[at] = Math.max(-1, Math.min(1, (frame.samples[i] ?? 0) * factor));
    }
    return {
      kind: 'speech',
      startMs: ms(startSample),
      endMs: ms(endSample),
      speechMs: Math.round(segment.speechFrames * frameMs),
      pcm,
    };
  };
  const hear = async (raw: Float32Array): Promise<Segment | null> => {
    const clean = highPass(raw);
    const level = levelDb(clean);
    return segmenter.accept({ samples: clean, levelDb: level, probability: await speechIn(clean, level) });
  };
  const speechIn = async (clean: Float32Array, level: number): Promise<number> => {
    if (level < INAUDIBLE_DB) {
      inaudibleFrames++;
      return 0;
    }
    if (inaudibleFrames * frameMs >= FORGET_MS) stream = detector.open();
    inaudibleFrames = 0;
    return stream.accept(gain(clean, level));
  };

  for await (const frame of framed(chunks, frameSamples)) {
    samples += frame.samples;
    const segment = await hear(frame.content);
    if (segment !== null) yield toStep(segment);
    const settledMs = ms(segmenter.settled() * frameSamples);
    if (settledMs - reportedMs >= REPORT_MS) {
      reportedMs = settledMs;
      yield { kind: 'quiet', untilMs: settledMs };
    }
  }
  const last = segmenter.finish();
  if (last !== null) yield toStep(last);
  return ms(samples);
}

/** Full frames of the stream; the last is filled up with silence. `content` is reused. */
async function* framed(
  chunks: AsyncIterable<Float32Array>,
  frameSamples: number,
): AsyncGenerator<{ readonly content: Float32Array; readonly samples: number }> {
  const content = new Float32Array(frameSamples);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + frameSamples - filled);
      content.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < frameSamples) continue;
      yield { content, samples: frameSamples };
      filled = 0;
    }
  }
  if (filled === 0) return;
  content.fill(0, filled);
  yield { content, samples: filled };
}
