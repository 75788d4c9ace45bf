import { expect, test } from 'vitest';
import type { SpeechDetector } from '../../src/core/ports.ts';
import { fixedThresholdSpans } from './fixed-threshold.ts';

const FRAME_SAMPLES = 512;
/** Takes a frame's first sample for its probability. */
const scripted: SpeechDetector = {
  frameSamples: FRAME_SAMPLES,
  open: () => ({ accept: async (frame) => frame[0] ?? 0 }),
};
const play = (...probabilities: number[]): Float32Array => {
  const pcm = new Float32Array(probabilities.length * FRAME_SAMPLES);
  for (const [frame, probability] of probabilities.entries()) pcm[frame * FRAME_SAMPLES] = probability;
  return pcm;
};
const times = (count: number, probability: number): number[] => Array.from({ length: count }, () => probability);

test('a stretch above the threshold is padded, a dip above the lower threshold does not cut it', async () => {
  // Frames of 32 ms: speech from frame 10 up to frame 30.
  const pcm = play(...times(10, 0), ...times(10, 0.9), ...times(2, 0.4), ...times(8, 0.9), ...times(10, 0));
  expect(await fixedThresholdSpans(scripted, pcm)).toEqual([{ startMs: 320 - 30, endMs: 960 + 30 }]);
});

test('a click is too short, speech up to the end is closed there', async () => {
  const pcm = play(...times(5, 0), ...times(3, 0.9), ...times(10, 0), ...times(10, 0.9));
  expect(await fixedThresholdSpans(scripted, pcm)).toEqual([{ startMs: 18 * 32 - 30, endMs: 28 * 32 + 30 }]);
});
