/** What `eval/train/salience.ts` learns. */

/** A linear score of feature values. */
export interface Scorer {
  readonly bias: number;
  readonly weights: readonly number[];
}
/** For one way of writing: words apart, or characters joined. */
export interface SalienceModel {
  /** Log-odds that a summary names the term. */
  readonly terms: Scorer;
  /** Log-odds that a summary rests on the sentence. */
  readonly sentences: Scorer;
}
export interface SalienceModels {
  readonly apart: SalienceModel;
  readonly joined: SalienceModel;
}
