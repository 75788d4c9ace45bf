/** One list to be ordered: a row of features per item, and how much each item is wanted; 0: not at all. */
export interface Listed {
  readonly rows: readonly (readonly number[])[];
  readonly wanted: readonly number[];
}

const RIDGE = 0.02;
const STEPS = 120;
/** Adam's usual constants (Kingma and Ba 2015), the second a little quicker because the steps are few. */
const RATE = 0.1;
const FIRST = 0.9;
const SECOND = 0.99;

/**
 * Weights under which wanted items come first: the likelihood that an item drawn by the softmax of the scores is a wanted
 * one is raised, with a ridge. Deterministic. Lists without a wanted item teach nothing.
 */
export const fitRanking = (lists: readonly Listed[], width: number): readonly number[] => {
  const packed = lists.map(({ rows, wanted }) => ({
    count: rows.length,
    values: Float64Array.from(rows.flat()),
    wanted: Float64Array.from(wanted),
  }));
  const weights = new Float64Array(width);
  const first = new Float64Array(width);
  const second = new Float64Array(width);
  const gradient = new Float64Array(width);
  for (let step = 1; step <= STEPS; step++) {
    gradient.fill(0);
    for (const { count, values, wanted } of packed) {
      const shares = new Float64Array(count);
      let top = -Infinity;
      for (let item = 0; item < count; item++) {
        let score = 0;
        for (let at = 0; at < width; at++) score += (weights[at] ?? 0) * (values[item * width + at] ?? 0);
        shares[item] = score;
        top = Math.max(top, score);
      }
      let all = 0;
      let right = 0;
      for (let item = 0; item < count; item++) {
        const share = Math.exp((shares[item] ?? 0) - top);
        shares[item] = share;
        all += share;
        right += share * (wanted[item] ?? 0);
      }
      for (let item = 0; item < count; item++) {
        const share = shares[item] ?? 0;
        const pull = share / all - (right > 0 ? (share * (wanted[item] ?? 0)) / right : share / all);
        for (let at = 0; at < width; at++) {
          gradient[at] = (gradient[at] ?? 0) + pull * (values[item * width + at] ?? 0);
        }
      }
    }
    for (let at = 0; at < width; at++) {
      const slope = (gradient[at] ?? 0) / Math.max(1, packed.length) + RIDGE * (weights[at] ?? 0);
      first[at] = FIRST * (first[at] ?? 0) + (1 - FIRST) * slope;
      second[at] = SECOND * (second[at] ?? 0) + (1 - SECOND) * slope * slope;
      const drift = (first[at] ?? 0) / (1 - FIRST ** step);
      weights[at] = (weights[at] ?? 0) - (RATE * drift) / (Math.sqrt((second[at] ?? 0) / (1 - SECOND ** step)) + 1e-8);
    }
  }
  return [...weights];
};
