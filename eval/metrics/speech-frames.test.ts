import { describe, expect, test } from 'vitest';
import { scoreFrames, sumFrames } from './speech-frames.ts';

describe('frames of speech found', () => {
  test('leaves overlapping talk out of recall but not out of precision', () => {
    // Turns 0–400 and 300–600 ms overlap for 100 ms, so 500 ms have one speaker. Found: 200–700 ms.
    // Found with one speaker: 200–300 and 400–600 = 300 ms. With anybody: 200–600 = 400 ms of 500.
    const score = scoreFrames(
      [
        { startMs: 0, endMs: 400 },
        { startMs: 300, endMs: 600 },
      ],
      [{ startMs: 200, endMs: 700 }],
      1000,
    );
    expect(score.referenceMs).toBe(500);
    expect(score.recall).toBeCloseTo(300 / 500);
    expect(score.precision).toBeCloseTo(400 / 500);
  });

  test('is perfect when silence was taken for silence', () => {
    expect(scoreFrames([], [], 1000)).toMatchObject({ recall: 1, precision: 1 });
  });

  test('counts a found stretch once however often it was found', () => {
    const span = { startMs: 0, endMs: 100 };
    expect(scoreFrames([span], [span, span], 200)).toMatchObject({ foundMs: 100, recall: 1, precision: 1 });
  });

  test('adds up recordings by their length', () => {
    const long = scoreFrames([{ startMs: 0, endMs: 900 }], [{ startMs: 0, endMs: 900 }], 1000);
    const lost = scoreFrames([{ startMs: 0, endMs: 100 }], [], 1000);
    expect(sumFrames([long, lost]).recall).toBeCloseTo(0.9);
  });
});
