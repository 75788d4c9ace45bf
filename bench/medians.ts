/** Middle value; the mean of the two middle ones of an even number; NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
};

/** Median of the time `work` takes over `times` runs, in milliseconds, after one run that does not count. */
export const medianMs = async (times: number, work: () => Promise<unknown>): Promise<number> => {
  await work();
  const taken: number[] = [];
  for (let run = 0; run < times; run += 1) {
    const startedAt = performance.now();
    await work();
    taken.push(performance.now() - startedAt);
  }
  return median(taken);
};
