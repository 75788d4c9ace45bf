import { SALIENCE } from '../../src/core/understand/extractive/salience-weights.ts';
import { findDecisions } from '../../src/core/understand/extractive/decisions.ts';
import { pointOf } from '../../src/core/understand/extractive/quoted.ts';
import { salienceOf } from '../../src/core/understand/extractive/salience.ts';
import type { SalienceModel } from '../../src/core/understand/extractive/salience-model.ts';
import type { Sentence } from '../../src/core/understand/extractive/sentences.ts';
import { summaryLines } from '../../src/core/understand/extractive/summary.ts';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { meanRouge, rouge, type Rouge } from '../metrics/rouge.ts';
import { examplesOf, learnWithoutOwn, prepare, type SummarisedExample } from '../train/salience-training.ts';
import { asCount, asPercent, type Cell, type Table } from './table.ts';

const BUDGET_WORDS = 110;
/** Fewer words hold too little for a likeness to the centroid to mean anything. */
const LEAST_TERMS = 4;
/** A line counts as evidence when a marked sentence is this near: the one before or after often says the same. */
const NEAR = 2;

/** What a system quotes from a meeting, in the order said. */
type Choose = (example: SummarisedExample, at: number) => readonly Sentence[];

/** Best first, as many as fit, each whole. */
const fitting = (ranked: readonly Sentence[]): readonly Sentence[] => {
  const chosen: Sentence[] = [];
  let words = 0;
  for (const sentence of ranked) {
    if (words + sentence.length > BUDGET_WORDS) continue;
    words += sentence.length;
    chosen.push(sentence);
  }
  return chosen.toSorted((a, b) => a.index - b.index);
};

const lead: Choose = ({ sentences }) => {
  let words = 0;
  return sentences.filter(({ length }) => (words += length) <= BUDGET_WORDS);
};

/** Sentences nearest to the meeting's tf-idf centroid. */
const centroid: Choose = ({ sentences }) => {
  const seenIn = new Map<string, number>();
  for (const { terms } of sentences) for (const term of new Set(terms)) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
  const vectors = sentences.map(({ terms }) => {
    const vector = new Map<string, number>();
    for (const term of terms) {
      vector.set(term, (vector.get(term) ?? 0) + Math.log(sentences.length / (seenIn.get(term) ?? 1)));
    }
    const length = Math.hypot(...vector.values());
    return new Map([...vector].map(([term, value]) => [term, value / (length || 1)]));
  });
  const middle = new Map<string, number>();
  for (const vector of vectors) for (const [term, value] of vector) middle.set(term, (middle.get(term) ?? 0) + value);
  const nearness = vectors.map((vector) =>
    vector.entries().reduce((sum, [term, value]) => sum + value * (middle.get(term) ?? 0), 0),
  );
  return fitting(
    [...sentences.entries()]
      .filter(([, { tokens }]) => tokens.length >= LEAST_TERMS)
      .toSorted(([a], [b]) => (nearness[b] ?? 0) - (nearness[a] ?? 0))
      .map(([, sentence]) => sentence),
  );
};

const product = (example: SummarisedExample, model: SalienceModel): readonly Sentence[] => {
  const salience = salienceOf(example.sentences, example.weights, null, { apart: model, joined: model });
  const settled = new Set(findDecisions(example.sentences).map(({ sentence }) => sentence.index));
  return summaryLines(salience, BUDGET_WORDS, settled);
};

interface Scored {
  readonly domain: string;
  readonly words: Rouge;
  readonly stems: Rouge;
  readonly lines: number;
  readonly near: number;
}

const scored = (domain: string, example: SummarisedExample, lines: readonly Sentence[]): Scored => {
  const text = lines.map(pointOf).join(' ');
  const isNear = ({ index }: Sentence): boolean =>
    [...example.restsOn].some((marked) => Math.abs(marked - index) <= NEAR);
  return {
    domain,
    words: rouge(text, example.summary, 'words'),
    stems: rouge(text, example.summary, 'stems'),
    lines: lines.length,
    near: lines.filter(isNear).length,
  };
};

const row = (domain: string, system: string, results: readonly Scored[]): readonly Cell[] => {
  const words = meanRouge(results.map((result) => result.words));
  const lines = results.reduce((sum, result) => sum + result.lines, 0);
  return [
    domain,
    system,
    results.length,
    words.one,
    words.two,
    words.l,
    meanRouge(results.map(({ stems }) => stems)).one,
    results.reduce((sum, result) => sum + result.near, 0) / Math.max(1, lines),
    lines / results.length,
  ];
};

/** Quoted summaries of whole meetings against people's. `meetings`: all there are, to learn from; the first `limit` are told. */
export const summaryTable = (meetings: readonly SummarisedMeeting[], limit: number | null): Table => {
  const wholes = meetings.flatMap((meeting) => {
    const { whole } = examplesOf(meeting);
    return whole === null ? [] : [{ meeting, whole }];
  });
  const models = learnWithoutOwn(
    wholes.map(({ meeting, whole }) => ({ series: meeting.series, examples: [prepare(whole)] })),
  );
  const systems: readonly { readonly name: string; readonly choose: Choose }[] = [
    { name: 'the first words', choose: lead },
    { name: 'centroid', choose: centroid },
    { name: 'extractive', choose: (example, at) => product(example, models[at] ?? SALIENCE.apart) },
    { name: 'extractive, in-sample', choose: (example) => product(example, SALIENCE.apart) },
  ];
  const told = wholes.slice(0, limit ?? wholes.length);
  const rows = systems.flatMap(({ name, choose }) => {
    const results = told.map(({ meeting, whole }, at) => scored(meeting.domain, whole, choose(whole, at)));
    const domains = [...Map.groupBy(results, ({ domain }) => domain)];
    return [row('all', name, results), ...domains.map(([domain, own]) => row(domain, name, own))];
  });
  return {
    title: 'Summaries of whole meetings, quoted, against people’s (ROUGE F1)',
    columns: [
      { name: 'meetings of' },
      { name: 'system' },
      { name: 'meetings', format: asCount },
      { name: 'ROUGE-1', format: asPercent },
      { name: 'ROUGE-2', format: asPercent },
      { name: 'ROUGE-L', format: asPercent },
      { name: 'ROUGE-1 stems', format: asPercent },
      { name: 'near evidence', format: asPercent },
      { name: 'lines', format: (value) => value.toFixed(1) },
    ],
    rows,
    notes: [
      `At most ${BUDGET_WORDS} words, cleaned quotes only, without an embedder. ROUGE over lower-case words, not stemmed unless it says so.`,
      'Near evidence: share of lines within two sentences of one that people marked as what their summary rests on.',
      '“extractive” is learnt without the meetings of the same series; the in-sample row has the weights as shipped.',
    ],
  };
};
