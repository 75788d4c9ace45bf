export interface RankingScore {
  /** 1 when the first is right; when one of the first five is; one over the place of the first right one, 0 without any. */
  readonly hitAt1: number;
  readonly hitAt5: number;
  readonly reciprocalRank: number;
  /** Share of the evidence that lies in the first five; null when there is none. */
  readonly evidenceAt5: number | null;
}

const TOP = 5;

/** `order`: positions, best first. `relevant` and `evidence` (how much of it lies there) by position. */
export const scoreRanking = (
  order: readonly number[],
  relevant: readonly boolean[],
  evidence: readonly number[],
): RankingScore => {
  const first = order.findIndex((position) => relevant[position] === true);
  const all = evidence.reduce((sum, count) => sum + count, 0);
  const found = order.slice(0, TOP).reduce((sum, position) => sum + (evidence[position] ?? 0), 0);
  return {
    hitAt1: first === 0 ? 1 : 0,
    hitAt5: first >= 0 && first < TOP ? 1 : 0,
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
    evidenceAt5: all === 0 ? null : found / all,
  };
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Means over questions; questions without evidence do not count towards its recall. */
export const meanRanking = (scores: readonly RankingScore[]): RankingScore => {
  const known = scores.flatMap(({ evidenceAt5 }) => (evidenceAt5 === null ? [] : [evidenceAt5]));
  return {
    hitAt1: mean(scores.map(({ hitAt1 }) => hitAt1)),
    hitAt5: mean(scores.map(({ hitAt5 }) => hitAt5)),
    reciprocalRank: mean(scores.map(({ reciprocalRank }) => reciprocalRank)),
    evidenceAt5: known.length === 0 ? null : mean(known),
  };
};
