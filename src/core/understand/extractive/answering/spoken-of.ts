/** Whether the evidence speaks of the matter that is asked about at all. */
import type { WeighedEvidence } from './weighed.ts';

export const SPOKEN_FEATURES = ['around', 'beside', 'covered', 'nearest', 'near', 'window'] as const;
export interface SpokenWeights {
  readonly bias: number;
  readonly weights: Readonly<Record<(typeof SPOKEN_FEATURES)[number], number>>;
}

/** A shorter sentence says too little for its likeness to mean much. */
const FULL_WORDS = 4;
const NEAR_SENTENCES = 5;
/** Words alone tell less surely: so large a share of the question's must be in one passage. */
const LEAST_COVERAGE = 0.5;

/** What the judgement rests on, in the order of {@link SPOKEN_FEATURES}. */
export function spokenFeatures({ all, covered }: WeighedEvidence): readonly number[] {
  const most = (value: (each: WeighedEvidence['all'][number]) => number): number =>
    all.reduce((highest, each) => Math.max(highest, value(each)), 0);
  const nearest = all
    .map(({ like, sentence }) => like * Math.min(1, sentence.length / FULL_WORDS))
    .toSorted((a, b) => b - a)
    .slice(0, NEAR_SENTENCES);
  return [
    most(({ around }) => around),
    most(({ beside }) => beside),
    covered,
    nearest[0] ?? 0,
    nearest.reduce((sum, like) => sum + like, 0) / NEAR_SENTENCES,
    most(({ window }) => window),
  ];
}

/** `weights`: of a logistic judgement; used where there is an embedder. */
export function isSpokenOf(evidence: WeighedEvidence, { bias, weights }: SpokenWeights): boolean {
  const features = spokenFeatures(evidence);
  if (!evidence.all.some(({ stretch }) => stretch.likeness !== null)) return (features[0] ?? 0) >= LEAST_COVERAGE;
  return SPOKEN_FEATURES.reduce((sum, name, at) => sum + weights[name] * (features[at] ?? 0), bias) > 0;
}
