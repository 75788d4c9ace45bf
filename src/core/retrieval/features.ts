/** What tells a passage that answers a question from one that does not, as numbers. */
import { dot } from '../dot-product.ts';
import { mean, standardised } from '../standard-scores.ts';
import type { Passage } from './passages.ts';
import type { Question } from './question.ts';
import { stretchOf } from './time-cues.ts';
import { matchWords } from './word-match.ts';

/** A stretch of a passage, usually a sentence. */
export interface StretchVector {
  readonly vector: Float32Array;
  /** Its length; longer stretches count more where several are taken together. */
  readonly words: number;
  /** Position of the line it is in; null when it spans several. */
  readonly line: number | null;
}
/** What embeddings tell, all of one embedder and of length 1. */
export interface Vectors {
  /** Of the question's `topic`. */
  readonly question: { readonly topic: Float32Array };
  /** For each passage, its stretches in order; empty where nothing is known. */
  readonly passages: readonly (readonly StretchVector[])[];
}

/** Those that need no embeddings. */
export const LEXICAL_FEATURES = [
  'focus',
  'coverage',
  'phrase',
  'kindred',
  'before',
  'after',
  'around',
  'share',
  'spoke',
  'turns',
  'variety',
  'early',
  'late',
] as const;
export const DENSE_FEATURES = [
  'window',
  'windowMean',
  'windowBefore',
  'windowAfter',
  'windowAround',
  'sentence',
  'sentences',
  'speakerSentence',
] as const;
export type Feature = (typeof LEXICAL_FEATURES)[number] | (typeof DENSE_FEATURES)[number] | 'period';
/** A weight per feature; features without one count nothing. */
export type RankWeights = Readonly<Partial<Record<Feature, number>>>;
/** One number per passage for each feature, mean 0 and deviation 1 over the passages. */
export type FeatureColumns = Readonly<Partial<Record<Feature, readonly number[]>>>;

/** Neighbours up to so many passages away count, each step further less: topics last for minutes. */
const REACH = 6;
const FADING_STEPS = 1.5;
/** Sentences are compared together too: what one leaves out its neighbours say. */
const WINDOW_WORDS = 80;
/** A sentence below this says too little for its likeness to mean much. */
const FULL_SENTENCE_WORDS = 5;
const BEST_SENTENCES = 4;
/** More than a sign of listening. */
const SPOKE_WORDS = 8;
/** Greetings and good-byes, as shares of a meeting. */
const OPENING_SHARE = 0.15;
const CLOSING_SHARE = 0.1;

/** Mean likeness of each run of about {@link WINDOW_WORDS} words, longer sentences counting more. */
function windowLikeness(stretches: readonly StretchVector[], likeness: readonly number[]): readonly number[] {
  const found: number[] = [];
  for (let from = 0; from < stretches.length; from++) {
    let words = 0;
    let like = 0;
    let weights = 0;
    for (let to = from; to < stretches.length && words < WINDOW_WORDS; to++) {
      const length = stretches[to]?.words ?? 0;
      const weight = Math.sqrt(length);
      words += length;
      like += weight * (likeness[to] ?? 0);
      weights += weight;
    }
    // A window that ran out of passage is a part of the one before.
    if (from > 0 && words < WINDOW_WORDS) break;
    found.push(like / Math.max(1e-9, weights));
  }
  return found;
}

/** Reads other passages' values by how many passages away they are. */
interface Surroundings {
  readonly at: (values: readonly number[], index: number, step: number) => number;
  readonly around: (values: readonly number[], index: number) => number;
}

function surroundingsOf(passages: readonly Passage[]): Surroundings {
  const positions = new Map(passages.map(({ meetingId, number }, index) => [`${meetingId} ${number}`, index]));
  const neighbours = passages.map(({ meetingId, number }) => {
    const own = new Map<number, number>();
    for (let step = -REACH; step <= REACH; step++) {
      const index = positions.get(`${meetingId} ${number + step}`);
      if (step !== 0 && index !== undefined) own.set(step, index);
    }
    return own;
  });
  return {
    at: (values, index, step) => {
      const other = neighbours[index]?.get(step);
      return other === undefined ? 0 : (values[other] ?? 0);
    },
    around: (values, index) =>
      [...(neighbours[index] ?? [])].reduce(
        (sum, [step, other]) => sum + Math.exp(-Math.abs(step) / FADING_STEPS) * (values[other] ?? 0),
        0,
      ),
  };
}

const wordsOf = ({ lines }: Passage): number => lines.reduce((sum, line) => sum + line.words, 0);
/** As a share of the meeting; the middle of one that has no length. */
const placeOf = ({ durationMs }: Passage, ms: number): number => (durationMs <= 0 ? 0.5 : ms / durationMs);

/** Each feature over the passages, in their order; the dense ones only with vectors, `period` only when asked for. */
export function featuresOf(question: Question, passages: readonly Passage[], vectors: Vectors | null): FeatureColumns {
  const near = surroundingsOf(passages);
  const matches = matchWords(question.terms, passages);
  const exact = matches.map((match) => match.exact);
  const kindred = matches.map((match) => match.kindred);
  const askedOf = passages.map(({ lines }) =>
    lines.reduce((sum, line) => sum + (question.speakers.has(line.speaker) ? line.words : 0), 0),
  );
  const each = (value: (passage: Passage, index: number) => number): readonly number[] =>
    standardised(passages.map(value));

  const columns: Partial<Record<Feature, readonly number[]>> = {
    focus: standardised(matches.map(({ focus }) => focus)),
    coverage: standardised(matches.map(({ coverage }) => coverage)),
    phrase: standardised(matches.map(({ phrase }) => phrase)),
    kindred: standardised(kindred),
    before: each((_, index) => near.at(exact, index, -1)),
    after: each((_, index) => near.at(exact, index, 1)),
    around: each((_, index) => near.around(kindred, index)),
    share: each((passage, index) => (askedOf[index] ?? 0) / Math.max(1, wordsOf(passage))),
    spoke: standardised(askedOf.map((words) => (words > SPOKE_WORDS ? 1 : 0))),
    turns: each(({ lines }) => Math.log1p(lines.length)),
    variety: each((passage, index) => (matches[index]?.terms ?? 0) / Math.max(1, wordsOf(passage))),
    early: each((passage) => Math.max(0, OPENING_SHARE - placeOf(passage, passage.startMs))),
    late: each((passage) => Math.max(0, placeOf(passage, passage.endMs) - (1 - CLOSING_SHARE))),
  };
  const { period } = question;
  if (period !== null) {
    columns.period = each((passage) => {
      const { startMs, endMs } = stretchOf(period, passage.durationMs);
      const middleMs = (passage.startMs + passage.endMs) / 2;
      return middleMs >= startMs && middleMs <= endMs ? 1 : 0;
    });
  }
  if (vectors === null) return columns;

  const stretches = passages.map((_, index) => vectors.passages[index] ?? []);
  const likeness = stretches.map((own) => own.map(({ vector }) => dot(vectors.question.topic, vector)));
  const windows = stretches.map((own, index) => windowLikeness(own, likeness[index] ?? []));
  const window = windows.map((values) => Math.max(0, ...values));
  const sentences = stretches.map((own, index) =>
    own
      .map(({ words }, at) => (likeness[index]?.[at] ?? 0) * Math.min(1, words / FULL_SENTENCE_WORDS))
      .toSorted((a, b) => b - a),
  );
  return {
    ...columns,
    window: standardised(window),
    windowMean: standardised(windows.map(mean)),
    windowBefore: each((_, index) => near.at(window, index, -1)),
    windowAfter: each((_, index) => near.at(window, index, 1)),
    windowAround: each((_, index) => near.around(window, index)),
    sentence: standardised(sentences.map(([best]) => best ?? 0)),
    sentences: standardised(sentences.map((values) => mean(values.slice(0, BEST_SENTENCES)))),
    speakerSentence: each((passage, index) =>
      (stretches[index] ?? []).reduce((best, { line, words }, at) => {
        const speaker = line === null ? undefined : passage.lines[line]?.speaker;
        const asked = speaker !== undefined && question.speakers.has(speaker) && words >= FULL_SENTENCE_WORDS;
        return asked ? Math.max(best, likeness[index]?.[at] ?? 0) : best;
      }, 0),
    ),
  };
}
