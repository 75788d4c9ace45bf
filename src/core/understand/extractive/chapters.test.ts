import { describe, expect, it } from 'vitest';
import { durationOf, talk } from '../../../../test/contract/transcripts.ts';
import type { Chapter } from '../../model.ts';
import { findChapters } from './chapters.ts';
import { findKeywords } from './keywords.ts';
import { sentencesOf } from './sentences.ts';
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
  return findChapters(sentences, weightsOf(sentences), durationOf(transcript));
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

  it('of a short talk are one, unless somebody announces the next topic', () => {
    expect(chaptersOf([...said(RIVER, 6), ...said(BAKERY, 5)])).toHaveLength(1);
    expect(chaptersOf([...said(RIVER, 8), ...said(BAKERY, 6)])).toHaveLength(1);
    const announced = chaptersOf([...said(RIVER, 8), ['Ana', 'Next topic, the new bakery.'], ...said(BAKERY, 6)]);
    expect(announced.map(({ title }) => title)).toEqual([expect.any(String), 'New bakery']);
  });
});

describe('keywords', () => {
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
