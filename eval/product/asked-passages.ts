import type { Embedder } from '../../src/core/ports.ts';
import type { StretchVector, Vectors } from '../../src/core/retrieval/features.ts';
import { type Passage, passageOf } from '../../src/core/retrieval/passages.ts';
import { type Question, readQuestion } from '../../src/core/retrieval/question.ts';
import { type Sentence, sentencesOf } from '../../src/core/understand/extractive/sentences.ts';
import type { Transcript } from '../../src/core/model.ts';
import type { AskedMeeting, AskedQuestion } from '../data/asked-meetings.ts';
import { transcriptOf } from './understand.ts';

/** Units are turns put together until they have so many words: larger ones are easier to hit, so the size is fixed. */
const UNIT_WORDS = 150;

export interface AskedPassages {
  readonly meeting: AskedMeeting;
  readonly transcript: Transcript;
  readonly sentences: readonly Sentence[];
  readonly sentenceVectors: readonly Float32Array[];
  /** Positions of each unit's turns. */
  readonly units: readonly (readonly number[])[];
  readonly passages: readonly Passage[];
  readonly asked: readonly {
    readonly question: Question;
    readonly gold: AskedQuestion;
    readonly vectors: Vectors;
  }[];
}

/** Runs of turns of at least 150 words; the last may be shorter. */
const unitsOf = (turns: readonly { readonly text: string }[]): readonly (readonly number[])[] => {
  const units: number[][] = [[]];
  let words = 0;
  for (const [turn, { text }] of turns.entries()) {
    units.at(-1)?.push(turn);
    words += text.split(/\s+/u).filter((word) => word !== '').length;
    if (words < UNIT_WORDS || turn + 1 === turns.length) continue;
    units.push([]);
    words = 0;
  }
  return units;
};

/** The meetings cut into units, with all vectors that ranking may use. */
export const askedPassages = async (
  meetings: readonly AskedMeeting[],
  embedder: Embedder,
): Promise<readonly AskedPassages[]> => {
  const { signal } = new AbortController();
  const all: AskedPassages[] = [];
  for (const meeting of meetings) {
    const transcript = transcriptOf(meeting.turns, 'en');
    const speakers = meeting.turns.map(({ speaker }) => speaker);
    const units = unitsOf(meeting.turns);
    const sentences = sentencesOf(transcript.utterances);
    const sentenceVectors = await embedder.embed(
      sentences.map(({ text }) => text),
      signal,
    );
    const questions = meeting.questions.map(({ question }) => readQuestion(question, speakers));
    const topics = await embedder.embed(
      questions.map(({ topic }) => topic),
      signal,
    );
    const place = new Map(units.flatMap((unit, number) => unit.map((turn, line) => [turn, { number, line }])));
    const stretches: StretchVector[][] = units.map(() => []);
    for (const [index, sentence] of sentences.entries()) {
      const { number, line } = place.get(sentence.turn) ?? { number: 0, line: 0 };
      const vector = sentenceVectors[index];
      if (vector !== undefined) stretches[number]?.push({ vector, words: sentence.length, line });
    }
    all.push({
      meeting,
      transcript,
      sentences,
      sentenceVectors,
      units,
      passages: units.map((unit, number) =>
        passageOf(transcript, { from: unit[0] ?? 0, to: (unit.at(-1) ?? -1) + 1 }, number),
      ),
      asked: meeting.questions.flatMap((gold, at) => {
        const [question, topic] = [questions[at], topics[at]];
        if (question === undefined || topic === undefined) return [];
        return [{ question, gold, vectors: { question: { topic }, passages: stretches } }];
      }),
    });
  }
  return all;
};
