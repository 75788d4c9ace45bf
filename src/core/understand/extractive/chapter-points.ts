/** What a chapter says, in its own words: a line or two to read, and points for the mind map. */
import { cited } from '../../cite.ts';
import type { Cited } from '../../model.ts';
import { chooseLines } from './line-choice.ts';
import { isQuestion } from './question-form.ts';
import { pointOf } from './quoted.ts';
import { salienceOf } from './salience.ts';
import type { Sentence } from './sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import type { Weights } from './weights.ts';

const MOST_POINTS = 4;
/** A further point for every so many words. */
const WORDS_PER_POINT = 80;
/** Sentences below which one line says enough. */
const FEW_SENTENCES = 6;
/** Words of a chapter's lines together: what is read in a quarter of a minute. */
const LINE_WORDS = 60;
/** What speaks against a question as a point, in standard deviations. */
const ASKS = -0.7;

function ordered(sentences: readonly Sentence[]): Sentence[] {
  return sentences.toSorted((a, b) => a.index - b.index);
}

/**
 * `own`: the chapter's sentences in order; `weights` and `vectors`: of the meeting. Both results are in the order said;
 * `lines` has a sentence whenever `own` has. Each of the lines is among the points.
 */
export function chapterLines(
  own: readonly Sentence[],
  weights: Weights,
  vectors: SentenceVectors,
): { readonly lines: readonly Sentence[]; readonly points: readonly Cited[] } {
  const words = own.reduce((sum, { length }) => sum + length, 0);
  const count = Math.min(MOST_POINTS, 1 + Math.floor(words / WORDS_PER_POINT));
  const limits = { words: Number.POSITIVE_INFINITY, lines: count };
  const chosen = chooseLines(salienceOf(own, weights, vectors), limits, {
    favour: (sentence) => (isQuestion(sentence) ? ASKS : 0),
  });
  const best = chosen.length > 0 ? chosen : own.slice(0, 1);
  const [first, second] = best;
  const lines =
    first !== undefined &&
    second !== undefined &&
    own.length >= FEW_SENTENCES &&
    first.length + second.length <= LINE_WORDS
      ? [first, second]
      : best.slice(0, 1);
  return {
    lines: ordered(lines),
    points: ordered(chosen).map((point) => cited(pointOf(point), point.utterances)),
  };
}
