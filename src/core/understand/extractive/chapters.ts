/** Chapters: where topics change, as many as the text shows, with titles and lines quoted from it. */
import { cited } from '../../cite.ts';
import type { Chapter, Ms } from '../../model.ts';
import { boundaryFeatures } from './boundary-features.ts';
import type { BoundaryModel } from './boundary-model.ts';
import { boundaryScores, expectedCuts } from './boundary-model.ts';
import { BOUNDARY_WEIGHTS } from './boundary-weights.ts';
import { chooseCuts } from './chapter-choice.ts';
import { drawCuts } from './chapter-posterior.ts';
import { chapterLines } from './chapter-points.ts';
import { quoted } from './quoted.ts';
import type { Sentence } from './sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import { agendaOf, chapterTitle } from './title.ts';
import { announcement, openingOf, turnsOf } from './topic-shifts.ts';
import type { Turn } from './topic-shifts.ts';
import type { Weights } from './weights.ts';

/** Below any, a recording is one topic unless a speaker announces another. Two minutes, at 150 words each. */
const SHORT_MS = 120_000;
const SHORT_WORDS = 300;
const FEW_TURNS = 12;
/** Up to about four minutes of talk, chapters are those that are announced, if any is. */
const BRIEF_WORDS = 600;
/** Up to about ten, handing over outright makes a start so much likelier, as a logarithm; in long talks hosts do it within topics too. */
const OUTRIGHT_WORDS = 1500;
const OUTRIGHT = 1.5;
/** An announced chapter may be this short, in turns. */
const LEAST_TURNS = 2;
/** Fewer words, about ten seconds, only lead up to what follows. */
const LEAST_WORDS = 25;

/** Turns that open a topic by saying so. */
function announcedStarts(turns: readonly Turn[]): number[] {
  const starts = [0];
  for (const [at, turn] of turns.entries()) {
    const { announced, outright } = announcement(openingOf(turn));
    const since = starts.at(-1) ?? 0;
    const words = turns.slice(since, at).reduce((sum, own) => sum + own.words, 0);
    if (
      (announced || outright) &&
      at - since >= LEAST_TURNS &&
      (since === 0 || words >= LEAST_WORDS) &&
      turns.length - at >= LEAST_TURNS
    )
      starts.push(at);
  }
  return starts;
}

/** Turns at which a chapter starts, the first always 0, by what was learned from other talks. */
export function learnedStarts(turns: readonly Turn[], weights: Weights, model: BoundaryModel): number[] {
  const words = turns.reduce((sum, turn) => sum + turn.words, 0);
  let before = 0;
  // Half by turns, half by words: a topic is as long as it is talked about, and people take turns on it.
  const starts = turns.map((turn, at) => {
    const start = before / Math.max(1, words);
    before += turn.words;
    return (at / turns.length + start) / 2;
  });
  const outright = words < OUTRIGHT_WORDS ? OUTRIGHT : 0;
  const scores = boundaryScores(boundaryFeatures(turns, weights), model).map((score, at) => {
    const turn = turns[at];
    return turn !== undefined && announcement(openingOf(turn)).outright ? score + outright : score;
  });
  const expected = expectedCuts(words, turns.length, model);
  return [0, ...chooseCuts(drawCuts({ scores, starts, expected }), turns.length)];
}

function startsOf(turns: readonly Turn[], weights: Weights, durationMs: Ms): number[] {
  if (turns.length < FEW_TURNS) return [0];
  const words = turns.reduce((sum, turn) => sum + turn.words, 0);
  const announced = words < BRIEF_WORDS || durationMs < SHORT_MS ? announcedStarts(turns) : [0];
  if (announced.length > 1 || words < SHORT_WORDS || durationMs < SHORT_MS) return announced;
  return learnedStarts(turns, weights, BOUNDARY_WEIGHTS);
}

/**
 * Chapters that tile [0, durationMs]; none when nothing was said, because a chapter must cite. `vectors` help choose
 * what stands for a chapter; where it starts is found by words alone, which did as well.
 */
export function findChapters(
  sentences: readonly Sentence[],
  weights: Weights,
  durationMs: Ms,
  vectors: SentenceVectors = null,
): Chapter[] {
  const turns = turnsOf(sentences);
  if (turns.length === 0) return [];
  // Two chapters cannot start in the same moment, nor at or after the end.
  const places: { turn: number; startMs: Ms }[] = [];
  for (const turn of startsOf(turns, weights, durationMs)) {
    const startMs = places.length === 0 ? 0 : (turns[turn]?.sentences[0].startMs ?? 0);
    if (places.length === 0 || (startMs > (places.at(-1)?.startMs ?? 0) && startMs < durationMs))
      places.push({ turn, startMs });
  }
  const parts = places.map(({ turn, startMs }, at) => ({
    startMs,
    endMs: places[at + 1]?.startMs ?? durationMs,
    sentences: turns.slice(turn, places[at + 1]?.turn).flatMap((own) => own.sentences),
  }));
  const topics = agendaOf(parts.flatMap((part) => part.sentences)) ?? [];
  const used = new Set<string>();
  return parts.flatMap(({ startMs, endMs, sentences: own }, at) => {
    const { lines, points } = chapterLines(own, weights, vectors);
    const [first, ...rest] = lines.flatMap(({ utterances }) => utterances);
    if (first === undefined) return [];
    const others = parts.filter((_, other) => other !== at).flatMap((part) => part.sentences);
    const title = chapterTitle(own, others, used, topics);
    used.add(title.toLowerCase());
    return [{ ...cited(quoted(lines), [first, ...rest]), title, points, startMs, endMs }];
  });
}
