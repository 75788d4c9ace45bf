/** Chapters: where topics change, as many as the text shows, with titles and lines quoted from it. */
import { cited } from '../../cite.ts';
import type { Chapter, Ms } from '../../model.ts';
import { quoted } from './quoted.ts';
import type { Sentence } from './sentences.ts';
import { agendaOf, chapterTitle } from './title.ts';
import { shiftsOf, turnsOf } from './topic-shifts.ts';
import type { Shift, Turn } from './topic-shifts.ts';
import { pick, salience } from './weights.ts';
import type { Weights } from './weights.ts';

/** Below either, a recording is one topic unless a speaker announces another. */
const SHORT_MS = 120_000;
const FEW_TURNS = 12;
/** A boundary must stand out from the meeting's usual by this much, in standard deviations. */
const LEAST_SHIFT = 1.9;
/** Spread of chapter lengths around the usual one, as the deviation of its natural logarithm. */
const LENGTH_SPREAD = 0.8;
const LENGTH_WEIGHT = 1.3;
/** What handing over outright adds in a short talk, with the announcement's own; in a long one hosts do it within topics too. */
const OUTRIGHT = 4;
/** About ten minutes of talk. */
const SHORT_WORDS = 1500;
/** An announced chapter may be this short, in turns. */
const LEAST_TURNS = 2;

/** An hour of talk, in words, and the chapters it usually has; their number grows slower than the talk. */
const HOUR_WORDS = 9000;
const HOUR_CHAPTERS = 5.75;
const GROWTH = 0.3;
/** A chapter is hardly ever shorter, in words. */
const LEAST_USUAL_WORDS = 60;

/** Usual length of a chapter in a talk of so many words: longer talks have more chapters, and longer ones. */
function usualLength(words: number): number {
  return Math.max(LEAST_USUAL_WORDS, words / Math.max(1, HOUR_CHAPTERS * (words / HOUR_WORDS) ** GROWTH));
}

/**
 * Turns at which chapters start, the first always 0: the best sum of shift scores and of how usual each length is, by
 * dynamic programming over all ways to cut.
 */
function chapterStarts(turns: readonly Turn[], shifts: readonly Shift[], short: boolean): number[] {
  const ends = [0];
  for (const turn of turns) ends.push((ends.at(-1) ?? 0) + turn.words);
  const words = ends.at(-1) ?? 0;
  const usual = usualLength(words);
  const fit = (from: number, to: number): number => {
    const length = Math.max(1, (ends[to] ?? 0) - (ends[from] ?? 0));
    const off = Math.log(length / usual) / LENGTH_SPREAD;
    return (-LENGTH_WEIGHT * off * off) / 2;
  };
  const outright = words < SHORT_WORDS ? OUTRIGHT : 0;
  const best = [0];
  const from = [0];
  for (let to = 1; to <= turns.length; to++) {
    let top = Number.NEGATIVE_INFINITY;
    let cut = 0;
    for (let start = 0; start < to; start++) {
      if (start > 0 && to - start < LEAST_TURNS) continue;
      const shift = shifts[start];
      if (start > 0 && (shift === undefined || (short && !shift.announced && !shift.outright))) continue;
      const gain =
        start === 0 || shift === undefined
          ? 0
          : shift.score + (shift.outright ? outright : 0) - (short ? 0 : LEAST_SHIFT);
      const value = (best[start] ?? 0) + gain + (short ? 0 : fit(start, to));
      if (value > top) {
        top = value;
        cut = start;
      }
    }
    best.push(top);
    from.push(cut);
  }
  const starts: number[] = [];
  for (let to = turns.length; to > 0; to = from[to] ?? 0) starts.unshift(from[to] ?? 0);
  return starts;
}

/** Chapters that tile [0, durationMs]; none when nothing was said, because a chapter must cite. */
export function findChapters(sentences: readonly Sentence[], weights: Weights, durationMs: Ms): Chapter[] {
  const turns = turnsOf(sentences);
  if (turns.length === 0) return [];
  const short = durationMs < SHORT_MS || turns.length < FEW_TURNS;
  const starts = turns.length < FEW_TURNS ? [0] : chapterStarts(turns, shiftsOf(turns, weights), short);
  // Two chapters cannot start in the same moment, nor at or after the end.
  const places: { turn: number; startMs: Ms }[] = [];
  for (const turn of starts) {
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
    const scores = salience(own, weights);
    const scored = own.map((sentence, index) => ({ sentence, score: scores[index] ?? 0 }));
    const lines = pick(scored, own.length >= 6 ? 2 : 1);
    const chosen = (lines.length > 0 ? lines : own.slice(0, 1)).toSorted((a, b) => a.index - b.index);
    const [first, ...rest] = chosen.flatMap(({ utterances }) => utterances);
    if (first === undefined) return [];
    const others = parts.filter((_, other) => other !== at).flatMap((part) => part.sentences);
    const title = chapterTitle(own, others, used, topics);
    used.add(title.toLowerCase());
    return [{ ...cited(quoted(chosen), [first, ...rest]), title, points: [], startMs, endMs }];
  });
}
