/** What models wrote about lines of the record, before it is known to be borne out. */
import { cited } from '../../cite.ts';
import type { Cited, Utterance, UtteranceId } from '../../model.ts';
import { contentTerms, tokenise } from '../extractive/words.ts';

/** A text and the numbers of the lines it rests on, at least one, ascending, each once. */
export interface Claim {
  readonly text: string;
  readonly lines: readonly [number, ...number[]];
}

/** Ascending, each once. */
export function inOrder(lines: readonly number[]): number[] {
  return [...new Set(lines)].toSorted((a, b) => a - b);
}

/** The claim on these lines; null without a text, or when any of the lines was not there to be read. */
export function claimOn(text: string, lines: readonly number[], shown: ReadonlySet<number>): Claim | null {
  const [first, ...rest] = inOrder(lines);
  if (text === '' || first === undefined || !lines.every((line) => shown.has(line))) return null;
  return { text, lines: [first, ...rest] };
}

/** Line numbers to utterances and back. Numbers count the utterances from 1. */
export interface Numbering {
  readonly utterance: (line: number) => Utterance | undefined;
  readonly line: (id: UtteranceId) => number | undefined;
}

export function numberingOf(utterances: readonly Utterance[]): Numbering {
  const lines = new Map(utterances.map(({ id }, at) => [id, at + 1]));
  return { utterance: (line) => utterances[line - 1], line: (id) => lines.get(id) };
}

/** The claim with its evidence; null when no line of it is an utterance. */
export function resting(claim: Claim, numbering: Numbering): Cited | null {
  const [first, ...rest] = claim.lines.flatMap((line) => numbering.utterance(line) ?? []);
  return first === undefined ? null : cited(claim.text, [first, ...rest]);
}

/** What an analyst already cited, as a claim on numbered lines; null when it cites nothing of this record. */
export function claimOf(source: Cited, numbering: Numbering): Claim | null {
  const lines = source.citations.flatMap(({ utteranceIds }) => utteranceIds.flatMap((id) => numbering.line(id) ?? []));
  const [first, ...rest] = inOrder(lines);
  return first === undefined ? null : { text: source.text, lines: [first, ...rest] };
}

/** Share of the shorter text's words that the longer one has too, 0 to 1; 0 when either has none. */
export function likeness(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => new Set(contentTerms(tokenise(text))));
  if (left === undefined || right === undefined || left.size === 0 || right.size === 0) return 0;
  return left.intersection(right).size / Math.min(left.size, right.size);
}

export function shareLines(a: Claim, b: Claim): boolean {
  return a.lines.some((line) => b.lines.includes(line));
}

/** At most so many of the items, from all over the row, the first and the last among them. */
export function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  if (most === 1) return items.slice(0, 1);
  return Array.from({ length: most }, (_, at) => Math.round((at * (items.length - 1)) / (most - 1))).flatMap(
    (at) => items[at] ?? [],
  );
}
