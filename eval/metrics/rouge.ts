import { porterStem } from './porter-stem.ts';

/**
 * `words`: runs of a–z and 0–9 in lower case, as Google's rouge-score counts them; `stems`: the same, stemmed from four
 * letters on; `characters`: for Chinese, each Han character by itself, anything else as words.
 */
export type RougeUnits = 'words' | 'stems' | 'characters';

/** Shares, 0 to 1; `f1` is their harmonic mean. */
interface Overlap {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface Rouge {
  readonly one: Overlap;
  readonly two: Overlap;
  /** Longest common subsequence of the texts as wholes (not per sentence). */
  readonly l: Overlap;
}

/** Words below this length have no ending worth cutting (as in rouge-score). */
const LEAST_STEMMED_LETTERS = 4;

export const rougeTokens = (text: string, units: RougeUnits): readonly string[] => {
  const lower = text.normalize('NFKC').toLowerCase();
  if (units === 'characters') return lower.match(/\p{Script=Han}|[a-z0-9]+/gu) ?? [];
  const words = lower.match(/[a-z0-9]+/gu) ?? [];
  return units === 'words'
    ? words
    : words.map((word) => (word.length < LEAST_STEMMED_LETTERS ? word : porterStem(word)));
};

const overlap = (shared: number, candidate: number, reference: number): Overlap => {
  const precision = candidate === 0 ? 0 : shared / candidate;
  const recall = reference === 0 ? 0 : shared / reference;
  return { precision, recall, f1: shared === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};

const counted = (tokens: readonly string[], length: number): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (let at = 0; at + length <= tokens.length; at++) {
    const gram = tokens.slice(at, at + length).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
};

const total = (counts: ReadonlyMap<string, number>): number => counts.values().reduce((sum, count) => sum + count, 0);

const gramOverlap = (candidate: readonly string[], reference: readonly string[], length: number): Overlap => {
  const said = counted(candidate, length);
  const wanted = counted(reference, length);
  let shared = 0;
  for (const [gram, count] of said) shared += Math.min(count, wanted.get(gram) ?? 0);
  return overlap(shared, total(said), total(wanted));
};

const longestCommonSubsequence = (left: readonly string[], right: readonly string[]): number => {
  let above = new Uint32Array(right.length + 1);
  let row = new Uint32Array(right.length + 1);
  for (const word of left) {
    for (const [at, other] of right.entries()) {
      row[at + 1] = word === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0);
    }
    [above, row] = [row, above];
  }
  return above[right.length] ?? 0;
};

/** How much of one reference a text repeats (Lin 2004). Empty texts share nothing. */
export const rouge = (candidate: string, reference: string, units: RougeUnits): Rouge => {
  const said = rougeTokens(candidate, units);
  const wanted = rougeTokens(reference, units);
  return {
    one: gramOverlap(said, wanted, 1),
    two: gramOverlap(said, wanted, 2),
    l: overlap(longestCommonSubsequence(said, wanted), said.length, wanted.length),
  };
};

/** Mean F1 over pairs, each 0 to 1; zeros when there are none. */
export const meanRouge = (
  scores: readonly Rouge[],
): { readonly one: number; readonly two: number; readonly l: number } => {
  const mean = (pick: (score: Rouge) => Overlap): number =>
    scores.reduce((sum, score) => sum + pick(score).f1, 0) / Math.max(1, scores.length);
  return { one: mean(({ one }) => one), two: mean(({ two }) => two), l: mean(({ l }) => l) };
};
