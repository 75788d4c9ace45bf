import type { AnswerWeights, TellingWeights } from '../../src/core/understand/extractive/answering/answer-model.ts';
import { tellable } from '../../src/core/understand/extractive/answering/matter-answer.ts';
import type { Reading } from '../../src/core/understand/extractive/answering/reading.ts';
import { SPOKEN_FEATURES, spokenFeatures } from '../../src/core/understand/extractive/answering/spoken-of.ts';
import {
  DENSE_TELLING,
  PLAIN_TELLING,
  tellingColumns,
  type TellingFeature,
  weigh,
} from '../../src/core/understand/extractive/answering/weighed.ts';
import type { AskedQuestion } from '../data/asked-meetings.ts';
import { rougeTokens } from '../metrics/rouge.ts';
import { fitLogistic } from './logistic-regression.ts';
import { fitRidge, type RidgeGroup } from './ridge-regression.ts';

/** One question put to one meeting, as far as learning needs it. */
export interface AnswerCase {
  /** The question's own meeting. */
  readonly meeting: string;
  /** Put to that meeting, not to another. */
  readonly isOwn: boolean;
  /** With an embedder. */
  readonly isDense: boolean;
  readonly spoken: Float64Array;
  /** Null when another meeting was asked. */
  readonly telling: RidgeGroup | null;
}

/** Pairs of words are what sets two accounts of one matter apart from two of any. */
const PAIR_WORTH = 3;
/** Short sentences have high shares by chance. */
const ADDED_WORDS = 2;
/** Of a sentence that people marked as being about the matter: two words more in forty. */
const MARKED_WORTH = 0.05;
const RIDGE = 3;
/** A wrong refusal is worse than a beside-the-point quotation, which anybody can see and check. */
const REFUSAL_COST = 3.5;

/** How much of the sentence people took up in the answer they wrote. */
const takenUp = (text: string, answer: readonly string[]): number => {
  const left = new Map<string, number>();
  for (const word of answer) left.set(word, (left.get(word) ?? 0) + 1);
  const pairs = new Set(answer.slice(1).map((word, at) => `${answer[at] ?? ''} ${word}`));
  const words = rougeTokens(text, 'words');
  let shared = 0;
  for (const [at, word] of words.entries()) {
    const count = left.get(word) ?? 0;
    if (count > 0) {
      shared++;
      left.set(word, count - 1);
    }
    if (at > 0 && pairs.has(`${words[at - 1] ?? ''} ${word}`)) shared += PAIR_WORTH;
  }
  return shared / (words.length + ADDED_WORDS);
};

const featuresFor = (isDense: boolean): readonly TellingFeature[] =>
  isDense ? [...PLAIN_TELLING, ...DENSE_TELLING] : PLAIN_TELLING;

/** `turnOf`: position of an utterance in the meeting. */
export const answerCase = (
  meeting: string,
  reading: Reading,
  own: { readonly gold: AskedQuestion; readonly turnOf: ReadonlyMap<string, number> } | null,
): AnswerCase => {
  const evidence = weigh(reading);
  const isDense = reading.stretches.some(({ likeness }) => likeness !== null);
  const spoken = Float64Array.from(spokenFeatures(evidence));
  if (own === null) return { meeting, isOwn: false, isDense, spoken, telling: null };
  const some = tellable(evidence);
  const columns = tellingColumns(evidence, some);
  const answer = rougeTokens(own.gold.answer, 'words');
  return {
    meeting,
    isOwn: true,
    isDense,
    spoken,
    telling: {
      rows: some.map((_, at) => featuresFor(isDense).map((name) => columns[name]?.[at] ?? 0)),
      wanted: some.map(({ sentence }) => {
        const marked = sentence.utterances.some(({ id }) => {
          const turn = own.turnOf.get(id) ?? -1;
          return own.gold.relevantTurns.has(turn) || own.gold.evidenceTurns.has(turn);
        });
        return takenUp(sentence.text, answer) + (marked ? MARKED_WORTH : 0);
      }),
    },
  };
};

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const trainTelling = (cases: readonly AnswerCase[], isDense: boolean): TellingWeights => {
  const features = featuresFor(isDense);
  const groups = cases.flatMap((one) => (one.isDense === isDense ? (one.telling ?? []) : []));
  // Sentences are told apart by hundredths.
  const weights = fitRidge(groups, features.length, RIDGE).map((weight) => weight * 100);
  return Object.fromEntries(features.map((name, at) => [name, rounded(weights[at] ?? 0)]));
};

/** The weights of the extractive answers, from questions put to their own meeting and to one of another kind. */
export const trainAnswers = (cases: readonly AnswerCase[]): AnswerWeights => {
  const dense = cases.filter(({ isDense }) => isDense);
  const { bias, weights } = fitLogistic(
    dense.map(({ spoken }) => spoken),
    dense.map(({ isOwn }) => (isOwn ? 1 : 0)),
    1,
  );
  const [around = 0, beside = 0, covered = 0, nearest = 0, near = 0, window = 0] = weights.map(rounded);
  const own = dense.filter(({ isOwn }) => isOwn).length;
  // As if as many were put to other meetings as to their own.
  const balance = Math.log(Math.max(1, own) / Math.max(1, dense.length - own));
  if (weights.length !== SPOKEN_FEATURES.length) throw new RangeError('There are other features than names for them.');
  return {
    dense: trainTelling(cases, true),
    plain: trainTelling(cases, false),
    spokenOf: {
      bias: rounded(bias - balance + Math.log(REFUSAL_COST)),
      weights: { around, beside, covered, nearest, near, window },
    },
  };
};
