import { describe, expect, it } from 'vitest';
import { decodeGreedily, isLooping } from './decoder.ts';
import type { DecodingRules } from './decoder.ts';
import type { Step } from './session.ts';

const END = 9;
const rules: DecodingRules = { end: END, allowed: new Uint8Array(10).fill(1), notFirst: new Set(), cap: 20 };

/** A step that scores `token` `margin` above all others; earlier rows are noise that must not matter. */
function step(token: number, margin = 5, rows = 1): Step {
  const logits = Float32Array.from({ length: rows * 10 }, (_, i) => (i < (rows - 1) * 10 ? 100 - i : 0));
  logits[(rows - 1) * 10 + token] = margin;
  return { logits, rows, attention: [Float32Array.of(token)] };
}
/** Says these tokens one after the other, then the end; remembers what it was told. */
function script(...tokens: number[]) {
  const told: number[] = [];
  return {
    told,
    next: (token: number): Promise<Step> => {
      told.push(token);
      return Promise.resolve(step(tokens[told.length - 1] ?? END));
    },
  };
}

describe('greedy decoding', () => {
  it('takes the likeliest token of the last row until the end, telling the model each', async () => {
    const { told, next } = script(4, 5);
    const decoded = await decodeGreedily(step(3, 5, 4), next, rules);
    expect(decoded.tokens).toEqual([3, 4, 5]);
    expect(decoded.ending).toBe('end');
    expect(told).toEqual([3, 4, 5]);
    expect(decoded.attention.map(([head]) => head?.[0])).toEqual([3, 4, 5, END]);
  });

  it('gives the log-probability of each choice among the allowed tokens', async () => {
    const allowed = new Uint8Array(10).fill(1);
    allowed[0] = 0;
    allowed[1] = 0;
    const decoded = await decodeGreedily(step(3, Math.log(2)), script().next, { ...rules, allowed });
    // Weight 2 against seven others of weight 1.
    expect(decoded.logProbabilities[0]).toBeCloseTo(Math.log(2 / 9), 6);
    expect(decoded.logProbabilities).toHaveLength(2);
  });

  it('never chooses a token that is not allowed, nor a banned one first', async () => {
    const allowed = new Uint8Array(10).fill(1);
    allowed[7] = 0;
    const first = step(7, 50);
    first.logits[END] = 40;
    first.logits[2] = 30;
    const decoded = await decodeGreedily(first, script().next, { ...rules, allowed, notFirst: new Set([END]) });
    expect(decoded.tokens).toEqual([2]);
  });

  it('stops at the cap', async () => {
    const decoded = await decodeGreedily(step(1), script(2, 3, 4, 5, 6, 7).next, { ...rules, cap: 4 });
    expect([decoded.ending, decoded.tokens]).toEqual(['cap', [1, 2, 3, 4]]);
  });

  it('stops in a loop', async () => {
    const decoded = await decodeGreedily(step(1), () => Promise.resolve(step(1)), rules);
    expect([decoded.ending, decoded.tokens.length]).toEqual(['repetition', 5]);
  });
});

describe('the loop guard', () => {
  it.each([
    ['one token five times', [1, 2, 2, 2, 2, 2], true],
    ['one token four times', [1, 2, 2, 2, 2], false],
    ['a pair four times', [9, 1, 2, 1, 2, 1, 2, 1, 2], true],
    ['a pair three times', [1, 2, 1, 2, 1, 2], false],
    ['a sentence of seven tokens thrice', [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], true],
    ['a sentence of seven tokens twice', [1, 2, 3, 4, 5, 6, 7, 1, 2, 3, 4, 5, 6, 7], false],
    ['a loop that was left again', [2, 2, 2, 2, 2, 3], false],
  ])('judges %s', (_name, tokens, expected) => {
    expect(isLooping(tokens)).toBe(expected);
  });
});
