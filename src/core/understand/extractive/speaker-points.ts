/** What each speaker said that mattered most, and for how long they spoke. */
import { cited } from '../../cite.ts';
import type { Ms, SpeakerSummary, Utterance } from '../../model.ts';
import { speakerKey } from '../../speaker.ts';
import { chooseLines } from './line-choice.ts';
import { pointOf } from './quoted.ts';
import { narrowed } from './salience.ts';
import type { Salience } from './salience.ts';

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

/** Speakers in the order they were first heard. `salience`: of the whole meeting. */
export function speakerPoints(utterances: readonly Utterance[], salience: Salience): SpeakerSummary[] {
  return [...Map.groupBy(utterances, ({ speaker }) => speakerKey(speaker))].flatMap(([key, spoken]) => {
    const [first] = spoken;
    if (first === undefined) return [];
    const own = narrowed(salience, (sentence) => sentence.speakerKey === key);
    const words = own.sentences.reduce((sum, { length }) => sum + length, 0);
    const lines = Math.min(MOST_POINTS, 1 + Math.floor(words / WORDS_PER_POINT));
    const points = chooseLines(own, { words: Number.POSITIVE_INFINITY, lines });
    return [
      {
        speaker: first.speaker,
        spokeMs: spokeMs(spoken),
        points: points.toSorted((a, b) => a.index - b.index).map((point) => cited(pointOf(point), point.utterances)),
      },
    ];
  });
}
