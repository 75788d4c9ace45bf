import { describe, expect, it } from 'vitest';
import { meetingWith, minutesWith, NOTHING_MEASURED } from '../../../test/contract/minutes.ts';
import { meetingId, person, talk, utteranceId } from '../../../test/contract/transcripts.ts';
import type { Cited, Minutes } from '../model.ts';
import { documentOf } from './document.ts';
import { publicMeeting, toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { toTextDocument } from './txt.ts';

const SAID = talk([
  ['Ana', 'Who writes to the hall?'],
  ['Ben', 'I will, by Friday.'],
  ['Ana', 'And who pays?'],
]);
const MEETING = meetingWith({
  id: meetingId('m-1'),
  durationMs: 125_000,
  heldAt: '2026-11-23T23:30:00.000Z',
  timeZone: 'Asia/Shanghai',
});

function claim(text: string, at = 0): Cited {
  const utterance = SAID.utterances[at];
  if (utterance === undefined) throw new Error('no such utterance');
  return { text, citations: [{ utteranceIds: [utterance.id], startMs: utterance.startMs, endMs: utterance.endMs }] };
}

function minutes(parts: Partial<Minutes>): Minutes {
  return minutesWith({ meetingId: meetingId('m-1'), ...parts });
}

const FULL = minutes({
  sections: [
    { part: 'custom', heading: 'Risks', items: [claim('The hall may be taken.', 1)] },
    { part: 'questions', heading: null },
    { part: 'open-questions', heading: 'Still open' },
    { part: 'actions', heading: null },
    { part: 'key-moments', heading: null },
    { part: 'speakers', heading: null },
    { part: 'decisions', heading: null },
    { part: 'mind-map', heading: null },
    { part: 'keywords', heading: null },
  ],
  keyMoments: [claim('I will.', 1)],
  chapters: [{ ...claim('The hall.'), title: 'Hall', points: [claim('Ben writes.', 1)], startMs: 0, endMs: 125_000 }],
  actions: [
    { ...claim('Write to the hall.', 1), owner: 'Ben', dueText: 'by Friday', dueDate: '2026-11-27' },
    { ...claim('Pay.', 2), owner: null, dueText: null, dueDate: null },
  ],
  questions: [
    { question: claim('Who writes?'), askedBy: person('Ana'), answer: claim('I will.', 1), answeredBy: person('Ben') },
    { question: claim('Who pays?', 2), askedBy: { kind: 'unnamed' }, answer: null, answeredBy: null },
  ],
  speakers: [{ speaker: person('Ben'), spokeMs: 65_000, points: [claim('He writes.', 1)] }],
  keywords: ['hall', 'money'],
  rejected: 2,
  fallbacks: [{ part: 'actions', reason: 'unavailable' }],
  by: {
    provider: 'openai',
    model: 'm',
    at: '2026-11-24T00:00:00.000Z',
    usage: { calls: 3, inputTokens: 1200, cachedInputTokens: 200, outputTokens: 90, costUsd: null },
  },
});

describe('the document of a meeting', () => {
  it('has the sections of its template in their order, without the empty ones and those not asked for', () => {
    const { blocks } = documentOf(MEETING, SAID, FULL);
    expect(blocks.flatMap((block) => (block.kind === 'heading' && block.level === 1 ? [block.text] : []))).toEqual([
      'Risks',
      'Questions and answers',
      'Still open',
      'Action items',
      'Key moments',
      'Speakers',
      'Mind map',
      'Keywords',
      'Good to know',
      'Transcript',
    ]);
  });

  it('tells who asked and who answered, who does what by which day, and how long each spoke', () => {
    const text = toTextDocument(MEETING, SAID, FULL, { extent: 'minutes' });
    for (const line of [
      '- Ana asks: Who writes? [0:00]\n  - Ben answers: I will. [0:01]\n',
      'Still open\n- Who pays? [0:03]\n',
      '- Ben, by Friday (2026-11-27): Write to the hall. [0:01]\n- Nobody named: Pay. [0:03]\n',
      '- Ben, spoke 1 min 5 s [0:01]\n  - He writes. [0:01]\n',
      '- Launch\n  - Hall\n    - Ben writes.\n',
      'hall [0:00], money\n',
    ])
      expect(text).toContain(line);
    expect(text).not.toContain('Transcript');
  });

  it('says what was left out, what another analyst wrote and what it took, and no price that nobody knows', () => {
    const text = toMarkdown(MEETING, SAID, FULL);
    expect(text).toContain('- 2 items were left out, because what they cite does not bear them out.');
    expect(text).toContain(
      '“Action items” is quoted by the built-in analyst, because the language model could not be reached or said nothing.',
    );
    expect(text).toContain('3 times: 1200 tokens in (200 of them cached), 90 out, price not known.');
    const priced = { calls: 1, inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, costUsd: 0.00123 };
    expect(toMarkdown(MEETING, SAID, { ...FULL, by: { ...FULL.by, usage: priced } })).toContain('$0.0012.');
  });

  it.each([
    ['forbidden', 'the language model refused the key or the account', '语言模型拒绝了密钥或账户'],
    ['rate-limited', 'the language model was asked too often', '语言模型的调用过于频繁'],
    ['bad-output', 'the replies of the language model could not be used', '语言模型的答复无法采用'],
    ['of a later version', 'the language model failed', '语言模型出错'],
  ])('says in words why another analyst wrote a part: %s', (reason, english, chinese) => {
    const fallbacks = [{ part: 'all', reason }] as const;
    expect(toMarkdown(MEETING, SAID, { ...FULL, fallbacks })).toContain(
      `Everything here is quoted by the built-in analyst, because ${english}.`,
    );
    expect(toMarkdown(MEETING, SAID, { ...FULL, language: 'zh', fallbacks })).toContain(
      `因${chinese}，全部内容由内置分析器摘录原话。`,
    );
  });

  it('in Chinese has names in bold that Markdown closes, without spaces between Chinese words', () => {
    const text = toMarkdown(MEETING, SAID, { ...FULL, language: 'zh' }, { extent: 'minutes' });
    for (const line of [
      '- **Ana**问：Who',
      '**Ben**答：I will.',
      '- **Ben**，发言1分钟5秒 (',
      '**Ben**，by Friday（2026',
    ])
      expect(text).toContain(line);
  });

  it('has no bold name where Markdown would not close it', () => {
    const asked = FULL.questions.map((question) => ({ ...question, askedBy: person('李娜（产品）') }));
    const text = toMarkdown(MEETING, SAID, { ...FULL, language: 'zh', questions: asked }, { extent: 'minutes' });
    expect(text).toContain('- 李娜（产品）问：Who writes?');
    const english = toMarkdown(MEETING, SAID, { ...FULL, questions: asked }, { extent: 'minutes' });
    expect(english).toContain('- **李娜（产品）** asks: Who writes?');
  });

  it('never has a chapter end before it starts', () => {
    const chapters = [{ ...claim('The hall.'), title: 'Hall', points: [], startMs: 18_000, endMs: 0 }];
    const sections = [{ part: 'chapters', heading: null }] as const;
    expect(toMarkdown(MEETING, SAID, { ...FULL, chapters, sections })).toContain('### 0:18 Hall\n');
    const timed = chapters.map((chapter) => ({ ...chapter, endMs: 20_000 }));
    expect(toMarkdown(MEETING, SAID, { ...FULL, chapters: timed, sections })).toContain('### 0:18–0:20 Hall\n');
  });

  it('is in the language of the minutes, on the day where it took place', () => {
    const { facts, wording } = documentOf(MEETING, SAID, { ...FULL, language: 'zh' });
    expect(facts).toEqual(['会议', '2分钟5秒', '2026年11月24日', '英语', '纪要由 openai m 生成']);
    expect(wording.transcript).toBe('逐字稿');
    expect(documentOf({ ...MEETING, timeZone: 'Nowhere/At All' }, SAID, FULL).facts[2]).toBe('November 23, 2026');
  });

  it('tells who wrote minutes from who translated them', () => {
    const by = { ...FULL.by, original: { provider: 'earshot', model: 'extractive' } };
    expect(documentOf(MEETING, SAID, { ...FULL, by }).facts.at(-1)).toBe(
      'minutes by earshot extractive, translated by openai m',
    );
    expect(documentOf(MEETING, SAID, { ...FULL, language: 'zh', by }).facts.at(-1)).toBe(
      '纪要由 earshot extractive 生成，由 openai m 翻译',
    );
  });

  it('of a recording without words says so, and is short', () => {
    const { blocks } = documentOf({ ...MEETING, durationMs: 0 }, talk([]), minutes({ language: 'und' }));
    expect(blocks).toEqual([
      {
        kind: 'paragraph',
        spans: [{ kind: 'text', text: 'Nobody said anything that could be made out.', style: 'plain' }],
      },
    ]);
  });

  it('holds the transcript alone where there are no minutes, and the minutes alone when asked', () => {
    expect(documentOf(MEETING, SAID, null).blocks.filter(({ kind }) => kind === 'turn')).toHaveLength(3);
    expect(documentOf(MEETING, SAID, FULL, { extent: 'minutes' }).blocks.some(({ kind }) => kind === 'turn')).toBe(
      false,
    );
    const { blocks } = documentOf(MEETING, SAID, FULL, { extent: 'transcript' });
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'turn', 'turn', 'turn']);
  });

  it('names what was missed and estimated', () => {
    const [first, ...rest] = SAID.utterances;
    if (first === undefined) throw new Error('an utterance expected');
    const transcript = { ...SAID, utterances: [{ ...first, estimated: true }, ...rest] };
    const stats = { ...NOTHING_MEASURED, unheard: [{ startMs: 60_000, endMs: 65_000 }] };
    const text = toMarkdown({ ...MEETING, stats }, transcript, null);
    expect(text).toContain('What was said at 1:00–1:05 could not be transcribed');
    expect(text).toContain('those are estimated');
  });

  it('has no halves of characters and no code points that are none', () => {
    const broken = talk([['A\ud800', 'x\udc00y\uffff\u0000z']]);
    const { quotes } = documentOf(MEETING, broken, null);
    expect(quotes.get(utteranceId('u0'))).toMatchObject({ speaker: 'A\ufffd', text: 'x\ufffdy\ufffd z' });
  });
});

describe('public JSON', () => {
  it('has everything that was understood', () => {
    const usage = { calls: 5, inputTokens: 9, cachedInputTokens: 0, outputTokens: 4, costUsd: 0.5 };
    const json = toJson({ ...MEETING, stats: { ...NOTHING_MEASURED, usage } }, SAID, FULL);
    expect(publicMeeting.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
    expect(json.minutes).toMatchObject({
      language: 'en',
      template: 'meeting',
      keyMoments: [{ text: 'I will.', startMs: SAID.utterances[1]?.startMs, utteranceIds: ['u1'] }],
      chapters: [{ points: [{ text: 'Ben writes.', utteranceIds: ['u1'] }] }],
      actions: [
        { owner: 'Ben', dueText: 'by Friday', dueDate: '2026-11-27' },
        { owner: null, dueDate: null },
      ],
      questions: [
        { askedBy: 'Ana', answeredBy: 'Ben' },
        { askedBy: 'Unnamed speaker', answeredBy: null },
      ],
      fallbacks: [{ part: 'actions', reason: 'unavailable' }],
      by: { usage: { calls: 3, costUsd: null } },
    });
    expect(json.minutes.sections[0]).toEqual({
      part: 'custom',
      heading: 'Risks',
      items: [{ text: 'The hall may be taken.', utteranceIds: ['u1'] }],
    });
    expect(json.stats).toMatchObject({ rejected: 2, usage });
    expect(json).not.toHaveProperty('rendition');
  });

  it('has a rendition where one was asked for', () => {
    const by = { provider: 'openai', model: 'm', at: '2026-11-24T00:00:00.000Z' };
    const lines = [{ utteranceIds: [utteranceId('u0')] as const, text: '谁写？' }];
    const missing = [utteranceId('u1'), utteranceId('u2')];
    const rendition = { meetingId: MEETING.id, kind: 'translation', language: 'zh', lines, missing, by } as const;
    const json = toJson(MEETING, SAID, FULL, { rendition });
    expect(publicMeeting.parse(json).rendition).toEqual({
      kind: 'translation',
      language: 'zh',
      lines: [{ utteranceIds: ['u0'], text: '谁写？' }],
      missing: ['u1', 'u2'],
      by: { provider: 'openai', model: 'm' },
    });
  });
});
