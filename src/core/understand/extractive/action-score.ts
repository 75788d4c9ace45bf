/** How likely a sentence is part of a task being handed out or taken: a logistic regression over its surroundings. */
import { actionFeatures } from './action-features.ts';
import type { Participants } from './participants.ts';
import type { Sentence } from './sentences.ts';

export interface ActionWeights {
  /** One per feature, in the order of FEATURE_NAMES. */
  readonly weights: readonly number[];
  readonly bias: number;
  /** Probability from which a sentence is told as a task. */
  readonly threshold: number;
}

/** One probability per sentence. The features look for English forms only: elsewhere nothing is known, so 0. */
export function scoreActions(
  sentences: readonly Sentence[],
  participants: Participants,
  model: ActionWeights,
): Float64Array {
  const scores = new Float64Array(sentences.length);
  for (const [at, row] of actionFeatures(sentences, participants).entries()) {
    const text = sentences[at]?.text ?? '';
    if (!/\p{Script=Latin}/u.test(text) || /\p{Script=Han}/u.test(text)) continue;
    const sum = row.reduce((total, value, feature) => total + value * (model.weights[feature] ?? 0), model.bias);
    scores[at] = 1 / (1 + Math.exp(-sum));
  }
  return scores;
}
