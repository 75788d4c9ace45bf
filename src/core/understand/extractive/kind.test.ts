import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { kindOf } from './kind.ts';
import { sentencesOf } from './sentences.ts';

function kind(turns: [string | null, string][]): string {
  return kindOf(sentencesOf(talk(turns).utterances));
}

const STORY =
  'In the village where I grew up there was a river, and my father built small boats there. I helped him every summer until the bridge was finished.';
const QUESTIONS = [
  'Where did you grow up?',
  'What did your father build?',
  'When did you leave the village?',
  'Why did you come back?',
  'What do you build today?',
];

function questioned(asker: string | null, teller: string | null): [string | null, string][] {
  return QUESTIONS.flatMap((question): [string | null, string][] => [
    [asker, question],
    [teller, STORY],
  ]);
}

describe('the kind of talk', () => {
  it('is an interview when one asks and the other tells', () => {
    expect(kind(questioned('Ann', 'Bob'))).toBe('interview');
  });

  it('is an interview without names too, when steady questions go to somebody', () => {
    expect(kind(questioned(null, null))).toBe('interview');
  });

  it('is a meeting when two people ask and plan together', () => {
    const plan: [string, string][] = [
      ['Ann', "Let's look at the budget. What did you spend on the boats?"],
      ['Bob', 'Four thousand, and I need two more for the sails. Do you have the figures for May?'],
      ['Ann', 'Yes. We should move the paint to June. Can you wait until then?'],
      ['Bob', 'I can wait. What about the trailer? We need to sell it.'],
    ];
    expect(kind([...plan, ...plan, ...plan])).toBe('meeting');
  });

  it('is a lecture when one voice tells nearly everything', () => {
    const tells = Array.from({ length: 8 }, (): [string, string] => ['Ann', STORY]);
    expect(kind([...tells, ['Bob', 'Is the bridge still there?'], ['Ann', 'Yes, it is.']])).toBe('lecture');
    expect(kind(Array.from({ length: 30 }, () => [null, STORY]))).toBe('lecture');
  });

  it('is a meeting, the plain case, when too little was said to tell', () => {
    expect(kind([])).toBe('meeting');
    expect(
      kind([
        ['Ann', 'Where did you grow up?'],
        ['Bob', 'In a village.'],
      ]),
    ).toBe('meeting');
  });
});
