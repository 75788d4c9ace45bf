/** The whole in a few quoted sentences: every part of the meeting has its say, the end as well as the start. */
import { cited } from '../../cite.ts';
import type { Cited, Template } from '../../model.ts';
import { chooseLines } from './line-choice.ts';
import { isQuestion } from './question-form.ts';
import { pointOf } from './quoted.ts';
import type { Salience } from './salience.ts';
import type { Sentence } from './sentences.ts';

/** Words of a summary, by the length that the template asks for. */
const WORDS: Readonly<Record<Template['length'], number>> = { short: 60, medium: 110, long: 180 };
/** Fewer words than this need no summary: the transcript is one. */
const LEAST_WORDS = 40;
/** A summary longer than this share of what was said saves nobody time. */
const LARGEST_SHARE = 0.25;
const SHORTEST_SUMMARY = 24;
/** A talk of this many words has parts that each deserve a line. */
const WORDS_WITH_PARTS = 400;
const PARTS = 4;
/** What speaks for a sentence that decides something, and against a question, in standard deviations. */
const SETTLES = 0.5;
const ASKS = -0.7;

/** The quarter of the stretch, by words, in which each sentence begins; by sentence index. */
function quarters(sentences: readonly Sentence[], words: number): ReadonlyMap<number, number> {
  let before = 0;
  return new Map(
    sentences.map(({ index, length }) => {
      const part = Math.min(PARTS - 1, Math.floor((PARTS * before) / words));
      before += length;
      return [index, part];
    }),
  );
}

/** The sentences of a summary, in the order they were said. `words`: of all of them together. */
export function summaryLines(salience: Salience, words: number, settled: ReadonlySet<number>): Sentence[] {
  const { sentences } = salience;
  const said = sentences.reduce((sum, { length }) => sum + length, 0);
  const partOf = quarters(sentences, said);
  const parts =
    said < WORDS_WITH_PARTS
      ? []
      : Array.from({ length: PARTS }, (_, part) => (sentence: Sentence) => partOf.get(sentence.index) === part);
  const limits =
    said < LEAST_WORDS
      ? { words: LEAST_WORDS, lines: 1 }
      : { words: Math.min(words, Math.max(SHORTEST_SUMMARY, said * LARGEST_SHARE)), lines: sentences.length };
  const favour = (sentence: Sentence): number =>
    (settled.has(sentence.index) ? SETTLES : 0) + (isQuestion(sentence) ? ASKS : 0);
  return chooseLines(salience, limits, { parts, favour }).toSorted((a, b) => a.index - b.index);
}

/** `settled`: indices of sentences that decide something. Nothing when nothing was said. */
export function summarise(salience: Salience, length: Template['length'], settled: ReadonlySet<number>): Cited[] {
  return summaryLines(salience, WORDS[length], settled).map((sentence) =>
    cited(pointOf(sentence), sentence.utterances),
  );
}
