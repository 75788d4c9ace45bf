import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { answerFrom } from './answer.ts';

const MEETING = talk([
  ['Ana', 'Good morning. Today we plan the move of the depot.'],
  ['Ben', 'The new depot opens on April third, the old one closes in May.'],
  ['Ana', 'How many trucks fit into the new depot?'],
  ['Ben', 'Forty trucks fit, but the fence is not finished yet.'],
  ['Cem', 'I will order the fence tomorrow.'],
  ['Ana', 'The permit was refused because the gate is too narrow.'],
  ['Ben', "We don't move the repair shop this year."],
]);
const by = { provider: 'earshot', model: 'extractive', at: '2026-01-05T09:00:00.000Z' };

function answered(question: string): readonly string[] | 'not-said' {
  const answer = answerFrom(question, [MEETING], by);
  return answer.kind === 'not-said' ? 'not-said' : answer.claims.map(({ text }) => text);
}

describe('answers', () => {
  it.each([
    ['When does the new depot open?', 'The new depot opens on April third, the old one closes in May.'],
    ['How many trucks fit into the new depot?', 'Forty trucks fit, but the fence is not finished yet.'],
    ['Who will order the fence?', 'I will order the fence tomorrow.'],
    ['Why was the permit refused?', 'The permit was refused because the gate is too narrow.'],
    ['What did Ben say about the repair shop?', "We don't move the repair shop this year."],
  ])('%s', (question, expected) => {
    expect(answered(question)).toContain(expected);
  });

  it.each([
    'What is the marketing budget?',
    'How much does the fence cost?',
    'When was the permit requested?',
    'What did Zoe say about the depot?',
    'How many trucks burned in 2019?',
    'Who designed the logo?',
    '',
    '???',
  ])('say that it was not said: %s', (question) => {
    expect(answered(question)).toBe('not-said');
  });

  it.each([
    ['What is the price?', 'The price is 25 dollars per month.'],
    ['When do we launch?', 'Then we have decided: we will launch Harbor on March 16th.'],
    ['价格是多少？', '那就决定了，价格是二十五块。'],
  ])('give what was decided, not announcements, conditions or neighbouring matters: %s', (question, expected) => {
    const meeting = talk([
      ['Ana', 'Today we plan the launch of Harbor.'],
      ['Ana', 'Our topics are the launch date and the price.'],
      ['Ben', 'We could launch today.'],
      ['Ana', 'Then we have decided: we will launch Harbor on March 16th.'],
      ['Ana', 'Our next topic is the price.'],
      ['Ben', 'So if the price is 25 dollars, we would earn enough.'],
      ['Ana', 'Good, then it is decided. The price is 25 dollars per month.'],
      ['Ben', 'I will update the price list on our website.'],
      ['Ana', '接下来我们讨论价格。'],
      ['Ben', '如果价格是二十块，我们会亏。'],
      ['Ana', '那就决定了，价格是二十五块。'],
    ]);
    expect(answerFrom(question, [meeting], by)).toMatchObject({ kind: 'answered', claims: [{ text: expected }] });
  });

  it('find what was decided and who does what, when that is the question', () => {
    const meeting = talk([
      ['Ana', 'We decided to close the old depot in May.'],
      ['Cem', "I'll order the fence by Friday."],
    ]);
    const ask = (question: string): unknown => answerFrom(question, [meeting], by);
    expect(ask('What was decided?')).toMatchObject({
      kind: 'answered',
      claims: [{ text: 'We decided to close the old depot in May.' }],
    });
    expect(ask('What are the action items?')).toMatchObject({
      kind: 'answered',
      claims: [{ text: "I'll order the fence by Friday." }],
    });
  });

  it('work in Chinese', () => {
    const meeting = talk(
      [
        ['王芳', '客服系统的预算是五十万。'],
        ['李雷', '压力测试没有通过，数据库是瓶颈。'],
      ],
      'zh',
    );
    const ask = (question: string): unknown => answerFrom(question, [meeting], by);
    expect(ask('客服系统的预算是多少？')).toMatchObject({
      kind: 'answered',
      claims: [{ text: '客服系统的预算是五十万。' }],
    });
    expect(ask('招聘计划是什么？')).toMatchObject({ kind: 'not-said' });
  });
});
