/** How well a talk hangs together at each turn: words shared before and after (lexical cohesion, Hearst 1997). */

/** Cosine of the `width` terms before and after each place, by weight. One pass: terms enter and leave once. */
export function cohesion(
  stream: readonly string[],
  places: readonly number[],
  idf: (term: string) => number,
  width: number,
): number[] {
  const ids = new Map<string, number>();
  const squares: number[] = [];
  const terms = stream.map((term) => {
    const known = ids.get(term);
    if (known !== undefined) return known;
    ids.set(term, squares.length);
    squares.push(idf(term) ** 2);
    return squares.length - 1;
  });
  const left = new Float64Array(squares.length);
  const right = new Float64Array(squares.length);
  let dot = 0;
  let leftNorm = 0;
  let rightNorm = 0;
  const shift = (side: Float64Array, at: number, by: 1 | -1): void => {
    const id = terms[at] ?? 0;
    const square = squares[id] ?? 0;
    const before = side[id] ?? 0;
    const other = (side === left ? right : left)[id] ?? 0;
    dot += by * other * square;
    const grown = (2 * by * before + 1) * square;
    if (side === left) leftNorm += grown;
    else rightNorm += grown;
    side[id] = before + by;
  };
  let leftFrom = 0;
  let middle = 0;
  let rightTo = 0;
  return places.map((place) => {
    for (; rightTo < Math.min(terms.length, place + width); rightTo++) shift(right, rightTo, 1);
    for (; middle < place; middle++) {
      shift(right, middle, -1);
      shift(left, middle, 1);
    }
    for (; leftFrom < place - width; leftFrom++) shift(left, leftFrom, -1);
    const norm = Math.sqrt(Math.max(0, leftNorm) * Math.max(0, rightNorm));
    return norm <= 1e-9 ? 0 : dot / norm;
  });
}

/** A ridge this little lower than the one before it does not end a climb. */
const FLAT = 1e-3;

/** How deep each point lies below the ridges on both sides (Hearst's depth score). */
export function depths(values: readonly number[]): number[] {
  const climb = (from: number, step: 1 | -1): number => {
    let peak = values[from] ?? 0;
    for (let at = from + step; at >= 0 && at < values.length; at += step) {
      const value = values[at] ?? 0;
      if (value < peak - FLAT) break;
      peak = Math.max(peak, value);
    }
    return peak;
  };
  return values.map((value, at) => climb(at, -1) + climb(at, 1) - 2 * value);
}

/**
 * Words that are said a lot for a while and not before or after (lexical chains, Galley et al. 2003): at each place, the
 * weight of those that begin in the next `reach` terms less those that began in the last, and of those that ended
 * likewise. A word not said for `gap` terms has ended.
 */
export function chains(
  stream: readonly string[],
  places: readonly number[],
  idf: (term: string) => number,
  gap: number,
  reach: number,
): { readonly begun: number[]; readonly ended: number[] } {
  const begins = new Float64Array(stream.length + 1);
  const ends = new Float64Array(stream.length + 1);
  const open = new Map<string, { from: number; to: number; count: number }>();
  const close = (term: string, { from, to, count }: { from: number; to: number; count: number }): void => {
    const weight = Math.log(count) * idf(term);
    begins[from + 1] = (begins[from + 1] ?? 0) + weight;
    ends[to + 1] = (ends[to + 1] ?? 0) + weight;
  };
  for (const [at, term] of stream.entries()) {
    const run = open.get(term);
    if (run !== undefined && at - run.to <= gap) {
      run.to = at;
      run.count++;
      continue;
    }
    if (run !== undefined) close(term, run);
    open.set(term, { from: at, to: at, count: 1 });
  }
  for (const [term, run] of open) close(term, run);
  for (let at = 1; at <= stream.length; at++) {
    begins[at] = (begins[at] ?? 0) + (begins[at - 1] ?? 0);
    ends[at] = (ends[at] ?? 0) + (ends[at - 1] ?? 0);
  }
  const change = (sums: Float64Array, place: number): number => {
    const here = sums[place] ?? 0;
    return (
      (sums[Math.min(stream.length, place + reach)] ?? 0) - here - (here - (sums[Math.max(0, place - reach)] ?? 0))
    );
  };
  return {
    begun: places.map((place) => change(begins, place)),
    ended: places.map((place) => -change(ends, place)),
  };
}

/** Share of the `width` terms after each place that come up for the first time, less the same before it. */
export function news(stream: readonly string[], places: readonly number[], width: number): number[] {
  const seen = new Set<string>();
  const fresh = new Float64Array(stream.length + 1);
  for (const [at, term] of stream.entries()) {
    fresh[at + 1] = (fresh[at] ?? 0) + (seen.has(term) ? 0 : 1);
    seen.add(term);
  }
  return places.map((place) => {
    const to = Math.min(stream.length, place + width);
    const from = Math.max(0, place - width);
    const here = fresh[place] ?? 0;
    return (
      ((fresh[to] ?? 0) - here) / Math.max(1, to - place) - (here - (fresh[from] ?? 0)) / Math.max(1, place - from)
    );
  });
}
