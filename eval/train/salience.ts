/**
 * Learns from meetings that people summarised which terms and sentences a summary needs:
 * `node eval/train/salience.ts [data folder]` writes src/core/understand/extractive/salience-weights.ts. How well that
 * does on meetings left out is printed by `npm run eval -- --only summaries` and `--only segments`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SalienceModel, Scorer } from '../../src/core/understand/extractive/salience-model.ts';
import { SENTENCE_FEATURES } from '../../src/core/understand/extractive/salience-features.ts';
import { TERM_FEATURES } from '../../src/core/understand/extractive/salience-terms.ts';
import { loadSummarisedMeetings } from '../data/summarised-meetings.ts';
import { examplesOf, learnSalience, prepare } from './salience-training.ts';

const folder = process.argv[2] ?? join(import.meta.dirname, '../../../shared/eval');
const target = join(import.meta.dirname, '../../src/core/understand/extractive/salience-weights.ts');

const rounded = (value: number): string => String(Number(value.toPrecision(4)));
const written = ({ bias, weights }: Scorer, names: readonly string[]): string => {
  const lines = weights.map((weight, at) => `      ${rounded(weight)}, // ${names[at] ?? ''}`);
  return `{\n    bias: ${rounded(bias)},\n    weights: [\n${lines.join('\n')}\n    ],\n  }`;
};
const asSource = ({ terms, sentences }: SalienceModel): string =>
  `{\n  terms: ${written(terms, TERM_FEATURES)},\n  sentences: ${written(sentences, SENTENCE_FEATURES)},\n}`;

const meetings = loadSummarisedMeetings(folder, 'qmsum').map((meeting) => examplesOf(meeting).whole);
const apart = learnSalience(meetings.flatMap((whole) => (whole === null ? [] : [prepare(whole)])));
const talks = loadSummarisedMeetings(folder, 'vcsum').flatMap((meeting) => examplesOf(meeting).stretches);
const joined = learnSalience(talks.map(prepare));
writeFileSync(
  target,
  `/**
 * Written by eval/train/salience.ts: what summaries of English meetings (QMSum) and of stretches of Chinese talks
 * (VCSum) named and rested on.
 */
/* oxlint-disable oxc/approx-constant -- fitted numbers; what they come near to is an accident */
import type { SalienceModel, SalienceModels } from './salience-model.ts';

const APART: SalienceModel = ${asSource(apart)};

const JOINED: SalienceModel = ${asSource(joined)};

export const SALIENCE: SalienceModels = { apart: APART, joined: JOINED };
`,
);
console.log(`Written: ${target}`);
