import { expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { actionFeatures, FEATURE_NAMES } from './action-features.ts';
import { scoreActions } from './action-score.ts';
import { ACTION_WEIGHTS } from './action-weights.ts';
import { findActions } from './actions.ts';
import { participantsOf } from './participants.ts';
import { sentencesOf } from './sentences.ts';

/** A long chat about nothing, then tasks handed round. */
const TURNS: [string, string][] = [
  ...Array.from({ length: 60 }, (_, at): [string, string] => [
    at % 2 === 0 ? 'Ana Diaz' : 'Ben Hall',
    'The old boats were painted green, and people liked them.',
  ]),
  ['Ana Diaz', 'So, before our next meeting you will each get to work.'],
  ['Ana Diaz', "Ben, you're going to be looking into the harbour fees."],
  ['Ben Hall', 'Okay.'],
  ['Ana Diaz', 'And Carla is gonna focus on the sails.'],
  ['Carla Voss', 'Right.'],
  ['Ana Diaz', 'Thanks everybody, see you next week.'],
];

function scored(turns: readonly [string | null, string][], language = 'en') {
  const transcript = talk(turns, language);
  const sentences = sentencesOf(transcript.utterances);
  const participants = participantsOf(transcript);
  return { sentences, participants, scores: scoreActions(sentences, participants, ACTION_WEIGHTS) };
}

it('has a weight for every feature, and as many figures in each row', () => {
  const { sentences, participants } = scored(TURNS);
  expect(ACTION_WEIGHTS.weights).toHaveLength(FEATURE_NAMES.length);
  for (const row of actionFeatures(sentences, participants)) expect(row).toHaveLength(FEATURE_NAMES.length);
});

it('scores what is handed out at the end above chat, and tells it with who was named', () => {
  const { sentences, participants, scores } = scored(TURNS);
  const at = sentences.findIndex(({ text }) => text.includes('focus on the sails'));
  expect(scores[at]).toBeGreaterThan(ACTION_WEIGHTS.threshold);
  expect(Math.max(...scores.slice(0, 50))).toBeLessThan(ACTION_WEIGHTS.threshold);
  const actions = findActions(sentences, participants, { dayOf: () => null, model: ACTION_WEIGHTS });
  expect(actions.map(({ owner, text }) => [owner, text])).toContainEqual([
    'Carla Voss',
    'And Carla is gonna focus on the sails.',
  ]);
});

it('says nothing about text whose forms it does not know', () => {
  const { scores } = scored([['王芳', '那请李雷明天清理一下磁盘。']], 'zh');
  expect([...scores]).toEqual([0]);
});

it('takes a transcript without sentences', () => {
  expect(scored([]).scores).toHaveLength(0);
});
