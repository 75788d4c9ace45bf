import { solve } from './logistic-regression.ts';

/** Items that are only compared with each other: a row of features each, and what is wanted of it. */
export interface RidgeGroup {
  readonly rows: readonly (readonly number[])[];
  readonly wanted: readonly number[];
}

/** Least squares within groups, each group counting the same however many items it has; `ridge` penalises squared weights. */
export const fitRidge = (groups: readonly RidgeGroup[], width: number, ridge: number): readonly number[] => {
  const matrix = Array.from({ length: width }, (_, at) => {
    const line = new Float64Array(width);
    line[at] = ridge;
    return line;
  });
  const right = new Float64Array(width);
  for (const { rows, wanted } of groups) {
    const mean = wanted.reduce((sum, value) => sum + value, 0) / Math.max(1, wanted.length);
    for (const [item, row] of rows.entries()) {
      const value = (wanted[item] ?? 0) - mean;
      for (const [at, line] of matrix.entries()) {
        const share = (row[at] ?? 0) / rows.length;
        right[at] = (right[at] ?? 0) + share * value;
        for (let other = 0; other < width; other++) line[other] = (line[other] ?? 0) + share * (row[other] ?? 0);
      }
    }
  }
  return [...solve(matrix, right)];
};
