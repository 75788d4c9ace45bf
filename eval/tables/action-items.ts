import type { Analyst } from '../../src/core/ports.ts';
import type { WrittenMeeting } from '../data/written-meetings.ts';
import { precisionRecall } from '../metrics/segmentation.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
import { asCount, asPercent, type Table } from './table.ts';

interface Counts {
  readonly items: number;
  readonly itemsFound: number;
  readonly given: number;
  readonly givenRight: number;
  readonly sentences: number;
  readonly sentencesCited: number;
  readonly sentencesRight: number;
}

/** Sentences are the utterances here, so that an action's citation names single sentences. */
const scoreMeeting = async (analyst: Analyst, meeting: WrittenMeeting): Promise<Counts> => {
  const lines = meeting.turns.flatMap(({ speaker, sentences }, turn) =>
    sentences.map((text, sentence) => ({ speaker, text, turn, sentence })),
  );
  const transcript = transcriptOf(lines, meeting.language);
  const keyOf = new Map(
    transcript.utterances.map((utterance, index) => [
      utterance.id,
      `${lines[index]?.turn ?? -1}.${lines[index]?.sentence ?? -1}`,
    ]),
  );
  const items = (meeting.actions ?? []).map(
    (item) => new Set(item.evidence.map(({ turn, sentence }) => `${turn}.${sentence}`)),
  );
  const gold = new Set(items.flatMap((item) => [...item]));
  const { actions } = await minutesOf(analyst, transcript);
  const cited = actions.map((action) =>
    action.citations.flatMap((citation) => citation.utteranceIds.map((id) => keyOf.get(id) ?? '')),
  );
  const all = new Set(cited.flat());
  return {
    items: items.length,
    itemsFound: items.filter((item) => [...item].some((key) => all.has(key))).length,
    given: cited.length,
    givenRight: cited.filter((keys) => keys.some((key) => gold.has(key))).length,
    sentences: gold.size,
    sentencesCited: all.size,
    sentencesRight: [...all].filter((key) => gold.has(key)).length,
  };
};

/** Action items in written meetings, matched by the sentences they rest on. `meetings` have been searched by people. */
export const actionItemTable = async (analyst: Analyst, meetings: readonly WrittenMeeting[]): Promise<Table> => {
  const counts: Counts[] = [];
  for (const meeting of meetings) counts.push(await scoreMeeting(analyst, meeting));
  const sum = (pick: (count: Counts) => number): number => counts.reduce((left, count) => left + pick(count), 0);
  const sentence = precisionRecall(
    sum((count) => count.sentencesRight),
    sum((count) => count.sentencesCited),
    sum((count) => count.sentences),
  );
  const given = sum((count) => count.given);
  const items = sum((count) => count.items);
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
    ],
    rows: [
      [
        analyst.name,
        meetings.length,
        items,
        items === 0 ? null : sum((count) => count.itemsFound) / items,
        given,
        given === 0 ? null : sum((count) => count.givenRight) / given,
        sentence.precision,
        sentence.recall,
        sentence.f1,
      ],
    ],
    notes: [
      '"found": items of which a sentence is cited; "right": items given that cite a true sentence.',
      'The true items were gathered by rule from linked summaries: about one in ten is wrong, and some are missing.',
    ],
  };
};
