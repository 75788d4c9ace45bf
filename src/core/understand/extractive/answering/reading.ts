/** What an answer is looked for in: evidence as sentences, with what is known of each. */
import { dot } from '../../../dot-product.ts';
import type { MeetingId, Transcript } from '../../../model.ts';
import type { StretchVector, Vectors } from '../../../retrieval/features.ts';
import { passageOf, passageRuns } from '../../../retrieval/passages.ts';
import type { Passage } from '../../../retrieval/passages.ts';
import { readQuestion } from '../../../retrieval/question.ts';
import type { Question } from '../../../retrieval/question.ts';
import { rankPassages } from '../../../retrieval/rank.ts';
import { speakerName } from '../../../speaker.ts';
import { participantsOf } from '../participants.ts';
import type { Participants } from '../participants.ts';
import { sentencesOf } from '../sentences.ts';
import type { Sentence } from '../sentences.ts';

/** Vectors of length 1 for texts, in order. `meetingId` null: texts of no meeting. */
export type Embed = (meetingId: MeetingId | null, texts: readonly string[]) => Promise<readonly Float32Array[]>;

/** One run of neighbouring utterances. */
export interface Stretch {
  readonly transcript: Transcript;
  readonly sentences: readonly Sentence[];
  readonly participants: Participants;
  /** Likeness of each sentence to the question, -1 to 1; null without an embedder. */
  readonly likeness: readonly number[] | null;
  /** One per sentence; null without an embedder. */
  readonly vectors: readonly Float32Array[] | null;
  /** For each sentence, how likely its surroundings answer; comparable over all stretches. */
  readonly standing: readonly number[];
}

export interface Reading {
  readonly question: Question;
  readonly stretches: readonly Stretch[];
}

/** Numbers of passages in different runs must not look like neighbours. */
const NUMBERS_APART = 100;

interface Cut {
  readonly passage: Passage;
  readonly stretches: StretchVector[];
}

/** `embed` null: no embedder, or none that covers the evidence's language. */
export async function readEvidence(
  text: string,
  evidence: readonly Transcript[],
  embed: Embed | null,
): Promise<Reading> {
  const all = evidence.map((transcript) => ({ transcript, sentences: sentencesOf(transcript.utterances) }));
  const speakers = evidence.flatMap(({ utterances }) => utterances.map(({ speaker }) => speakerName(speaker)));
  const question = readQuestion(text, speakers);
  const ends = new Map<MeetingId, number>();
  for (const { meetingId, utterances } of evidence) {
    ends.set(meetingId, Math.max(ends.get(meetingId) ?? 0, utterances.at(-1)?.endMs ?? 0));
  }
  const topic = embed === null ? undefined : (await embed(null, [question.topic]))[0];
  const vectors: (readonly Float32Array[])[] = [];
  if (embed !== null) {
    for (const { transcript, sentences } of all) {
      vectors.push(
        await embed(
          transcript.meetingId,
          sentences.map((sentence) => sentence.text),
        ),
      );
    }
  }

  let number = 0;
  const cuts: Cut[] = [];
  /** Per run, the passage that each turn is in. */
  const cutOfTurn = all.map(({ transcript, sentences }, run) => {
    number += NUMBERS_APART;
    const byTurn: Cut[] = [];
    for (const { from, to } of passageRuns(transcript.utterances)) {
      const passage = passageOf(transcript, { from, to }, number++);
      const cut = { passage: { ...passage, durationMs: ends.get(transcript.meetingId) ?? 0 }, stretches: [] };
      cuts.push(cut);
      for (let turn = from; turn < to; turn++) byTurn.push(cut);
    }
    for (const sentence of sentences) {
      const cut = byTurn[sentence.turn];
      const vector = vectors[run]?.[sentence.index];
      const line = sentence.turn - byTurn.findIndex((other) => other === cut);
      if (cut !== undefined && vector !== undefined) cut.stretches.push({ vector, words: sentence.length, line });
    }
    return byTurn;
  });
  const known: Vectors | null =
    topic === undefined ? null : { question: { topic }, passages: cuts.map(({ stretches }) => stretches) };
  const scores = rankPassages(
    question,
    cuts.map(({ passage }) => passage),
    known,
  );
  const scoreOf = new Map(cuts.map((cut, at) => [cut, scores[at] ?? 0]));
  const stretches = all.map(({ transcript, sentences }, run): Stretch => {
    const own = vectors[run];
    return {
      transcript,
      sentences,
      participants: participantsOf(transcript),
      likeness:
        topic === undefined || own === undefined
          ? null
          : sentences.map(({ index }) => {
              const vector = own[index];
              return vector === undefined ? 0 : dot(topic, vector);
            }),
      vectors: own ?? null,
      standing: sentences.map(({ turn }) => {
        const cut = cutOfTurn[run]?.[turn];
        return cut === undefined ? 0 : (scoreOf.get(cut) ?? 0);
      }),
    };
  });
  return { question, stretches };
}
