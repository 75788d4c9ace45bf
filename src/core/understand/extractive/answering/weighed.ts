/** Sentences of the evidence with what speaks for telling each, as numbers. */
import { passageTerms } from '../../../retrieval/question.ts';
import type { Question } from '../../../retrieval/question.ts';
import { speakerName } from '../../../speaker.ts';
import { withoutOpener } from '../clean.ts';
import { isQuestion } from '../question-form.ts';
import type { Sentence } from '../sentences.ts';
import { tokenise, wordCount } from '../words.ts';
import { dot } from '../../../dot-product.ts';
import { standardised } from '../../../standard-scores.ts';
import type { Reading, Stretch } from './reading.ts';

export interface Told {
  readonly stretch: Stretch;
  /** As quoted: without the words that tied it to what was said before. */
  readonly sentence: Sentence;
}

export interface Weighed extends Told {
  /** Position in the stretch. */
  readonly at: number;
  /** Position of the stretch in the evidence. */
  readonly place: number;
  /** Shares of the question's words in the sentence, in it with its neighbours, and in its passage. */
  readonly own: number;
  readonly beside: number;
  readonly around: number;
  /** To the question; 0 without an embedder. */
  readonly like: number;
  /** Mean likeness of the sentence and its neighbours, longer ones counting more. */
  readonly window: number;
  /** Its speaker's words are asked for. */
  readonly theirs: boolean;
}

/** Those that need no embeddings. */
export const PLAIN_TELLING = [
  'standing',
  'own',
  'beside',
  'place',
  'theirs',
  'reply',
  'length',
  'long',
  'density',
  'nominal',
  'i',
  'we',
  'you',
  'they',
  'modal',
  'hedge',
] as const;
export const DENSE_TELLING = ['like', 'window', 'feedback', 'central'] as const;
export type TellingFeature = (typeof PLAIN_TELLING)[number] | (typeof DENSE_TELLING)[number];
/** One number per sentence for each feature, mean 0 and deviation 1. */
export type TellingColumns = Readonly<Partial<Record<TellingFeature, readonly number[]>>>;

/** Sentences on either side in which the matter counts as touched, that make a window, and that make a passage. */
const BESIDE = 2;
const WINDOW = 4;
const AROUND = 6;
/** Words that share so many first letters are likely forms of one word. */
const PREFIX_LETTERS = 5;
/** The nearest sentences stand for the matter where the question's own words are few (pseudo relevance feedback, Rocchio 1971). */
const FEEDBACK_SENTENCES = 8;
const FEEDBACK_WORDS = 5;
/** From here on a sentence is long: much of it is beside the point. */
const LONG_WORDS = 30;
/** Shares of a shorter sentence are taken of so many words. */
const LEAST_SHARE_WORDS = 4;

/** How people write about a matter rather than chat: naming things and how they belong together (Biber 1988). */
const STYLE: Readonly<Record<'nominal' | 'i' | 'we' | 'you' | 'they' | 'modal' | 'hedge', RegExp>> = {
  nominal: /\b(?:the|of|to|for|in|on|with|by)\b/giu,
  i: /\b(?:i|me|my|i'm|i've|i'll|i'd)\b/giu,
  we: /\b(?:we|us|our|we're|we've|we'll)\b/giu,
  you: /\b(?:you|your|you're)\b/giu,
  they: /\b(?:they|it|he|she|them)\b/giu,
  modal: /\b(?:should|could|would|need|have to|must|want|because|if)\b/giu,
  hedge: /\b(?:kind of|sort of|maybe|think|mean|know|like|just|guess|yeah|okay|well)\b/giu,
};

const prefixOf = (term: string): string => (term.length < PREFIX_LETTERS ? term : term.slice(0, PREFIX_LETTERS));

/** Share of the question's words, by weight, that are among the terms, in any form. */
function coverage(question: Question, terms: ReadonlySet<string>): number {
  const singles = question.terms.filter(({ term }) => !term.includes(' '));
  const whole = singles.reduce((sum, { weight }) => sum + weight, 0);
  const found = singles.reduce((sum, { term, weight }) => (terms.has(prefixOf(term)) ? sum + weight : sum), 0);
  return whole === 0 ? 0 : found / whole;
}

function asTold(sentence: Sentence): Sentence {
  const text = withoutOpener(sentence.text);
  return text === sentence.text ? sentence : { ...sentence, text, length: wordCount(tokenise(text)) };
}

export interface WeighedEvidence {
  readonly all: readonly Weighed[];
  /** Share of the question's words that are said anywhere. */
  readonly covered: number;
}

export function weigh({ question, stretches }: Reading): WeighedEvidence {
  const said = new Set<string>();
  const all = stretches.flatMap((stretch, place) => {
    const { sentences, likeness } = stretch;
    const terms = sentences.map(({ tokens }) => new Set(passageTerms(tokens).map(prefixOf)));
    for (const own of terms) for (const term of own) said.add(term);
    const near = (at: number, reach: number): ReadonlySet<string> =>
      new Set(terms.slice(Math.max(0, at - reach), at + reach + 1).flatMap((own) => [...own]));
    const windowAt = (at: number): number => {
      let sum = 0;
      let weights = 0;
      for (let other = Math.max(0, at - WINDOW); other <= Math.min(sentences.length - 1, at + WINDOW); other++) {
        const weight = Math.sqrt(sentences[other]?.length ?? 0);
        sum += weight * (likeness?.[other] ?? 0);
        weights += weight;
      }
      return sum / Math.max(1, weights);
    };
    return sentences.map((sentence, at) => ({
      stretch,
      sentence: asTold(sentence),
      at,
      place,
      own: coverage(question, terms[at] ?? new Set()),
      beside: coverage(question, near(at, BESIDE)),
      around: coverage(question, near(at, AROUND)),
      like: likeness?.[at] ?? 0,
      window: likeness === null ? 0 : windowAt(at),
      theirs: question.speakers.has(speakerName(sentence.speaker)),
    }));
  });
  return { all, covered: coverage(question, said) };
}

const vectorOf = ({ stretch, at, sentence }: Weighed): Float32Array | undefined =>
  stretch.vectors?.[sentence.index] ?? stretch.vectors?.[at];

function meanVector(sentences: readonly Weighed[]): Float32Array | null {
  const vectors = sentences.flatMap((sentence) => vectorOf(sentence) ?? []);
  const [first] = vectors;
  if (first === undefined) return null;
  return Float32Array.from(first, (_, at) => vectors.reduce((sum, own) => sum + (own[at] ?? 0), 0) / vectors.length);
}

/** Likeness to the mean of some sentences, each left out of the mean that it is compared with. */
function likeMeanOf(some: readonly Weighed[], sentences: readonly Weighed[]): readonly number[] {
  const mean = meanVector(some);
  const members = new Set(some);
  return sentences.map((sentence) => {
    const vector = vectorOf(sentence);
    if (mean === null || vector === undefined) return 0;
    const whole = dot(mean, vector) * some.length;
    return members.has(sentence) ? (whole - 1) / Math.max(1, some.length - 1) : whole / some.length;
  });
}

/** How near the question is that the sentence follows on from another speaker; 0 when there is none. */
function repliesTo({ stretch, at, sentence }: Weighed, all: ReadonlyMap<string, Weighed>): number {
  const before = stretch.sentences[at - 1];
  if (before === undefined || before.speakerKey === sentence.speakerKey || !isQuestion(before)) return 0;
  const asked = all.get(keyOf(stretch, before));
  return asked === undefined ? 0 : Math.max(asked.like, asked.own);
}

const keyOf = ({ transcript }: Stretch, { utterances, index }: Sentence): string =>
  `${transcript.meetingId} ${utterances[0].id} ${index}`;

/** The features of some of the evidence's sentences; the dense ones only with an embedder. */
export function tellingColumns({ all }: WeighedEvidence, some: readonly Weighed[]): TellingColumns {
  const column = (value: (each: Weighed) => number): readonly number[] => standardised(some.map(value));
  const share = (pattern: RegExp): readonly number[] =>
    column(
      ({ sentence: { text, length } }) => (text.match(pattern)?.length ?? 0) / Math.max(LEAST_SHARE_WORDS, length),
    );
  const byKey = new Map(all.map((each) => [keyOf(each.stretch, each.sentence), each]));
  const plain: TellingColumns = {
    standing: column(({ stretch, at }) => stretch.standing[at] ?? 0),
    own: column(({ own }) => own),
    beside: column(({ beside }) => beside),
    place: column(({ place }) => 1 / (1 + place)),
    theirs: column(({ theirs }) => (theirs ? 1 : 0)),
    reply: column((each) => repliesTo(each, byKey)),
    length: column(({ sentence }) => Math.log(Math.max(1, sentence.length))),
    long: column(({ sentence }) => (sentence.length > LONG_WORDS ? 1 : 0)),
    density: column(({ sentence }) => sentence.terms.length / Math.max(1, sentence.length)),
    nominal: share(STYLE.nominal),
    i: share(STYLE.i),
    we: share(STYLE.we),
    you: share(STYLE.you),
    they: share(STYLE.they),
    modal: share(STYLE.modal),
    hedge: share(STYLE.hedge),
  };
  if (!all.some(({ stretch }) => stretch.likeness !== null)) return plain;
  const nearest = all
    .filter(({ sentence }) => sentence.length >= FEEDBACK_WORDS)
    .toSorted((a, b) => b.like - a.like)
    .slice(0, FEEDBACK_SENTENCES);
  return {
    ...plain,
    like: column(({ like }) => like),
    window: column(({ window }) => window),
    feedback: standardised(likeMeanOf(nearest, some)),
    central: standardised(likeMeanOf(all, some)),
  };
}
