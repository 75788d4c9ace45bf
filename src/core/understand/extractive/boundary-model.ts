/** Which turns a topic may start at, and how many topics a talk has: what was learned from talks whose topics people marked. */
import type { BoundaryFeatures } from './boundary-features.ts';

export interface BoundaryModel {
  /** One per feature, in the order of the features' names. */
  readonly weights: readonly number[];
  /** The logarithm of the number of topics beyond the first, linear in the logarithms of the talk's words and turns. */
  readonly count: { readonly base: number; readonly words: number; readonly turns: number };
}

/** One per turn, on the scale of a logarithm: equal steps are equal odds. */
export function boundaryScores(features: BoundaryFeatures, model: BoundaryModel): number[] {
  return features.rows.map((row) => row.reduce((sum, value, at) => sum + value * (model.weights[at] ?? 0), 0));
}

/** Topics to be expected of a talk beyond its first. `words` as sentences counts them. */
export function expectedCuts(words: number, turns: number, { count }: BoundaryModel): number {
  return Math.exp(count.base + count.words * Math.log(Math.max(1, words)) + count.turns * Math.log(Math.max(1, turns)));
}
