/**
 * One segmentation out of many possible ones: that which is nearest to all of them on average, by what segmentations
 * are judged by (minimum Bayes risk). It neither trusts one lucky cut nor stops at the safest.
 */

/** Turns are counted on a grid of at most so many cells: no judgement is finer. */
const MOST_CELLS = 240;
/** What a found start counts, against a pair of places wrongly parted or joined and a stretch with the wrong number of starts; settled on meetings left out of training. */
const FOUND = 1.4;
const PARTED = 1;
const MISCOUNTED = 0.5;
/** Starts tried when the best drawn segmentation is improved, likeliest first, and rounds of that. */
const TRIED = 30;
const ROUNDS = 4;

interface Possible {
  readonly cuts: readonly number[];
  /** Half the mean length of its pieces: the reach of a comparison. */
  readonly reach: number;
  /** Starts among the cells after each and up to `reach` on. */
  readonly ahead: Uint16Array;
}

function countsUpTo(cuts: readonly number[], cells: number): Uint16Array {
  const counts = new Uint16Array(cells);
  for (const cut of cuts) counts[cut] = 1;
  for (let cell = 1; cell < cells; cell++) counts[cell] = (counts[cell] ?? 0) + (counts[cell - 1] ?? 0);
  return counts;
}

function possible(cuts: readonly number[], cells: number): Possible {
  const reach = Math.max(1, Math.round(cells / (cuts.length + 1) / 2));
  const counts = countsUpTo(cuts, cells);
  const ahead = new Uint16Array(Math.max(0, cells - reach));
  for (let cell = 0; cell < ahead.length; cell++) ahead[cell] = (counts[cell + reach] ?? 0) - (counts[cell] ?? 0);
  return { cuts, reach, ahead };
}

/** Harmonic mean of the shares of starts that have a partner within half a reach; both lists ascend. */
function agreement(truth: readonly number[], guess: readonly number[], tolerance: number): number {
  if (truth.length + guess.length === 0) return 1;
  let pairs = 0;
  let from = 0;
  for (const place of truth) {
    while (from < guess.length && (guess[from] ?? 0) < place - tolerance) from++;
    if (from < guess.length && (guess[from] ?? 0) <= place + tolerance) {
      pairs++;
      from++;
    }
  }
  return (2 * pairs) / (truth.length + guess.length);
}

/** How good a guess is if the truth is as likely to be each of the possible ones. */
function worth(guess: readonly number[], truths: readonly Possible[], cells: number): number {
  const counts = countsUpTo(guess, cells);
  let sum = 0;
  for (const { cuts, reach, ahead } of truths) {
    let parted = 0;
    let miscounted = 0;
    for (let cell = 0; cell < ahead.length; cell++) {
      const own = (counts[cell + reach] ?? 0) - (counts[cell] ?? 0);
      const other = ahead[cell] ?? 0;
      if (own === other) continue;
      miscounted++;
      if (own === 0 || other === 0) parted++;
    }
    const wrong = (PARTED * parted + MISCOUNTED * miscounted) / Math.max(1, ahead.length);
    sum += FOUND * agreement(cuts, guess, reach / 2) - wrong;
  }
  return sum / Math.max(1, truths.length);
}

/** `drawn`: ways to cut so many turns, as often as they are likely. Answers the turns at which chapters start, 0 left out. */
export function chooseCuts(drawn: readonly (readonly number[])[], turns: number): number[] {
  const cells = Math.min(turns, MOST_CELLS);
  const cellOf = (turn: number): number => Math.min(cells - 1, Math.round((turn * cells) / turns));
  /** The turn most often drawn of each cell, and how often it was. */
  const drawnTimes = new Map<number, number>();
  for (const turn of drawn.flat()) drawnTimes.set(turn, (drawnTimes.get(turn) ?? 0) + 1);
  const standsFor = new Map<number, { readonly turn: number; readonly times: number }>();
  for (const [turn, times] of drawnTimes) {
    const held = standsFor.get(cellOf(turn));
    if (held === undefined || times > held.times || (times === held.times && turn < held.turn))
      standsFor.set(cellOf(turn), { turn, times });
  }
  const inCells = drawn.map((cuts) => [...new Set(cuts.map(cellOf))].filter((cell) => cell > 0));
  const truths = inCells.map((cuts) => possible(cuts, cells));
  const guesses = new Map(inCells.map((cuts) => [cuts.join(), cuts] as const));
  let best: readonly number[] = [];
  let top = worth(best, truths, cells);
  const consider = (guess: readonly number[]): boolean => {
    const value = worth(guess, truths, cells);
    if (value <= top) return false;
    best = guess;
    top = value;
    return true;
  };
  for (const guess of guesses.values()) consider(guess);
  const likely = [...standsFor]
    .filter(([cell]) => cell > 0)
    .toSorted(([cellA, a], [cellB, b]) => b.times - a.times || cellA - cellB)
    .slice(0, TRIED)
    .map(([cell]) => cell);
  for (let round = 0; round < ROUNDS; round++) {
    const held = best;
    let better = false;
    for (const cell of held) better = consider(held.filter((other) => other !== cell)) || better;
    for (const cell of likely) {
      if (held.includes(cell)) continue;
      better = consider([...held, cell].toSorted((a, b) => a - b)) || better;
      if (held.length === 0) continue;
      const nearest = held.reduce((near, other) => (Math.abs(other - cell) < Math.abs(near - cell) ? other : near));
      better = consider([...held.filter((other) => other !== nearest), cell].toSorted((a, b) => a - b)) || better;
    }
    if (!better) break;
  }
  return best.flatMap((cell) => standsFor.get(cell)?.turn ?? []);
}
