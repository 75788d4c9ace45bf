import { describe, expect, it } from 'vitest';
import { chains, cohesion, depths, news } from './cohesion.ts';

const ONE = (): number => 1;
const MIXED = 'a x b x a x c x'.split(' ');
const stream = 'a b a b a b c d c d c d'.split(' ');

describe('cohesion', () => {
  it('is 1 among the same words, 0 where none is shared, and 0 at either end', () => {
    const values = cohesion(stream, [0, 2, 6, 8, 12], ONE, 2);
    expect(values.map((value) => Math.round(value * 1000) / 1000)).toEqual([0, 1, 0, 1, 0]);
  });

  it('counts a word by its weight', () => {
    const heavy = cohesion(MIXED, [4], (term) => (term === 'x' ? 0 : 1), 4);
    const light = cohesion(MIXED, [4], ONE, 4);
    expect(heavy[0]).toBeCloseTo(0.5);
    expect(light[0]).toBeGreaterThan(0.8);
  });

  it('lies as deep as the ridges on both sides stand above it', () => {
    expect(depths([0.2, 0.8, 0.1, 0.5, 0.3])).toEqual([0.6, 0, expect.closeTo(1.1), 0, expect.closeTo(0.2)]);
  });
});

describe('words that come and go', () => {
  it('begin and end in runs, broken by a long absence', () => {
    const { begun, ended } = chains(stream, [3, 6], ONE, 4, 3);
    expect(begun[1]).toBeCloseTo(2 * Math.log(3));
    expect(ended[1]).toBeCloseTo(2 * Math.log(3));
    expect(begun[0]).toBeLessThan(0);
    // With a gap of one no run ever has a second word.
    expect(chains(stream, [6], ONE, 1, 3).begun[0]).toBe(0);
  });

  it('are news once', () => {
    expect(news(stream, [6], 2)[0]).toBe(1);
    expect(news(stream, [2], 2)[0]).toBe(-1);
  });
});
