import { beforeEach, describe, expect, it } from 'vitest';
import type { MeetingId, Speaker } from '../../src/core/model.ts';
import type { Search } from '../../src/core/ports.ts';

export interface SearchUnderTest {
  readonly search: Search;
  /** Keeps a meeting in which this was said, one utterance after another, a second apart. */
  say(lines: readonly { readonly text: string; readonly speaker?: Speaker }[]): Promise<MeetingId>;
}

const ENGLISH = [
  'The shipment from Rotterdam is late again.',
  'We decided to move the budget review to Thursday.',
  'Budget, budget, everybody talks about the budget.',
  'Who is bringing the cake?',
  'I will ship the samples tomorrow.',
  'Its API returns 404 for /v2/users?id=7 & that is fine.',
];
const CHINESE = ['数据库需要在周五之前迁移。', '预算审批还没有完成。', '我们下周再讨论招聘计划。', '今天天气很好。'];
const JAPANESE = ['来週の会議は水曜日に変更します。', '予算は承認されました。', 'サーバーの移行は来月です。'];
const EUROPEAN = ['Die Lieferung verzögert sich.', 'Il faut réviser le café.', 'Mañana será otro día.'];

/** What every way of searching promises. `open` gives one over nothing. */
export function searchContract(open: () => Promise<SearchUnderTest>): void {
  let under: SearchUnderTest;
  let meeting: MeetingId;
  beforeEach(async () => {
    under = await open();
    meeting = await under.say([...ENGLISH, ...CHINESE, ...JAPANESE, ...EUROPEAN].map((text) => ({ text })));
  });
  const find = async (query: string, match: 'all' | 'any' = 'all', limit = 10): Promise<readonly string[]> =>
    (await under.search.search(query, { meetingIds: null, match, limit })).map(({ text }) => text);

  it('says where and when, with a score that falls', async () => {
    const hits = await under.search.search('budget review', { meetingIds: null, match: 'any', limit: 10 });
    expect(hits[0]).toMatchObject({ meetingId: meeting, startMs: 1000, text: ENGLISH[1] });
    expect(hits[0]?.utteranceIds).toHaveLength(1);
    const scores = hits.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score > 0)).toBe(true);
  });

  describe('looking for words', () => {
    it.for([
      ['shipments', ENGLISH[0]],
      ['SHIPPING samples', ENGLISH[4]],
      ['数据库迁移', CHINESE[0]],
      ['预算审批', CHINESE[1]],
      ['招聘', CHINESE[2]],
      ['会議 水曜日', JAPANESE[0]],
      ['予算', JAPANESE[1]],
      ['サーバー移行', JAPANESE[2]],
      ['Lieferung', EUROPEAN[0]],
      ['verzogert', EUROPEAN[0]],
      ['cafe', EUROPEAN[1]],
      ['MAÑANA día', EUROPEAN[2]],
    ] as const)('finds %s', async ([query, text]) => {
      expect(await find(query)).toContain(text);
    });

    it('wants every word', async () => {
      expect(await find('budget Thursday')).toEqual([ENGLISH[1]]);
      expect(await find('budget Friday')).toEqual([]);
    });

    it('does not take characters for a word that are merely near each other', async () => {
      expect(await find('周算')).toEqual([]);
    });

    it('finds common words when they are all there is', async () => {
      expect(await find('who is')).toEqual([ENGLISH[3]]);
      expect(await find('die')).toEqual([EUROPEAN[0]]);
    });
  });

  describe('looking for what answers a question', () => {
    it.for([
      ['What did we decide about the budget review?', ENGLISH[1]],
      ['When is the shipment from Rotterdam coming, do you know?', ENGLISH[0]],
      ['我们关于数据库迁移决定了什么？', CHINESE[0]],
      ['预算什么时候审批？', CHINESE[1]],
      ['来週の会議はいつですか', JAPANESE[0]],
      ['サーバーはいつ移行しますか', JAPANESE[2]],
    ] as const)('puts the answer to "%s" first', async ([question, text]) => {
      expect((await find(question, 'any'))[0]).toBe(text);
    });

    it('has nothing for a question about what nobody mentioned', async () => {
      expect(await find('What did we decide about the helicopter?', 'any')).toEqual([]);
    });

    it('counts a rare word for more than a common one', async () => {
      await under.say([
        ...Array.from({ length: 30 }, (_, n) => ({ text: `The budget is item ${n}.` })),
        { text: 'Zebras.' },
      ]);
      expect((await find('budget for zebras', 'any'))[0]).toBe('Zebras.');
    });
  });

  it('keeps to the meetings it is given', async () => {
    const other = await under.say([{ text: 'Another budget.' }]);
    const within = async (meetingIds: readonly MeetingId[]) =>
      (await under.search.search('budget', { meetingIds, match: 'any', limit: 10 })).map((hit) => hit.meetingId);
    expect(await within([other])).toEqual([other]);
    expect(new Set(await within([other, meeting]))).toEqual(new Set([other, meeting]));
    expect(await within([])).toEqual([]);
  });

  it('finds what somebody said by their name', async () => {
    const speaker: Speaker = {
      kind: 'person',
      person: { platform: 'terminal', id: 'u', displayName: 'Zoë Ødegård 王小明' },
    };
    await under.say([{ text: 'I would rather wait.', speaker }]);
    expect(await find('Zoe wait')).toEqual(['I would rather wait.']);
    expect(await find('王小明')).toEqual(['I would rather wait.']);
  });

  it('gives no more than asked for, the best first', async () => {
    const all = await find('budget', 'any');
    expect(all.length).toBeGreaterThan(1);
    expect(await find('budget', 'any', 1)).toEqual(all.slice(0, 1));
    expect(await find('budget', 'any', 0)).toEqual([]);
  });

  it.for([
    "'",
    '\\',
    "a'b\\c",
    '& | ! ( ) : * <->',
    'budget:*',
    "'; drop table",
    '\u0000',
    '\ud800 budget',
    '😀',
    '',
    '   ',
    '%_',
    '"budget"',
  ])('takes %j without complaint', async (query) => {
    for (const match of ['all', 'any'] as const) expect(Array.isArray(await find(query, match))).toBe(true);
  });

  it('takes a query of any length', async () => {
    expect(await find('budget '.repeat(5000), 'any')).not.toEqual([]);
    expect(Array.isArray(await find('预算审批数据库'.repeat(2000)))).toBe(true);
  });
}
