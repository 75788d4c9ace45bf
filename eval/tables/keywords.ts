import { findKeywords } from '../../src/core/understand/extractive/keywords.ts';
import { salienceOf } from '../../src/core/understand/extractive/salience.ts';
import { type Sentence, sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import { weightsOf } from '../../src/core/understand/extractive/weights.ts';
import { contentTerms, tokenise } from '../../src/core/understand/extractive/words.ts';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { transcriptOf } from '../product/understand.ts';
import { asCount, asPercent, type Cell, type Table } from './table.ts';

const MOST = 15;

/** Single words by how often they are said and how rarely elsewhere in the meeting. */
const byFrequency = (sentences: readonly Sentence[]): readonly string[] => {
  const weights = weightsOf(sentences);
  const counts = new Map<string, { text: string; count: number }>();
  for (const { tokens } of sentences) {
    for (const token of tokens) {
      const [term] = contentTerms([token]);
      if (term === undefined || token.norm.length < 2) continue;
      const entry = counts.get(token.norm) ?? { text: token.norm, count: 0 };
      entry.count++;
      counts.set(token.norm, entry);
    }
  }
  const score = ({ text, count }: { readonly text: string; readonly count: number }): number =>
    count * weights.idf(contentTerms(tokenise(text))[0] ?? '');
  return [...counts.values()].toSorted((a, b) => score(b) - score(a)).map(({ text }) => text);
};

const share = (
  keywords: readonly string[],
  titles: readonly string[],
): { readonly of: number; readonly found: number; readonly used: number } => {
  const wanted = new Set(titles.flatMap((title) => contentTerms(tokenise(title))));
  const said = keywords.map((keyword) => contentTerms(tokenise(keyword)));
  const all = new Set(said.flat());
  return {
    of: wanted.size,
    found: [...wanted].filter((term) => all.has(term)).length,
    used: said.filter((terms) => terms.some((term) => wanted.has(term))).length / Math.max(1, said.length),
  };
};

/** The best keywords of a meeting against the titles that people gave to its topics. */
export const keywordTable = (
  sets: readonly { readonly name: string; readonly meetings: readonly SummarisedMeeting[] }[],
): Table => {
  const rows: (readonly Cell[])[] = [];
  for (const { name, meetings } of sets) {
    const read = meetings.map((meeting) => ({
      domain: meeting.domain,
      sentences: sentencesOf(transcriptOf(meeting.turns, meeting.language).utterances),
      titles: meeting.stretches.map(({ title }) => title),
    }));
    const groups = [['all', read] as const, ...Map.groupBy(read, ({ domain }) => domain)];
    for (const [domain, own] of groups.length === 2 ? groups.slice(0, 1) : groups) {
      for (const [system, find] of [
        ['tf-idf words', byFrequency],
        [
          'extractive',
          (sentences: readonly Sentence[]) =>
            findKeywords(sentences, salienceOf(sentences, weightsOf(sentences), null).worth),
        ],
      ] as const) {
        const shares = own.map(({ sentences, titles }) => share(find(sentences).slice(0, MOST), titles));
        const mean = (pick: (value: (typeof shares)[number]) => number): number =>
          shares.reduce((sum, value) => sum + pick(value), 0) / Math.max(1, shares.length);
        rows.push([
          name,
          domain,
          system,
          own.length,
          mean(({ found, of }) => found / Math.max(1, of)),
          mean(({ used }) => used),
        ]);
      }
    }
  }
  return {
    title: `The first ${MOST} keywords against the titles of topics`,
    columns: [
      { name: 'set' },
      { name: 'meetings of' },
      { name: 'system' },
      { name: 'meetings', format: asCount },
      { name: 'title words covered', format: asPercent },
      { name: 'keywords in a title', format: asPercent },
    ],
    rows,
    notes: [
      'Content words in stems, for Chinese pairs of characters; means over meetings. A title’s words need not have been said.',
      'What a summary names was learnt from other texts about the same meetings: “extractive” is in-sample in that.',
    ],
  };
};
