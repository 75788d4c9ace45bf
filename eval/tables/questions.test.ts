import { expect, test } from 'vitest';
import type { Minutes, QuestionAnswered, Utterance } from '../../src/core/model.ts';
import { citation } from '../../src/core/cite.ts';
import type { Analyst } from '../../src/core/ports.ts';
import { minutesWith } from '../../test/contract/minutes.ts';
import { questionTable } from './questions.ts';

const BY = { provider: 'test', model: 'scripted', at: '2026-01-01T00:00:00.000Z' };

const quote = (utterance: Utterance) => ({ text: utterance.text, citations: [citation([utterance])] as const });

/** Takes every question mark for a question and the next utterance for its answer. */
const naive: Analyst = {
  name: 'naive',
  minutes: async ({ meetingId, utterances }): Promise<Minutes> =>
    minutesWith({
      meetingId,
      questions: utterances.flatMap((said, at): QuestionAnswered[] => {
        const next = utterances[at + 1];
        if (!said.text.endsWith('?')) return [];
        return [
          {
            question: quote(said),
            askedBy: said.speaker,
            answer: next === undefined ? null : quote(next),
            answeredBy: next?.speaker ?? null,
          },
        ];
      }),
      by: BY,
    }),
  answer: async ({ question }) => ({ kind: 'not-said', question, searched: 0, by: BY }),
};

test('questions are counted as found, false, rightly answered and rightly left open', async () => {
  const talk = {
    name: 'talk',
    language: 'en',
    kind: 'meeting',
    heldAt: '2026-01-01T00:00:00.000Z',
    timeZone: 'UTC',
    turns: [
      ['Ann', 'What is the price?'],
      ['Bob', 'Ten dollars.'],
      ['Ann', 'Right?'],
      ['Bob', 'And who pays the rent?'],
    ],
    actions: [],
    decisions: [],
    questions: [
      { text: 'What is the price', askedBy: 'Ann', answer: 'Ten dollars', answeredBy: 'Bob' },
      { text: 'who pays the rent', askedBy: 'Bob', answer: null, answeredBy: null },
      { text: 'missed', askedBy: 'Bob', answer: 'never', answeredBy: 'Ann' },
    ],
  } as const;
  const { rows } = await questionTable(naive, [{ name: 'set', talks: [talk] }]);
  expect(rows).toEqual([['set', 1, 3, 3, 2, 1, 2, 2, 1, 1, 1, 1]]);
});
