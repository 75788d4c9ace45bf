import type { Ears } from '../../src/core/listen.ts';
import type { Hearing } from '../../src/core/ports.ts';

const SAMPLES_PER_MS = 16;
/** Loud enough for no gain control to be in doubt, and far from the filters' edges. */
const TONE = 0.3;
const TONE_HALF_PERIOD_SAMPLES = 8;

/** A "recording" for `scriptedEars`: sound in these stretches, digital silence elsewhere. */
export const soundAt = (durationMs: number, ...stretches: readonly (readonly [number, number])[]): string =>
  JSON.stringify({ durationMs, stretches });

const pcmOf = (recording: string): Float32Array => {
  const { durationMs, stretches }: { durationMs: number; stretches: [number, number][] } = JSON.parse(recording);
  const pcm = new Float32Array(durationMs * SAMPLES_PER_MS);
  for (const [startMs, endMs] of stretches) {
    for (let at = startMs * SAMPLES_PER_MS; at < endMs * SAMPLES_PER_MS; at += 1) {
      pcm[at] = Math.floor(at / TONE_HALF_PERIOD_SAMPLES) % 2 === 0 ? TONE : -TONE;
    }
  }
  return pcm;
};

/** For tests: ears that take every sound for speech and hear what they are told, segment by segment. */
export const scriptedEars = (hear: (segment: number) => Partial<Hearing>): Ears => {
  let segments = 0;
  return {
    decoder: {
      probe: async (path) => ({ durationMs: pcmOf(path).length / SAMPLES_PER_MS, hasVideo: false }),
      async *decode(path) {
        yield pcmOf(path);
      },
    },
    detector: {
      frameSamples: 512,
      open: () => ({
        accept: async (frame) =>
          frame.reduce((sum, sample) => sum + Math.abs(sample), 0) / frame.length > 0.001 ? 0.98 : 0.01,
      }),
    },
    transcriber: {
      name: 'scripted',
      maxSegmentMs: 11_000,
      concurrency: 1,
      transcribe: async () => ({ text: '', language: 'en', confidence: 1, ...hear(segments++) }),
      close: async () => {},
    },
    clock: { now: () => new Date(0), sleep: async () => {} },
  };
};
