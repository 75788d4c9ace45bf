/** How well passages hold the words of a question: BM25 over exact words, kindred words and neighbouring pairs. */
import type { Passage } from './passages.ts';
import type { QuestionTerm } from './question.ts';

/** Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", with the usual constants. */
const K1 = 1.2;
const B = 0.75;
/** Words that share so many first letters are likely forms of one word ("recognise", "recognition"). */
const PREFIX_LETTERS = 5;

export interface WordMatch {
  /** BM25 of the question's words as they are. */
  readonly exact: number;
  /** The same without the wider topic and without doubtful words. */
  readonly focus: number;
  /** The same counting kindred words too. */
  readonly kindred: number;
  /** BM25 of words that stand side by side in the question. */
  readonly phrase: number;
  /** Share of the question's words that are there, rare ones counting more; 0 to 1. */
  readonly coverage: number;
  /** Words that carry meaning. */
  readonly terms: number;
}

interface Counts {
  /** Per word of the question: how often it is there itself, and together with kindred words. */
  readonly exact: readonly number[];
  readonly kindred: readonly number[];
  readonly terms: number;
}

/** A pair of neighbouring words is a term with a space within. */
const isPair = ({ term }: QuestionTerm): boolean => term.includes(' ');

function add(counts: number[], place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

function counter(sought: readonly QuestionTerm[]): (passage: Passage) => Counts {
  const places = new Map(sought.map(({ term }, place) => [term, place]));
  const prefixes = new Map<string, number[]>();
  for (const [place, { term }] of sought.entries()) {
    if (term.length < PREFIX_LETTERS || term.includes(' ')) continue;
    const prefix = term.slice(0, PREFIX_LETTERS);
    prefixes.set(prefix, [...(prefixes.get(prefix) ?? []), place]);
  }
  return ({ lines }) => {
    const exact = sought.map(() => 0);
    const kindred = sought.map(() => 0);
    let words = 0;
    for (const { terms } of lines) {
      words += terms.length;
      for (const [at, term] of terms.entries()) {
        const place = places.get(term);
        if (place === undefined) {
          if (term.length < PREFIX_LETTERS) continue;
          for (const kin of prefixes.get(term.slice(0, PREFIX_LETTERS)) ?? []) add(kindred, kin);
          continue;
        }
        add(exact, place);
        add(kindred, place);
        const pair = at === 0 ? undefined : places.get(`${terms[at - 1] ?? ''} ${term}`);
        if (pair !== undefined) add(exact, pair);
      }
    }
    return { exact, kindred, terms: words };
  };
}

/** Aligned with `passages`; rarity is judged over them. */
export function matchWords(sought: readonly QuestionTerm[], passages: readonly Passage[]): readonly WordMatch[] {
  const counts = passages.map(counter(sought));
  const averageTerms = Math.max(1, counts.reduce((sum, { terms }) => sum + terms, 0) / Math.max(1, counts.length));
  const rarity = (pick: (count: Counts) => readonly number[]): readonly number[] =>
    sought.map((_, place) => {
      const having = counts.reduce((sum, count) => sum + ((pick(count)[place] ?? 0) > 0 ? 1 : 0), 0);
      return Math.log(1 + (counts.length - having + 0.5) / (having + 0.5));
    });
  const exactRarity = rarity(({ exact }) => exact);
  const kindredRarity = rarity(({ kindred }) => kindred);
  const singles = sought.map((term) => (isPair(term) ? 0 : term.weight));
  const focus = sought.map((term) => (isPair(term) || term.weight < 1 ? 0 : term.weight));
  const pairs = sought.map((term) => (isPair(term) ? term.weight : 0));
  const whole = singles.reduce((sum, weight, place) => sum + weight * (exactRarity[place] ?? 0), 0);
  return counts.map(({ exact, kindred, terms }) => {
    const norm = K1 * (1 - B + (B * terms) / averageTerms);
    const bm25 = (times: readonly number[], rare: readonly number[], weights: readonly number[]): number =>
      weights.reduce((sum, weight, place) => {
        const count = times[place] ?? 0;
        return count === 0 ? sum : sum + weight * (rare[place] ?? 0) * ((count * (K1 + 1)) / (count + norm));
      }, 0);
    const covered = singles.reduce(
      (sum, weight, place) => ((kindred[place] ?? 0) > 0 ? sum + weight * (exactRarity[place] ?? 0) : sum),
      0,
    );
    return {
      exact: bm25(exact, exactRarity, singles),
      focus: bm25(exact, exactRarity, focus),
      kindred: bm25(kindred, kindredRarity, singles),
      phrase: bm25(exact, exactRarity, pairs),
      coverage: whole === 0 ? 0 : covered / whole,
      terms,
    };
  });
}
