import { describe, expect, test } from 'vitest';
import { boundaryScore, evenSegmentation, halfMeanLength, pk, precisionRecall, windowDiff } from './segmentation.ts';
import type { Segmentation } from './segmentation.ts';

const cut = (units: number, ...starts: number[]): Segmentation => ({ units, starts: new Set(starts) });

describe('segmentation measures', () => {
  test('use half the mean length of the true pieces as their window', () => {
    expect(halfMeanLength(cut(12, 4, 8))).toBe(2);
    expect(halfMeanLength(cut(3, 1, 2))).toBe(1);
  });

  test('are zero for the same cuts', () => {
    expect(pk(cut(12, 4, 8), cut(12, 4, 8))).toBe(0);
    expect(windowDiff(cut(12, 4, 8), cut(12, 4, 8))).toBe(0);
    expect(boundaryScore(cut(12, 4, 8), cut(12, 4, 8))).toEqual({ precision: 1, recall: 1, f1: 1, ratio: 1 });
  });

  test('count the windows that straddle a missed boundary', () => {
    // 12 units, window 2, 10 windows; each of the two boundaries lies inside two windows: 4 of 10 are wrong.
    expect(pk(cut(12, 4, 8), cut(12))).toBeCloseTo(0.4);
    expect(windowDiff(cut(12, 4, 8), cut(12))).toBeCloseTo(0.4);
    expect(boundaryScore(cut(12, 4, 8), cut(12))).toEqual({ precision: 0, recall: 0, f1: 0, ratio: 0 });
  });

  test('WindowDiff sees a doubled boundary that Pk forgives', () => {
    // Boundaries 4 against 4 and 5: windows (i, i+2] hold them for i = 2,3 and 3,4.
    // Pk errs at i=4 only (5 inside, 4 not); WindowDiff also at i=3, which holds both.
    expect(pk(cut(12, 4), cut(12, 4, 5), 2)).toBeCloseTo(1 / 10);
    expect(windowDiff(cut(12, 4), cut(12, 4, 5), 2)).toBeCloseTo(2 / 10);
  });

  test('a boundary near enough is right once', () => {
    // True 10 and 20; 11 and 9 are both near 10, 25 is too far from 20 with a tolerance of 2.
    const score = boundaryScore(cut(30, 10, 20), cut(30, 9, 11, 25), 2);
    expect(score.precision).toBeCloseTo(1 / 3);
    expect(score.recall).toBeCloseTo(1 / 2);
    expect(score.f1).toBeCloseTo(0.4);
    expect(score.ratio).toBeCloseTo(1.5);
  });

  test('even pieces tile the units', () => {
    expect([...evenSegmentation(12, 3).starts]).toEqual([4, 8]);
    expect([...evenSegmentation(5, 1).starts]).toEqual([]);
  });

  test('finding nothing where nothing was is perfect, finding nothing where something was is not', () => {
    expect(precisionRecall(0, 0, 0)).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(precisionRecall(0, 0, 3)).toEqual({ precision: 0, recall: 0, f1: 0 });
    expect(precisionRecall(1, 2, 4).f1).toBeCloseTo(1 / 3);
  });
});
