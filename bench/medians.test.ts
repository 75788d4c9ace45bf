import { expect, test } from 'vitest';
import { median, medianMs } from './medians.ts';

test('the median is not moved by one slow run', () => {
  expect(median([3, 1, 1000])).toBe(3);
  expect(median([4, 1, 2, 3])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('the first run warms up and is not counted', async () => {
  let runs = 0;
  await medianMs(3, async () => {
    runs += 1;
  });
  expect(runs).toBe(4);
});
