import { describe, expect, it } from 'vitest';
import { createGain, createHighPass, createLevelMemory, levelDb, segmentGain } from './level.ts';

const FRAME = 512;
/** Frames of a tone at this level. */
const tone = (frames: number, db: number, hz = 440): Float32Array[] =>
  Array.from({ length: frames }, (_, f) =>
    Float32Array.from(
      { length: FRAME },
      (__, i) => Math.SQRT2 * 10 ** (db / 20) * Math.sin((2 * Math.PI * hz * (f * FRAME + i)) / 16_000),
    ),
  );
/** Levels after the gain, frame by frame. */
const afterGain = (frames: readonly Float32Array[]): number[] => {
  const gain = createGain();
  return frames.map((frame) => levelDb(gain(frame, levelDb(frame))));
};

/** Level of the last frame after the high-pass. */
const through = (frames: readonly Float32Array[]) => {
  const highPass = createHighPass();
  return frames.map((frame) => levelDb(highPass(frame))).at(-1) ?? 0;
};

describe('the gain', () => {
  it.each([-60, -46, -26, -10])('brings speech at %i dB to one level', (db) => {
    const rests = tone(60, db - 35);
    const levels = afterGain([...rests, ...tone(30, db), ...rests, ...tone(30, db)]);
    expect(levels.at(-1)).toBeGreaterThan(-28.5);
    expect(levels.at(-1)).toBeLessThan(-23);
  });

  it('does not lift a steady background to the level of speech', () => {
    const levels = afterGain(tone(600, -70));
    expect(levels.at(-1)).toBeLessThan(-45);
  });

  it('does not press down speech that has no pause yet', () => {
    expect(Math.min(...afterGain(tone(50, -26)))).toBeGreaterThan(-27);
  });

  it('leaves digital silence silent', () => {
    expect(afterGain(tone(100, -200)).at(-1)).toBe(-100);
  });

  it('limits a shout after a whisper at once', () => {
    const gain = createGain();
    for (const frame of [...tone(200, -75), ...tone(50, -55)]) gain(frame, levelDb(frame));
    const [, second] = tone(2, -6);
    const shout = second === undefined ? [] : [...gain(second, levelDb(second))].slice(FRAME / 2);
    expect(shout.filter((sample) => Math.abs(sample) === 1).length).toBeLessThan(FRAME / 4);
  });

  it('has no steps between frames', () => {
    const gain = createGain();
    let last: number | undefined;
    let largest = 0;
    for (const frame of [...tone(40, -60, 100), ...tone(40, -50, 100), ...tone(40, -55, 100)]) {
      const out = gain(frame, levelDb(frame));
      // At most a sample's natural change at 100 Hz, at full level.
      if (last !== undefined) largest = Math.max(largest, Math.abs((out[0] ?? 0) - last));
      last = out.at(-1);
    }
    expect(largest).toBeLessThan(0.05);
  });
});

describe('the high-pass', () => {
  it('takes away DC and rumble and keeps voices', () => {
    expect(through(Array.from({ length: 40 }, () => new Float32Array(FRAME).fill(0.5)))).toBeLessThan(-90);
    expect(through(tone(40, -20, 20))).toBeLessThan(-40);
    expect(through(tone(40, -20, 300))).toBeCloseTo(-20, 0);
  });

  it('does not depend on how the sound is cut into pieces', () => {
    const whole = new Float32Array(4 * FRAME);
    tone(4, -20).forEach((frame, i) => whole.set(frame, i * FRAME));
    const inOne = createHighPass()(whole);
    const highPass = createHighPass();
    const inPieces = new Float32Array(4 * FRAME);
    [0, 7, 512, 1_000].forEach((from, i, cuts) => inPieces.set(highPass(whole.subarray(from, cuts[i + 1])), from));
    expect(inPieces).toEqual(inOne);
  });
});

describe('the memory of levels', () => {
  it('gives quantiles of the last frames only', () => {
    const memory = createLevelMemory(10);
    for (let i = 0; i < 50; i++) memory.add(-10);
    for (let i = 1; i <= 10; i++) memory.add(-10 * i);
    expect(memory.share(0.1)).toBe(-100);
    expect(memory.share(0.5)).toBe(-60);
    expect(memory.share(1)).toBe(-10);
  });
});

describe('the gain of a segment', () => {
  it('follows its speech, not a knock, and is bounded', () => {
    expect(segmentGain([...Array.from({ length: 20 }, () => -46), -3])).toBeCloseTo(10, 1);
    expect(segmentGain([-100, -100])).toBe(100);
  });
});
