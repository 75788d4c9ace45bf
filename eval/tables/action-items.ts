import type { Citation } from '../../src/core/model.ts';
import type { Analyst } from '../../src/core/ports.ts';
import { findActions } from '../../src/core/understand/extractive/actions.ts';
import type { ActionWeights } from '../../src/core/understand/extractive/action-score.ts';
import { participantsOf } from '../../src/core/understand/extractive/participants.ts';
import { sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import type { WrittenMeeting } from '../data/written-meetings.ts';
import { precisionRecall } from '../metrics/segmentation.ts';
import { minutesOf } from '../product/understand.ts';
import { type SearchedMeeting, searchedMeeting, trainActions } from '../train/actions.ts';
import { asCount, asPercent, type Cell, type Table } from './table.ts';

/** Sentences this far from a true one count as near. */
const NEAR_SENTENCES = 2;

interface Counts {
  readonly items: number;
  readonly itemsFound: number;
  readonly given: number;
  readonly givenRight: number;
  readonly sentences: number;
  readonly sentencesFoundNear: number;
  readonly sentencesCited: number;
  readonly sentencesRight: number;
  readonly sentencesNear: number;
}

/** The citations of a meeting's action items, item by item. */
type Finder = (searched: SearchedMeeting) => Promise<readonly (readonly Citation[])[]>;

const near = (at: number, others: ReadonlySet<number>): boolean =>
  [...others].some((other) => Math.abs(other - at) <= NEAR_SENTENCES);

/** Sentences are the utterances here, so that an action's citation names single sentences. */
const scoreMeeting = (
  meeting: WrittenMeeting,
  searched: SearchedMeeting,
  found: readonly (readonly Citation[])[],
): Counts => {
  const { goldUnits: gold, transcript, unitOf } = searched;
  const position = new Map(transcript.utterances.map(({ id }, at) => [id, at]));
  const cited = found.map((citations) =>
    citations.flatMap(({ utteranceIds }) => utteranceIds.map((id) => position.get(id) ?? -1)),
  );
  const items = (meeting.actions ?? []).map(({ evidence }) =>
    evidence.map(({ turn, sentence }) => unitOf(turn, sentence)),
  );
  const all = new Set(cited.flat());
  return {
    items: items.length,
    itemsFound: items.filter((units) => units.some((at) => all.has(at))).length,
    given: cited.length,
    givenRight: cited.filter((units) => units.some((at) => gold.has(at))).length,
    sentences: gold.size,
    sentencesFoundNear: [...gold].filter((at) => near(at, all)).length,
    sentencesCited: all.size,
    sentencesRight: [...all].filter((at) => gold.has(at)).length,
    sentencesNear: [...all].filter((at) => near(at, gold)).length,
  };
};

const rowOf = (name: string, counts: readonly Counts[]): readonly Cell[] => {
  const sum = (pick: (count: Counts) => number): number => counts.reduce((left, count) => left + pick(count), 0);
  const cited = sum((count) => count.sentencesCited);
  const sentences = sum((count) => count.sentences);
  const exact = precisionRecall(
    sum((count) => count.sentencesRight),
    cited,
    sentences,
  );
  const precision = cited === 0 ? 0 : sum((count) => count.sentencesNear) / cited;
  const recall = sentences === 0 ? 0 : sum((count) => count.sentencesFoundNear) / sentences;
  const given = sum((count) => count.given);
  const items = sum((count) => count.items);
  return [
    name,
    counts.length,
    items,
    items === 0 ? null : sum((count) => count.itemsFound) / items,
    given,
    given === 0 ? null : sum((count) => count.givenRight) / given,
    exact.precision,
    exact.recall,
    exact.f1,
    precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  ];
};

const byAnalyst =
  (analyst: Analyst): Finder =>
  async ({ transcript }) =>
    (await minutesOf(analyst, transcript)).actions.map(({ citations }) => citations);

const byModel =
  (modelFor: (searched: SearchedMeeting) => ActionWeights | null): Finder =>
  (searched) => {
    const { transcript } = searched;
    const options = { dayOf: () => null, model: modelFor(searched) };
    const actions = findActions(sentencesOf(transcript.utterances), participantsOf(transcript), options);
    return Promise.resolve(actions.map(({ citations }) => citations));
  };

/**
 * Action items in written meetings, matched by the sentences they rest on. `meetings` have been searched by people.
 * `crossValidated` adds rows by models that have not seen the meeting's team; it takes several teams.
 */
export const actionItemTable = async (
  analyst: Analyst,
  meetings: readonly WrittenMeeting[],
  options: { readonly crossValidated: boolean },
): Promise<Table> => {
  const searched = meetings.map(searchedMeeting);
  const row = async (name: string, find: Finder): Promise<readonly Cell[]> => {
    const counts: Counts[] = [];
    for (const [at, meeting] of meetings.entries()) {
      const one = searched[at];
      if (one !== undefined) counts.push(scoreMeeting(meeting, one, await find(one)));
    }
    return rowOf(name, counts);
  };
  const rows = [await row(analyst.name, byAnalyst(analyst))];
  if (options.crossValidated && new Set(searched.map(({ team }) => team)).size > 2) {
    const { leftOut } = trainActions(searched);
    rows.push(
      await row(
        'extractive, trained on other teams',
        byModel(({ team }) => leftOut.get(team) ?? null),
      ),
      await row(
        'extractive, by form alone',
        byModel(() => null),
      ),
    );
  }
  return {
    title: 'Action items in AMI meetings',
    columns: [
      { name: 'system' },
      { name: 'meetings', format: asCount },
      { name: 'items', format: asCount },
      { name: 'found %', format: asPercent },
      { name: 'given', format: asCount },
      { name: 'right %', format: asPercent },
      { name: 'sentence precision %', format: asPercent },
      { name: 'recall %', format: asPercent },
      { name: 'F1 %', format: asPercent },
      { name: 'F1 ± 2 %', format: asPercent },
    ],
    rows,
    notes: [
      '"found": items of which a sentence is cited; "right": items given that cite a true sentence.',
      'The true items were gathered by rule from linked summaries: about one in ten is wrong, and some are missing.',
      'The first row of the extractive analyst was trained on these meetings; "trained on other teams" was not, and is the figure to expect elsewhere.',
    ],
  };
};
