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
    const tells = Array.from({ length: 12 }, (): [string, string] => ['Ann', STORY]);
    expect(kind([...tells, ['Bob', 'Is the bridge still there?'], ['Ann', 'Yes, it is.']])).toBe('lecture');
    expect(kind(Array.from({ length: 30 }, () => [null, STORY]))).toBe('lecture');
  });

  it('is a meeting when one voice says little, or reports to the others', () => {
    const tells = Array.from({ length: 30 }, (): [string, string] => ['Ann', STORY]);
    expect(kind(tells.slice(0, 4))).toBe('meeting');
    expect(kind([['Ann', 'So my update for this week, mostly the new boats.'], ...tells])).toBe('meeting');
    expect(kind([['Ann', 'Today I tell you how boats are built.'], ...tells])).toBe('lecture');
  });

  it('is an interview in Chinese as in English', () => {
    expect(
      kind([
        ['主持人', '今天我们请到了刘教授。刘教授，您为什么研究长江江豚？'],
        ['刘教授', '因为2006年的时候，我在武汉第一次看到江豚，当时只剩下1800头左右。'],
        ['主持人', '现在情况怎么样？'],
        ['刘教授', '到2022年已经恢复到1249头，这是第一次止跌回升。'],
        ['主持人', '禁渔对渔民有什么影响？'],
        ['刘教授', '大约23万渔民上岸转产，政府给了补贴。'],
        ['主持人', '您下一步打算做什么？'],
        ['刘教授', '我打算明年在鄱阳湖建一个监测站。'],
        ['主持人', '谢谢您接受采访。'],
      ]),
    ).toBe('interview');
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
