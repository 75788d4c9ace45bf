import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import type { Transcript } from '../../model.ts';
import { chapterLines } from './chapter-points.ts';
import { findKeyMoments } from './key-moments.ts';
import { chooseLines } from './line-choice.ts';
import { salienceOf } from './salience.ts';
import type { Salience } from './salience.ts';
import { sentencesOf } from './sentences.ts';
import { speakerPoints } from './speaker-points.ts';
import { summarise, summaryLines } from './summary.ts';
import { weightsOf } from './weights.ts';

function salienceFor(transcript: Transcript, vectors: readonly Float32Array[] | null = null): Salience {
  const sentences = sentencesOf(transcript.utterances);
  return salienceOf(sentences, weightsOf(sentences), vectors);
}

const MATTERS = ['harbour crane', 'ticket printer', 'night ferry', 'ballast pump', 'customs form', 'engine oil'];
const VERBS = [
  'needs a new motor before',
  'was repaired twice since',
  'costs more than we planned for',
  'will be tested in',
];
const TIMES = ['the spring season', 'the last inspection', 'the whole fleet', 'the next audit'];

/** `blocks` stretches of twelve sentences, each about a matter of its own. */
function longTalk(blocks: number): Transcript {
  return talk(
    Array.from({ length: blocks * 12 }, (_, at): [string, string] => {
      const matter = MATTERS[Math.floor(at / 12) % MATTERS.length] ?? '';
      const speaker = at % 3 === 0 ? 'Ana' : 'Ben';
      if (at % 4 === 3) return [speaker, 'Yeah, okay, right.'];
      return [speaker, `The ${matter} number ${at} ${VERBS[at % 4] ?? ''} ${TIMES[(at >> 2) % 4] ?? ''}.`];
    }),
  );
}

describe('the summary', () => {
  it.each([
    ['short', 60],
    ['medium', 110],
    ['long', 180],
  ] as const)('keeps to the words of a %s template', (length, most) => {
    const salience = salienceFor(longTalk(30));
    const words = summarise(salience, length, new Set())
      .map(({ text }) => text.split(/\s+/u).length)
      .reduce((sum, count) => sum + count, 0);
    expect(words).toBeLessThanOrEqual(most);
    expect(words).toBeGreaterThan(most * 0.7);
  });

  it('has a line from every quarter of a long meeting, in the order said', () => {
    const salience = salienceFor(longTalk(24));
    const lines = summaryLines(salience, 110, new Set());
    const quarters = lines.map(({ index }) => Math.floor((4 * index) / salience.sentences.length));
    expect(new Set(quarters).size).toBe(4);
    expect(lines.map(({ index }) => index)).toEqual(lines.map(({ index }) => index).toSorted((a, b) => a - b));
  });

  it('is one line for a few words, and none for none', () => {
    expect(
      summarise(salienceFor(talk([['Ana', 'The ferry leaves at nine tomorrow.']])), 'long', new Set()),
    ).toHaveLength(1);
    expect(summarise(salienceFor(talk([])), 'long', new Set())).toEqual([]);
  });

  it('never says more than a quarter of what was said', () => {
    const salience = salienceFor(longTalk(2));
    const said = salience.sentences.reduce((sum, { length }) => sum + length, 0);
    const words = summaryLines(salience, 180, new Set()).reduce((sum, { length }) => sum + length, 0);
    expect(words).toBeLessThanOrEqual(said / 4);
  });

  it('prefers what tells something to a question about the same', () => {
    const told = 'The new harbour crane costs ninety thousand euros with the installation.';
    const salience = salienceFor(
      talk([
        ['Ana', 'Does the new harbour crane cost ninety thousand euros with the installation?'],
        ['Ben', told],
      ]),
    );
    expect(summarise(salience, 'short', new Set()).map(({ text }) => text)).toEqual([told]);
  });

  it('is made from Chinese and English said side by side', () => {
    const salience = salienceFor(
      talk([
        ['王芳', '今天我们讨论支付系统的上线时间和客服系统的预算问题。'],
        ['Ben', 'The payment system is not ready because the database is too slow.'],
        ['王芳', '数据库连接池是主要瓶颈，我们需要在下周二之前扩容。'],
        ['Ben', 'We agreed to move the release of the payment system to the tenth of March.'],
      ]),
    );
    const said = new Set(salience.sentences.flatMap(({ utterances }) => utterances.map(({ text }) => text)));
    const lines = summarise(salience, 'medium', new Set());
    expect(lines.length).toBeGreaterThan(0);
    for (const { text } of lines) expect([...said].some((whole) => whole.includes(text.slice(1)))).toBe(true);
  });
});

describe('choosing lines', () => {
  it('does not take a second line that means the same as the first', () => {
    const transcript = talk([
      ['Ana', 'The printer in the ticket office has been broken since the last storm.'],
      ['Ben', 'That device for the passengers stopped working after heavy weather in autumn.'],
      ['Ana', 'Our insurance covers the damage to the roof of the waiting hall.'],
    ]);
    const same = new Float32Array([1, 0]);
    const other = new Float32Array([0, 1]);
    const lines = chooseLines(salienceFor(transcript, [same, same, other]), { words: 100, lines: 2 });
    expect(lines.map(({ index }) => index)).toContain(2);
  });

  it('gives the same lines every time, whatever was said', () => {
    const words = fc.constantFrom('crane', 'not', 'we', 'the', '42', 'should', '方案', '我们', 'ferry.', 'why?', '🙂');
    const turns = fc.array(fc.tuple(fc.constantFrom('Ana', 'Ben'), fc.array(words, { maxLength: 20 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(turns, (said) => {
        const transcript = talk(said.map(([speaker, parts]): [string, string] => [speaker, parts.join(' ')]));
        const first = summaryLines(salienceFor(transcript), 110, new Set());
        expect(summaryLines(salienceFor(transcript), 110, new Set())).toEqual(first);
        expect(new Set(first).size).toBe(first.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('key moments', () => {
  it('are three to seven, apart from each other and in order', () => {
    const salience = salienceFor(longTalk(40));
    const moments = findKeyMoments(salience, new Set());
    expect(moments.length).toBeGreaterThanOrEqual(3);
    expect(moments.length).toBeLessThanOrEqual(7);
    const starts = moments.map(({ citations }) => citations[0].startMs);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    expect(new Set(moments.map(({ text }) => text)).size).toBe(moments.length);
  });

  it('hold what was decided', () => {
    const transcript = longTalk(10);
    const salience = salienceFor(transcript);
    const decided = 50;
    const moments = findKeyMoments(salience, new Set([decided]));
    const [utterance] = salience.sentences[decided]?.utterances ?? [];
    expect(moments.flatMap(({ citations }) => citations.flatMap(({ utteranceIds }) => utteranceIds))).toContain(
      utterance?.id,
    );
  });

  it('are none in a recording too short to get lost in', () => {
    expect(findKeyMoments(salienceFor(longTalk(1)), new Set())).toEqual([]);
  });
});

describe('the lines and points of a chapter', () => {
  it('are at most two lines and four points, all from the chapter', () => {
    const sentences = sentencesOf(longTalk(6).utterances);
    const own = sentences.slice(24, 48);
    const { lines, points } = chapterLines(own, weightsOf(sentences), null);
    const ids = new Set(own.flatMap(({ utterances }) => utterances.map(({ id }) => id)));
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(2);
    expect(points.length).toBeGreaterThanOrEqual(2);
    expect(points.length).toBeLessThanOrEqual(4);
    for (const { citations } of points)
      for (const { utteranceIds } of citations) {
        for (const id of utteranceIds) expect(ids).toContain(id);
      }
  });

  it('are one line where somebody only listened', () => {
    const sentences = sentencesOf(
      talk([
        ['Ana', 'Okay.'],
        ['Ben', 'Right.'],
      ]).utterances,
    );
    const { lines, points } = chapterLines(sentences, weightsOf(sentences), null);
    expect(lines).toHaveLength(1);
    expect(points).toEqual([]);
  });
});

describe('the points of a speaker', () => {
  it('are their own words', () => {
    const transcript = longTalk(12);
    const summaries = speakerPoints(transcript.utterances, salienceFor(transcript));
    const speakerOf = new Map(transcript.utterances.map((utterance) => [utterance.id, utterance.speaker]));
    expect(summaries).toHaveLength(2);
    for (const { speaker, points } of summaries) {
      expect(points.length).toBeGreaterThan(0);
      for (const { citations } of points)
        for (const { utteranceIds } of citations)
          for (const id of utteranceIds) expect(speakerOf.get(id)).toEqual(speaker);
    }
  });
});
