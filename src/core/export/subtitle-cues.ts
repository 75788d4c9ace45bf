/**
 * Utterances cut into subtitle cues by the usual reading rules: at most two lines of 42 columns, shown for 1 to 7
 * seconds where speech leaves room (Netflix Timed Text Style Guide: 42 characters, two lines, at most 7 s).
 */
import type { Ms, Transcript, Utterance } from '../model.ts';
import { speakerKey, speakerName } from '../speaker.ts';
import { oneLine } from './printable.ts';

export interface Cue {
  /** Display name. */
  readonly speaker: string;
  readonly startMs: Ms;
  readonly endMs: Ms;
  /** One or two, never empty. A single word wider than a line keeps its line to itself. */
  readonly lines: readonly string[];
}

const LINE_COLUMNS = 42;
const LINES = 2;
const LEAST_MS = 1000;
const MOST_MS = 7000;
/** A silence inside an utterance: what comes after it gets a cue of its own. */
const SILENCE_MS = 1500;
/** A sentence that ends here or later ends the cue: the eye rests where the voice does. */
const FULL_ENOUGH_COLUMNS = 30;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });

/** The smallest piece that stays on one line. */
interface Piece {
  readonly text: string;
  readonly spaced: boolean;
  readonly columns: number;
  readonly startMs: Ms;
  readonly endMs: Ms;
}

function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** Words, and for scripts without spaces their segments, with closing punctuation left on the piece before it. */
function split(text: string): { readonly text: string; readonly spaced: boolean }[] {
  const pieces: { text: string; spaced: boolean }[] = [];
  for (const word of text.split(' ')) {
    if (word === '') continue;
    if (!UNSPACED.test(word)) {
      pieces.push({ text: word, spaced: true });
      continue;
    }
    let isFirst = true;
    for (const { segment, isWordLike } of SEGMENTER.segment(word)) {
      const last = pieces.at(-1);
      if (!isFirst && last !== undefined && isWordLike !== true && !/^[“‘「『（《【(<[]/u.test(segment))
        last.text += segment;
      else pieces.push({ text: segment, spaced: isFirst });
      isFirst = false;
    }
  }
  return pieces;
}

/** Moments by position among the characters that are not spaces: from word times where they fit the text, else even. */
function clockOf(utterance: Utterance, characters: number): (at: number, edge: 'start' | 'end') => Ms {
  const { startMs, words } = utterance;
  const endMs = Math.max(utterance.endMs, startMs);
  const spans: { from: number; to: number; startMs: Ms; endMs: Ms }[] = [];
  let from = 0;
  for (const word of words ?? []) {
    const to = from + oneLine(word.text).replaceAll(' ', '').length;
    if (to > from) spans.push({ from, to, startMs: word.startMs, endMs: word.endMs });
    from = to;
  }
  const isOrdered = spans.every(
    (span, at) => span.endMs >= span.startMs && span.startMs >= (spans[at - 1]?.startMs ?? startMs),
  );
  if (from !== characters || spans.length === 0 || !isOrdered) {
    return (at) => Math.round(startMs + ((endMs - startMs) * at) / Math.max(1, characters));
  }
  let near = 0;
  return (at, edge) => {
    const holds = (span: { from: number; to: number }): boolean =>
      edge === 'start' ? at >= span.from && at < span.to : at > span.from && at <= span.to;
    while (near > 0 && (spans[near]?.from ?? 0) >= at) near--;
    while (near + 1 < spans.length && !holds(spans[near] ?? { from: 0, to: 0 })) near++;
    const span = spans[near];
    if (span === undefined) return startMs;
    const share = (at - span.from) / (span.to - span.from);
    return Math.round(span.startMs + (span.endMs - span.startMs) * Math.min(1, Math.max(0, share)));
  };
}

function piecesOf(utterance: Utterance): Piece[] {
  const parts = split(oneLine(utterance.text));
  const characters = parts.reduce((sum, part) => sum + part.text.length, 0);
  const clock = clockOf(utterance, characters);
  let at = 0;
  return parts.map(({ text, spaced }) => {
    const startMs = clock(at, 'start');
    at += text.length;
    return { text, spaced, columns: columnsOf(text), startMs, endMs: Math.max(startMs, clock(at, 'end')) };
  });
}

/** The pieces on lines no wider than allowed; a piece that is wider alone gets a line of its own. */
function wrap(pieces: readonly Piece[]): string[] {
  const lines: string[] = [];
  let line = '';
  let columns = 0;
  for (const piece of pieces) {
    const space = piece.spaced && line !== '' ? 1 : 0;
    if (line !== '' && columns + space + piece.columns > LINE_COLUMNS) {
      lines.push(line);
      line = piece.text;
      columns = piece.columns;
    } else {
      line += (space === 1 ? ' ' : '') + piece.text;
      columns += space + piece.columns;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Runs of pieces that make one cue each. */
function cut(pieces: readonly Piece[]): Piece[][] {
  const runs: Piece[][] = [];
  let run: Piece[] = [];
  let columns = 0;
  for (const piece of pieces) {
    const [first] = run;
    const last = run.at(-1);
    if (first !== undefined && last !== undefined) {
      const isFull = wrap([...run, piece]).length > LINES;
      const isLong = piece.endMs - first.startMs > MOST_MS && last.endMs - first.startMs >= LEAST_MS;
      const isSilent = piece.startMs - last.endMs > SILENCE_MS;
      const hasEnded = columns >= FULL_ENOUGH_COLUMNS && /[.!?。！？…]["'”’)」』]*$/u.test(last.text);
      if (isFull || isLong || isSilent || hasEnded) {
        runs.push(run);
        run = [];
        columns = 0;
      }
    }
    run.push(piece);
    columns += piece.columns + 1;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}

/**
 * Cues in order of their start. Every word of the transcript is in exactly one cue; cues of one speaker never overlap,
 * those of different speakers may. Times are the words' own where known, else in proportion to the text.
 */
export function cuesOf(transcript: Transcript): Cue[] {
  const cues: (Cue & { readonly order: number })[] = [];
  const bySpeaker = Map.groupBy(transcript.utterances, ({ speaker }) => speakerKey(speaker));
  for (const utterances of bySpeaker.values()) {
    const runs = utterances.flatMap((utterance) =>
      cut(piecesOf(utterance)).flatMap((pieces) => {
        const [first] = pieces;
        const last = pieces.at(-1);
        if (first === undefined || last === undefined) return [];
        return [{ lines: wrap(pieces), startMs: first.startMs, endMs: last.endMs, utterance }];
      }),
    );
    let freeFromMs = 0;
    for (const [at, run] of runs.entries()) {
      const startMs = Math.max(freeFromMs, run.startMs, 0);
      const nextMs = runs[at + 1]?.startMs ?? Number.POSITIVE_INFINITY;
      const wantedMs = Math.min(Math.max(run.endMs, startMs + LEAST_MS), startMs + MOST_MS);
      // Speech that goes on at once leaves no second to spare; a cue still lasts long enough to be one.
      const endMs = Math.max(startMs + 1, Math.min(wantedMs, nextMs));
      freeFromMs = endMs;
      cues.push({ speaker: speakerName(run.utterance.speaker), startMs, endMs, lines: run.lines, order: cues.length });
    }
  }
  return cues.toSorted((a, b) => a.startMs - b.startMs || a.order - b.order);
}
