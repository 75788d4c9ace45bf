/** What it takes to turn a reference into a hypothesis, counted in tokens (words, or characters for Chinese). */
export interface EditCounts {
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/** One step of an alignment: positions in the reference and the hypothesis, null where that side has nothing. */
export interface AlignedPair {
  readonly reference: number | null;
  readonly hypothesis: number | null;
}

export const NO_EDITS: EditCounts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };

/** Cheapest alignment of two token lists under unit costs (Levenshtein), in order. A substitution goes before a deletion. */
export const alignTokens = (reference: readonly string[], hypothesis: readonly string[]): readonly AlignedPair[] => {
  const columns = hypothesis.length + 1;
  const costs = new Uint32Array((reference.length + 1) * columns);
  const cost = (row: number, column: number): number => costs[row * columns + column] ?? 0;
  for (let row = 0; row <= reference.length; row += 1) {
    for (let column = 0; column <= hypothesis.length; column += 1) {
      if (row === 0 || column === 0) {
        costs[row * columns + column] = row + column;
        continue;
      }
      const same = reference[row - 1] === hypothesis[column - 1];
      costs[row * columns + column] = Math.min(
        cost(row - 1, column - 1) + (same ? 0 : 1),
        cost(row - 1, column) + 1,
        cost(row, column - 1) + 1,
      );
    }
  }
  const pairs: AlignedPair[] = [];
  let row = reference.length;
  let column = hypothesis.length;
  while (row > 0 || column > 0) {
    const here = cost(row, column);
    const same = row > 0 && column > 0 && reference[row - 1] === hypothesis[column - 1];
    if (row > 0 && column > 0 && here === cost(row - 1, column - 1) + (same ? 0 : 1)) {
      row -= 1;
      column -= 1;
      pairs.push({ reference: row, hypothesis: column });
    } else if (row > 0 && here === cost(row - 1, column) + 1) {
      row -= 1;
      pairs.push({ reference: row, hypothesis: null });
    } else {
      column -= 1;
      pairs.push({ reference: null, hypothesis: column });
    }
  }
  return pairs.toReversed();
};

export const countEdits = (reference: readonly string[], hypothesis: readonly string[]): EditCounts => {
  const counts = { hits: 0, substitutions: 0, deletions: 0, insertions: 0 };
  for (const pair of alignTokens(reference, hypothesis)) {
    if (pair.reference === null) counts.insertions += 1;
    else if (pair.hypothesis === null) counts.deletions += 1;
    else if (reference[pair.reference] === hypothesis[pair.hypothesis]) counts.hits += 1;
    else counts.substitutions += 1;
  }
  return counts;
};

export const addEdits = (left: EditCounts, right: EditCounts): EditCounts => ({
  hits: left.hits + right.hits,
  substitutions: left.substitutions + right.substitutions,
  deletions: left.deletions + right.deletions,
  insertions: left.insertions + right.insertions,
});

export const referenceLength = (counts: EditCounts): number => counts.hits + counts.substitutions + counts.deletions;

/** Errors per reference token: 0 is perfect, may exceed 1. An empty reference gives 0 when nothing was heard, else Infinity. */
export const errorRate = (counts: EditCounts): number => {
  const errors = counts.substitutions + counts.deletions + counts.insertions;
  return errors === 0 ? 0 : errors / referenceLength(counts);
};
