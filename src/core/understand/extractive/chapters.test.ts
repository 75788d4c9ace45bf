import { describe, expect, it } from 'vitest';
import { durationOf, talk } from '../../../../test/contract/transcripts.ts';
import type { Chapter } from '../../model.ts';
import { findChapters } from './chapters.ts';
import { findKeywords } from './keywords.ts';
import { sentencesOf } from './sentences.ts';
import { meetingTitle } from './title.ts';
import { weightsOf } from './weights.ts';

const RIVER = [
  'The river carries sand and clay to the delta.',
  'Clay settles where the river slows down.',
  'The delta grows when the river floods.',
  'Sand from the river feeds the beaches.',
];
const BAKERY = [
  'The bakery needs a new oven for the bread.',
  'Bread dough rests overnight in the bakery.',
  'An oven with steam gives the bread its crust.',
  'The bakery sells bread and rolls at six.',
];

function chaptersOf(turns: readonly (readonly [string, string])[]): readonly Chapter[] {
  const transcript = talk(turns);
  const sentences = sentencesOf(transcript.utterances);
  return findChapters(sentences, weightsOf(sentences), durationOf(transcript), null);
}
function said(texts: readonly string[], times: number): (readonly [string, string])[] {
  return Array.from(
    { length: times },
    (_, at) => [at % 2 === 0 ? 'Ana' : 'Ben', texts[at % texts.length] ?? ''] as const,
  );
}

describe('chapters', () => {
  it('start where the words change', () => {
    const chapters = chaptersOf([...said(RIVER, 40), ...said(BAKERY, 40)]);
    expect(chapters).toHaveLength(2);
    expect(chapters.map(({ title }) => title.toLowerCase())).toEqual([
      expect.stringMatching(/river|delta|sand|clay/u),
      expect.stringMatching(/bakery|bread|oven/u),
    ]);
    const [, second] = chapters;
    const begin = durationOf(talk(said(RIVER, 40)));
    expect(Math.abs((second?.startMs ?? 0) - begin)).toBeLessThan(10_000);
  });

  it('tile the recording, and cite and quote from within', () => {
    const turns = [...said(RIVER, 60), ...said(BAKERY, 60), ...said(RIVER, 60)];
    const durationMs = durationOf(talk(turns)) + 5000;
    const sentences = sentencesOf(talk(turns).utterances);
    const chapters = findChapters(sentences, weightsOf(sentences), durationMs, null);
    expect(chapters).toHaveLength(3);
    expect(chapters[0]?.startMs).toBe(0);
    expect(chapters.at(-1)?.endMs).toBe(durationMs);
    for (const [at, { startMs, endMs, citations, points }] of chapters.entries()) {
      expect(startMs).toBe(at === 0 ? 0 : chapters[at - 1]?.endMs);
      expect(points.length).toBeGreaterThan(0);
      for (const place of [...citations, ...points.flatMap((point) => point.citations)]) {
        expect(place.startMs).toBeGreaterThanOrEqual(startMs);
        expect(place.startMs).toBeLessThan(endMs);
      }
    }
  });

  it('are the same every time', () => {
    const turns = [...said(RIVER, 50), ...said(BAKERY, 30)];
    expect(chaptersOf(turns)).toEqual(chaptersOf(turns));
  });

  it('start where others take over in another tongue', () => {
    const rain = ['今年的雨季来得比往年早。', '雨季里河水涨得很快。', '河水漫过了堤坝。', '堤坝需要在雨季前加固。'];
    const shop = [
      '面包店下个月要换新烤箱。',
      '烤箱要能烤全麦面包。',
      '面包的价格暂时不变。',
      '店里还缺一个会用烤箱的师傅。',
    ];
    const turns = [rain, shop].flatMap((lines, part) =>
      Array.from(
        { length: 48 },
        (_, at) => [part + (at % 2) * 2 === 0 ? 'Ana' : `B${part}`, lines[at % 4] ?? ''] as const,
      ),
    );
    const transcript = talk(turns, 'zh');
    const sentences = sentencesOf(transcript.utterances);
    const chapters = findChapters(sentences, weightsOf(sentences), durationOf(transcript), null);
    const border = transcript.utterances[48]?.startMs ?? 0;
    expect(chapters.some(({ startMs }) => Math.abs(startMs - border) < 15_000)).toBe(true);
    expect(chapters.length).toBeLessThanOrEqual(4);
  });

  it('of a short talk are one, unless somebody announces the next topic', () => {
    expect(chaptersOf([...said(RIVER, 6), ...said(BAKERY, 5)])).toHaveLength(1);
    expect(chaptersOf([...said(RIVER, 8), ...said(BAKERY, 6)])).toHaveLength(1);
    const announced = chaptersOf([...said(RIVER, 8), ['Ana', 'Next topic, the new bakery.'], ...said(BAKERY, 6)]);
    expect(announced.map(({ title }) => title)).toEqual([expect.any(String), 'New bakery']);
  });
});

function cut(announcement: string, lines: readonly string[] = BAKERY): readonly string[] {
  return chaptersOf([...said(RIVER, 14), ['Ana', announcement], ...said(lines, 14)]).map(({ title }) => title);
}

describe('chapters of a few minutes', () => {
  it.each([
    ['Our next topic is the new bakery.', 'New bakery'],
    ['Last point, the new bakery.', expect.any(String)],
    ['Now we will talk with a baker. Welcome, Maria.', 'Baker'],
    ['Now Maria is here, our baker.', expect.any(String)],
    ['接下来我们讨论面包房。', '面包房'],
  ])('open where the next matter or guest is announced: %s', (announcement, title) => {
    expect(cut(announcement)).toEqual([expect.any(String), title]);
  });

  it.each(['That was our last topic.', 'The delta is an item.'])('do not open at: %s', (text) => {
    expect(cut(text, RIVER)).toHaveLength(1);
  });

  it('take their title from the agenda where nobody named them', () => {
    const chapters = chaptersOf([
      ['Ana', 'Our topics are the river delta and the bread oven.'],
      ...said(RIVER, 14),
      ['Ana', 'Now we go on. Next item.'],
      ...said(BAKERY, 14),
    ]);
    expect(chapters.map(({ title }) => title)).toEqual(['River delta', 'Bread oven']);
  });
});

describe('the title', () => {
  it.each([
    ['Good morning. Today we plan the launch of Harbor, our booking tool.', 'Launch of Harbor'],
    ['Good morning, today we plan the launch of Harbor, our booking tool.', 'Launch of Harbor'],
    ['The purpose of this meeting is to review the river survey.', 'River survey'],
    ['Our topics are the delta, the beach and the sand.', 'Delta, beach, sand'],
    ['今天我们主要讨论支付系统的上线。', '支付系统的上线'],
  ])('is what the meeting is said to be for, else the agenda: %s', (text, title) => {
    expect(meetingTitle(sentencesOf(talk([['Ana', text], ...said(RIVER, 4)]).utterances))).toBe(title);
  });
});

describe('keywords', () => {
  it('are neither verbs, nor words for the meeting itself, nor names of its speakers', () => {
    const keywords = findKeywords(
      sentencesOf(
        talk([
          ...said(RIVER, 8),
          ['Ana', 'We decided to build a bridge, Ben. The next topic is the bridge, on May 16 th.'],
          ['Ben', 'Ana, we will build the bridge. It was decided, and that point is the last topic.'],
          ['Ana', '议题，议题，决定。'],
        ]).utterances,
      ),
    ).map((keyword) => keyword.toLowerCase());
    expect(keywords).toContain('bridge');
    for (const weak of ['decided', 'topic', 'point', 'build', 'build a bridge', 'ben', 'ana', 'th', '议题', '决定'])
      expect(keywords).not.toContain(weak);
  });

  it('are phrases and names, each once, with no small change of talk', () => {
    const transcript = talk([
      ...said(RIVER, 8),
      ['Ana', 'So I think you know that Maria Lopez really likes the load test, yeah.'],
      ['Ben', 'The load test was run by Maria Lopez on Monday, okay.'],
    ]);
    const keywords = findKeywords(sentencesOf(transcript.utterances));
    expect(keywords).toEqual(expect.arrayContaining(['river', 'Maria Lopez', 'load test']));
    expect(new Set(keywords.map((keyword) => keyword.toLowerCase())).size).toBe(keywords.length);
    for (const stop of ['the', 'think', 'you know', 'yeah', 'okay', 'monday', 'load', 'maria'])
      expect(keywords.map((word) => word.toLowerCase())).not.toContain(stop);
    expect(keywords.length).toBeLessThanOrEqual(20);
  });
});
