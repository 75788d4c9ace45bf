/**
 * Trains the scorer behind action items on meetings that people searched for them, and says how it does on meetings of
 * teams it has not seen: `node eval/train/actions.ts [data folder]` writes
 * src/core/understand/extractive/action-weights.ts.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionFeatures, FEATURE_NAMES } from '../../src/core/understand/extractive/action-features.ts';
import type { ActionWeights } from '../../src/core/understand/extractive/action-score.ts';
import { mayBeTask } from '../../src/core/understand/extractive/actions.ts';
import { participantsOf } from '../../src/core/understand/extractive/participants.ts';
import { sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import { loadWrittenMeetings, type WrittenMeeting } from '../data/written-meetings.ts';
import { transcriptOf } from '../product/understand.ts';
import { fitLogistic } from './logistic-regression.ts';

/** Longer than a pause within a sentence, so that the set's own units stay apart: its marks are by unit. */
const UNIT_MS = 3000;
const SPOKEN_MS = 1500;
/** Of 1 to 30, 3 to 10 did alike on teams left out. */
const RIDGE = 5;
/** Sentences told among which the threshold is looked for: a few to a dozen for a meeting. */
const FEWEST_TOLD = 1;
const MOST_TOLD = 12;

export interface SearchedMeeting {
  readonly name: string;
  /** Meetings of one team hang together: they are left out together. */
  readonly team: string;
  readonly transcript: ReturnType<typeof transcriptOf>;
  /** Positions of the utterances that people marked. */
  readonly goldUnits: ReadonlySet<number>;
  /** Position of the utterance that is this sentence of this turn; -1 for none. */
  readonly unitOf: (turn: number, sentence: number) => number;
  readonly rows: readonly Float64Array[];
  readonly labels: readonly number[];
  /** Whether the sentence has the form of a task at all: only those are told. */
  readonly eligible: readonly boolean[];
}

export const searchedMeeting = (meeting: WrittenMeeting): SearchedMeeting => {
  const units = meeting.turns.flatMap(({ speaker, sentences }, turn) =>
    sentences.map((text, sentence) => ({ speaker, text, key: `${turn}.${sentence}` })),
  );
  const transcript = transcriptOf(
    units.map((unit, at) => ({ ...unit, startMs: at * UNIT_MS, endMs: at * UNIT_MS + SPOKEN_MS })),
    meeting.language,
  );
  const unitAt = new Map(units.map(({ key }, at) => [key, at]));
  const unitOf = (turn: number, sentence: number): number => unitAt.get(`${turn}.${sentence}`) ?? -1;
  const goldUnits = new Set(
    (meeting.actions ?? []).flatMap(({ evidence }) => evidence.map(({ turn, sentence }) => unitOf(turn, sentence))),
  );
  const sentences = sentencesOf(transcript.utterances);
  return {
    name: meeting.name,
    team: /^[A-Z]+\d+/u.exec(meeting.name)?.[0] ?? meeting.name,
    transcript,
    goldUnits,
    unitOf,
    rows: actionFeatures(sentences, participantsOf(transcript)),
    eligible: sentences.map(mayBeTask),
    labels: sentences.map(({ turn }) => (goldUnits.has(turn) ? 1 : 0)),
  };
};

const probabilities = ({ rows }: SearchedMeeting, { weights, bias }: Omit<ActionWeights, 'threshold'>): number[] =>
  rows.map((row) => 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), bias))));

/** The threshold with the best F1 over these sentences; their probabilities must come from models that had not seen them. */
const bestThreshold = (
  scored: readonly { readonly probability: number; readonly label: number; readonly eligible: boolean }[],
  meetings: number,
): number => {
  const gold = scored.reduce((sum, { label }) => sum + label, 0);
  const ordered = scored.filter(({ eligible }) => eligible).toSorted((a, b) => b.probability - a.probability);
  let right = 0;
  let best = { f1: -1, probability: 1 };
  for (const [at, { probability, label }] of ordered.entries()) {
    right += label;
    const told = at + 1;
    if (told < meetings * FEWEST_TOLD) continue;
    if (told > meetings * MOST_TOLD) break;
    const f1 = (2 * right) / (told + gold);
    if (f1 > best.f1) best = { f1, probability };
  }
  return best.probability;
};

const fit = (meetings: readonly SearchedMeeting[]): Omit<ActionWeights, 'threshold'> =>
  fitLogistic(
    meetings.flatMap(({ rows }) => rows),
    meetings.flatMap(({ labels }) => labels),
    RIDGE,
  );

export interface Trained {
  /** From all meetings. */
  readonly model: ActionWeights;
  /** By team: from all meetings but that team's. */
  readonly leftOut: ReadonlyMap<string, ActionWeights>;
}

/** A model from all meetings, and one for each team from everybody else's. */
export const trainActions = (meetings: readonly SearchedMeeting[]): Trained => {
  const teams = [...new Set(meetings.map(({ team }) => team))];
  const fits = new Map(teams.map((team) => [team, fit(meetings.filter((meeting) => meeting.team !== team))]));
  const scored = meetings.map((meeting) => {
    const model = fits.get(meeting.team);
    const values = model === undefined ? [] : probabilities(meeting, model);
    return {
      team: meeting.team,
      sentences: values.map((probability, at) => ({
        probability,
        label: meeting.labels[at] ?? 0,
        eligible: meeting.eligible[at] ?? false,
      })),
    };
  });
  const threshold = (without: string | null): number => {
    const used = scored.filter(({ team }) => team !== without);
    return bestThreshold(
      used.flatMap(({ sentences }) => sentences),
      used.length,
    );
  };
  return {
    model: { ...fit(meetings), threshold: threshold(null) },
    leftOut: new Map([...fits].map(([team, fitted]) => [team, { ...fitted, threshold: threshold(team) }])),
  };
};

const rounded = (value: number): number => Number(value.toFixed(3));

const write = ({ weights, bias, threshold }: ActionWeights): string =>
  [
    "import type { ActionWeights } from './action-score.ts';",
    '',
    '/** Written by eval/train/actions.ts: run it again whenever the features change. */',
    'export const ACTION_WEIGHTS: ActionWeights = {',
    '  weights: [',
    ...weights.map((weight, at) => `    ${rounded(weight)}, // ${FEATURE_NAMES[at] ?? ''}`),
    '  ],',
    `  bias: ${rounded(bias)},`,
    `  threshold: ${rounded(threshold)},`,
    '};',
    '',
  ].join('\n');

if (import.meta.main) {
  const folder = process.argv[2] ?? '../shared/eval';
  const meetings = loadWrittenMeetings(folder, 'qmsum')
    .filter(({ actions }) => actions !== null)
    .map(searchedMeeting);
  const { model, leftOut } = trainActions(meetings);
  for (const [team, { threshold }] of leftOut) console.log(`${team}: threshold ${rounded(threshold)}`);
  console.log(`all: threshold ${rounded(model.threshold)}, bias ${rounded(model.bias)}`);
  writeFileSync(join(import.meta.dirname, '../../src/core/understand/extractive/action-weights.ts'), write(model));
}
