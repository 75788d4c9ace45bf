import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findDecisions } from './decisions.ts';
import { sentencesOf } from './sentences.ts';

function decided(...turns: [string | null, string][]): { readonly text: string; readonly ids: readonly string[] }[] {
  return findDecisions(sentencesOf(talk(turns).utterances)).map(({ text, citations }) => ({
    text,
    ids: citations.flatMap(({ utteranceIds }) => utteranceIds),
  }));
}

describe('decisions', () => {
  it.each([
    'We decided to move the release to June.',
    "We've agreed not to renew the hosting contract.",
    "Let's go with the blue logo.",
    'The decision is to hire two engineers.',
    'It was agreed that the budget stays the same.',
    "Agreed, we won't tell the press.",
    'Okay, agreed, we do not publish the figures.',
    '我们决定采用新的登录方案。',
    '上线时间就定下来了，三月十号。',
    '大家一致同意取消周五的例会。',
  ])('are what was said to be decided, negations kept: %s', (text) => {
    expect(decided(['Ana', text]).map((decision) => decision.text)).toEqual([text]);
  });

  it('are what follows when somebody pauses between saying that it is decided and saying what', () => {
    const found = decided(
      ['Mia', 'Good, then it is decided.'],
      ['Mia', 'The price is 25 dollars per month.'],
      ['Tom', 'The list is printed every month.'],
    );
    expect(found.map((decision) => decision.text)).toEqual(['The price is 25 dollars per month.']);
  });

  it.each([
    "We haven't decided on the logo yet.",
    'Have we decided on the logo?',
    'If we decide to move, we need a hall.',
    'We need to decide on the budget next week.',
    'Maybe we should buy a bigger truck.',
    'I decided to go home early yesterday.',
    'It depends on what was decided about the hall.',
    "Agreed, we don't know that yet.",
    'Agreed, we should talk about it.',
    "Shall we sh well we'll stick to kind of your area for now.",
    '我们还没决定用哪个方案。',
    '这个需要领导来决定。',
    '要不要采用新的方案？',
  ])('are not proposals, questions or what is still open: %s', (text) => {
    expect(decided(['Ana', text])).toEqual([]);
  });

  it('are proposals that somebody else agreed to, citing both', () => {
    expect(decided(['Ana', 'I suggest we rent the hall next door.'], ['Ben', 'Sounds good.'])).toEqual([
      { text: 'I suggest we rent the hall next door.', ids: ['u0', 'u1'] },
    ]);
    expect(decided(['Ana', '我建议先上线支付模块。'], ['Ben', '同意。'])).toEqual([
      { text: '我建议先上线支付模块。', ids: ['u0', 'u1'] },
    ]);
  });

  it('are not proposals that were only heard, agreed to by the proposer, or refused', () => {
    expect(decided(['Ana', 'I suggest we rent the hall next door.'], ['Ben', 'Mm-hmm.'])).toEqual([]);
    expect(decided(['Ana', 'I suggest we rent the hall next door.'], ['Ana', 'Agreed.'])).toEqual([]);
    expect(
      decided(['Ana', 'I suggest we rent the hall next door.'], ['Ben', 'Sounds good, but we cannot pay for it.']),
    ).toEqual([]);
  });

  it('belong to the last proposal before the agreement', () => {
    const found = decided(
      ['Ana', 'We could rent the hall next door.'],
      ['Ben', "That's expensive."],
      ['Ana', "Let's borrow the school hall instead."],
      ['Ben', 'Agreed.'],
    );
    expect(found.map(({ text }) => text)).toEqual(["Let's borrow the school hall instead."]);
  });

  it.each([
    [['Then we have decided: we will launch on March 16th.'], 'Then we have decided: we will launch on March 16th.'],
    [['Then we have decided, we will launch on March 16th.'], 'Then we have decided, we will launch on March 16th.'],
    [
      ['Good, then it is decided. The price is 25 dollars, and the first month is free.'],
      'The price is 25 dollars, and the first month is free.',
    ],
    [
      ['Good, then it is decided, the price is 25 dollars, and the first month is free.'],
      'Good, then it is decided, the price is 25 dollars, and the first month is free.',
    ],
    [['好的，那就这么定了。价格是每月二十五块。'], '价格是每月二十五块。'],
    [['那就这么定了，价格是每月二十五块。'], '那就这么定了，价格是每月二十五块。'],
  ])('are what a decision was announced before, after a full stop as after a comma: %s', ([text = ''], expected) => {
    expect(decided(['Ana', text]).map((decision) => decision.text)).toEqual([expected]);
  });

  it('are not what the speaker takes on after something was decided', () => {
    expect(decided(['Ana', 'It is decided. I will finish the payment page.'])).toEqual([]);
  });

  it.each([
    ['Can we still launch on the second of March?', 'I would rather wait two weeks.', 'I agree.'],
    ['That is good news, can we still launch on the 2nd of March?', 'I would rather wait two weeks.', 'I agree.'],
    ['Shall we rent the hall next door?', 'No, that is too early.', 'I agree.'],
    ['我们可以三月二号发布支付模块吗？', '我宁愿再等两周。', '同意。'],
  ])('are not questions to which the reply was something else: %s', (question, reply, assent) => {
    expect(decided(['Ana', question], ['Ben', reply], ['Cem', assent])).toEqual([]);
  });

  it('are told once', () => {
    const found = decided(
      ['Ana', 'We decided to rent the school hall.'],
      ['Ben', 'What else?'],
      ['Ana', 'So we agreed to rent the school hall.'],
    );
    expect(found).toHaveLength(1);
  });
});
