import { alignTokens, countEdits, errorRate } from './word-error-rate.ts';

/** Words said by somebody in a stretch of time, in their compared form. */
export interface SpokenWords {
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly words: readonly string[];
}

export interface AttributionScore {
  readonly words: number;
  /** Reference words found among their own speaker's words. */
  readonly right: number;
  /** Not among their own speaker's words but, at about the same time, among somebody else's. */
  readonly wrong: number;
  /** right / (right + wrong): how far a word that was heard can be trusted to be under the right name. */
  readonly share: number;
}

/** Recognisers cut with some slack: a word may stand in an utterance that begins or ends this much later or sooner. */
const SLACK_MS = 1000;

const overlaps = (left: SpokenWords, right: SpokenWords, slackMs: number): boolean =>
  left.startMs < right.endMs + slackMs && right.startMs < left.endMs + slackMs;

interface Placed {
  readonly word: string;
  readonly said: SpokenWords;
}

const placed = (all: readonly SpokenWords[], speaker: string): readonly Placed[] =>
  all.filter((said) => said.speaker === speaker).flatMap((said) => said.words.map((word) => ({ word, said })));

/** Were the words given to those who said them? Words nobody was heard saying count neither way. */
export const scoreAttribution = (
  reference: readonly SpokenWords[],
  hypothesis: readonly SpokenWords[],
): AttributionScore => {
  let words = 0;
  let right = 0;
  const missed: Placed[] = [];
  const left = new Set<Placed>();
  for (const speaker of new Set([...reference, ...hypothesis].map((said) => said.speaker))) {
    const own = placed(reference, speaker);
    const heard = placed(hypothesis, speaker);
    words += own.length;
    const pairs = alignTokens(
      own.map(({ word }) => word),
      heard.map(({ word }) => word),
    );
    for (const pair of pairs) {
      const said = pair.reference === null ? undefined : own[pair.reference];
      const found = pair.hypothesis === null ? undefined : heard[pair.hypothesis];
      if (said !== undefined && said.word === found?.word) {
        right += 1;
        continue;
      }
      if (said !== undefined) missed.push(said);
      if (found !== undefined) left.add(found);
    }
  }
  // A word that its own speaker accounts for cannot be somebody else's as well, and none is taken twice.
  let wrong = 0;
  for (const { word, said } of missed) {
    const elsewhere = [...left].find(
      (found) => found.word === word && found.said.speaker !== said.speaker && overlaps(found.said, said, SLACK_MS),
    );
    if (elsewhere === undefined) continue;
    left.delete(elsewhere);
    wrong += 1;
  }
  return { words, right, wrong, share: right + wrong === 0 ? 1 : right / (right + wrong) };
};

/** Shorter replies ("yes, thank you") are said by several people at once often enough. */
const CROSS_TALK_WORDS = 3;
/** A voice that leaks into another microphone is heard less well there, so the two need not agree in every word. */
const CROSS_TALK_ERROR = 0.5;

/** Pairs of utterances under different names that are the same words at the same time: one voice on two tracks. */
export const countCrossTalk = (hypothesis: readonly SpokenWords[]): number =>
  hypothesis
    .flatMap((left, index) => hypothesis.slice(index + 1).map((right) => ({ left, right })))
    .filter(
      ({ left, right }) =>
        left.speaker !== right.speaker &&
        overlaps(left, right, 0) &&
        Math.min(left.words.length, right.words.length) >= CROSS_TALK_WORDS &&
        errorRate(countEdits(left.words, right.words)) <= CROSS_TALK_ERROR,
    ).length;
