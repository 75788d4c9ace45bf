import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SpeechDetector } from '../../src/core/ports.ts';

export async function probabilities(detector: SpeechDetector, pcm: Float32Array): Promise<number[]> {
  const stream = detector.open();
  const found: number[] = [];
  for (let at = 0; at + detector.frameSamples <= pcm.length; at += detector.frameSamples)
    found.push(await stream.accept(pcm.subarray(at, at + detector.frameSamples)));
  return found;
}

/** Noise that is the same each time, in [-peak, peak]. */
export function noise(samples: number, peak: number): Float32Array {
  let seed = 1;
  return Float32Array.from({ length: samples }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed / 2 ** 31 - 1) * peak;
  });
}

const share = (found: readonly number[], threshold: number) =>
  found.filter((probability) => probability >= threshold).length / found.length;

/**
 * What every detector of speech promises. `speech`: 16 kHz mono, mostly speech, at an ordinary level.
 */
export function speechDetectorContract(
  open: () => Promise<SpeechDetector & { close(): Promise<void> }>,
  speech: () => Promise<Float32Array>,
): void {
  let detector: SpeechDetector & { close(): Promise<void> };
  let spoken: Float32Array;
  beforeAll(async () => {
    detector = await open();
    spoken = await speech();
  });
  afterAll(() => detector.close());

  it('finds speech, and none in silence, noise and a tone', async () => {
    expect(share(await probabilities(detector, spoken), 0.5)).toBeGreaterThan(0.6);
    const second = 16_000;
    const tone = Float32Array.from(
      { length: 4 * second },
      (_, i) => 0.2 * Math.sin((2 * Math.PI * 1_000 * i) / second),
    );
    for (const sound of [new Float32Array(4 * second), noise(4 * second, 0.02), tone])
      expect(share(await probabilities(detector, sound), 0.3)).toBeLessThan(0.05);
  });

  it('gives probabilities, the same ones each time', async () => {
    const first = await probabilities(detector, spoken);
    expect(first.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
    expect(await probabilities(detector, spoken)).toEqual(first);
  });

  it('keeps streams apart that are heard at the same time', async () => {
    const hiss = noise(spoken.length, 0.02);
    const [speechAlone, hissAlone] = [await probabilities(detector, spoken), await probabilities(detector, hiss)];
    const together = await Promise.all([probabilities(detector, spoken), probabilities(detector, hiss)]);
    expect(together).toEqual([speechAlone, hissAlone]);
  });

  it('leaves the frames it is given alone', async () => {
    const frame = spoken.slice(0, detector.frameSamples);
    const before = frame.slice();
    await detector.open().accept(frame);
    expect(frame).toEqual(before);
  });

  it('refuses frames of another length', async () => {
    await expect(detector.open().accept(new Float32Array(detector.frameSamples - 1))).rejects.toThrow(RangeError);
  });
}
