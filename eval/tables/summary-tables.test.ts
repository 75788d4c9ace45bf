import { describe, expect, it } from 'vitest';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { keywordTable } from './keywords.ts';
import { segmentSummaryTable } from './segment-summaries.ts';
import { summaryTable } from './summaries.ts';

const meeting = (name: string, matter: string): SummarisedMeeting => {
  const told = `We decided to order the ${matter} from the supplier in the north before the summer.`;
  return {
    name,
    language: 'en',
    series: name,
    domain: 'committee',
    turns: Array.from({ length: 40 }, (_, at) => ({
      speaker: at % 2 === 0 ? 'Ana' : 'Ben',
      text: at % 20 === 15 ? told : `I was saying something else to you at number ${at} yesterday evening.`,
    })),
    summary: `They decided to order the ${matter} from the supplier.`,
    stretches: [{ firstTurn: 0, lastTurn: 39, title: `Ordering the ${matter}`, summary: `The ${matter} was ordered.` }],
    restsOn: new Map([15, 35].map((turn) => [turn, [told]])),
  };
};
const MEETINGS = [meeting('one', 'harbour crane'), meeting('two', 'ticket printer'), meeting('three', 'ballast pump')];

describe('tables of summaries', () => {
  it('tell what was learnt from other meetings apart from baselines, over all and by domain', () => {
    const { rows, columns } = summaryTable(MEETINGS, 2);
    const one = columns.findIndex(({ name }) => name === 'ROUGE-1');
    const near = columns.findIndex(({ name }) => name === 'near evidence');
    const of = (system: string) => rows.find(([domain, name]) => domain === 'all' && name === system) ?? [];
    expect(of('extractive')[2]).toBe(2);
    expect(Number(of('extractive')[one])).toBeGreaterThan(Number(of('the first words')[one]));
    expect(Number(of('extractive')[near])).toBeGreaterThan(Number(of('the first words')[near]));
    expect(rows.filter(([domain]) => domain === 'committee')).toHaveLength(4);
  });

  it('have a row for each way to summarise a stretch', () => {
    const { rows } = segmentSummaryTable(MEETINGS, null);
    expect(rows.map(([system, stretches]) => [system, stretches])).toEqual([
      ['the first characters', 3],
      ['extractive', 3],
      ['extractive, in-sample', 3],
      ['text of a chapter, in-sample', 3],
    ]);
  });
});

describe('the table of keywords', () => {
  it('counts the words of titles that keywords cover', () => {
    const { rows } = keywordTable([{ name: 'written', meetings: MEETINGS }]);
    const ours = rows.find(([, , system]) => system === 'extractive') ?? [];
    // "Ordering the harbour crane" without its verb form, or with it.
    expect(Number(ours[4])).toBeGreaterThanOrEqual(2 / 3);
  });
});
