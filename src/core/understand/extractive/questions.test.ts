import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findQuestions } from './questions.ts';
import { sentencesOf } from './sentences.ts';

function asked(...turns: [string | null, string][]): (readonly [string, string | null])[] {
  return findQuestions(sentencesOf(talk(turns).utterances), new Set()).map(({ question, answer }) => [
    question.text,
    answer?.text ?? null,
  ]);
}

describe('questions', () => {
  it('come with the answer of the next speaker', () => {
    expect(asked(['Ana', 'What is the budget for the hall?'], ['Ben', 'Two thousand euros.'])).toEqual([
      ['What is the budget for the hall?', 'Two thousand euros.'],
    ]);
    expect(asked(['Ana', '压力测试什么时候通过？'], ['Ben', '下周二应该可以通过。'])).toEqual([
      ['压力测试什么时候通过？', '下周二应该可以通过。'],
    ]);
  });

  it('are told by their form where the recogniser left out the mark', () => {
    expect(asked(['Ana', 'how many trucks do we have now'], ['Ben', 'we have twelve trucks'])).toEqual([
      ['how many trucks do we have now', 'we have twelve trucks'],
    ]);
  });

  it('may be answered a few turns later', () => {
    const found = asked(
      ['Ana', 'Who repairs the broken trucks?'],
      ['Ben', 'Do you mean the red ones?'],
      ['Ana', 'Yes, the red ones.'],
      ['Ben', 'The garage in town repairs the broken trucks.'],
    );
    expect(found).toContainEqual(['Who repairs the broken trucks?', 'The garage in town repairs the broken trucks.']);
  });

  it.each([
    "I don't know.",
    "Let's take that offline.",
    'Good question, I have to check.',
    'We do not know that yet. Let us keep this question open for now.',
    'We do not know that yet, let us keep this question open for now.',
    'We still have to find that out.',
    "Let's come back to that.",
    'That is to be decided.',
    'No idea.',
    '不清楚，会后再说。',
    '还不知道，以后再说。',
    '这个问题先放一放。',
  ])('stay open when the reply is: %s', (reply) => {
    expect(asked(['Ana', 'What is the budget for the hall?'], ['Ben', reply])).toEqual([
      ['What is the budget for the hall?', null],
    ]);
  });

  it('stay open when nobody replies or the topic changes', () => {
    expect(asked(['Ana', 'What is the budget for the hall?'])).toEqual([['What is the budget for the hall?', null]]);
    expect(
      asked(['Ana', 'What is the budget for the hall?'], ['Ben', 'Moving on, the second topic is hiring.']),
    ).toEqual([['What is the budget for the hall?', null]]);
  });

  it.each([
    'Right?',
    'You know?',
    'Okay?',
    'Can you hear me?',
    'It works now, right?',
    'Does that make sense?',
    '对吧？',
    '听得到吗？',
    'Sorry?',
  ])('are not rhetoric, tags or sound checks: %s', (text) => {
    expect(asked(['Ana', text], ['Ben', 'Yes.'])).toEqual([]);
  });

  it('asked again are told once, with the answer', () => {
    const found = asked(
      ['Ana', 'What is the budget for the hall?'],
      ['Ben', "I don't know."],
      ['Ana', 'So what is the budget for the hall?'],
      ['Cem', 'The budget for the hall is two thousand.'],
    );
    expect(found.map(([, answer]) => answer)).toEqual(['The budget for the hall is two thousand.']);
  });
});
