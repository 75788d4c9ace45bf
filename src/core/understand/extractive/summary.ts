/** The whole in a few quoted sentences: every part of the meeting has its say, the end as well as the start. */
import { cited } from '../../cite.ts';
import type { Chapter, Cited } from '../../model.ts';
import { alone } from './quoted.ts';
import type { Sentence } from './sentences.ts';
import { pick, salience } from './weights.ts';
import type { Weights } from './weights.ts';

/** Fewer words than this need no summary: the transcript is one. */
const LEAST_WORDS = 40;
const MOST_LINES = 8;

function lineCount(words: number): number {
  if (words < LEAST_WORDS) return 1;
  return Math.min(MOST_LINES, 3 + Math.round(Math.sqrt(words) / 20));
}

/** Lines in the order they were said. `settled`: sentences that decide something, worth more. */
export function summarise(
  sentences: readonly Sentence[],
  weights: Weights,
  chapters: readonly Chapter[],
  settled: ReadonlySet<number>,
): Cited[] {
  const words = sentences.reduce((sum, { length }) => sum + length, 0);
  const lines = lineCount(words);
  const scores = salience(sentences, weights);
  const scored = sentences.map((sentence, at) => ({
    sentence,
    score: (scores[at] ?? 0) * (settled.has(sentence.index) ? 1.25 : 1),
  }));
  const chosen: Sentence[] = [];
  // The best of each chapter first, longest chapters first; then the best of what is left.
  const byLength = [...chapters].toSorted((a, b) => b.endMs - b.startMs - (a.endMs - a.startMs)).slice(0, lines);
  for (const { startMs, endMs } of byLength) {
    const own = scored.filter(({ sentence }) => sentence.startMs >= startMs && sentence.startMs < endMs);
    chosen.push(...pick(own, 1, chosen));
  }
  const left = scored.filter(({ sentence }) => !chosen.includes(sentence));
  chosen.push(...pick(left, Math.max(0, lines - chosen.length), chosen));
  return chosen.toSorted((a, b) => a.index - b.index).map((sentence) => cited(alone(sentence), sentence.utterances));
}
