import { describe, expect, it } from 'vitest';
import type { SpeechDetector } from '../ports.ts';
import { speechOf } from './track-speech.ts';

const RATE = 16_000;

/** Takes every sound for speech, and counts how often it was asked and begun anew. */
function countingDetector(): {
  readonly detector: SpeechDetector;
  readonly asked: () => number;
  readonly opened: () => number;
} {
  let asked = 0;
  let opened = 0;
  return {
    asked: () => asked,
    opened: () => opened,
    detector: {
      frameSamples: 512,
      open() {
        opened++;
        return {
          accept: () => {
            asked++;
            return Promise.resolve(0.9);
          },
        };
      },
    },
  };
}

function tone(seconds: number, amplitude: number): Float32Array {
  return Float32Array.from({ length: seconds * RATE }, (_, i) => amplitude * Math.sin((2 * Math.PI * 300 * i) / RATE));
}

async function speechSeconds(detector: SpeechDetector, chunks: readonly Float32Array[]): Promise<number> {
  async function* arriving(): AsyncGenerator<Float32Array> {
    yield* chunks;
  }
  let ms = 0;
  for await (const step of speechOf(arriving(), detector, 11_500))
    if (step.kind === 'speech') ms += step.endMs - step.startMs;
  return ms / 1_000;
}

describe('a track that is mostly digital silence', () => {
  it('does not trouble the detector while nothing can be heard', async () => {
    const { detector, asked } = countingDetector();
    expect(await speechSeconds(detector, [new Float32Array(60 * RATE)])).toBe(0);
    expect(asked()).toBe(0);
  });

  it('is asked again at the first sound, with a fresh memory after a second of nothing', async () => {
    const { detector, asked, opened } = countingDetector();
    const seconds = await speechSeconds(detector, [tone(2, 0.1), new Float32Array(10 * RATE), tone(2, 0.1)]);
    expect(seconds).toBeGreaterThan(3.9);
    expect(asked()).toBeLessThan((5 * RATE) / 512);
    expect(opened()).toBe(2);
  });

  it('still hears the quietest speech that a 16-bit recording can hold', async () => {
    const { detector, asked } = countingDetector();
    expect(await speechSeconds(detector, [tone(3, 0.0003)])).toBeGreaterThan(2.9);
    expect(asked()).toBeGreaterThan(90);
  });
});
