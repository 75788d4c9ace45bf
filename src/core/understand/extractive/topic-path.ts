/**
 * A talk as a path through meaning: what each stretch of it is about, as the mean of a vector that changes along the
 * way. Two sources: latent topics of the talk's own words (latent semantic analysis, Deerwester et al. 1990, over
 * stretches of the talk itself; it needs no model and no language), and sentence vectors.
 */

/** Vectors along the talk, to be averaged over any stretch in constant time. */
export interface TopicPath {
  readonly dimensions: number;
  /** Where each step ends, ascending; a step is a stretch with one vector. */
  readonly ends: Float64Array;
  /** Sums of step vector times step length up to the start of each step, then up to the end; row by row. */
  readonly sums: Float64Array;
}

/** The path whose step `i` is `lengths[i]` long and has vector `vectors[i]`; centred, so that what is common to all of it counts for nothing. */
export function pathOf(vectors: readonly ArrayLike<number>[], lengths: readonly number[]): TopicPath {
  const dimensions = vectors[0]?.length ?? 0;
  const mean = new Float64Array(dimensions);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  for (const [step, vector] of vectors.entries()) {
    const share = (lengths[step] ?? 0) / Math.max(1e-9, total);
    for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) + share * (vector[d] ?? 0);
  }
  const ends = new Float64Array(vectors.length);
  const sums = new Float64Array((vectors.length + 1) * dimensions);
  let end = 0;
  for (const [step, vector] of vectors.entries()) {
    const length = lengths[step] ?? 0;
    end += length;
    ends[step] = end;
    const from = step * dimensions;
    for (let d = 0; d < dimensions; d++)
      sums[from + dimensions + d] = (sums[from + d] ?? 0) + length * ((vector[d] ?? 0) - (mean[d] ?? 0));
  }
  return { dimensions, ends, sums };
}

/** Adds the sum of the path up to `place`, times `sign`, to `into`. */
function addUpTo(path: TopicPath, place: number, sign: number, into: Float64Array): void {
  const { ends, sums, dimensions } = path;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  const row = low * dimensions;
  if (low >= ends.length) {
    for (let d = 0; d < dimensions; d++) into[d] = (into[d] ?? 0) + sign * (sums[row + d] ?? 0);
    return;
  }
  const start = low === 0 ? 0 : (ends[low - 1] ?? 0);
  const part = Math.max(0, place - start) / Math.max(1e-9, (ends[low] ?? 0) - start);
  for (let d = 0; d < dimensions; d++) {
    const here = sums[row + d] ?? 0;
    into[d] = (into[d] ?? 0) + sign * (here + part * ((sums[row + dimensions + d] ?? 0) - here));
  }
}

/** Sum of the path's vectors over a stretch. */
export function stretch(path: TopicPath, from: number, to: number): Float64Array {
  const sum = new Float64Array(path.dimensions);
  addUpTo(path, to, 1, sum);
  addUpTo(path, from, -1, sum);
  return sum;
}

function cosine(a: Float64Array, b: Float64Array): number {
  let dot = 0;
  let left = 0;
  let right = 0;
  for (const [d, value] of a.entries()) {
    const other = b[d] ?? 0;
    dot += value * other;
    left += value * value;
    right += other * other;
  }
  const norm = Math.sqrt(left * right);
  return norm < 1e-12 ? 0 : dot / norm;
}

/** Cosine of the stretches of `width` before and after each place. */
export function likenessAcross(path: TopicPath, places: readonly number[], width: number): number[] {
  const end = path.ends.at(-1) ?? 0;
  return places.map((place) =>
    cosine(stretch(path, Math.max(0, place - width), place), stretch(path, place, Math.min(end, place + width))),
  );
}

/** A stretch of talk that is one step of a path of latent topics, in terms; longer in long talks, so that there are at most so many. */
const STEP_TERMS = 24;
const MOST_STEPS = 260;
const TOPICS = 14;
/** Rounds of subspace iteration: topics need not be exact, only the same each time. */
const ROUNDS = 25;

/** The leading eigenvectors of a symmetric matrix (row by row), each scaled by the root of its eigenvalue: one row per item. */
function leading(matrix: Float64Array, size: number, count: number): Float64Array[] {
  // Cosine waves are independent of each other, and the same in every run.
  let basis = Array.from({ length: Math.min(count, size) }, (_, c) =>
    Float64Array.from(
      { length: size },
      (_row, r) => Math.cos((Math.PI * c * (r + 0.5)) / size) + 0.01 * Math.sin(r * (c + 1)),
    ),
  );
  const values = new Float64Array(basis.length);
  for (let round = 0; round < ROUNDS; round++) {
    basis = basis.map((vector) => {
      const image = new Float64Array(size);
      for (let r = 0; r < size; r++) {
        let sum = 0;
        const row = r * size;
        for (let c = 0; c < size; c++) sum += (matrix[row + c] ?? 0) * (vector[c] ?? 0);
        image[r] = sum;
      }
      return image;
    });
    for (const [at, vector] of basis.entries()) {
      for (const earlier of basis.slice(0, at)) {
        let dot = 0;
        for (const [r, value] of vector.entries()) dot += value * (earlier[r] ?? 0);
        for (const [r, value] of earlier.entries()) vector[r] = (vector[r] ?? 0) - dot * value;
      }
      const norm = Math.hypot(...vector);
      values[at] = norm;
      for (const [r, value] of vector.entries()) vector[r] = norm < 1e-12 ? 0 : value / norm;
    }
  }
  return Array.from({ length: size }, (_, r) =>
    Float64Array.from(basis, (vector, at) => (vector[r] ?? 0) * Math.sqrt(values[at] ?? 0)),
  );
}

/** The path of a stream of terms through its latent topics; places on it count terms. */
export function latentPath(stream: readonly string[], idf: (term: string) => number): TopicPath {
  const steps = Math.min(MOST_STEPS, Math.max(1, Math.floor(stream.length / STEP_TERMS)));
  const edges = Array.from({ length: steps + 1 }, (_, step) => Math.round((step * stream.length) / steps));
  const rows = Array.from({ length: steps }, (_, step) => {
    const counts = new Map<string, number>();
    for (const term of stream.slice(edges[step], edges[step + 1])) counts.set(term, (counts.get(term) ?? 0) + 1);
    let norm = 0;
    for (const [term, count] of counts) {
      const weight = Math.log1p(count) * idf(term);
      counts.set(term, weight);
      norm += weight * weight;
    }
    const scale = norm < 1e-12 ? 0 : 1 / Math.sqrt(norm);
    for (const [term, weight] of counts) counts.set(term, weight * scale);
    return counts;
  });
  const gram = new Float64Array(steps * steps);
  const holders = new Map<string, [number, number][]>();
  for (const [step, row] of rows.entries()) {
    for (const [term, weight] of row) {
      const others = holders.get(term);
      if (others === undefined) holders.set(term, [[step, weight]]);
      else others.push([step, weight]);
    }
  }
  for (const list of holders.values()) {
    if (list.length < 2) continue;
    for (const [a, left] of list)
      for (const [b, right] of list) gram[a * steps + b] = (gram[a * steps + b] ?? 0) + left * right;
  }
  return pathOf(
    leading(gram, steps, TOPICS),
    Array.from({ length: steps }, (_, step) => (edges[step + 1] ?? 0) - (edges[step] ?? 0)),
  );
}
