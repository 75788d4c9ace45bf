import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import type { Answer, Transcript } from '../../model.ts';
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

function ask(question: string, transcript: Transcript = MEETING, complete = false): Promise<Answer> {
  return answerFrom({ question, evidence: [transcript], complete }, by, null);
}

async function answered(question: string, transcript?: Transcript, complete?: boolean): Promise<readonly string[]> {
  const answer = await ask(question, transcript, complete);
  return answer.kind === 'not-said' ? ['not said'] : answer.claims.map(({ text }) => text);
}

// Stands in for an embedder: texts about cars point one way, about meals another, about music a third.
const axis = (text: string): number =>
  /car|automobile/iu.test(text) ? 0 : /lunch|meal/iu.test(text) ? 1 : /orchestra/iu.test(text) ? 2 : 3;
const embed = (_: unknown, texts: readonly string[]): Promise<readonly Float32Array[]> =>
  Promise.resolve(texts.map((text) => Float32Array.from([0, 1, 2, 3], (at) => (at === axis(text) ? 1 : 0))));

const saySide = (at: number): [string, string] => [
  at % 2 === 0 ? 'Ana' : 'Ben',
  `The fence on side ${String(at)} of the depot has ${String(at * 3)} posts.`,
];
const wordsIn = (texts: readonly string[]): number => texts.join(' ').split(' ').length;

describe('answers', () => {
  it.each([
    ['When does the new depot open?', 'The new depot opens on April third, the old one closes in May.'],
    ['How many trucks fit into the new depot?', 'Forty trucks fit, but the fence is not finished yet.'],
    ['Who will order the fence?', 'I will order the fence tomorrow.'],
    ['Why was the permit refused?', 'The permit was refused because the gate is too narrow.'],
    ['What did Ben say about the repair shop?', "We don't move the repair shop this year."],
  ])('%s', async (question, expected) => {
    expect(await answered(question)).toContain(expected);
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
  ])('say that it was not said: %s', async (question) => {
    expect(await answered(question)).toEqual(['not said']);
  });

  it.each([
    ['What is the price?', 'The price is 25 dollars per month.'],
    ['When do we launch?', 'Then we have decided: we will launch Harbor on March 16th.'],
    ['价格是多少？', '那就决定了，价格是二十五块。'],
  ])('give what was decided, not announcements, conditions or neighbouring matters: %s', async (question, expected) => {
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
    expect(await answered(question, meeting)).toEqual([expected]);
  });

  it('find what was decided and who does what, when that is the question', async () => {
    const meeting = talk([
      ['Ana', 'We decided to close the old depot in May.'],
      ['Cem', "I'll order the fence by Friday."],
    ]);
    expect(await answered('What was decided?', meeting)).toEqual(['We decided to close the old depot in May.']);
    expect(await answered('What are the action items?', meeting)).toEqual(["I'll order the fence by Friday."]);
  });

  it('work in Chinese', async () => {
    const meeting = talk(
      [
        ['王芳', '客服系统的预算是五十万。'],
        ['李雷', '压力测试没有通过，数据库是瓶颈。'],
      ],
      'zh',
    );
    expect(await answered('客服系统的预算是多少？', meeting)).toEqual(['客服系统的预算是五十万。']);
    expect(await answered('招聘计划是什么？', meeting)).toEqual(['not said']);
  });

  it('count and deny only when everything that was said was read', async () => {
    const meeting = talk([
      ['Ana', 'The permit for the depot came on Monday.'],
      ['Ben', 'Good, and the trucks are ready.'],
      ['Ana', 'We should frame the permit.'],
    ]);
    expect(await answered('How often did Ana mention the permit?', meeting)).toEqual(['not said']);
    expect(await answered('How often did Ana mention the permit?', meeting, true)).toEqual([
      'The permit for the depot came on Monday.',
      'We should frame the permit.',
    ]);
    expect(await answered('Did nobody mention the trucks?', meeting)).toEqual(['not said']);
    expect(await answered('Did nobody mention the trucks?', meeting, true)).toEqual([
      'Good, and the trucks are ready.',
    ]);
    expect(await answered('Did nobody mention the harbour?', meeting, true)).toEqual(['not said']);
    expect(await answered('Did anybody mention the trucks?', meeting)).toEqual(['Good, and the trucks are ready.']);
    expect(await answered('有没有人提到卡车？', meeting)).toEqual(['not said']);
  });

  it.each([
    ['What did Ana say at the end?', ['The permit has to be framed by Cem.']],
    ['What did Cem say at the beginning?', ['My trucks stand outside.']],
    ['What did Ben say at the end?', ['The fence around the depot is green.']],
    ['What did Zoe say at the end?', ['not said']],
  ])('tell what somebody said at a time, goodbyes aside: %s', async (question, expected) => {
    const meeting = talk([
      ['Cem', 'My trucks stand outside.'],
      ['Ben', 'The fence around the depot is green.'],
      ['Cem', 'Blue would suit the trucks better.'],
      ['Cem', 'Or yellow, like the old depot.'],
      ['Ana', 'The permit has to be framed by Cem.'],
      ['Ana', 'Thanks everybody, see you on Monday.'],
    ]);
    expect(await answered(question, meeting)).toEqual(expected);
  });

  it('tell what somebody said last in Chinese', async () => {
    const meeting = talk([
      ['张伟', '今天讨论新仓库。'],
      ['李娜', '测试完成了，一共发现12个问题。'],
      ['李娜', '客户那边谁来通知？'],
      ['张伟', '今天就到这里，谢谢大家。'],
    ]);
    expect(await answered('李娜最后说了什么？', meeting)).toContain('客户那边谁来通知？');
    expect(await answered('发现了几个问题？', meeting)).toEqual(['测试完成了，一共发现12个问题。']);
  });

  it('count how often somebody is named, in the room or not', async () => {
    const meeting = talk([
      ['Ana', 'Maria is away until Monday.'],
      ['Ben', 'The fence is green.'],
      ['Cem', "Then Maria's gate has to wait for Ben."],
    ]);
    const maria = ['Maria is away until Monday.', "Then Maria's gate has to wait for Ben."];
    expect(await answered('How many times was Maria mentioned?', meeting, true)).toEqual(maria);
    expect(await answered('How many times was Ben mentioned?', meeting, true)).toEqual(maria.slice(1));
    expect(await answered('How often did Cem mention Ben?', meeting, true)).toEqual(maria.slice(1));
    expect(await answered('How often did Ana mention Ben?', meeting, true)).toEqual(['not said']);
    expect(await answered('How many times was Maria mentioned?', meeting)).toEqual(['not said']);
    expect(await answered('How many decisions were made?', meeting, true)).toEqual(['not said']);
  });

  it('answer yes or no by what bears on it, with an embedder too', async () => {
    const meeting = talk([
      ['Ana', 'Good morning everybody, we begin with the cars.'],
      ['Ben', 'The fence around the cars is finished.'],
      ['Ana', "Agreed, we won't tell the press."],
      ['Cem', 'The cars are parked in front of the hall.'],
    ]);
    const told = async (question: string): Promise<readonly string[]> => {
      const answer = await answerFrom({ question, evidence: [meeting], complete: true }, by, embed);
      return answer.kind === 'not-said' ? [] : answer.claims.map(({ text }) => text);
    };
    expect(await told('Do we tell the press?')).toEqual(["Agreed, we won't tell the press."]);
    expect(await told('Is the fence finished?')).toEqual(['The fence around the cars is finished.']);
    expect((await told('Are the cars parked?')).length).toBeLessThanOrEqual(2);
    expect(await told('Has the roof burned?')).toEqual([]);
  });

  it('quote only those whose words are asked for, in the order said', async () => {
    const meeting = talk([
      ['Ben', 'I think the budget for the fence is far too small for this year.'],
      ['Ana', 'The budget for the fence was set by the city and stays as it is.'],
      ['Cem', 'Nobody asked me about gates or about painting them.'],
      ['Ana', 'If the fence costs more than the budget, the gate has to wait.'],
    ]);
    expect(await answered('What did Ana say about the budget for the fence?', meeting)).toEqual([
      'The budget for the fence was set by the city and stays as it is.',
      'If the fence costs more than the budget, the gate has to wait.',
    ]);
  });

  it('take a name that was spelled out for said, and one that nobody said for a premise that fails', async () => {
    const meeting = talk([
      ['Ana', 'The L_C_D_ screen on the gate is too dear for us this year.'],
      ['Ben', 'Then we paint the number on the gate by hand.'],
    ]);
    expect(await answered('What did they say about the LCD on the gate?', meeting)).toContainEqual(
      expect.stringContaining('screen on the gate is too dear'),
    );
    expect(await answered('What did they say about the GPS on the gate?', meeting)).toEqual(['not said']);
  });

  it('make one quotation of what a speaker says on end, without the words that tied it to the talk before', async () => {
    const meeting = talk([
      ['Ana', 'Good morning to everybody who came in spite of the snow.'],
      ['Ben', 'So the fence around the depot needs new posts. The old posts of the fence are rotten at the foot.'],
      ['Ana', 'Lunch is served next door, and there is soup for those who like it.'],
    ]);
    expect(await answered('What did Ben say about the posts of the fence?', meeting)).toEqual([
      'The fence around the depot needs new posts. The old posts of the fence are rotten at the foot.',
    ]);
  });

  it('stop after about half a minute of talk and five quotations', async () => {
    const meeting = talk(Array.from({ length: 30 }, (_, at) => saySide(at + 2)));
    const told = await answered('What did they say about the fence of the depot?', meeting);
    expect(told.length).toBeGreaterThan(1);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(wordsIn(told)).toBeLessThanOrEqual(74);
    const [long] = await answered(
      'What did they say about the fence of the depot?',
      talk([['Ana', Array.from({ length: 30 }, (_, at) => saySide(at + 2)[1]).join(' ')]]),
    );
    expect(wordsIn([long ?? ''])).toBeGreaterThan(50);
    expect(wordsIn([long ?? ''])).toBeLessThanOrEqual(74);
  });

  it('rest on meaning where there are vectors: other words for the matter are found, another matter is not', async () => {
    const meeting = talk([
      ['Ana', 'Good morning everybody, nice to see you all here.'],
      ['Ben', 'Our automobiles will all be repainted in a darker blue.'],
      ['Cem', 'Lunch is served in the small hall next door today.'],
    ]);
    const told = (question: string): Promise<Answer> =>
      answerFrom({ question, evidence: [meeting], complete: false }, by, embed);
    expect(await told('What did they say about the cars?')).toMatchObject({
      claims: [{ text: 'Our automobiles will all be repainted in a darker blue.' }],
    });
    expect(await told('What did they say about the orchestra?')).toMatchObject({ kind: 'not-said', searched: 3 });
    // A question that tells in passing who did something asks for no person.
    expect(await told('What did they discuss about who paints the cars?')).toMatchObject({
      claims: [{ text: 'Our automobiles will all be repainted in a darker blue.' }],
    });
  });

  it('say nothing of an empty meeting', async () => {
    expect(await answered('What did they say about the cars?', talk([]))).toEqual(['not said']);
    expect(await answerFrom({ question: 'Why?', evidence: [], complete: true }, by, null)).toMatchObject({
      searched: 0,
    });
  });
});
