import { describe, expect, test } from 'vitest';
import { addEdits, alignTokens, countEdits, errorRate, NO_EDITS, referenceLength } from './word-error-rate.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

describe('word error rate', () => {
  test('counts one of each kind of edit', () => {
    // the CAT sat on the mat → the BAT sat the mat TODAY: one substitution, one deletion, one insertion.
    const counts = countEdits(words('the cat sat on the mat'), words('the bat sat the mat today'));
    expect(counts).toEqual({ hits: 4, substitutions: 1, deletions: 1, insertions: 1 });
    expect(errorRate(counts)).toBeCloseTo(3 / 6);
  });

  test('is zero for the same words and one when nothing was heard', () => {
    expect(errorRate(countEdits(words('a b c'), words('a b c')))).toBe(0);
    expect(countEdits(words('a b c'), [])).toEqual({ hits: 0, substitutions: 0, deletions: 3, insertions: 0 });
    expect(errorRate(countEdits(words('a b c'), []))).toBe(1);
  });

  test('says that words out of nothing are infinitely wrong', () => {
    expect(errorRate(countEdits([], []))).toBe(0);
    expect(errorRate(countEdits([], words('thank you')))).toBe(Infinity);
  });

  test('adds up over files by words, not by the mean of rates', () => {
    const short = countEdits(words('a'), words('b'));
    const long = countEdits(words('a b c d e f g h i'), words('a b c d e f g h i'));
    const both = addEdits(addEdits(NO_EDITS, short), long);
    expect(referenceLength(both)).toBe(10);
    expect(errorRate(both)).toBeCloseTo(0.1);
  });

  test('tells which word was taken for which', () => {
    expect(alignTokens(['a', 'b'], ['x', 'a', 'b'])).toEqual([
      { reference: null, hypothesis: 0 },
      { reference: 0, hypothesis: 1 },
      { reference: 1, hypothesis: 2 },
    ]);
  });
});
