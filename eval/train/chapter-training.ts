import { qmsumDomainOf } from '../data/qmsum-domain.ts';
import { boundaryFeatures } from '../../src/core/understand/extractive/boundary-features.ts';
import type { BoundaryModel } from '../../src/core/understand/extractive/boundary-model.ts';
import { learnedStarts } from '../../src/core/understand/extractive/chapters.ts';
import { sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import { turnsOf } from '../../src/core/understand/extractive/topic-shifts.ts';
import { weightsOf } from '../../src/core/understand/extractive/weights.ts';
import type { WrittenMeeting, WrittenSet } from '../data/written-meetings.ts';
import type { Segmentation } from '../metrics/segmentation.ts';
import { transcriptOf } from '../product/understand.ts';

/** What kind of talk it is: talks of one kind are marked and led alike. */
export type Domain = 'product' | 'academic' | 'committee' | 'vcsum' | 'tinyrec';

/** QMSum joins three collections, told apart by their names: AMI, ICSI, and hearings of two parliaments. */
export const domainOf = (set: WrittenSet, name: string): Domain => {
  if (set !== 'qmsum') return set;
  const domain = qmsumDomainOf(name);
  return domain === 'research' ? 'academic' : domain;
};

/** A talk whose topics people marked. */
export interface MarkedTalk {
  readonly domain: Domain;
  readonly names: readonly string[];
  /** What is seen at each turn. */
  readonly rows: readonly Float64Array[];
  readonly words: number;
  /** Turns at which a topic starts, the first left out. */
  readonly starts: readonly number[];
  /** The same in the talk's own units, empty turns included. */
  readonly reference: Segmentation;
  /** Cut as the product would, in the talk's own units. */
  readonly cut: (model: BoundaryModel) => Segmentation;
}

/** Null where nobody marked a topic. */
export const markedTalk = (set: WrittenSet, meeting: WrittenMeeting): MarkedTalk | null => {
  const sentences = sentencesOf(transcriptOf(meeting.turns, meeting.language).utterances);
  const weights = weightsOf(sentences);
  const turns = turnsOf(sentences);
  const unitOf = turns.map((turn) => turn.sentences[0].turn);
  const starts = new Set(meeting.topicStarts.map((start) => unitOf.findIndex((unit) => unit >= start)));
  const inside = [...starts].filter((turn) => turn > 0);
  if (inside.length === 0) return null;
  const units = meeting.turns.length;
  return {
    domain: domainOf(set, meeting.name),
    ...boundaryFeatures(turns, weights),
    words: turns.reduce((sum, turn) => sum + turn.words, 0),
    starts: inside,
    reference: { units, starts: new Set(meeting.topicStarts) },
    cut: (model) => ({
      units,
      starts: new Set(
        learnedStarts(turns, weights, model)
          .map((turn) => unitOf[turn] ?? 0)
          .filter((unit) => unit > 0),
      ),
    }),
  };
};

/** Penalty on squared weights. Of 1 to 120, from 30 on talks left out are cut alike, and worse below. */
const RIDGE = 60;
/** People do not agree on the very turn: deviation of where they would have put it, as a share of the mean topic. */
const UNCERTAINTY = 0.08;
const STEPS = 80;
const STEP_SIZE = 0.03;
/** Adam's usual decay of its two means (Kingma and Ba 2015). */
const DECAYS = [0.9, 0.99] as const;
/** Penalty on the two slopes of the number of topics: few talks tell. */
const COUNT_RIDGE = 0.3;
/** Added before the logarithm is taken: a mean of logarithms is too low for a mean of counts. */
const COUNT_SHIFT = 0.35;

/** Talks of one kind together weigh as the root of their number: many alike tell little more than few. */
const weightOf = (talks: readonly MarkedTalk[]): ((talk: MarkedTalk) => number) => {
  const perDomain = Map.groupBy(talks, ({ domain }) => domain);
  return ({ domain }) => 1 / Math.sqrt(perDomain.get(domain)?.length ?? 1);
};

/** Adds to `gradient` how the likelihood of the talk's marked starts grows with each weight. */
const addGradient = (talk: MarkedTalk, weights: Float64Array, scale: number, gradient: Float64Array): void => {
  const { rows, starts } = talk;
  const shares = Float64Array.from(rows, (row) => row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0));
  shares[0] = Number.NEGATIVE_INFINITY;
  const most = shares.reduce((top, value) => Math.max(top, value), Number.NEGATIVE_INFINITY);
  const total = shares.reduce((sum, value) => sum + Math.exp(value - most), 0);
  for (const [turn, value] of shares.entries()) shares[turn] = Math.exp(value - most) / total;
  const spread = Math.max(0.3, (UNCERTAINTY * rows.length) / (starts.length + 1));
  const pull = shares.map((share) => -starts.length * share);
  for (const start of starts) {
    const from = Math.max(1, Math.floor(start - 3 * spread));
    const near = shares
      .slice(from, Math.ceil(start + 3 * spread) + 1)
      .map((share, at) => share * Math.exp(-(((from + at - start) / spread) ** 2) / 2));
    const sum = near.reduce((left, value) => left + value, 0);
    for (const [at, value] of near.entries()) pull[from + at] = (pull[from + at] ?? 0) + value / sum;
  }
  for (const [turn, row] of rows.entries()) {
    const by = (pull[turn] ?? 0) * scale;
    if (Math.abs(by) < 1e-9) continue;
    for (let at = 0; at < row.length; at++) gradient[at] = (gradient[at] ?? 0) + by * (row[at] ?? 0);
  }
};

/** Conditional logit: each marked start is a choice of one turn, give or take, among all turns of its talk. */
const fitWeights = (talks: readonly MarkedTalk[]): number[] => {
  const size = talks[0]?.names.length ?? 0;
  const weight = weightOf(talks);
  const domains = new Set(talks.map(({ domain }) => domain)).size;
  const weights = new Float64Array(size);
  const means = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = weights.map((value) => -RIDGE * value);
    for (const talk of talks) {
      const scale = (weight(talk) * Math.sqrt(talks.length / domains)) / Math.sqrt(talk.starts.length);
      addGradient(talk, weights, scale, gradient);
    }
    const length = STEP_SIZE * (1 - (step - 1) / STEPS);
    for (let at = 0; at < size; at++) {
      const slope = gradient[at] ?? 0;
      means[at] = DECAYS[0] * (means[at] ?? 0) + (1 - DECAYS[0]) * slope;
      squares[at] = DECAYS[1] * (squares[at] ?? 0) + (1 - DECAYS[1]) * slope * slope;
      const mean = (means[at] ?? 0) / (1 - DECAYS[0] ** step);
      const square = (squares[at] ?? 0) / (1 - DECAYS[1] ** step);
      weights[at] = (weights[at] ?? 0) + (length * mean) / (Math.sqrt(square) + 1e-6);
    }
  }
  return [...weights];
};

/** Solves a symmetric positive definite system by Gauss–Jordan elimination. */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (const [column, pivot] of rows.entries()) {
    for (const [index, row] of rows.entries()) {
      if (index === column) continue;
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
      for (const [at, value] of pivot.entries()) row[at] = (row[at] ?? 0) - factor * value;
    }
  }
  return rows.map((row, at) => (row[rows.length] ?? 0) / (row[at] ?? 1));
};

/** Weighted least squares of the logarithm of the number of starts. */
const fitCount = (talks: readonly MarkedTalk[]): BoundaryModel['count'] => {
  const weight = weightOf(talks);
  const inputs = talks.map(({ words, rows }) => [Math.log(words), Math.log(rows.length)] as const);
  const means = ([0, 1] as const).map((at) => inputs.reduce((sum, input) => sum + input[at], 0) / talks.length);
  const matrix = [
    [0, 0, 0],
    [0, COUNT_RIDGE, 0],
    [0, 0, COUNT_RIDGE],
  ];
  const right = [0, 0, 0];
  for (const [index, talk] of talks.entries()) {
    const row = [1, ...(inputs[index] ?? []).map((value, at) => value - (means[at] ?? 0))];
    for (const [i, left] of row.entries()) {
      right[i] = (right[i] ?? 0) + weight(talk) * left * Math.log(talk.starts.length + COUNT_SHIFT);
      for (const [j, value] of row.entries()) {
        const line = matrix[i];
        if (line !== undefined) line[j] = (line[j] ?? 0) + weight(talk) * left * value;
      }
    }
  }
  const [base = 0, words = 0, turns = 0] = solve(matrix, right);
  return { base: base - words * (means[0] ?? 0) - turns * (means[1] ?? 0), words, turns };
};

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** The model the product uses, learned from these talks. Deterministic. */
export const fitBoundaryModel = (talks: readonly MarkedTalk[]): BoundaryModel => {
  const { base, words, turns } = fitCount(talks);
  return {
    weights: fitWeights(talks).map(rounded),
    count: { base: rounded(base), words: rounded(words), turns: rounded(turns) },
  };
};

export interface HeldOut {
  readonly talk: MarkedTalk;
  readonly hypothesis: Segmentation;
}

/** Each talk cut by a model that did not see the talks of its group. */
export const heldOut = (
  talks: readonly MarkedTalk[],
  groupOf: (talk: MarkedTalk, index: number) => string,
): readonly HeldOut[] => {
  const groups = Map.groupBy(
    talks.map((talk, index) => ({ talk, group: groupOf(talk, index) })),
    ({ group }) => group,
  );
  return [...groups.values()].flatMap((out) => {
    const left = new Set(out.map(({ talk }) => talk));
    const model = fitBoundaryModel(talks.filter((talk) => !left.has(talk)));
    return out.map(({ talk }) => ({ talk, hypothesis: talk.cut(model) }));
  });
};
