/** What is learned about answering from evidence. */
import type { SpokenWeights } from './spoken-of.ts';
import type { TellingFeature } from './weighed.ts';

export type TellingWeights = Readonly<Partial<Record<TellingFeature, number>>>;

/**
 * Learned from QMSum (eval/train/answers.ts). `telling` is fitted to how much of a sentence people took up in the answers
 * they wrote, and to whether they marked it as being about the matter; `spokenOf` to questions put to their own meeting
 * and to one of another kind. What they reach on meetings they were not fitted on is printed by the answers section of
 * the evaluation.
 */
export interface AnswerWeights {
  readonly dense: TellingWeights;
  /** Without an embedder. */
  readonly plain: TellingWeights;
  readonly spokenOf: SpokenWeights;
}
