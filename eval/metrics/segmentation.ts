/**
 * How well a text was cut into pieces. A segmentation is the number of units (turns) and the units at which a new piece
 * starts, 0 not among them. Pk: Beeferman, Berger & Lafferty 1999; WindowDiff: Pevzner & Hearst 2002.
 */
export interface Segmentation {
  readonly units: number;
  readonly starts: ReadonlySet<number>;
}

/** Half the mean length of the reference's pieces, the window both measures are defined with; at least 1. */
export const halfMeanLength = (reference: Segmentation): number =>
  Math.max(1, Math.round(reference.units / (reference.starts.size + 1) / 2));

const boundariesUpTo = (segmentation: Segmentation): Uint32Array => {
  const counts = new Uint32Array(segmentation.units);
  for (let unit = 1; unit < segmentation.units; unit += 1) {
    counts[unit] = (counts[unit - 1] ?? 0) + (segmentation.starts.has(unit) ? 1 : 0);
  }
  return counts;
};

const windowErrors = (
  reference: Segmentation,
  hypothesis: Segmentation,
  width: number,
  differs: (inReference: number, inHypothesis: number) => boolean,
): number => {
  const left = boundariesUpTo(reference);
  const right = boundariesUpTo(hypothesis);
  const windows = reference.units - width;
  let errors = 0;
  for (let start = 0; start < windows; start += 1) {
    const end = start + width;
    const inReference = (left[end] ?? 0) - (left[start] ?? 0);
    const inHypothesis = (right[end] ?? 0) - (right[start] ?? 0);
    if (differs(inReference, inHypothesis)) errors += 1;
  }
  return windows > 0 ? errors / windows : 0;
};

/** Share of windows on whose two ends the segmentations disagree about being in one piece. Lower is better. */
export const pk = (
  reference: Segmentation,
  hypothesis: Segmentation,
  width: number = halfMeanLength(reference),
): number => windowErrors(reference, hypothesis, width, (left, right) => (left === 0) !== (right === 0));

/** Share of windows in which the number of boundaries differs. Lower is better; never below Pk. */
export const windowDiff = (
  reference: Segmentation,
  hypothesis: Segmentation,
  width: number = halfMeanLength(reference),
): number => windowErrors(reference, hypothesis, width, (left, right) => left !== right);

export interface BoundaryScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Boundaries found per true one: 0 is "one piece", 1 the right number. */
  readonly ratio: number;
}

/** A found boundary is right within `tolerance` units of a true one; each true boundary is used once, nearest first. */
export const boundaryScore = (
  reference: Segmentation,
  hypothesis: Segmentation,
  tolerance: number = halfMeanLength(reference) / 2,
): BoundaryScore => {
  const candidates = [...reference.starts]
    .flatMap((truth) => [...hypothesis.starts].map((found) => ({ truth, found, distance: Math.abs(truth - found) })))
    .filter(({ distance }) => distance <= tolerance)
    .toSorted((a, b) => a.distance - b.distance || a.truth - b.truth || a.found - b.found);
  const truths = new Set<number>();
  const founds = new Set<number>();
  for (const { truth, found } of candidates) {
    if (truths.has(truth) || founds.has(found)) continue;
    truths.add(truth);
    founds.add(found);
  }
  return {
    ...precisionRecall(truths.size, hypothesis.starts.size, reference.starts.size),
    ratio: reference.starts.size === 0 ? 1 : hypothesis.starts.size / reference.starts.size,
  };
};

/** Precision over what was found, recall over what is true, and their harmonic mean. Nothing found of nothing is 1. */
export const precisionRecall = (
  right: number,
  found: number,
  truth: number,
): { readonly precision: number; readonly recall: number; readonly f1: number } => {
  const precision = found === 0 ? (truth === 0 ? 1 : 0) : right / found;
  const recall = truth === 0 ? 1 : right / truth;
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
};

/** `pieces` pieces of equal length, the baseline that knows nothing but the number. */
export const evenSegmentation = (units: number, pieces: number): Segmentation => ({
  units,
  starts: new Set(
    Array.from({ length: pieces - 1 }, (_, index) => Math.round(((index + 1) * units) / pieces)).filter(
      (start) => start > 0 && start < units,
    ),
  ),
});
