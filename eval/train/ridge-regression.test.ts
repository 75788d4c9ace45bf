import { expect, it } from 'vitest';
import { fitRidge } from './ridge-regression.ts';

const rows = [
  [0, 0],
  [1, 0],
  [0, 1],
  [2, 1],
];
/** What is wanted is 2 x - y, and something that is the same for all of a group. */
const group = (offset: number) => ({ rows, wanted: rows.map(([x = 0, y = 0]) => 2 * x - y + offset) });

it('finds what tells items of a group apart, whatever the groups differ by', () => {
  const centred = [group(0), group(7)].map(({ rows: own, wanted }) => ({
    rows: own.map(([x = 0, y = 0]) => [x - 0.75, y - 0.5]),
    wanted,
  }));
  const [x, y] = fitRidge(centred, 2, 1e-9);
  expect(x).toBeCloseTo(2, 6);
  expect(y).toBeCloseTo(-1, 6);
});

it('shrinks weights by the ridge and gives none where there is nothing to learn from', () => {
  const [weak = 0] = fitRidge([group(0)], 2, 100);
  expect(Math.abs(weak)).toBeLessThan(0.2);
  expect(fitRidge([], 2, 1)).toEqual([0, 0]);
});
