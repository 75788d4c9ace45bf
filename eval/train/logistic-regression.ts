/** Ridge-penalised logistic regression by Newton's method, for a few hundred features at most. */
export interface Fitted {
  readonly weights: readonly number[];
  readonly bias: number;
}

const MOST_STEPS = 40;
/** A step's largest change of a weight; keeps Newton's method from overshooting on rare features. */
const LONGEST_STEP = 2;
const SMALLEST_STEP = 1e-4;

/** Gaussian elimination with partial pivoting; `matrix` and `right` are used up. */
export const solve = (matrix: Float64Array[], right: Float64Array): Float64Array => {
  const size = right.length;
  const at = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    const [upper, lower] = [matrix[column], matrix[pivot]];
    if (upper === undefined || lower === undefined) break;
    matrix[column] = lower;
    matrix[pivot] = upper;
    [right[column], right[pivot]] = [right[pivot] ?? 0, right[column] ?? 0];
    const divisor = at(column, column);
    for (let row = column + 1; row < size; row++) {
      const target = matrix[row];
      const factor = divisor === 0 ? 0 : at(row, column) / divisor;
      if (target === undefined || factor === 0) continue;
      for (let k = column; k < size; k++) target[k] = (target[k] ?? 0) - factor * (lower[k] ?? 0);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) sum -= at(row, k) * (solution[k] ?? 0);
    solution[row] = at(row, row) === 0 ? 0 : sum / at(row, row);
  }
  return solution;
};

/** `labels` 0 or 1, one per row; `ridge` is the penalty on squared weights, the bias not penalised. */
export const fitLogistic = (rows: readonly Float64Array[], labels: readonly number[], ridge: number): Fitted => {
  const features = rows[0]?.length ?? 0;
  const size = features + 1;
  const positive = labels.reduce((sum, label) => sum + label, 0);
  const values = new Float64Array(size);
  values[features] = Math.log((positive + 0.5) / (labels.length - positive + 0.5));
  // Most cues are absent from most sentences: only what is there is multiplied.
  const sparse = rows.map((row) => {
    const present = [...row.keys()].filter((feature) => row[feature] !== 0);
    return { columns: [...present, features], values: [...present.map((feature) => row[feature] ?? 0), 1] };
  });
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = new Float64Array(size);
    const hessian = Array.from({ length: size }, () => new Float64Array(size));
    for (const [index, { columns, values: row }] of sparse.entries()) {
      let sum = 0;
      for (const [k, column] of columns.entries()) sum += (row[k] ?? 0) * (values[column] ?? 0);
      const probability = 1 / (1 + Math.exp(-sum));
      const error = probability - (labels[index] ?? 0);
      const weight = Math.max(1e-9, probability * (1 - probability));
      for (const [k, column] of columns.entries()) {
        const value = row[k] ?? 0;
        gradient[column] = (gradient[column] ?? 0) + error * value;
        const line = hessian[column];
        if (line === undefined) continue;
        for (const [l, other] of columns.entries()) line[other] = (line[other] ?? 0) + weight * value * (row[l] ?? 0);
      }
    }
    for (let feature = 0; feature < features; feature++) {
      gradient[feature] = (gradient[feature] ?? 0) + ridge * (values[feature] ?? 0);
      const line = hessian[feature];
      if (line !== undefined) line[feature] = (line[feature] ?? 0) + ridge;
    }
    const change = solve(hessian, gradient);
    const longest = Math.max(...change.map(Math.abs));
    const scale = longest > LONGEST_STEP ? LONGEST_STEP / longest : 1;
    for (const [k, value] of change.entries()) values[k] = (values[k] ?? 0) - value * scale;
    if (longest < SMALLEST_STEP) break;
  }
  return { weights: Array.from(values.subarray(0, features)), bias: values[features] ?? 0 };
};
