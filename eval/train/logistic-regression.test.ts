import { expect, it } from 'vitest';
import { fitLogistic } from './logistic-regression.ts';

it('finds the weights that the data was drawn with, nearly', () => {
  // Every combination of two features, with as many positives as the odds 2 x - 1 y - 0.5 call for.
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  for (const x of [0, 1]) {
    for (const y of [0, 1]) {
      const positives = Math.round(1000 / (1 + Math.exp(-(2 * x - y - 0.5))));
      for (let n = 0; n < 1000; n++) {
        rows.push(Float64Array.of(x, y));
        labels.push(n < positives ? 1 : 0);
      }
    }
  }
  const { weights, bias } = fitLogistic(rows, labels, 1e-6);
  expect(weights[0]).toBeCloseTo(2, 1);
  expect(weights[1]).toBeCloseTo(-1, 1);
  expect(bias).toBeCloseTo(-0.5, 1);
});

it('keeps weights finite where a feature tells the classes apart for certain', () => {
  const rows = [0, 0, 0, 1, 1].map((value) => Float64Array.of(value));
  const { weights } = fitLogistic(rows, [0, 0, 0, 1, 1], 1);
  expect(weights[0]).toBeGreaterThan(0.5);
  expect(weights[0]).toBeLessThan(5);
});
