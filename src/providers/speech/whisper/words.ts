/**
 * Word times from cross attention: some decoder heads look at the sound they are writing down. The cheapest monotonic
 * path through those heads' maps gives each token its moment. Method: `find_alignment` in
 * https://github.com/openai/whisper/blob/main/whisper/timing.py
 */
import type { Word } from '../../../core/model.ts';
import type { Tokenizer } from './tokenizer.ts';

const POSITION_MS = 20;
/** Width of the median filter over time, in positions. */
const SMOOTHING = 7;

/**
 * `attention`: for each token and then the end, per alignment head, weights over positions (see `Decoded.attention`).
 * Undefined when there is no attention to go by.
 */
export function timeWords(
  tokens: readonly number[],
  attention: readonly (readonly Float32Array[])[],
  durationMs: number,
  tokenizer: Tokenizer,
): readonly Word[] | undefined {
  const heads = attention[0]?.length ?? 0;
  const rows = tokens.length + 1;
  const positions = Math.min(attention[0]?.[0]?.length ?? 0, Math.ceil(durationMs / POSITION_MS));
  if (heads === 0 || positions === 0 || tokens.length === 0 || attention.length < tokens.length) return undefined;
  const map = averageMap(attention, Math.min(rows, attention.length), positions, heads);
  const starts = pathStarts(map, Math.min(rows, attention.length), positions);
  const at = (row: number): number => Math.min(Math.round(durationMs), (starts[row] ?? positions) * POSITION_MS);
  return groupWords(tokens, tokenizer).map(({ text, from, to }) => ({
    text,
    startMs: at(from),
    endMs: Math.max(at(from), at(to)),
  }));
}

/** [rows, positions]: each head normalised over rows, smoothed over time, then averaged. */
function averageMap(
  attention: readonly (readonly Float32Array[])[],
  rows: number,
  positions: number,
  heads: number,
): Float32Array {
  const map = new Float32Array(rows * positions);
  const head = new Float32Array(rows * positions);
  for (let h = 0; h < heads; h++) {
    for (let row = 0; row < rows; row++) {
      const weights = attention[row]?.[h];
      let sum = 0;
      for (let p = 0; p < positions; p++) sum += weights?.[p] ?? 0;
      for (let p = 0; p < positions; p++) head[row * positions + p] = (weights?.[p] ?? 0) / (sum || 1);
    }
    for (let p = 0; p < positions; p++) standardize(head, p, rows, positions);
    for (let row = 0; row < rows; row++) addSmoothed(head, row, positions, 1 / heads, map);
  }
  return map;
}

function standardize(head: Float32Array, position: number, rows: number, positions: number): void {
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < rows; row++) {
    const value = head[row * positions + position] ?? 0;
    sum += value;
    squares += value * value;
  }
  const mean = sum / rows;
  const deviation = Math.sqrt(Math.max(0, squares / rows - mean * mean)) || 1;
  for (let row = 0; row < rows; row++) {
    const at = row * positions + position;
    head[at] = ((head[at] ?? 0) - mean) / deviation;
  }
}

function addSmoothed(head: Float32Array, row: number, positions: number, share: number, into: Float32Array): void {
  const reach = (SMOOTHING - 1) / 2;
  const around = new Float32Array(SMOOTHING);
  for (let p = 0; p < positions; p++) {
    for (let i = 0; i < SMOOTHING; i++) {
      // Edges are mirrored.
      const raw = Math.abs(p + i - reach);
      const at = raw < positions ? raw : 2 * positions - 2 - raw;
      around[i] = head[row * positions + Math.max(0, at)] ?? 0;
    }
    around.sort();
    into[row * positions + p] = (into[row * positions + p] ?? 0) + (around[reach] ?? 0) * share;
  }
}

/** First position of each row on the path of highest weight that never goes back in rows or positions. */
function pathStarts(map: Float32Array, rows: number, positions: number): readonly number[] {
  const width = positions + 1;
  const cost = new Float32Array((rows + 1) * width).fill(Number.POSITIVE_INFINITY);
  const came = new Uint8Array((rows + 1) * width);
  cost[0] = 0;
  for (let row = 1; row <= rows; row++) {
    for (let p = 1; p <= positions; p++) {
      const both = cost[(row - 1) * width + p - 1] ?? Number.POSITIVE_INFINITY;
      const down = cost[(row - 1) * width + p] ?? Number.POSITIVE_INFINITY;
      const along = cost[row * width + p - 1] ?? Number.POSITIVE_INFINITY;
      const best = Math.min(both, down, along);
      came[row * width + p] = best === both ? 0 : best === down ? 1 : 2;
      cost[row * width + p] = best - (map[(row - 1) * positions + p - 1] ?? 0);
    }
  }
  const starts = Array.from({ length: rows }, () => 0);
  let row = rows;
  let p = positions;
  while (row > 0 && p > 0) {
    starts[row - 1] = p - 1;
    const step = came[row * width + p];
    if (step !== 2) row--;
    if (step !== 1) p--;
  }
  return starts;
}

interface TokenGroup {
  readonly text: string;
  /** Tokens [from, to). */
  readonly from: number;
  readonly to: number;
}

/**
 * Tokens joined into words: at spaces, or at every character in scripts written without them. Signs stay with the word
 * before them. A character spread over several tokens is never split.
 */
function groupWords(tokens: readonly number[], tokenizer: Tokenizer): readonly TokenGroup[] {
  const groups: { text: string; from: number; to: number }[] = [];
  let from = 0;
  for (let to = 1; to <= tokens.length; to++) {
    const text = tokenizer.decode(tokens.slice(from, to));
    if (text.endsWith('\uFFFD') && to < tokens.length) continue;
    const last = groups.at(-1);
    const isSign = !/[\p{L}\p{N}]/u.test(text);
    const startsWord =
      /^\s/u.test(text) ||
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
        text,
      );
    if (last !== undefined && (isSign || !startsWord)) {
      last.text += text;
      last.to = to;
    } else {
      groups.push({ text, from, to });
    }
    from = to;
  }
  return groups.flatMap((group) => (group.text.trim() === '' ? [] : [{ ...group, text: group.text.trim() }]));
}
