import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { countTokens as o200k } from 'gpt-tokenizer/encoding/o200k_base';
import { countTokens as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
import { countTokens as p50k } from 'gpt-tokenizer/encoding/p50k_base';
import { describe, expect, it } from 'vitest';
import { tokenCountFor } from './token-count.ts';

const plain = { disallowedSpecial: new Set<string>() };
const pieces = [
  'The budget was approved, 3 to 1. ',
  '我们下周三之前把预算定下来，好吗？',
  'これは会議の記録です。',
  '회의록을 작성합니다. ',
  'Это протокол встречи. ',
  '🎉👩‍👩‍👧‍👦🏳️‍🌈 ',
  'const x = arr.map((a) => a ** 2); // ok\n',
  '{"n":12,"text":"a\\tb"}',
  '\n\n    \t',
  '<|endoftext|>',
  'ZWJ\u200dé̶̢ \ud800',
  '龘靐齉爩',
];
const mixed = array(oneof(constantFrom(...pieces), string({ unit: 'binary', maxLength: 30 })), { maxLength: 12 }).map(
  (parts) => parts.join(''),
);

describe('counting tokens', () => {
  it('is exact for models whose vocabulary is published', () => {
    for (const text of pieces) {
      expect(tokenCountFor('gpt-5-mini')(text)).toBe(o200k(text, plain));
      expect(tokenCountFor('openai/gpt-oss-20b')(text)).toBe(o200k(text, plain));
      expect(tokenCountFor('gpt-3.5-turbo')(text)).toBe(cl100k(text, plain));
    }
  });

  it('is never below any of three vocabularies for a model nobody knows, whatever the text', () => {
    const count = tokenCountFor('my-own-model');
    assert(
      property(mixed, (text) => {
        expect(count(text)).toBeGreaterThanOrEqual(Math.max(o200k(text, plain), cl100k(text, plain)));
      }),
      { numRuns: 200 },
    );
    // A vocabulary of 50,000 entries from 2020 is held to for speech and its scripts, not for noise.
    for (const text of pieces.slice(0, 6)) expect(count(text)).toBeGreaterThanOrEqual(p50k(text, plain));
  });

  it('is never below o200k for the families with large vocabularies either', () => {
    const count = tokenCountFor('Qwen/Qwen3-8B');
    assert(
      property(mixed, (text) => {
        expect(count(text)).toBeGreaterThanOrEqual(o200k(text, plain));
      }),
      { numRuns: 200 },
    );
    const speech = '我们下周三之前把预算定下来，好吗？那就这样。'.repeat(20);
    expect(count(speech)).toBeLessThan(speech.length * 1.5);
  });

  it('is never below the whole when a long text is counted in pieces', () => {
    const count = tokenCountFor('gpt-4o');
    for (const text of pieces) {
      const long = text.repeat(60);
      expect(count(long)).toBeGreaterThanOrEqual(o200k(long, plain));
      expect(count(long)).toBeLessThan(o200k(long, plain) * 1.1 + 10);
    }
  });

  it('ends for a run without any space, in which merging takes the square of the length', () => {
    expect(tokenCountFor('gpt-4o')('哈'.repeat(200_000))).toBeGreaterThanOrEqual(100_000);
  });

  it('counts nothing as nothing', () => {
    expect(tokenCountFor('gpt-4o')('')).toBe(0);
    expect(tokenCountFor('my-own-model')('')).toBe(0);
  });
});
