/** Which passages most likely answer a question. */
import { featuresOf } from './features.ts';
import type { FeatureColumns, RankWeights, Vectors } from './features.ts';
import type { Passage } from './passages.ts';
import type { Question } from './question.ts';
import { DENSE_WEIGHTS, LEXICAL_WEIGHTS } from './rank-weights.ts';

/**
 * What the words of a question ask of time weighs this much: enough to decide among passages about the matter, not
 * enough to lift others. No recorded set has such questions, so it is set by hand.
 */
const PERIOD_WEIGHT = 1;
/** Taking a passage makes its neighbours worth less: they mostly say the same, and the best of another place may be needed. */
const NEIGHBOUR_PENALTY = 0.6;
const PENALISED_STEPS = 2;

/**
 * One score per passage, in the order given: the higher the likelier that it answers. Scores of one call compare, also
 * across meetings; scores of two calls do not. Pass all passages of a meeting, or the candidates of several: passages
 * with neighbouring numbers lend each other context. `vectors` null: no embedder, or none for the language.
 */
export function rankPassages(
  question: Question,
  passages: readonly Passage[],
  vectors: Vectors | null,
): readonly number[] {
  return scoresOf(
    featuresOf(question, passages, vectors),
    passages.length,
    vectors === null ? LEXICAL_WEIGHTS : DENSE_WEIGHTS,
  );
}

/** The scores under other weights. */
export function scoresOf(columns: FeatureColumns, count: number, weights: RankWeights): readonly number[] {
  const weighed = Object.entries({ ...weights, period: PERIOD_WEIGHT } satisfies RankWeights);
  const known = new Map(Object.entries(columns));
  return Array.from({ length: count }, (_, index) =>
    weighed.reduce((sum, [feature, weight]) => sum + weight * (known.get(feature)?.[index] ?? 0), 0),
  );
}

/**
 * Positions of the best passages, best first, at most `limit`. Different places come before neighbours of what was
 * already taken, when their scores are close.
 */
export function bestPassages(
  passages: readonly Passage[],
  scores: readonly number[],
  limit: number,
): readonly number[] {
  const held = [...scores];
  const taken: number[] = [];
  const open = new Set(passages.keys());
  while (taken.length < limit && open.size > 0) {
    let best = -1;
    for (const index of open) if (best < 0 || (held[index] ?? 0) > (held[best] ?? 0)) best = index;
    open.delete(best);
    taken.push(best);
    const chosen = passages[best];
    for (const index of open) {
      const other = passages[index];
      if (chosen === undefined || other?.meetingId !== chosen.meetingId) continue;
      const steps = Math.abs(other.number - chosen.number);
      if (steps <= PENALISED_STEPS) held[index] = (held[index] ?? 0) - NEIGHBOUR_PENALTY / steps;
    }
  }
  return taken;
}
