/** What was said about a matter: the sentences that tell most of it without repeating each other. */
import { isBackchannel } from '../agreement.ts';
import { isQuestion } from '../question-form.ts';
import { speakerName } from '../../../speaker.ts';
import { passageTerms } from '../../../retrieval/question.ts';
import type { Question } from '../../../retrieval/question.ts';
import type { Sentence } from '../sentences.ts';
import { likeness } from '../weights.ts';
import { dot } from './reading.ts';
import type { Reading, Stretch } from './reading.ts';

export interface Told {
  readonly stretch: Stretch;
  readonly sentence: Sentence;
}

/** About what one person says of a matter in half a minute; what QMSum's annotators wrote is as long. */
const BUDGET_WORDS = 65;
/** A sentence that does not fit is passed over while so many words are free. */
const WORTH_FILLING_WORDS = 10;
const LEAST_WORDS = 4;

/** Chosen by trying what made quotations most like the answers people wrote (QMSum), half of the questions held out. */
const WEIGHTS = { standing: 0.95, likeness: 1.15, nearby: -0.15, asked: 0.3, density: 0.3, reply: 0.15 };
/** Without embeddings the words of the question stand in for likeness. */
const LEXICAL_WEIGHTS = { standing: 1, likeness: 0.7, nearby: 0, asked: 0.3, density: 0.3, reply: 0.15 };
/** How strongly a sentence like one already chosen is held back (Carbonell and Goldstein 1998). */
const REDUNDANCY = 1.2;

/** Below, a sentence tells of something else than the best one does. */
const NEAR_ENOUGH = 0.45;
/** Sentences on either side in which the matter counts as touched. */
const BESIDE = 2;

/** Words that share so many first letters are likely forms of one word. */
const PREFIX_LETTERS = 5;

/**
 * Whether the evidence speaks of the matter at all: a logistic judgement from the share of the question's words that one
 * passage holds and the likeness of the nearest sentence. Fitted on QMSum's questions asked of their own meeting and of
 * another kind of meeting. At these weights one in twelve of the former is refused, one in twenty of the latter answered.
 */
const SPOKEN_OF = { bias: -10.25, coverage: 2.38, likeness: 21.53 };
/** Words alone tell less surely. */
const LEAST_COVERAGE = 0.5;
/** Turns to either side that count as the same passage. */
const PASSAGE_SENTENCES = 6;

const prefixOf = (term: string): string => (term.length < PREFIX_LETTERS ? term : term.slice(0, PREFIX_LETTERS));

/** Share of the question's words, by weight, that are among the terms, in any form. */
function coverage(question: Question, terms: ReadonlySet<string>): number {
  const singles = question.terms.filter(({ term }) => !term.includes(' '));
  const whole = singles.reduce((sum, { weight }) => sum + weight, 0);
  const found = singles.reduce((sum, { term, weight }) => (terms.has(prefixOf(term)) ? sum + weight : sum), 0);
  return whole === 0 ? 0 : found / whole;
}

function standardised(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length));
  return values.map((value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation));
}

interface Weighed extends Told {
  readonly at: number;
  readonly terms: ReadonlySet<string>;
  /** Share of the question's words in the sentence, and in it with its neighbours. */
  readonly own: number;
  readonly beside: number;
  readonly like: number;
}

function weigh({ question, stretches }: Reading): readonly Weighed[] {
  return stretches.flatMap((stretch) => {
    const terms = stretch.sentences.map(({ tokens }) => new Set(passageTerms(tokens).map(prefixOf)));
    const near = (at: number, reach: number): ReadonlySet<string> =>
      new Set(terms.slice(Math.max(0, at - reach), at + reach + 1).flatMap((own) => [...own]));
    return stretch.sentences.map((sentence, at) => ({
      stretch,
      sentence,
      at,
      terms: near(at, PASSAGE_SENTENCES),
      own: coverage(question, terms[at] ?? new Set()),
      beside: coverage(question, near(at, BESIDE)),
      like: stretch.likeness?.[at] ?? 0,
    }));
  });
}

/** Sentences enough like the question, or near its words, to be told; the floor falls with the best there is. */
function speaksOf(question: Question, all: readonly Weighed[]): boolean {
  const held = all.reduce((most, { terms }) => Math.max(most, coverage(question, terms)), 0);
  if (!all.some(({ stretch }) => stretch.likeness !== null)) return held >= LEAST_COVERAGE;
  const nearest = all.reduce(
    (most, { like, sentence }) => Math.max(most, like * Math.min(1, sentence.length / LEAST_WORDS)),
    0,
  );
  return SPOKEN_OF.bias + SPOKEN_OF.coverage * held + SPOKEN_OF.likeness * nearest > 0;
}

/** Whether the sentence opens an answer to a question like the one asked. */
function repliesTo({ stretch, at, sentence }: Weighed, all: ReadonlyMap<Sentence, Weighed>): number {
  const before = stretch.sentences[at - 1];
  if (before === undefined || before.speakerKey === sentence.speakerKey || !isQuestion(before)) return 0;
  const asked = all.get(before);
  return asked === undefined ? 0 : Math.max(asked.like, asked.own);
}

/** In the order said; empty when the matter was not spoken of. */
export function tellOf(reading: Reading): readonly Told[] {
  const { question } = reading;
  const all = weigh(reading);
  if (!speaksOf(question, all)) return [];
  const bySentence = new Map(all.map((each) => [each.sentence, each]));
  const best = all.reduce((most, { like }) => Math.max(most, like), 0);
  const isTheirs = ({ sentence }: Weighed): boolean => question.speakers.has(speakerName(sentence.speaker));
  const relevant = all.filter(
    ({ sentence, beside, like }) =>
      sentence.length >= LEAST_WORDS &&
      !isBackchannel(sentence.text) &&
      (beside > 0 || (best > 0 && like >= NEAR_ENOUGH * best)),
  );
  const theirs = relevant.filter(isTheirs);
  const open = question.speakers.size > 0 ? theirs : relevant;
  const dense = open.some(({ stretch }) => stretch.likeness !== null);
  const weights = dense ? WEIGHTS : LEXICAL_WEIGHTS;
  const column = (value: (each: Weighed) => number): readonly number[] => standardised(open.map(value));
  const columns: readonly (readonly [number, readonly number[]])[] = [
    [weights.standing, column(({ stretch, at }) => stretch.standing[at] ?? 0)],
    [weights.likeness, column(({ like, own }) => (dense ? like : own))],
    [
      weights.nearby,
      column(({ stretch, at }) => [-2, -1, 1, 2].reduce((sum, step) => sum + (stretch.likeness?.[at + step] ?? 0), 0)),
    ],
    [weights.density, column(({ sentence }) => sentence.terms.length / Math.max(1, sentence.length))],
    [weights.reply, column((each) => repliesTo(each, bySentence))],
  ];
  const scores = open.map((_, at) => columns.reduce((sum, [weight, values]) => sum + weight * (values[at] ?? 0), 0));
  return choose(open, standardised(scores)).toSorted(
    (a, b) =>
      reading.stretches.indexOf(a.stretch) - reading.stretches.indexOf(b.stretch) ||
      a.sentence.index - b.sentence.index,
  );
}

/** 0 to about 1. */
function sameness(a: Told, b: Told): number {
  const left = a.stretch.vectors?.[a.sentence.index];
  const right = b.stretch.vectors?.[b.sentence.index];
  if (left === undefined || right === undefined) return likeness(a.sentence.terms, b.sentence.terms);
  return Math.max(0, dot(left, right));
}

/** Sentences that hold every word of the matter, in the order said: what counts as mentioning it. */
export function mentionsOf(reading: Reading): readonly Told[] {
  const { speakers } = reading.question;
  return weigh(reading)
    .filter(({ own, sentence }) => own >= 1 && (speakers.size === 0 || speakers.has(speakerName(sentence.speaker))))
    .map(({ stretch, sentence }) => ({ stretch, sentence }));
}

function choose(open: readonly Weighed[], scores: readonly number[]): Told[] {
  const chosen: Weighed[] = [];
  const left = new Set(open.keys());
  const held = open.map(() => 0);
  let words = 0;
  while (left.size > 0 && words < BUDGET_WORDS) {
    let best = -1;
    const worth = (at: number): number => (scores[at] ?? 0) - REDUNDANCY * (held[at] ?? 0);
    for (const at of left) if (best < 0 || worth(at) > worth(best)) best = at;
    left.delete(best);
    const taken = open[best];
    if (taken === undefined) break;
    if (chosen.length > 0 && words + taken.sentence.length > BUDGET_WORDS) {
      if (words > BUDGET_WORDS - WORTH_FILLING_WORDS) break;
      continue;
    }
    chosen.push(taken);
    words += taken.sentence.length;
    for (const at of left) {
      const other = open[at];
      if (other !== undefined) held[at] = Math.max(held[at] ?? 0, sameness(other, taken));
    }
  }
  return chosen;
}
