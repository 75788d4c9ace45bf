/**
 * The ways a talk may fall into chapters, drawn by how likely each is: a chapter may start at any turn, likelier where
 * more speaks for it, and chapters tend to be of like length (a hidden semi-Markov model; Rabiner 1989, Murphy 2002).
 */

/** How much the evidence counts against the length of chapters; settled on meetings left out of training. */
const EVIDENCE = 2;
/** Deviation of the natural logarithm of a chapter's length: wide, topics may be short or long. */
const LENGTH_SPREAD = 1.2;
/** What the pull towards like lengths takes away in number of chapters, given back; settled with the two above. */
const GIVEN_BACK = 1.2;
/** Turns considered at most, so that long meetings take no longer: the best of each stretch. */
const MOST_CANDIDATES = 500;
/** Segmentations drawn. Twice as many change figures in the third digit. */
const DRAWN = 120;

export interface Evidence {
  /** Per turn, on the scale of a logarithm; the first turn's is of no use. */
  readonly scores: readonly number[];
  /** Where each turn starts, as a share of the talk: ascending from 0, below 1. */
  readonly starts: readonly number[];
  /** Chapters to be expected of such a talk, the first not counted. */
  readonly expected: number;
}

/** Numbers from 0 to 1 that look random and are the same in every run (linear congruential, Numerical Recipes). */
function createDice(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The turns at which a chapter may start, with the logarithm of how much likelier than at any turn; the best of each stretch. */
function candidatesOf({ scores, starts, expected }: Evidence): { readonly turn: number; readonly log: number }[] {
  const later = scores.slice(1).map((score) => EVIDENCE * score);
  if (later.length === 0) return [];
  const most = later.reduce((top, value) => Math.max(top, value), Number.NEGATIVE_INFINITY);
  const sum = later.reduce((total, value) => total + Math.exp(value - most), 0);
  const base = Math.log(expected) + GIVEN_BACK - most - Math.log(sum);
  const all = later.map((value, at) => ({ turn: at + 1, log: value + base }));
  if (all.length <= MOST_CANDIDATES) return all;
  const best = new Map<number, { readonly turn: number; readonly log: number }>();
  for (const candidate of all) {
    const cell = Math.floor((starts[candidate.turn] ?? 0) * MOST_CANDIDATES);
    const held = best.get(cell);
    if (held === undefined || candidate.log > held.log) best.set(cell, candidate);
  }
  return [...best.values()];
}

/**
 * Ways to cut, each the ascending turns at which a chapter starts (turn 0 left out), as often as they are likely.
 * Deterministic.
 */
export function drawCuts(evidence: Evidence): (readonly number[])[] {
  const candidates = candidatesOf(evidence);
  const places = [0, ...candidates.map(({ turn }) => evidence.starts[turn] ?? 0), 1];
  const usual = Math.log(1 / (evidence.expected + 1));
  const last = places.length - 1;
  // Sums over all ways to cut what lies before, kept as logarithms; and how likely each last start before `to` is.
  const logSums = new Float64Array(places.length).fill(Number.NEGATIVE_INFINITY);
  logSums[0] = 0;
  const shares = places.map((_, to) => new Float64Array(to));
  for (let to = 1; to <= last; to++) {
    const share = shares[to] ?? new Float64Array();
    let most = Number.NEGATIVE_INFINITY;
    for (let from = 0; from < to; from++) {
      const length = (places[to] ?? 0) - (places[from] ?? 0);
      const off = (Math.log(Math.max(1e-9, length)) - usual) / LENGTH_SPREAD;
      const value = length <= 0 ? Number.NEGATIVE_INFINITY : (logSums[from] ?? 0) - (off * off) / 2;
      share[from] = value;
      if (value > most) most = value;
    }
    if (most === Number.NEGATIVE_INFINITY) continue;
    let sum = 0;
    for (let from = 0; from < to; from++) {
      const value = Math.exp((share[from] ?? 0) - most);
      share[from] = value;
      sum += value;
    }
    for (let from = 0; from < to; from++) share[from] = (share[from] ?? 0) / sum;
    logSums[to] = most + Math.log(sum) + (candidates[to - 1]?.log ?? 0);
  }
  const dice = createDice();
  return Array.from({ length: DRAWN }, () => {
    const cuts: number[] = [];
    let to = last;
    while (to > 0) {
      const share = shares[to] ?? new Float64Array();
      let left = dice();
      let from = 0;
      while (from < to - 1 && left >= (share[from] ?? 0)) {
        left -= share[from] ?? 0;
        from++;
      }
      const candidate = candidates[from - 1];
      if (candidate !== undefined) cuts.unshift(candidate.turn);
      to = from;
    }
    return cuts;
  });
}
