import { describe, expect, it } from 'vitest';
import { chooseCuts } from './chapter-choice.ts';

describe('the segmentation chosen of many', () => {
  it('is the one on which they agree', () => {
    expect(chooseCuts([[10, 40], [10, 40], [10, 40], [25]], 60)).toEqual([10, 40]);
  });

  it('has a start where they differ by little only, and none where one alone has it', () => {
    const chosen = chooseCuts([[29], [30], [31], [30, 50], [29], [31]], 60);
    expect(chosen).toHaveLength(1);
    expect(Math.abs((chosen[0] ?? 0) - 30)).toBeLessThanOrEqual(1);
  });

  it('is one piece where most are', () => {
    expect(chooseCuts([[], [], [], [30]], 60)).toEqual([]);
    expect(chooseCuts([], 60)).toEqual([]);
  });

  it('may be none of those drawn, when parts of them are right', () => {
    const drawn = [
      [20, 50],
      [50, 80],
      [20, 80],
      [20, 50, 81],
      [19, 50, 80],
    ];
    expect(chooseCuts(drawn, 100)).toEqual([20, 50, 80]);
  });

  it('names turns of talks finer than the grid', () => {
    expect(chooseCuts([[1001], [1001], [1001]], 3000)).toEqual([1001]);
  });
});
