import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findActions } from './actions.ts';
import { findDecisions } from './decisions.ts';
import { participantsOf } from './participants.ts';
import { sentencesOf } from './sentences.ts';

type Turns = [string, string][];

function owners(...turns: Turns): (readonly [string | null, string])[] {
  const transcript = talk(turns);
  return findActions(sentencesOf(transcript.utterances), participantsOf(transcript)).map(
    ({ owner, text }) => [owner, text] as const,
  );
}

function decided(...turns: Turns): string[] {
  return findDecisions(sentencesOf(talk(turns).utterances)).map(({ text }) => text);
}

const TASK: Turns[number] = ['Ana', "I'll send the report by Friday."];

describe('a task', () => {
  it.each(['Actually, scrap that.', 'Never mind.', 'On second thought, no.', "Let's not do that.", '算了，先别发。'])(
    'is gone once it is taken back: %s',
    (text) => {
      expect(owners(TASK, ['Ben', text])).toEqual([]);
      expect(owners(TASK, ['Ben', 'Okay, thanks.'])).toHaveLength(1);
    },
  );

  it('stands when what is taken back came before it, or was said much later', () => {
    expect(owners(['Ben', "Scrap that, I'll call the printer tomorrow."])).toHaveLength(1);
    const chat: Turns = Array.from({ length: 8 }, (_, at) => ['Ben', `The hall number ${at} has chairs.`]);
    expect(owners(TASK, ...chat, ['Ben', 'Never mind.'])).toHaveLength(1);
    expect(owners(TASK, ['Ben', "Please don't scrap that."])).toHaveLength(1);
  });

  it('is none when it is a joke', () => {
    expect(owners(['Ana', "I'll buy the whole company tomorrow. Just kidding."])).toEqual([]);
  });

  it.each([
    ['No, let Cem do it.', 'Cem'],
    ['Give that to Cem, please.', 'Cem'],
    ['Cem should take that.', 'Cem'],
  ])('belongs to whom it was handed over to: %s', (text, owner) => {
    const found = owners(['Cem', 'Hello.'], TASK, ['Ben', text], ['Cem', 'Sure.']);
    expect(found).toEqual([[owner, "I'll send the report by Friday."]]);
  });

  it('stays with its owner when the one named is not there', () => {
    expect(owners(TASK, ['Ben', 'No, let Zoe do it.'])).toEqual([['Ana', "I'll send the report by Friday."]]);
  });

  it.each([
    "She said she'd send the report by Friday.",
    'Tom told me he will send the report by Friday.',
    'And then you say, "I\'ll send the report by Friday".',
    "I can't send the report by Friday.",
    'If we had time I would send the report by Friday.',
    'I sent the report on Friday.',
    "I'll write it on the whiteboard in a second.",
    '小刘说他会在周五之前发报告。',
    '周五之前我做不完。',
  ])('is none when it is reported, refused, hypothetical, past or done there and then: %s', (text) => {
    expect(owners(['Ana', text])).toEqual([]);
  });

  it('is an offer that was taken up in words, not one that was waved through', () => {
    expect(owners(['Ana', 'Should I send you the list?'], ['Ben', 'Yes, please.'])).toEqual([
      ['Ana', 'Should I send you the list?'],
    ]);
    expect(owners(['Ana', 'Should I send you the list?'], ['Ben', 'Hmm.'])).toEqual([]);
  });
});

describe('a decision', () => {
  it('is gone once it is taken back', () => {
    expect(decided(['Ana', "Let's go with the blue logo."], ['Ben', 'Fine.'])).toHaveLength(1);
    expect(decided(['Ana', "Let's go with the blue logo."], ['Ben', 'Wait, scrap that.'])).toEqual([]);
  });

  it('gives way to one that changes it', () => {
    const found = decided(
      ['Ana', 'We decided to launch the shop on the first of March.'],
      ['Ben', 'The tests are not ready.'],
      ['Ana', 'Then we decided to launch the shop in April instead.'],
    );
    expect(found).toEqual(['Then we decided to launch the shop in April instead.']);
  });

  it('stands beside one about something else', () => {
    expect(
      decided(
        ['Ana', 'We decided to rent the hall.'],
        ['Ben', 'We decided to hire a second cook instead of a waiter.'],
      ),
    ).toHaveLength(2);
  });
});
