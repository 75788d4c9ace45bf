import { describe, expect, it } from 'vitest';
import { NO_FACTS } from './meeting-facts.ts';
import type { MeetingFacts } from './meeting-facts.ts';
import { chapterRange, factLines, readComposition } from './write-up.ts';

const facts: MeetingFacts = {
  ...NO_FACTS,
  topics: Array.from({ length: 40 }, (_, at) => ({
    title: `Topic ${at + 1}`,
    first: at * at + 1,
    points: [0, 1, 2].map((point) => ({
      text: `Point ${point} of topic ${at + 1} was told.`,
      lines: [at * at + 1] as const,
    })),
  })),
  decisions: [{ text: 'Keep the last one.', lines: [1500] }],
};
const countTokens = (text: string): number => text.length / 4;
const chapter = (
  topic: number,
  lines: readonly number[] = [1],
): { topic: number; title: string; text: string; lines: number[] } => ({
  topic,
  title: `Chapter at ${topic}`,
  text: 'It was told.',
  lines: [...lines],
});
const compose = (chapters: ReturnType<typeof chapter>[], most = 24): ReturnType<typeof readComposition> =>
  readComposition({ title: '', summary: [], chapters }, facts, most, (text) => text);

describe('the facts that the writer is shown', () => {
  it('are all there when they fit', () => {
    const lines = factLines(facts, 1e6, countTokens);
    expect(lines.filter((line) => line.startsWith('- '))).toHaveLength(120);
    expect(lines.at(-1)).toBe('Decision (1500) Keep the last one.');
  });

  it.each([1200, 800, 400, 150, 60])(
    'fit into %i tokens, thinned evenly: the first and the last topic stay',
    (most) => {
      const lines = factLines(facts, most, countTokens);
      expect(countTokens(lines.join('\n'))).toBeLessThanOrEqual(most);
      expect(lines[0]).toMatch(/^T1 /u);
      expect(lines.some((line) => line.startsWith('T40 ') || most < 100)).toBe(true);
      expect(lines.at(-1)).toContain('Keep the last one.');
    },
  );
});

describe('chapters', () => {
  it('follow length and topics', () => {
    expect(chapterRange(1, 3 * 3_600_000)).toEqual([1, 1]);
    expect(chapterRange(30, 60_000)).toEqual([1, 1]);
    expect(chapterRange(30, 30 * 60_000)).toEqual([2, 11]);
    expect(chapterRange(90, 3 * 3_600_000)).toEqual([12, 24]);
  });

  it('have the points of every topic, the first from the start, whatever topics they begin at', () => {
    const { chapters, dropped } = compose([chapter(9), chapter(3), chapter(9), chapter(77), chapter(0)]);
    expect(chapters.map(({ title, first, points }) => [title, first, points.length])).toEqual([
      ['Chapter at 3', 1, 24],
      ['Chapter at 9', 65, 96],
    ]);
    expect(dropped).toBe(3);
  });

  it('are no more than there may be: the shortest goes to the one before', () => {
    const { chapters } = compose([chapter(1), chapter(2), chapter(30), chapter(31), chapter(39)], 3);
    expect(chapters.map(({ title }) => title)).toEqual(['Chapter at 1', 'Chapter at 2', 'Chapter at 39']);
    expect(chapters.flatMap(({ points }) => points)).toHaveLength(120);
  });

  it('whose sentence cites what was not shown stand by their first point', () => {
    const { chapters, dropped } = compose([chapter(1, [3])]);
    expect(chapters.map(({ claim }) => claim.text)).toEqual(['Point 0 of topic 1 was told.']);
    expect(dropped).toBe(1);
  });
});
