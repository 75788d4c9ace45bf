import { expect, test } from 'vitest';
import { citation } from '../../src/core/cite.ts';
import type { ActionItem, Chapter, Cited, Minutes, Transcript, Utterance } from '../../src/core/model.ts';
import type { Analyst } from '../../src/core/ports.ts';
import { minutesWith } from '../../test/contract/minutes.ts';
import type { WrittenMeeting } from '../data/written-meetings.ts';
import { minutesOf, transcriptOf } from '../product/understand.ts';
import { actionItemTable } from './action-items.ts';
import { chapterStarts, chapterTable } from './chapters.ts';
import { scriptedMeetingTable } from './scripted-meeting.ts';

const BY = { provider: 'test', model: 'scripted', at: '2026-01-01T00:00:00.000Z' };
const quote = (utterance: Utterance): Cited => ({ text: utterance.text, citations: [citation([utterance])] });
const action = (utterance: Utterance, owner: string | null, dueText: string | null): ActionItem => ({
  ...quote(utterance),
  owner,
  dueText,
  dueDate: null,
});

const chapter = (utterance: Utterance, endMs: number): Chapter => ({
  ...quote(utterance),
  title: utterance.text,
  points: [],
  startMs: utterance.startMs,
  endMs,
});

/** Chapters start where a line begins with "Next", actions are lines with "will". */
const rules: Analyst = {
  name: 'rules',
  minutes: async ({ meetingId, utterances }, brief): Promise<Minutes> =>
    minutesWith({
      meetingId,
      title: utterances[0]?.text ?? '',
      chapters: utterances
        .filter((utterance, index) => index === 0 || utterance.text.startsWith('Next'))
        .map((utterance) => chapter(utterance, brief.durationMs)),
      decisions: utterances.filter(({ text }) => text.includes('decided')).map(quote),
      actions: utterances.filter(({ text }) => text.includes('will')).map((said) => action(said, 'Ann', 'Friday')),
      by: BY,
    }),
  answer: async ({ question }) => ({ kind: 'not-said', question, searched: 0, by: BY }),
};

const lines = [
  { speaker: 'Ann', text: 'Welcome to the launch.' },
  { speaker: 'Bob', text: 'We decided on March.' },
  { speaker: 'Ann', text: 'Next is hiring.' },
  { speaker: 'Ann', text: 'I will write the offer by Friday.' },
];
const written: WrittenMeeting = {
  name: 'w',
  language: 'en',
  turns: lines.map((line) => ({ ...line, sentences: [line.text] })),
  topicStarts: [2],
  actions: [{ text: 'write the offer', evidence: [{ turn: 3, sentence: 0 }] }],
};

test('lines without times follow one another and have ids of their own', () => {
  const { utterances } = transcriptOf(
    [...lines, { speaker: 'Bob', text: 'Timed.', startMs: 60_000, endMs: 61_000 }],
    'en',
  );
  expect(utterances.map(({ startMs }) => startMs)).toEqual([0, 1600, 3200, 4400, 60_000]);
  expect(utterances.at(0)?.estimated).toBe(true);
  expect(utterances.at(-1)).not.toHaveProperty('estimated');
  expect(new Set(utterances.map(({ id }) => id)).size).toBe(5);
});

test('chapters are compared in turns, beside both baselines', async () => {
  const table = await chapterTable(rules, [
    { name: 'set', meetings: [written] },
    { name: 'none', meetings: [] },
  ]);
  expect(table.rows).toEqual([
    ['set', 'one chapter', 1, 1 / 3, 1 / 3, 0, 0],
    ['set', 'even, number known', 1, 0, 0, 1, 1],
    ['set', 'rules', 1, 0, 0, 1, 1],
  ]);
});

test('an action is found by the sentence it rests on', async () => {
  const more = {
    ...written,
    actions: [...(written.actions ?? []), { text: 'other', evidence: [{ turn: 0, sentence: 0 }] }],
  };
  const [row] = (await actionItemTable(rules, [more], { crossValidated: true })).rows;
  expect(row).toEqual(['rules', 1, 2, 0.5, 1, 1, 1, 0.5, 2 / 3, 2 / 3]);
});

test('a scripted meeting is checked claim by claim', async () => {
  const transcript: Transcript = transcriptOf(lines, 'en');
  const minutes = await minutesOf(rules, transcript);
  const turns = transcript.utterances.map(({ startMs, endMs, text }, index) => ({
    speaker: lines[index]?.speaker ?? '',
    startMs,
    endMs,
    text,
  }));
  const meeting = { name: 'm', language: 'en', durationMs: 10_000, tracks: [], turns };
  const [welcome, , , offer] = transcript.utterances;
  if (welcome === undefined || offer === undefined) throw new Error('The lines are gone.');
  const table = scriptedMeetingTable(
    'model',
    meeting,
    {
      chapters: [
        { title: 'a', startTurn: 0 },
        { title: 'b', startTurn: 2 },
      ],
      actions: [
        { owner: 'Ann', task: 'offer', due: 'Friday', turns: [3] },
        { owner: 'Bob', task: 'missed', due: 'today', turns: [1] },
      ],
      decisions: [{ text: 'March', turns: [2] }],
      questions: [
        { question: 'when?', answerable: true, turns: [3] },
        { question: 'how much?', answerable: true, turns: [0] },
        { question: 'why?', answerable: false, turns: [] },
      ],
    },
    transcript.utterances,
    minutes,
    [
      { kind: 'answered', question: 'when?', claims: [{ ...quote(offer), meetingId: transcript.meetingId }], by: BY },
      {
        kind: 'answered',
        question: 'how much?',
        claims: [{ ...quote(offer), meetingId: transcript.meetingId }],
        by: BY,
      },
      { kind: 'not-said', question: 'why?', searched: 1, by: BY },
    ],
  );
  expect(table.rows).toEqual([
    ['action items', 2, 1, 1, 0],
    ['  with the right owner', 2, 1, 1, null],
    ['  with the due time', 2, 1, 1, null],
    ['decisions', 1, 1, 0, 1],
    ['chapter boundaries (± 1 utterance)', 1, 1, 1, 0],
    ['questions with an answer', 2, 2, 1, 1],
    ['questions nobody answered', 1, 1, 1, 0],
    ['claims withheld for lack of evidence', null, 0, null, null],
  ]);
});

test('the first chapter is no boundary', async () => {
  const transcript = transcriptOf(lines, 'en');
  const { chapters } = await minutesOf(rules, transcript);
  expect([...chapterStarts(chapters, transcript.utterances).starts]).toEqual([2]);
});
