/** What each speaker said that mattered most, and for how long they spoke. */
import { cited } from '../../cite.ts';
import type { Ms, SpeakerSummary, Utterance } from '../../model.ts';
import { speakerKey } from '../../speaker.ts';
import type { Sentence } from './sentences.ts';
import { pick, salience } from './weights.ts';
import type { Weights } from './weights.ts';

const MOST_POINTS = 3;
/** A further point for every so many words: who said a sentence has one point, not three. */
const WORDS_PER_POINT = 120;

/** Time covered by the utterances; where a speaker's own utterances overlap it counts once. */
export function spokeMs(utterances: readonly Utterance[]): Ms {
  let total = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of [...utterances].toSorted((a, b) => a.startMs - b.startMs)) {
    total += Math.max(0, endMs - Math.max(startMs, reached));
    reached = Math.max(reached, endMs);
  }
  return total;
}

/** Speakers in the order they were first heard. */
export function speakerPoints(
  utterances: readonly Utterance[],
  sentences: readonly Sentence[],
  weights: Weights,
): SpeakerSummary[] {
  const scores = salience(sentences, weights);
  const own = Map.groupBy(sentences, (sentence) => sentence.speakerKey);
  return [...Map.groupBy(utterances, ({ speaker }) => speakerKey(speaker))].flatMap(([key, spoken]) => {
    const [first] = spoken;
    if (first === undefined) return [];
    const said = own.get(key) ?? [];
    const words = said.reduce((sum, { length }) => sum + length, 0);
    const count = Math.min(MOST_POINTS, 1 + Math.floor(words / WORDS_PER_POINT));
    const points = pick(
      said.map((sentence) => ({ sentence, score: scores[sentence.index] ?? 0 })),
      count,
    );
    return [
      {
        speaker: first.speaker,
        spokeMs: spokeMs(spoken),
        points: points.toSorted((a, b) => a.index - b.index).map((point) => cited(point.text, point.utterances)),
      },
    ];
  });
}
