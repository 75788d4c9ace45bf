import type { Transcript } from '../../src/core/model.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { readQuestion } from '../../src/core/retrieval/question.ts';
import { bestPassages, rankPassages } from '../../src/core/retrieval/rank.ts';
import { readEvidence, type Reading } from '../../src/core/understand/extractive/answering/reading.ts';
import type { AskedQuestion } from '../data/asked-meetings.ts';
import { type AnswerCase, answerCase } from '../train/answer-training.ts';
import type { AskedPassages } from './asked-passages.ts';

/** Whose meeting was asked: the question's own, one of another kind, or another of its kind. */
export type Asked = 'own' | 'other kind' | 'same kind';

/** A question put to a meeting, with the evidence found there. */
export interface AskedReading {
  readonly own: AskedPassages;
  readonly target: AskedPassages;
  readonly of: Asked;
  readonly isDense: boolean;
  readonly gold: AskedQuestion;
  readonly evidence: readonly Transcript[];
  readonly reading: Reading;
}

/** Passages read for an answer, as many as when somebody asks. */
const PASSAGES_READ = 10;
/** Every so many questions are put to meetings they were not asked of. */
const OTHER_KIND_EVERY = 2;
const SAME_KIND_EVERY = 4;
/** Strides that have nothing in common with the number of meetings, so that all get their share. */
const MEETING_STRIDE = 7;
const QUESTION_STRIDE = 13;

const pick = <Item>(items: readonly Item[], at: number): Item | undefined => items[at % Math.max(1, items.length)];
/** Meetings of one AMI or ICSI series share their matter; the first letters tell the series. */
const seriesOf = ({ meeting }: AskedPassages): string => meeting.name.slice(0, 6);

export const turnsOf = ({ transcript }: AskedPassages): ReadonlyMap<string, number> =>
  new Map(transcript.utterances.map(({ id }, index) => [id, index]));

/** The best passages of the meeting for the question, in order. */
const evidenceIn = (
  { meeting, passages, units, transcript, asked }: AskedPassages,
  text: string,
  topic: Float32Array | null,
): readonly Transcript[] => {
  const question = readQuestion(
    text,
    meeting.turns.map(({ speaker }) => speaker),
  );
  const stretches = asked[0]?.vectors.passages ?? [];
  const vectors = topic === null ? null : { question: { topic }, passages: stretches };
  return bestPassages(passages, rankPassages(question, passages, vectors), PASSAGES_READ).map((number) => {
    const unit = units[number] ?? [];
    return { ...transcript, utterances: transcript.utterances.slice(unit[0] ?? 0, (unit.at(-1) ?? -1) + 1) };
  });
};

/** Every question put to its own meeting, some also to others. `embedder` null: words alone. */
export const readAsked = async (
  meetings: readonly AskedPassages[],
  embedder: Embedder | null,
): Promise<readonly AskedReading[]> => {
  const { signal } = new AbortController();
  const readings: AskedReading[] = [];
  for (const [place, own] of meetings.entries()) {
    const { domain } = own.meeting;
    const others = meetings.filter(({ meeting }) => meeting.domain !== domain);
    const alike = meetings.filter((other) => other.meeting.domain === domain && seriesOf(other) !== seriesOf(own));
    for (const [at, { gold }] of own.asked.entries()) {
      const turn = place * MEETING_STRIDE + at * QUESTION_STRIDE;
      const targets: readonly (readonly [Asked, AskedPassages | undefined])[] = [
        ['own', own],
        ['other kind', turn % OTHER_KIND_EVERY === 0 ? pick(others, turn) : undefined],
        ['same kind', turn % SAME_KIND_EVERY === 0 ? pick(alike, turn) : undefined],
      ];
      for (const [of, target] of targets) {
        if (target === undefined) continue;
        const speakers = target.meeting.turns.map(({ speaker }) => speaker);
        const { topic } = readQuestion(gold.question, speakers);
        const [vector = null] = embedder === null ? [] : await embedder.embed([topic], signal);
        const evidence = evidenceIn(target, gold.question, vector);
        const reading = await readEvidence(
          gold.question,
          evidence,
          embedder === null ? null : (_, texts) => embedder.embed(texts, signal),
        );
        readings.push({ own, target, of, isDense: embedder !== null, gold, evidence, reading });
      }
    }
  }
  return readings;
};

/** What there is to learn; null of meetings of the same kind, which may or may not answer. */
export const caseOf = ({ own, target, of, gold, reading }: AskedReading): AnswerCase | null =>
  of === 'same kind'
    ? null
    : answerCase(own.meeting.name, reading, of === 'own' ? { gold, turnOf: turnsOf(target) } : null);
