/** Mean of nothing is 0. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Root of the mean square distance from the mean, over all values rather than a sample of them. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

/** Each value in standard deviations from the mean; all 0 where they differ by less than `least`, which is rounding. */
export function standardised(values: readonly number[], least = 1e-9): number[] {
  const centre = mean(values);
  const spread = deviation(values);
  return values.map((value) => (spread < least ? 0 : (value - centre) / spread));
}
