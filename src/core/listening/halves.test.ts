import { describe, expect, it } from 'vitest';
import type { Hearing } from '../ports.ts';
import { joined, mayHoldWords, quietestMiddle } from './halves.ts';

const withheld: Hearing = { text: '', language: 'en', confidence: 0.3, suppressed: 'low-confidence' };
const heard = (text: string, confidence: number): Hearing => ({
  text,
  language: 'en',
  confidence,
  words: [{ text, startMs: 100, endMs: 400 }],
});

describe('a withheld segment', () => {
  it('is heard in halves when it is long enough and mostly speech', () => {
    expect(mayHoldWords(withheld, { startMs: 0, endMs: 5_000, speechMs: 3_600 })).toBe(true);
    expect(mayHoldWords(withheld, { startMs: 0, endMs: 5_000, speechMs: 1_000 })).toBe(false);
    expect(mayHoldWords(withheld, { startMs: 0, endMs: 2_000, speechMs: 2_000 })).toBe(false);
  });

  it('is left alone when it was a loop or no speech: halves of music are still music', () => {
    for (const suppressed of ['repetition', 'no-speech', 'empty'] as const) {
      expect(mayHoldWords({ ...withheld, suppressed }, { startMs: 0, endMs: 5_000, speechMs: 5_000 })).toBe(false);
    }
  });
});

describe('halves', () => {
  it('are cut where it is quietest, not where it is loud', () => {
    const pcm = new Float32Array(48_000).fill(0.5);
    pcm.fill(0, 28_000, 29_000);
    const cut = quietestMiddle(pcm);
    expect(cut).toBeGreaterThanOrEqual(28_000);
    expect(cut).toBeLessThan(29_000);
  });

  it('are one hearing again, the second with its words later and the doubt of the less sure', () => {
    const both = joined(withheld, heard('Hello.', 0.8), heard('Bye.', 0.6), 2_000);
    expect(both).toEqual({
      text: 'Hello. Bye.',
      language: 'en',
      confidence: 0.6,
      words: [
        { text: 'Hello.', startMs: 100, endMs: 400 },
        { text: 'Bye.', startMs: 2_100, endMs: 2_400 },
      ],
    });
  });

  it('of which one is withheld are the other, and the whole when both are', () => {
    expect(joined(withheld, withheld, heard('Bye.', 0.6), 2_000).text).toBe('Bye.');
    expect(joined(withheld, withheld, null, 2_000)).toBe(withheld);
  });

  it('without word times give none', () => {
    const { words: _, ...untimed } = heard('Hello.', 0.8);
    expect(joined(withheld, untimed, heard('Bye.', 0.6), 2_000).words).toBeUndefined();
  });
});
