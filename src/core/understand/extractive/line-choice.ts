/** Chooses the sentences that together say most of what a stretch of talk is about in few words. */
import { dot } from '../../dot-product.ts';
import { deviation } from '../../standard-scores.ts';
import { isBackchannel } from './agreement.ts';
import type { Salience } from './salience.ts';
import type { Sentence } from './sentences.ts';

interface Limits {
  /** Words of all lines together; half as many for characters of scripts without spaces. */
  readonly words: number;
  readonly lines: number;
}

/** A term already in a chosen line counts this much again. */
const AGAIN = 0.3;
/** Words are paid for by this power: 1 would choose the shortest lines, 0 the longest. */
const LENGTH_POWER = 0.7;
/** What standing by itself counts beside covering terms, both in standard deviations. */
const STANDING_WEIGHT = 1;
/** Likeness of meaning below which two sentences say different things (cosine of their vectors). */
const UNRELATED = 0.3;
/** How strongly a line that says the same again is held back. */
const REPETITION_WEIGHT = 2;
/** Shorter sentences are chosen only where there are none longer: alone they do not say what they are about. */
const LEAST_WORDS = 8;
const LONGEST_WORDS = 45;

/** What else decides, beyond what the sentences say. */
interface Wishes {
  /** Parts that each give a line before any gives a second, in this order: whether a sentence is of the part. */
  readonly parts?: readonly ((sentence: Sentence) => boolean)[];
  /** What else speaks for a sentence, in standard deviations. */
  readonly favour?: (sentence: Sentence) => number;
  /** Whether a sentence may stand beside those chosen so far. */
  readonly admits?: (sentence: Sentence, chosen: readonly Sentence[]) => boolean;
}

/** Lines in the order chosen; at least one where anything with matter was said. */
export function chooseLines(salience: Salience, limits: Limits, wishes: Wishes = {}): Sentence[] {
  const { parts = [], favour = () => 0, admits = () => true } = wishes;
  const { sentences, standing, vectors } = salience;
  const usable = sentences
    .map((sentence, at) => ({ sentence, terms: new Set(sentence.terms), standing: standing[at] ?? 0, held: 0 }))
    .filter(({ sentence, terms }) => terms.size > 0 && !isBackchannel(sentence.text));
  const full = usable.filter(({ sentence }) => sentence.length >= LEAST_WORDS && sentence.length <= LONGEST_WORDS);
  const have = new Map<string, number>();
  const cover = ({ sentence, terms }: (typeof usable)[number]): number => {
    let gain = 0;
    for (const term of terms) gain += salience.worth(term) * AGAIN ** (have.get(term) ?? 0);
    return gain / Math.max(1, sentence.length) ** LENGTH_POWER;
  };
  const unit = deviation(full.map(cover)) || 1;
  const chosen: Sentence[] = [];
  let words = 0;

  const takeBest = (from: readonly (typeof usable)[number][]): boolean => {
    let best: (typeof usable)[number] | null = null;
    let most = Number.NEGATIVE_INFINITY;
    for (const candidate of from) {
      const { sentence } = candidate;
      if (chosen.includes(sentence)) continue;
      if (chosen.length > 0 && words + sentence.length > limits.words) continue;
      if (!admits(sentence, chosen)) continue;
      const value =
        cover(candidate) / unit +
        STANDING_WEIGHT * candidate.standing +
        favour(sentence) -
        REPETITION_WEIGHT * candidate.held;
      if (value > most) {
        best = candidate;
        most = value;
      }
    }
    if (best === null) return false;
    chosen.push(best.sentence);
    words += best.sentence.length;
    for (const term of best.terms) have.set(term, (have.get(term) ?? 0) + 1);
    if (vectors !== null) {
      const meaning = vectors[best.sentence.index];
      for (const candidate of usable) {
        const other = vectors[candidate.sentence.index];
        const like =
          ((meaning === undefined || other === undefined ? 0 : dot(meaning, other)) - UNRELATED) / (1 - UNRELATED);
        candidate.held = Math.max(candidate.held, like);
      }
    }
    return true;
  };

  for (const isOfPart of parts) {
    if (chosen.length >= limits.lines) break;
    takeBest(full.filter(({ sentence }) => isOfPart(sentence)));
  }
  while (chosen.length < limits.lines && takeBest(full));
  if (chosen.length === 0) takeBest(usable);
  return chosen;
}
