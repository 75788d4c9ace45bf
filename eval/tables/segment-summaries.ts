import { chapterLines } from '../../src/core/understand/extractive/chapter-points.ts';
import { chooseLines } from '../../src/core/understand/extractive/line-choice.ts';
import { quoted } from '../../src/core/understand/extractive/quoted.ts';
import { salienceOf } from '../../src/core/understand/extractive/salience.ts';
import type { SalienceModel } from '../../src/core/understand/extractive/salience-model.ts';
import { SALIENCE } from '../../src/core/understand/extractive/salience-weights.ts';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { meanRouge, rouge, rougeTokens, type Rouge } from '../metrics/rouge.ts';
import { examplesOf, learnWithoutOwn, prepare, type SummarisedExample } from '../train/salience-training.ts';
import { asCount, asPercent, type Cell, type Table } from './table.ts';

/** About the length of people's own: 149 on average. */
const BUDGET_CHARACTERS = 150;

const lengthOf = (text: string): number => rougeTokens(text, 'characters').length;

/** The first characters of the stretch, the last sentence cut where the budget ends. */
const lead = ({ sentences }: SummarisedExample): string => {
  let text = '';
  for (const sentence of sentences) {
    const left = BUDGET_CHARACTERS - lengthOf(text);
    if (left <= 0) break;
    text += lengthOf(sentence.text) <= left ? sentence.text : Array.from(sentence.text).slice(0, left).join('');
  }
  return text;
};

const product = ({ sentences, weights }: SummarisedExample, model: SalienceModel): string => {
  const salience = salienceOf(sentences, weights, null, { apart: model, joined: model });
  // Two characters are counted as a word.
  const lines = chooseLines(salience, { words: BUDGET_CHARACTERS / 2, lines: sentences.length });
  return quoted(lines.toSorted((a, b) => a.index - b.index));
};

/** Quoted summaries of stretches of Chinese talks against people's. `meetings`: all, to learn from; the first `limit` are told. */
export const segmentSummaryTable = (meetings: readonly SummarisedMeeting[], limit: number | null): Table => {
  const read = meetings.map((meeting) => ({ meeting, stretches: examplesOf(meeting).stretches }));
  const models = learnWithoutOwn(
    read.map(({ meeting, stretches }) => ({ series: meeting.series, examples: stretches.map(prepare) })),
  );
  const told = read.slice(0, limit ?? read.length);
  const row = (system: string, write: (example: SummarisedExample, at: number) => string): readonly Cell[] => {
    const texts = told.flatMap(({ stretches }, at) =>
      stretches.map((example) => ({ text: write(example, at), reference: example.summary })),
    );
    const scores: readonly Rouge[] = texts.map(({ text, reference }) => rouge(text, reference, 'characters'));
    const { one, two, l } = meanRouge(scores);
    return [
      system,
      scores.length,
      one,
      two,
      l,
      texts.reduce((sum, { text }) => sum + lengthOf(text), 0) / texts.length,
    ];
  };
  return {
    title: 'Summaries of stretches of Chinese talks (VCSum), quoted, against people’s (ROUGE F1)',
    columns: [
      { name: 'system' },
      { name: 'stretches', format: asCount },
      { name: 'ROUGE-1', format: asPercent },
      { name: 'ROUGE-2', format: asPercent },
      { name: 'ROUGE-L', format: asPercent },
      { name: 'characters', format: asCount },
    ],
    rows: [
      row('the first characters', lead),
      row('extractive', (example, at) => product(example, models[at] ?? SALIENCE.joined)),
      row('extractive, in-sample', (example) => product(example, SALIENCE.joined)),
      row('text of a chapter, in-sample', ({ sentences, weights }) =>
        quoted(chapterLines(sentences, weights, null).lines),
      ),
    ],
    notes: [
      `At most ${BUDGET_CHARACTERS} characters for each but the text of a chapter, which is as short as the product writes it.`,
      'ROUGE over single Han characters, other words whole. “extractive” is learnt without the same talk; in-sample rows have the weights as shipped.',
    ],
  };
};
