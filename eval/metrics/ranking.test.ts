import { describe, expect, it } from 'vitest';
import { meanRanking, scoreRanking } from './ranking.ts';

describe('scores of a ranking', () => {
  it('count the place of the first right one and the evidence among the first five', () => {
    const relevant = [false, false, true, true, false, false, false];
    const evidence = [0, 0, 1, 2, 0, 0, 1];
    expect(scoreRanking([0, 2, 3, 1, 4, 5, 6], relevant, evidence)).toEqual({
      hitAt1: 0,
      hitAt5: 1,
      reciprocalRank: 0.5,
      evidenceAt5: 0.75,
    });
    expect(scoreRanking([0, 1, 4, 5, 6, 3], relevant, evidence)).toMatchObject({ hitAt5: 0, reciprocalRank: 1 / 6 });
  });

  it('leave questions without evidence out of its mean, and are nothing without questions', () => {
    const right = scoreRanking([0], [true], [0]);
    expect(right.evidenceAt5).toBeNull();
    expect(meanRanking([right, scoreRanking([0], [false], [2])])).toEqual({
      hitAt1: 0.5,
      hitAt5: 0.5,
      reciprocalRank: 0.5,
      evidenceAt5: 1,
    });
    expect(meanRanking([])).toEqual({ hitAt1: 0, hitAt5: 0, reciprocalRank: 0, evidenceAt5: null });
  });
});
