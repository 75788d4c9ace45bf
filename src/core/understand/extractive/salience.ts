/** How much each sentence stands for a stretch of talk, learnt from what people named when they summarised meetings. */
import { standardised } from '../../standard-scores.ts';
import type { SalienceModels, Scorer } from './salience-model.ts';
import { SALIENCE } from './salience-weights.ts';
import { sentenceFeatures } from './salience-features.ts';
import { termFeatures } from './salience-terms.ts';
import type { Sentence } from './sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import type { Weights } from './weights.ts';
import { hasJoinedScript } from './words.ts';

export interface Salience {
  /** The stretch, in order. */
  readonly sentences: readonly Sentence[];
  /** Likelihood that a summary of the stretch names the term, 0 to 1. */
  readonly worth: (term: string) => number;
  /** How well each sentence stands by itself for the stretch, in standard deviations from the mean; aligned. */
  readonly standing: readonly number[];
  /** Of the meeting, by `index`: they tell what says the same in other words. */
  readonly vectors: SentenceVectors;
}

function scored({ bias, weights }: Scorer, values: readonly number[]): number {
  let sum = bias;
  for (const [at, weight] of weights.entries()) sum += weight * (values[at] ?? 0);
  return sum;
}

/** Whether most of it is in a script without spaces between words. */
function isJoined(sentences: readonly Sentence[]): boolean {
  let joined = 0;
  let words = 0;
  for (const { text, length } of sentences) {
    words += length;
    if (hasJoinedScript(text)) joined += length;
  }
  return joined * 2 > words;
}

/** `about`: the meeting or a stretch of it, in order. `weights` and `vectors`: of the meeting. */
export function salienceOf(
  about: readonly Sentence[],
  weights: Weights,
  vectors: SentenceVectors,
  models: SalienceModels = SALIENCE,
): Salience {
  const model = isJoined(about) ? models.joined : models.apart;
  const worths = new Map<string, number>();
  for (const [term, values] of termFeatures(about)) worths.set(term, 1 / (1 + Math.exp(-scored(model.terms, values))));
  const features = sentenceFeatures(about, weights);
  return {
    sentences: about,
    worth: (term) => worths.get(term) ?? 0,
    standing: standardised(
      features.map((values) => scored(model.sentences, values)),
      Number.EPSILON,
    ),
    vectors,
  };
}

/** The same scores for some of the sentences only. */
export function narrowed(salience: Salience, keep: (sentence: Sentence) => boolean): Salience {
  const kept = [...salience.sentences.entries()].filter(([, sentence]) => keep(sentence));
  return {
    ...salience,
    sentences: kept.map(([, sentence]) => sentence),
    standing: kept.map(([at]) => salience.standing[at] ?? 0),
  };
}
