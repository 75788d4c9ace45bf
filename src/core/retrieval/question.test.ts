import { describe, expect, it } from 'vitest';
import { readQuestion } from './question.ts';
import { stretchOf } from './time-cues.ts';

const SPEAKERS = [
  'Mia Chen',
  'Ben',
  'Project Manager',
  'Grad C',
  'Professor B',
  '王小明',
  'Will Ray (Minister of Seniors)',
];
const read = (text: string) => readQuestion(text, SPEAKERS);
const terms = (text: string): readonly string[] => read(text).terms.map(({ term }) => term);

describe('a question', () => {
  it.each([
    ['What did Mia say about the budget?', 'Mia Chen'],
    ['What did the PM think about the budget?', 'Project Manager'],
    ["Summarize the project manager's opinions on the budget.", 'Project Manager'],
    ['What did C think about the budget?', 'Grad C'],
    ['What did the professor say about the budget?', 'Professor B'],
    ['What did the Minister of Seniors say about the budget?', 'Will Ray (Minister of Seniors)'],
    ['小明关于 budget 说了什么？', '王小明'],
  ])('names those whose words it wants, and its matter is the rest: %s', (text, speaker) => {
    expect([...read(text).speakers]).toEqual([speaker]);
    expect(terms(text)).toEqual(['budget']);
  });

  it('tells those it asks from those it mentions', () => {
    const { speakers, mentioned } = read("What did Ben think about Mia's plan?");
    expect([[...speakers], [...mentioned]]).toEqual([['Ben'], ['Mia Chen']]);
    expect([...read('What happened to the project?').speakers]).toEqual([]);
  });

  it('weighs the wider topic less than the matter, and words of asking hardly', () => {
    const weights = new Map(
      read('What did the group discuss about buttons when talking about the new design?').terms.map(
        ({ term, weight }) => [term, weight],
      ),
    );
    expect(weights.get('button')).toBe(1);
    expect(weights.get('design')).toBeLessThan(1);
    expect(weights.has('group')).toBe(false);
  });

  it.each([
    ['What did Mia say about the budget at the end?', 80, 100],
    ['What was decided in the first half?', 0, 50],
    ['What happened after 20 minutes?', 20, 100],
    ['What was said in the last ten minutes?', 90, 100],
    ['一开始怎么说预算的？', 0, 20],
    ['最后10分钟讨论了什么？', 90, 100],
  ])('says when, in a meeting of 100 minutes: %s', (text, from, to) => {
    const { period } = read(text);
    expect(period === null ? null : stretchOf(period, 6_000_000)).toEqual({
      startMs: from * 60_000,
      endMs: to * 60_000,
    });
  });

  it.each(['What happens at the end of March?', 'What is the final price?', '最后的价格是多少？'])(
    'names no time of the meeting: %s',
    (text) => {
      expect(read(text).period).toBeNull();
    },
  );

  it.each([
    ['How often did Ben mention the fence?', 'count'],
    ['预算提到了几次？', 'count'],
    ['Did nobody mention the fence?', 'absence'],
    ['谁都没提到招聘吗？', 'absence'],
    ['Did anybody mention the fence?', 'existence'],
    ['有没有人提到招聘？', 'existence'],
    ['How often do we meet the customer?', null],
    ['What is the fence for?', null],
  ])('knows whether everything that was said must be known: %s', (text, expected) => {
    expect(read(text).exhaustive).toBe(expected);
  });

  it.each([
    ['How many trucks fit?', 'number'],
    ['When do we launch?', 'date'],
    ['谁来整理？', 'person'],
    ['Why was it refused?', 'reason'],
    ['What is it?', 'anything'],
  ])('knows what kind of answer it wants: %s', (text, expected) => {
    expect(read(text).wanted).toBe(expected);
  });
});
