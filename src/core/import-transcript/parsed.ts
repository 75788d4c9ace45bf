/** What the readers of transcripts made elsewhere give, whatever the format. */
import type { Ms } from '../model.ts';

export interface ParsedUtterance {
  /** Display name as written; null when the source names nobody. */
  readonly speaker: string | null;
  readonly startMs: Ms;
  readonly endMs: Ms;
  /** One line, never empty. */
  readonly text: string;
  /** True when start or end was not in the source and was estimated from the length of the text. */
  readonly estimated: boolean;
  /** ISO 639-1; absent when the text is too short to tell. */
  readonly language?: string;
}
export type Parsed =
  | {
      readonly kind: 'parsed';
      readonly title: string | null;
      /** The language most of the text is in, ISO 639-1; null when it cannot be told. */
      readonly language: string | null;
      /** Ordered by start; empty when the file notes nothing but noise. */
      readonly utterances: readonly ParsedUtterance[];
    }
  /** `message`: what was wrong, on which line, and what to do. Never holds text of the file. */
  | { readonly kind: 'problem'; readonly message: string };

/** One stretch as found in the file, before missing times are filled in. */
export interface Stretch {
  readonly speaker: string | null;
  readonly text: string;
  readonly startMs: Ms | null;
  readonly endMs: Ms | null;
}
export type Stretches =
  | {
      readonly kind: 'stretches';
      readonly title: string | null;
      readonly language: string | null;
      readonly stretches: readonly Stretch[];
    }
  | { readonly kind: 'problem'; readonly message: string };

export function problem(message: string): { readonly kind: 'problem'; readonly message: string } {
  return { kind: 'problem', message };
}
