import {
  DENSE_FEATURES,
  type Feature,
  type FeatureColumns,
  featuresOf,
  LEXICAL_FEATURES,
  type RankWeights,
} from '../../src/core/retrieval/features.ts';
import type { AskedPassages } from '../product/asked-passages.ts';
import { fitRanking } from './rank-fit.ts';

export type RankKind = 'lexical' | 'dense';

const FEATURES_OF: Readonly<Record<RankKind, readonly Feature[]>> = {
  lexical: LEXICAL_FEATURES,
  dense: [...LEXICAL_FEATURES, ...DENSE_FEATURES],
};

/** One question with what ranking its meeting's units needs. */
export interface RankCase {
  readonly passages: AskedPassages;
  readonly at: number;
  readonly columns: FeatureColumns;
  /** Per unit: whether it touches a turn that the question is about, and how many turns in it the answer rests on. */
  readonly relevant: readonly boolean[];
  readonly evidence: readonly number[];
}

/** A unit is wanted for being about the matter, and more for holding what the answer rests on. */
const EVIDENCE_SHARE = 0.5;

export const rankCases = (meetings: readonly AskedPassages[], kind: RankKind): readonly RankCase[] =>
  meetings.flatMap((passages) =>
    passages.asked.map(({ question, gold, vectors }, at) => ({
      passages,
      at,
      columns: featuresOf(question, passages.passages, kind === 'dense' ? vectors : null),
      relevant: passages.units.map((unit) => unit.some((turn) => gold.relevantTurns.has(turn))),
      evidence: passages.units.map((unit) => unit.filter((turn) => gold.evidenceTurns.has(turn)).length),
    })),
  );

export const trainRanking = (cases: readonly RankCase[], kind: RankKind): RankWeights => {
  const features = FEATURES_OF[kind];
  const lists = cases.map(({ columns, relevant, evidence }) => ({
    rows: relevant.map((_, unit) => features.map((feature) => columns[feature]?.[unit] ?? 0)),
    wanted: relevant.map((isRelevant, unit) => (isRelevant ? 1 : 0) + EVIDENCE_SHARE * Math.sqrt(evidence[unit] ?? 0)),
  }));
  const weights = fitRanking(lists, features.length);
  return Object.fromEntries(features.map((feature, at) => [feature, Math.round((weights[at] ?? 0) * 1000) / 1000]));
};
