/**
 * Subtitles by the usual reading rules (Netflix Timed Text Style Guide and its Chinese one): at most two lines of 42
 * columns, shown for 1 to 7 seconds, at most 20 columns a second. Chinese, Japanese, Korean and emoji take two columns
 * a character, so that their limits are half as many characters.
 *
 * Where speech leaves no room, what gives way, in this order: a cue goes on into the silence after it; it goes on for
 * up to half a second over the start of the next one, which then comes that much later; it joins the next one of the
 * same speaker when both fit on two lines; it is shown for less time than reading it takes. Words are never dropped,
 * and two cues are on screen together only while two people talk at once.
 */
import type { Ms, Rendition, Transcript, Utterance } from '../model.ts';
import { speakerKey, speakerName } from '../speaker.ts';
import { oneLine } from './printable.ts';
import { type Line, linesOf } from './renditions.ts';

export interface Cue {
  /** Display name. */
  readonly speaker: string;
  readonly startMs: Ms;
  readonly endMs: Ms;
  /** One or two in all, together with `translated`; a word wider than a line is cut. */
  readonly lines: readonly string[];
  /** The same in another language; empty without a translation. */
  readonly translated: readonly string[];
}

const LINE_COLUMNS = 42;
const LINES = 2;
const LEAST_MS = 1000;
const MOST_MS = 7000;
const COLUMNS_PER_SECOND = 20;
/** How late a cue may come so that the one before it can be read: less than that is hardly noticed. */
const LAG_MS = 500;
/** A silence inside an utterance: what comes after it gets a cue of its own. */
const SILENCE_MS = 1500;
/** A sentence that ends here or later ends the cue: the eye rests where the voice does. */
const FULL_ENOUGH_COLUMNS = 30;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
/** Marks on the character before, and what is not seen at all. */
const NARROW = /[\p{M}\p{Default_Ignorable_Code_Point}]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const SEGMENTER = new Intl.Segmenter('zh', { granularity: 'word' });
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

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
  for (const character of text) columns += NARROW.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
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
  return pieces.flatMap(({ text: piece, spaced }) =>
    columnsOf(piece) <= LINE_COLUMNS ? [{ text: piece, spaced }] : slices(piece, spaced),
  );
}

/** A word wider than a line, cut between characters. */
function slices(word: string, spaced: boolean): { readonly text: string; readonly spaced: boolean }[] {
  const cuts: { text: string; spaced: boolean }[] = [];
  for (const { segment } of CHARACTERS.segment(word)) {
    const last = cuts.at(-1);
    if (last !== undefined && columnsOf(last.text) + columnsOf(segment) <= LINE_COLUMNS) last.text += segment;
    else cuts.push({ text: segment, spaced: spaced && last === undefined });
  }
  return cuts;
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

/** The pieces on lines no wider than allowed. */
function wrap(pieces: readonly Pick<Piece, 'text' | 'spaced' | 'columns'>[]): string[] {
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

/** What one cue shows, and when it is said. */
interface Run {
  readonly utterance: Utterance;
  /** Where its last words stand among everything said. */
  readonly place: number;
  readonly pieces: readonly Piece[];
  readonly translated: readonly string[];
  readonly startMs: Ms;
  readonly endMs: Ms;
}

function runsOf({ utterance, translation }: Line, place: number): Run[] {
  const pieces = piecesOf(utterance);
  if (translation !== null) return bilingualRuns(utterance, place, pieces, translation);
  return cut(pieces).flatMap((run) => {
    const [first] = run;
    const last = run.at(-1);
    return first === undefined || last === undefined
      ? []
      : [{ utterance, place, pieces: run, translated: [], startMs: first.startMs, endMs: last.endMs }];
  });
}

/** One line of each language per cue: as many cues as the longer of both needs, each with its share of both. */
function bilingualRuns(utterance: Utterance, place: number, pieces: readonly Piece[], translation: string): Run[] {
  const others = split(translation).map((part) => ({ ...part, columns: columnsOf(part.text) }));
  const lengthMs = Math.max(0, utterance.endMs - utterance.startMs);
  const fewest = Math.max(1, Math.ceil(lengthMs / MOST_MS), wrap(pieces).length, wrap(others).length);
  for (let count = fewest; ; count++) {
    const said = spread(pieces, count);
    const translated = spread(others, count);
    if (said === null || translated === null) continue;
    const isEven = said.some((group) => group.length === 0);
    return said.flatMap((group, at) => {
      const lines = wrap(translated[at] ?? []);
      if (group.length === 0 && lines.length === 0) return [];
      const share = (part: number): Ms => Math.round(utterance.startMs + (lengthMs * part) / count);
      const startMs = isEven ? share(at) : (group[0]?.startMs ?? utterance.startMs);
      const endMs = isEven ? share(at + 1) : (group.at(-1)?.endMs ?? startMs);
      return [{ utterance, place, pieces: group, translated: lines, startMs, endMs }];
    });
  }
}

/** Pieces in so many groups of about the same width; null when a group would not fit on a line. Groups may be empty. */
function spread<P extends Pick<Piece, 'text' | 'spaced' | 'columns'>>(
  pieces: readonly P[],
  count: number,
): readonly (readonly P[])[] | null {
  const total = pieces.reduce((sum, { columns }) => sum + columns, 0);
  const groups: P[][] = Array.from({ length: count }, () => []);
  let taken = 0;
  let at = 0;
  for (const piece of pieces) {
    while (at < count - 1 && taken + piece.columns / 2 > (total * (at + 1)) / count) at++;
    if (wrap([...(groups[at] ?? []), piece]).length > 1) at++;
    const group = groups[at];
    if (group === undefined) return null;
    group.push(piece);
    taken += piece.columns;
  }
  return groups;
}

function wantedMs(run: Run): Ms {
  const longest = Math.max(
    ...[wrap(run.pieces), run.translated].map((lines) => lines.reduce((sum, line) => sum + columnsOf(line), 0)),
  );
  const readMs = (longest * 1000) / COLUMNS_PER_SECOND;
  return Math.min(MOST_MS, Math.max(LEAST_MS, run.endMs - run.startMs, Math.ceil(readMs)));
}

/** Runs of one speaker, with those that leave no time to be read put together with the next where both fit. */
function joined(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const last = kept.at(-1);
    const isHasty =
      last !== undefined && last.startMs + wantedMs(last) > run.startMs + LAG_MS && run.endMs >= last.endMs;
    const pieces = last === undefined ? [] : [...last.pieces, ...run.pieces];
    const fits =
      last !== undefined &&
      // Nobody else began to speak in between.
      run.place - last.place <= 1 &&
      last.translated.length + run.translated.length === 0 &&
      run.endMs - last.startMs <= MOST_MS &&
      wrap(pieces).length <= LINES;
    if (isHasty && fits) kept[kept.length - 1] = { ...last, place: run.place, pieces, endMs: run.endMs };
    else kept.push(run);
  }
  return kept;
}

/** Each starts no earlier than the one before it, as when the times of a source overlap. */
function inTurn(runs: readonly Run[]): Run[] {
  let earliestMs = 0;
  return runs.map((run) => {
    earliestMs = Math.max(earliestMs, run.startMs);
    return { ...run, startMs: earliestMs, endMs: Math.max(earliestMs, run.endMs) };
  });
}

/**
 * Cues in order of their start. Every word of the transcript is in exactly one cue; cues of one speaker never overlap,
 * those of different speakers only where their speech does. Times are the words' own where known, else in proportion
 * to the text. With a translation each cue has one line of both languages; with a polished rendition its words.
 */
export function cuesOf(transcript: Transcript, rendition: Rendition | null = null): Cue[] {
  const lines = linesOf(transcript, rendition).map((line, place) => ({ line, place }));
  const bySpeaker = Map.groupBy(lines, ({ line }) => speakerKey(line.utterance.speaker));
  const runs = [...bySpeaker.values()]
    .flatMap((own) => {
      const cuts = inTurn(joined(own.flatMap(({ line, place }) => runsOf(line, place))));
      return cuts.map((run, at) => ({ run, nextOwnMs: cuts[at + 1]?.startMs ?? Number.POSITIVE_INFINITY }));
    })
    .toSorted((a, b) => a.run.startMs - b.run.startMs);
  const ownFreeMs = new Map<string, Ms>();
  // Of cues whose speech is over, the latest end: nothing that is said later starts before it.
  let freeMs = 0;
  let speaking: { readonly spokenMs: Ms; readonly endMs: Ms }[] = [];
  const cues = runs.map(({ run, nextOwnMs }, at): Cue => {
    for (const { spokenMs, endMs } of speaking) if (spokenMs <= run.startMs) freeMs = Math.max(freeMs, endMs);
    speaking = speaking.filter(({ spokenMs }) => spokenMs > run.startMs);
    const key = speakerKey(run.utterance.speaker);
    const startMs = Math.max(0, run.startMs, freeMs, ownFreeMs.get(key) ?? 0);
    const nextMs = Math.min(nextOwnMs, firstStart(runs, at + 1, run.endMs)) + LAG_MS;
    // Speech that goes on at once may leave no time at all; a cue still lasts long enough to be one.
    const endMs = Math.max(startMs + 1, Math.min(startMs + wantedMs(run), nextMs));
    ownFreeMs.set(key, endMs);
    speaking.push({ spokenMs: run.endMs, endMs });
    const { utterance, pieces, translated } = run;
    return { speaker: speakerName(utterance.speaker), startMs, endMs, lines: wrap(pieces), translated };
  });
  return cues.toSorted((a, b) => a.startMs - b.startMs);
}

/** Start of the first run from `from` on that begins at or after a moment; runs are ordered by start. */
function firstStart(runs: readonly { readonly run: Run }[], from: number, afterMs: Ms): Ms {
  let low = from;
  let high = runs.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((runs[middle]?.run.startMs ?? 0) < afterMs) low = middle + 1;
    else high = middle;
  }
  return runs[low]?.run.startMs ?? Number.POSITIVE_INFINITY;
}
