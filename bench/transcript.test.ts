import { expect, test } from 'vitest';
import { madeUpLines } from './transcript.ts';

test('the same seed gives the same lines, another one others', () => {
  expect(madeUpLines(50, 1)).toEqual(madeUpLines(50, 1));
  expect(madeUpLines(50, 1)).not.toEqual(madeUpLines(50, 2));
});

test('lines have 5 to 25 words, common ones more often than rare ones', () => {
  const lines = madeUpLines(2000, 7);
  const lengths = lines.map((line) => line.split(' ').length);
  expect(Math.min(...lengths)).toBe(5);
  expect(Math.max(...lengths)).toBe(25);
  const words = lines.join(' ').split(' ');
  const count = (word: string): number => words.filter((candidate) => candidate === word).length;
  expect(count('the')).toBeGreaterThan(3 * count('shipment'));
  expect(count('shipment')).toBeGreaterThan(0);
});
