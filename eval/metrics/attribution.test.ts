import { describe, expect, test } from 'vitest';
import { countCrossTalk, scoreAttribution } from './attribution.ts';
import type { SpokenWords } from './attribution.ts';

const said = (speaker: string, startMs: number, endMs: number, text: string): SpokenWords => ({
  speaker,
  startMs,
  endMs,
  words: text.split(' '),
});

describe('attribution', () => {
  const reference = [said('ann', 0, 2000, 'we ship on monday'), said('bob', 3000, 5000, 'no on tuesday please')];

  test('is complete when everybody keeps their words', () => {
    expect(scoreAttribution(reference, reference)).toEqual({ words: 8, right: 8, wrong: 0, share: 1 });
  });

  test('counts words that stand under somebody else at that time', () => {
    // Ann's last two words were written down as Bob's.
    const hypothesis = [said('ann', 0, 1000, 'we ship'), said('bob', 1000, 5000, 'on monday no on tuesday please')];
    const score = scoreAttribution(reference, hypothesis);
    expect(score).toMatchObject({ words: 8, right: 6, wrong: 2 });
    expect(score.share).toBeCloseTo(0.75);
  });

  test('does not blame a missed word on a same word said at another time', () => {
    const hypothesis = [said('ann', 0, 2000, 'we ship on'), said('bob', 30_000, 32_000, 'monday')];
    expect(scoreAttribution(reference.slice(0, 1), hypothesis)).toMatchObject({ right: 3, wrong: 0, share: 1 });
  });

  test('does not blame a missed word on a neighbour who said that word too', () => {
    const both = [said('ann', 0, 2000, 'on monday'), said('bob', 2000, 4000, 'no on tuesday')];
    const hypothesis = [said('ann', 0, 2000, 'on monday'), said('bob', 2000, 4000, 'no tuesday')];
    expect(scoreAttribution(both, hypothesis)).toMatchObject({ words: 5, right: 4, wrong: 0 });
  });

  test('sees one voice on two tracks, and lets people answer alike', () => {
    expect(
      countCrossTalk([said('ann', 0, 2000, 'we ship on monday'), said('bob', 100, 2100, 'we ship on sunday')]),
    ).toBe(1);
    expect(
      countCrossTalk([said('ann', 0, 2000, 'we ship on monday'), said('bob', 9000, 9900, 'we ship on monday')]),
    ).toBe(0);
    expect(countCrossTalk([said('ann', 0, 500, 'thank you'), said('bob', 100, 600, 'thank you')])).toBe(0);
  });
});
