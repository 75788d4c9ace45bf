import { Fault } from '../core/faults.ts';

/** Where a command writes and how it learns that it should stop; process streams in life, buffers in tests. */
export interface Console {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** True: stderr is a terminal that can redraw a line. */
  readonly live: boolean;
  readonly signal: AbortSignal;
}

export const EXIT = { success: 0, failure: 1, usage: 2, interrupted: 130 } as const;

/** Wrong words on the command line. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One sentence for the person at the terminal, whatever went wrong. */
export function explain(error: unknown): string {
  if (error instanceof Fault || error instanceof UsageError) return oneLine(error.message);
  const name = error instanceof Error ? error.name : typeof error;
  const detail = error instanceof Error ? error.message : String(error);
  return `Something went wrong inside Earshot (${name}: ${oneLine(detail)}). Please report it with the output of "earshot doctor".`;
}

/** A file name as it can be shown on one line: quotes and control characters escaped. */
export function quoted(name: string): string {
  return JSON.stringify(name).replace(
    /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
