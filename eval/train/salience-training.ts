import type { SalienceModel, Scorer } from '../../src/core/understand/extractive/salience-model.ts';
import { sentenceFeatures } from '../../src/core/understand/extractive/salience-features.ts';
import { termFeatures } from '../../src/core/understand/extractive/salience-terms.ts';
import { type Sentence, sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import { type Weights, weightsOf } from '../../src/core/understand/extractive/weights.ts';
import { contentTerms, tokenise } from '../../src/core/understand/extractive/words.ts';
import type { SummarisedMeeting } from '../data/summarised-meetings.ts';
import { transcriptOf } from '../product/understand.ts';
import { fitLogistic } from './logistic-regression.ts';

/** A stretch of talk as the product sees it, and what a person's summary of it says. */
export interface SummarisedExample {
  readonly sentences: readonly Sentence[];
  readonly weights: Weights;
  readonly summary: string;
  /** Terms of the summary. */
  readonly named: ReadonlySet<string>;
  /** Indices of the sentences that the summary rests on. */
  readonly restsOn: ReadonlySet<number>;
}

/** Regularisation, in examples' worth of evidence for "no effect"; results move little between 1 and 100. */
const TERM_RIDGE = 5;
const SENTENCE_RIDGE = 20;
/** Share of a sentence's terms that a marked sentence must hold to be the same. */
const SAME = 0.8;
/** A feature that varies less than this over all examples says nothing. */
const LEAST_SPREAD = 1e-9;
/** Shorter sentences are never weighed against each other when lines are chosen. */
const LEAST_WORDS = 8;

const marked = (sentences: readonly Sentence[], meeting: SummarisedMeeting): ReadonlySet<number> => {
  const indices = new Set<number>();
  for (const sentence of sentences) {
    for (const text of meeting.restsOn.get(sentence.turn) ?? []) {
      const terms = new Set(contentTerms(tokenise(text)));
      const shared = sentence.terms.filter((term) => terms.has(term)).length;
      if (sentence.terms.length > 0 && shared >= SAME * sentence.terms.length) indices.add(sentence.index);
    }
  }
  return indices;
};

/** The whole meeting and each summarised stretch of it. */
export const examplesOf = (
  meeting: SummarisedMeeting,
): { readonly whole: SummarisedExample | null; readonly stretches: readonly SummarisedExample[] } => {
  const { utterances } = transcriptOf(meeting.turns, meeting.language);
  const sentences = sentencesOf(utterances);
  const weights = weightsOf(sentences);
  const restsOn = marked(sentences, meeting);
  const example = (own: readonly Sentence[], summary: string): SummarisedExample => ({
    sentences: own,
    weights,
    summary,
    named: new Set(contentTerms(tokenise(summary))),
    restsOn,
  });
  return {
    whole: meeting.summary === null ? null : example(sentences, meeting.summary),
    stretches: meeting.stretches
      .filter(({ summary }) => summary !== '')
      .map((stretch) => ({
        own: sentences.filter(({ turn }) => turn >= stretch.firstTurn && turn <= stretch.lastTurn),
        summary: stretch.summary,
      }))
      .filter(({ own }) => own.length > 0)
      .map(({ own, summary }) => example(own, summary)),
  };
};

/** Feature values with their labels: slow to find, and the same for every fold. */
interface Labelled {
  readonly rows: readonly (readonly number[])[];
  readonly labels: readonly boolean[];
}
export interface Prepared {
  readonly terms: Labelled;
  readonly sentences: Labelled;
}

export const prepare = ({ sentences, weights, named, restsOn }: SummarisedExample): Prepared => {
  const terms = [...termFeatures(sentences)];
  const rows = sentenceFeatures(sentences, weights);
  const long = [...sentences.keys()].filter((at) => (sentences[at]?.length ?? 0) >= LEAST_WORDS);
  return {
    terms: { rows: terms.map(([, values]) => values), labels: terms.map(([term]) => named.has(term)) },
    sentences: {
      rows: long.map((at) => rows[at] ?? []),
      labels: long.map((at) => restsOn.has(sentences[at]?.index ?? -1)),
    },
  };
};

/** Fits on features of unit spread, so that one ridge suits all, and gives the weights for the features as they are. */
const fit = (parts: readonly Labelled[], ridge: number): Scorer => {
  const rows = parts.flatMap((part) => part.rows);
  const labels = parts.flatMap((part) => part.labels.map(Number));
  const width = rows[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, at) => {
    const mean = rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length;
    const spread = Math.sqrt(rows.reduce((sum, row) => sum + ((row[at] ?? 0) - mean) ** 2, 0) / rows.length);
    return { mean, spread: spread < LEAST_SPREAD ? Number.POSITIVE_INFINITY : spread };
  });
  const { weights, bias } = fitLogistic(
    rows.map((row) => Float64Array.from(scales, ({ mean, spread }, at) => ((row[at] ?? 0) - mean) / spread)),
    labels,
    ridge,
  );
  const raw = scales.map(({ spread }, at) => (weights[at] ?? 0) / spread);
  return { weights: raw, bias: raw.reduce((sum, weight, at) => sum - weight * (scales[at]?.mean ?? 0), bias) };
};

/** What the examples teach. */
export const learnSalience = (examples: readonly Prepared[]): SalienceModel => ({
  terms: fit(
    examples.map(({ terms }) => terms),
    TERM_RIDGE,
  ),
  sentences: fit(
    examples.map(({ sentences }) => sentences),
    SENTENCE_RIDGE,
  ),
});

/** Number of folds; meetings of one series are left out together. */
const FOLDS = 8;

/** For each meeting what the other series, two at least, teach, so that no figure rests on meetings of the same people. */
export const learnWithoutOwn = (
  meetings: readonly { readonly series: string; readonly examples: readonly Prepared[] }[],
): readonly SalienceModel[] => {
  const series = [...new Set(meetings.map((meeting) => meeting.series))];
  const foldOf = (meeting: { readonly series: string }): number => series.indexOf(meeting.series) % FOLDS;
  const models = Array.from({ length: Math.min(FOLDS, series.length) }, (_, fold) =>
    learnSalience(meetings.filter((meeting) => foldOf(meeting) !== fold).flatMap(({ examples }) => examples)),
  );
  return meetings.flatMap((meeting) => models[foldOf(meeting)] ?? []);
};
