/** What was said about a matter: the sentences that tell most of it without repeating each other. */
import { speakerName } from '../../../speaker.ts';
import { isBackchannel } from '../agreement.ts';
import { likeness } from '../weights.ts';
import { dot } from '../../../dot-product.ts';
import { standardised } from '../../../standard-scores.ts';
import type { Reading } from './reading.ts';
import type { AnswerWeights, TellingWeights } from './answer-model.ts';
import { isSpokenOf } from './spoken-of.ts';
import { tellingColumns, weigh } from './weighed.ts';
import type { TellingColumns, Told, Weighed, WeighedEvidence } from './weighed.ts';

/** About what one person says of a matter in half a minute; what QMSum's annotators wrote is as long. */
const BUDGET_WORDS = 65;
/** The last sentence may run over by so much; cutting it would not be quoting it. */
const OVERRUN_WORDS = 9;
/** A sentence that does not fit is passed over while so many words are free. */
const WORTH_FILLING_WORDS = 10;
const LEAST_WORDS = 4;
/** Farther than this from the nearest, and away from the question's words, a sentence tells of something else. */
const NEAR_ENOUGH = 0.15;
/** Runs of sentences that one speaker says on end. */
const MOST_QUOTATIONS = 5;

// These two were chosen among a few values tried on all of QMSum's questions; what is near them does about as well.
/** How strongly a sentence like one already chosen is held back (Carbonell and Goldstein 1998). */
const REDUNDANCY = 1;
/** In deviations of the score: what follows on is read more easily than another quotation. */
const RUN_ON = 0.6;

/** Sentences long enough to tell something. */
export function tellable({ all }: WeighedEvidence): readonly Weighed[] {
  return all.filter(({ sentence }) => sentence.length >= LEAST_WORDS && !isBackchannel(sentence.text));
}

function scoresOf(columns: TellingColumns, count: number, weights: TellingWeights): readonly number[] {
  const weighed = new Map(Object.entries(weights));
  return Array.from({ length: count }, (_, at) =>
    Object.entries(columns).reduce((sum, [name, values]) => sum + (weighed.get(name) ?? 0) * (values[at] ?? 0), 0),
  );
}

/** In the order said; empty when the matter was not spoken of, or not by those whose words are asked for. */
export function tellOf(reading: Reading, weights: AnswerWeights): readonly Told[] {
  const evidence = weigh(reading);
  if (!isSpokenOf(evidence, weights.spokenOf)) return [];
  const able = tellable(evidence);
  const dense = able.some(({ stretch }) => stretch.likeness !== null);
  const scores = scoresOf(tellingColumns(evidence, able), able.length, dense ? weights.dense : weights.plain);
  const nearest = able.reduce((most, { like }) => Math.max(most, like), 0);
  const open = [...able.keys()].filter((at) => {
    const each = able[at];
    if (each === undefined || (reading.question.speakers.size > 0 && !each.theirs)) return false;
    return each.beside > 0 || (nearest > 0 && each.like >= NEAR_ENOUGH * nearest);
  });
  return choose(
    open.flatMap((at) => able[at] ?? []),
    standardised(open.map((at) => scores[at] ?? 0)),
  ).toSorted((a, b) => a.place - b.place || a.sentence.index - b.sentence.index);
}

/** 0 to about 1. */
function sameness(a: Told, b: Told): number {
  const left = a.stretch.vectors?.[a.sentence.index];
  const right = b.stretch.vectors?.[b.sentence.index];
  if (left === undefined || right === undefined) return likeness(a.sentence.terms, b.sentence.terms);
  return Math.max(0, dot(left, right));
}

/** Whether one is said right after the other by the same speaker. */
export function runsOn(a: Told, b: Told): boolean {
  return (
    a.stretch === b.stretch &&
    Math.abs(a.sentence.index - b.sentence.index) === 1 &&
    a.sentence.speakerKey === b.sentence.speakerKey
  );
}

/** It is the person who is spoken of, not what the person said. */
const IS_SPOKEN_OF = /\b(?:was|were|is|are|been|being)\b|被/iu;
/** From here on a word of the question is the matter's own, not one that may only carry the question. */
const OWN_WEIGHT = 0.5;

/**
 * Sentences that hold every word of the matter and name everybody who is asked after, in the order said: what counts as
 * mentioning it. Empty when nothing is asked after.
 */
export function mentionsOf(reading: Reading): readonly Told[] {
  const { question } = reading;
  const asked = [...question.speakers];
  const isPassive = question.exhaustive === 'count' && asked.length > 0 && IS_SPOKEN_OF.test(question.text);
  // "How often did Dana mention Tom?": the first named is the one who speaks.
  const by = new Set(isPassive ? [] : question.exhaustive === 'count' ? asked.slice(0, 1) : asked);
  const names = [...question.mentioned, ...asked.filter((name) => !by.has(name))];
  const own = question.terms.filter(({ term, weight }) => weight >= OWN_WEIGHT && !term.includes(' '));
  const terms = own.length > 0 || names.length > 0 ? own : question.terms;
  if (terms.length === 0 && names.length === 0) return [];
  return weigh({ ...reading, question: { ...question, terms } })
    .all.filter(({ own: share, sentence }) => {
      return (terms.length === 0 || share >= 1) && (by.size === 0 || by.has(speakerName(sentence.speaker)));
    })
    .flatMap(({ stretch, at }) => {
      const sentence = stretch.sentences[at];
      if (sentence === undefined) return [];
      const called = new Set(sentence.tokens.map(({ norm }) => stretch.participants.called(norm.replace(/'s$/u, ''))));
      return names.every((name) => called.has(name)) ? [{ stretch, sentence }] : [];
    });
}

function choose(open: readonly Weighed[], scores: readonly number[]): Weighed[] {
  const chosen: Weighed[] = [];
  const left = new Set(open.keys());
  const held = open.map(() => 0);
  const beside = open.map(() => 0);
  let words = 0;
  let quotations = 0;
  while (left.size > 0 && words < BUDGET_WORDS) {
    let best = -1;
    const worth = (at: number): number =>
      (scores[at] ?? 0) - REDUNDANCY * (held[at] ?? 0) + ((beside[at] ?? 0) > 0 ? RUN_ON : 0);
    for (const at of left) if (best < 0 || worth(at) > worth(best)) best = at;
    left.delete(best);
    const taken = open[best];
    if (taken === undefined) break;
    if (chosen.length > 0 && words + taken.sentence.length > BUDGET_WORDS + OVERRUN_WORDS) {
      if (words > BUDGET_WORDS - WORTH_FILLING_WORDS) break;
      continue;
    }
    // One that joins two runs makes one of them.
    const after = quotations + 1 - (beside[best] ?? 0);
    if (after > MOST_QUOTATIONS) continue;
    quotations = after;
    chosen.push(taken);
    words += taken.sentence.length;
    for (const at of left) {
      const other = open[at];
      if (other === undefined) continue;
      held[at] = Math.max(held[at] ?? 0, sameness(other, taken));
      if (runsOn(other, taken)) beside[at] = (beside[at] ?? 0) + 1;
    }
  }
  return chosen;
}
