/**
 * Putting numbered lines into other words, window by window. What comes back is matched by number; what is missing,
 * doubled or unusable is asked for once more by itself, and what is still not there then is left as it was.
 */
import type { ZodType } from 'zod';
import { Fault } from '../../../faults.ts';
import type { Usage } from '../../../model.ts';
import type { Completed, LanguageModel, Progressing } from '../../../ports.ts';
import { addUsage, NO_USAGE } from '../../../usage.ts';
import { fenced } from '../evidence-lines.ts';

/** A line of the material. */
export interface Row {
  /** Counts up from row to row; what replies go by. */
  readonly number: number;
  /** With its number in front. */
  readonly shown: string;
  /** Whether it is to be rewritten, or only there to be understood with its neighbours. */
  readonly isWanted: boolean;
}

/** A kind of rewriting. */
export interface Rewriting<T> {
  readonly instructions: string;
  /** Lower-case words and underscores. */
  readonly schemaName: string;
  readonly schema: ZodType<T>;
  /** `isAgain`: these came back unusable, or not at all. */
  task(numbers: readonly number[], isAgain: boolean): string;
  /** Keeps what can be used, and says which of the numbers asked for that settles. */
  take(reply: T, asked: ReadonlySet<number>): ReadonlySet<number>;
}

/** Longer windows gain nothing, and models lose count in them. */
const MOST_ROWS = 40;
const MOST_ROW_TOKENS = 2000;
/** Shown on either side of a window, so that its first and last lines are understood; of a window's tokens at most this share. */
const ROWS_BEFORE = 4;
const ROWS_AFTER = 2;
const NEIGHBOUR_SHARE = 0.25;
/** Tokens of other words for one of the original, for the pairs of languages in which that is most. */
const GROWTH = 2.5;
/** What the shape of a reply takes for each line, and once. */
const SHAPE_TOKENS_PER_ROW = 20;
const SHAPE_TOKENS = 100;
/** For what a server puts around messages, and the shape in words for servers that take no schema. */
const SPARE_TOKENS = 400;
const LEAST_ROW_TOKENS = 150;
/** Requests under way at once: enough to be quick, few enough for a server at home. */
const AT_ONCE = 3;

/**
 * Resolves with what it took. Throws the signal's reason; or the model's Fault when not a single line was settled
 * before it: what was paid for is not thrown away, and the rest is the caller's to name as missing.
 */
export async function rewriteRows<T>(
  rows: readonly Row[],
  rewriting: Rewriting<T>,
  options: { readonly model: LanguageModel; readonly progress: Progressing; readonly signal: AbortSignal },
): Promise<Usage> {
  const { model, progress, signal } = options;
  let usage = NO_USAGE;
  let done = 0;
  let settledRows = 0;
  const mostTokens = mostRowTokens(model, rewriting);
  let fault: Fault | null = null;
  const left = new Set(rows.filter(({ isWanted }) => isWanted).map(({ number }) => number));
  const wanted = left.size;

  const ask = async (stretch: Stretch, numbers: readonly number[], isAgain: boolean): Promise<Completed<T>['kind']> => {
    const asked = new Set(numbers);
    const text = rows.filter(({ number }) => asked.has(number)).map(({ shown }) => shown);
    const reply = await model.complete(
      {
        instructions: rewriting.instructions,
        material: material(rows, stretch, model, mostTokens),
        task: rewriting.task(numbers, isAgain),
        schemaName: rewriting.schemaName,
        schema: rewriting.schema,
        maxOutputTokens: replyTokens(model, text),
      },
      signal,
    );
    usage = addUsage(usage, reply.usage);
    if (reply.kind !== 'complete') return reply.kind;
    const settled = rewriting.take(reply.value, asked);
    settledRows += settled.size;
    for (const number of settled) left.delete(number);
    return 'complete';
  };

  const leftIn = (stretch: Stretch): number[] =>
    rows
      .slice(stretch.from, stretch.to)
      .map(({ number }) => number)
      .filter((number) => left.has(number));

  const work = async (stretch: Stretch): Promise<void> => {
    for (const isAgain of [false, true]) {
      const numbers = leftIn(stretch);
      if (numbers.length === 0 || fault !== null) return;
      const kind = await ask(stretch, numbers, isAgain);
      if (kind === 'truncated') {
        const middle = Math.floor((stretch.from + stretch.to) / 2);
        if (numbers.length === 1 || middle === stretch.from) return;
        await work({ from: stretch.from, to: middle });
        await work({ from: middle, to: stretch.to });
        return;
      }
    }
  };

  const waiting = stretchesOf(rows, model, mostTokens);
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && fault === null; next = waiting.shift()) {
      signal.throwIfAborted();
      try {
        await work(next);
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof Fault)) throw error;
        fault ??= error;
        return;
      }
      done += rows.slice(next.from, next.to).filter(({ isWanted }) => isWanted).length;
      // A share of lines that came to nothing would promise what an error then takes back.
      if (settledRows > 0) progress(done / wanted);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  signal.throwIfAborted();
  if (settledRows === 0 && wanted > 0) throw fault ?? unusable(model);
  return usage;
}

function unusable(model: LanguageModel): Fault {
  const provider = model.name.slice(0, model.name.indexOf('/'));
  return new Fault(
    provider,
    'bad-output',
    'The language model gave no line that can be used: try again, or set EARSHOT_MODEL to a more capable one.',
  );
}

/** Positions of rows, the second one excluded. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

function material(rows: readonly Row[], { from, to }: Stretch, model: LanguageModel, mostTokens: number): string {
  const neighbours = (candidates: readonly Row[]): readonly Row[] => {
    let room = mostTokens * NEIGHBOUR_SHARE;
    return candidates.filter(({ shown }) => {
      room -= model.countTokens(shown) + 1;
      return room >= 0;
    });
  };
  const before = neighbours(rows.slice(Math.max(0, from - ROWS_BEFORE), from).toReversed()).toReversed();
  const after = neighbours(rows.slice(to, to + ROWS_AFTER));
  return fenced([...before, ...rows.slice(from, to), ...after].map(({ shown }) => shown));
}

function replyTokens(model: LanguageModel, lines: readonly string[]): number {
  const tokens = lines.reduce((sum, line) => sum + model.countTokens(line), 0);
  return Math.ceil(tokens * GROWTH) + lines.length * SHAPE_TOKENS_PER_ROW + SHAPE_TOKENS;
}

/** Stretches with something to rewrite in them, as long as the model and good sense allow. */
function stretchesOf(rows: readonly Row[], model: LanguageModel, mostTokens: number): Stretch[] {
  const stretches: Stretch[] = [];
  let from = 0;
  let tokens = 0;
  const close = (to: number): void => {
    if (rows.slice(from, to).some(({ isWanted }) => isWanted)) stretches.push({ from, to });
    from = to;
    tokens = 0;
  };
  for (const [at, row] of rows.entries()) {
    const own = model.countTokens(row.shown) + 1;
    if (at > from && (tokens + own > mostTokens || at - from >= MOST_ROWS)) close(at);
    tokens += own;
  }
  close(rows.length);
  return stretches;
}

/** Tokens that a window's own lines may have, with room for as many again in other words, and for the neighbours. */
export function mostRowTokens<T>(model: LanguageModel, rewriting: Pick<Rewriting<T>, 'instructions' | 'task'>): number {
  const numbers = Array.from({ length: MOST_ROWS }, (_, at) => 10_000 + at * 2);
  const fixed =
    model.countTokens(rewriting.instructions) + model.countTokens(rewriting.task(numbers, true)) + SPARE_TOKENS;
  const shape = SHAPE_TOKENS + MOST_ROWS * SHAPE_TOKENS_PER_ROW;
  const room = (model.contextTokens - fixed - shape) / (1 + GROWTH + 2 * NEIGHBOUR_SHARE);
  return Math.floor(Math.max(LEAST_ROW_TOKENS, Math.min(MOST_ROW_TOKENS, room)));
}

/** `3, 5-9, 12`: short, and byte-identical for the same numbers. `rows` without gaps count as one run. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] + 1 === number) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

/** The text in pieces that fit a window, cut after sentences where it can be. One piece for all but endless monologues. */
export function piecesOf(text: string, mostTokens: number, countTokens: (text: string) => number): readonly string[] {
  if (countTokens(text) <= mostTokens) return [text];
  const sentences = text.match(/[^.!?。！？]+[.!?。！？]*\s*|[.!?。！？]+\s*/gu) ?? [text];
  const pieces: string[] = [];
  let piece = '';
  for (const part of sentences.flatMap((sentence) => chopped(sentence, mostTokens, countTokens))) {
    if (piece !== '' && countTokens(piece + part) > mostTokens) {
      pieces.push(piece.trim());
      piece = '';
    }
    piece += part;
  }
  if (piece.trim() !== '') pieces.push(piece.trim());
  return pieces;
}

/** A sentence without an end, cut in halves at a space, else anywhere but within a character. */
function chopped(text: string, mostTokens: number, countTokens: (text: string) => number): readonly string[] {
  const characters = Array.from(text);
  if (characters.length < 2 || countTokens(text) <= mostTokens) return [text];
  const middle = Math.floor(characters.length / 2);
  const space = characters.lastIndexOf(' ', middle);
  const cut = space > middle / 2 ? space : middle;
  return [characters.slice(0, cut).join(''), characters.slice(cut).join('')].flatMap((half) =>
    chopped(half, mostTokens, countTokens),
  );
}
