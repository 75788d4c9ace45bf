import { describe, expect, it } from 'vitest';
import { drawCuts } from './chapter-posterior.ts';
import type { Evidence } from './chapter-posterior.ts';

/** Turns of like length, with more evidence at some. */
function evidence(turns: number, strong: readonly number[], expected: number, strength = 4): Evidence {
  return {
    scores: Array.from({ length: turns }, (_, at) => (strong.includes(at) ? strength : 0)),
    starts: Array.from({ length: turns }, (_, at) => at / turns),
    expected,
  };
}
const meanCount = (drawn: readonly (readonly number[])[]): number => drawn.flat().length / drawn.length;
function shareWith(drawn: readonly (readonly number[])[], turn: number): number {
  return drawn.filter((cuts) => cuts.includes(turn)).length / drawn.length;
}

describe('ways to cut a talk', () => {
  it('start where there is evidence, mostly, and elsewhere rarely', () => {
    const drawn = drawCuts(evidence(90, [30, 60], 2));
    expect(shareWith(drawn, 30)).toBeGreaterThan(0.7);
    expect(shareWith(drawn, 60)).toBeGreaterThan(0.7);
    expect(shareWith(drawn, 45)).toBeLessThan(0.1);
  });

  it('are about as many as are expected where nothing stands out', () => {
    expect(meanCount(drawCuts(evidence(200, [], 2)))).toBeGreaterThan(1);
    expect(meanCount(drawCuts(evidence(200, [], 2)))).toBeLessThan(4);
    expect(meanCount(drawCuts(evidence(200, [], 7)))).toBeGreaterThan(4.5);
  });

  it('ascend, never hold the first turn, and are the same every time', () => {
    const drawn = drawCuts(evidence(1200, [200, 201, 900], 4));
    for (const cuts of drawn) {
      expect(cuts).toEqual(cuts.toSorted((a, b) => a - b));
      expect(new Set(cuts).size).toBe(cuts.length);
      expect(cuts.every((turn) => turn > 0 && turn < 1200)).toBe(true);
    }
    expect(drawCuts(evidence(1200, [200, 201, 900], 4))).toEqual(drawn);
  });

  it('of a long talk still start at the very turn that stands out', () => {
    const drawn = drawCuts(evidence(3000, [1001, 2003], 2, 6));
    expect(shareWith(drawn, 1001)).toBeGreaterThan(0.7);
    expect(shareWith(drawn, 2003)).toBeGreaterThan(0.7);
  });

  it('of a single turn, or of turns without words, are none', () => {
    expect(drawCuts({ scores: [0], starts: [0], expected: 1 }).flat()).toEqual([]);
    expect(drawCuts({ scores: [0, 0, 0], starts: [0, 0, 0], expected: 1 }).every((cuts) => cuts.length < 2)).toBe(true);
  });
});
