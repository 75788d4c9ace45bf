import { describe, expect, it } from 'vitest';
import { latentPath, likenessAcross, pathOf, stretch } from './topic-path.ts';

/** A topic of six words, of which every stretch uses a few. */
function words(topic: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${topic}${(at * 5 + Math.floor(at / 7)) % 6}`);
}

describe('a path through topics', () => {
  it('sums its vectors over any stretch, parts of steps included, less what is common to all', () => {
    const path = pathOf([Float64Array.of(1, 5), Float64Array.of(3, 5)], [2, 2]);
    // The mean is (2, 5): the steps are (−1, 0) and (1, 0) from there.
    expect([...stretch(path, 0, 2)]).toEqual([-2, 0]);
    expect([...stretch(path, 1, 3)]).toEqual([0, 0]);
    expect([...stretch(path, 3, 4)]).toEqual([1, 0]);
    expect([...stretch(path, 3, 9)]).toEqual([1, 0]);
  });

  it('changes where the words do, though neighbours share none of them', () => {
    const stream = [...words('river', 300), ...words('oven', 300)];
    const places = [100, 200, 300, 400, 500];
    const likeness = likenessAcross(
      latentPath(stream, () => 1),
      places,
      80,
    );
    expect(likeness.indexOf(Math.min(...likeness))).toBe(2);
    expect(likeness[2]).toBeLessThan(-0.5);
    expect(likeness[0]).toBeGreaterThan(0.5);
    expect(
      likenessAcross(
        latentPath(stream, () => 1),
        places,
        80,
      ),
    ).toEqual(likeness);
  });

  it('of nothing is like nothing', () => {
    expect(
      likenessAcross(
        latentPath([], () => 1),
        [0, 0],
        50,
      ),
    ).toEqual([0, 0]);
  });
});
