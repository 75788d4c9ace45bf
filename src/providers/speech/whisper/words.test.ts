import { describe, expect, it } from 'vitest';
import { createTokenizer } from './tokenizer.ts';
import { timeWords } from './words.ts';

// "Ġ" is a space; "å¥½" are the three bytes of 好, here split over two tokens.
const tokenizer = createTokenizer({
  model: { vocab: { ĠHel: 0, lo: 1, Ġyou: 2, '.': 3, å: 4, '¥½': 5 }, merges: [] },
  added_tokens: [],
});

/** One head that looks at 5 positions (100 ms) per token, one after the other. */
function looking(tokens: number): Float32Array[][] {
  return Array.from({ length: tokens + 1 }, (_, row) => [
    Float32Array.from({ length: 600 }, (_unused, p) => (Math.floor(p / 5) === row ? 0.2 : 0.0001)),
  ]);
}

describe('word times', () => {
  it('join tokens into words, signs staying with the word before them', () => {
    const words = timeWords([0, 1, 2, 3], looking(4), 500, tokenizer);
    expect(words?.map((word) => word.text)).toEqual(['Hello', 'you.']);
  });

  it('follow where the model looked, in order and within the segment', () => {
    const words = timeWords([0, 1, 2, 3], looking(4), 500, tokenizer) ?? [];
    const [hello, you] = words;
    expect(hello?.startMs).toBe(0);
    expect(Math.abs((hello?.endMs ?? 0) - 200)).toBeLessThanOrEqual(40);
    expect(you?.startMs).toBe(hello?.endMs);
    expect(Math.abs((you?.endMs ?? 0) - 400)).toBeLessThanOrEqual(40);
    expect(Math.max(...words.map((word) => word.endMs))).toBeLessThanOrEqual(500);
  });

  it('never split a character that is spread over tokens', () => {
    expect(timeWords([4, 5, 4, 5], looking(4), 500, tokenizer)?.map((word) => word.text)).toEqual(['好', '好']);
  });

  it('are absent when the model shows no attention', () => {
    expect(timeWords([0], [[], []], 500, tokenizer)).toBeUndefined();
    expect(timeWords([], looking(0), 500, tokenizer)).toBeUndefined();
  });
});
