import * as z from 'zod';
import { problem } from './parsed.ts';
import type { Stretch, Stretches } from './parsed.ts';

/** A day and a night: a larger number was meant as something else, most often microseconds. */
const MOST_MS = 48 * 60 * 60 * 1000;
const ms = z.number().nonnegative().max(MOST_MS);
const seconds = z
  .number()
  .nonnegative()
  .max(MOST_MS / 1000);

const utteranceList = z.array(
  z.object({
    speaker: z.string().nullish(),
    text: z.string(),
    startMs: ms.nullish(),
    endMs: ms.nullish(),
    start: seconds.nullish(),
    end: seconds.nullish(),
  }),
);
const about = {
  title: z.string().nullish(),
  /** Whisper's servers write `english` where others write `en`; a name is let pass, and the text itself tells. */
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9-]+)?$|^[A-Za-z ]{4,}$/u)
    .nullish(),
};

/**
 * `{title?, language?, utterances: [{speaker?, text, startMs?, endMs?}]}`, with `start` and `end` for times in seconds;
 * `segments` for `utterances`, as Whisper writes it; or the list alone. Other fields are let pass.
 */
const withUtterances = z.object({ ...about, utterances: utteranceList });
const withSegments = z.object({ ...about, segments: utteranceList });

const FIELDS = '{speaker?, text, startMs?, endMs?} in milliseconds, or {speaker?, text, start?, end?} in seconds';

type FileRead =
  | {
      readonly kind: 'file';
      /** What the list is called in the file; empty when it is all of it. */
      readonly list: string;
      readonly title: string | null;
      readonly language: string | null;
      readonly utterances: z.infer<typeof utteranceList>;
    }
  | { readonly kind: 'wrong'; readonly path: readonly PropertyKey[] };

function fileIn(value: unknown): FileRead {
  if (Array.isArray(value)) {
    const { success, data, error } = utteranceList.safeParse(value);
    return success
      ? { kind: 'file', list: '', title: null, language: null, utterances: data }
      : { kind: 'wrong', path: error.issues[0]?.path ?? [] };
  }
  const hasSegments = typeof value === 'object' && value !== null && 'segments' in value && !('utterances' in value);
  if (hasSegments) {
    const { success, data, error } = withSegments.safeParse(value);
    if (!success) return { kind: 'wrong', path: error.issues[0]?.path ?? [] };
    const { title, language, segments } = data;
    return {
      kind: 'file',
      list: 'segments',
      title: title ?? null,
      language: language ?? null,
      utterances: segments,
    };
  }
  const { success, data, error } = withUtterances.safeParse(value);
  if (!success) return { kind: 'wrong', path: error.issues[0]?.path ?? [] };
  const { title, language, utterances } = data;
  return { kind: 'file', list: 'utterances', title: title ?? null, language: language ?? null, utterances };
}

/** Milliseconds, whichever of the two the file has. */
function timeIn(given: number | null | undefined, givenSeconds: number | null | undefined): number | null {
  if (typeof given === 'number') return Math.round(given);
  return typeof givenSeconds === 'number' ? Math.round(givenSeconds * 1000) : null;
}

/** Where in the file, as people would say it: `utterances[3].text`. */
function place(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : `${text === '' ? '' : '.'}${String(key)}`;
  return text;
}

function expected(path: readonly PropertyKey[]): string {
  const last = path.findLast((key) => typeof key === 'string') ?? '';
  switch (last) {
    case 'text':
      return `a string: each utterance is ${FIELDS}`;
    case 'speaker':
    case 'title':
      return 'a string, or left out';
    case 'language':
      return 'a code such as "en", or left out';
    case 'startMs':
    case 'endMs':
      return 'a number of milliseconds from the start, or left out';
    case 'start':
    case 'end':
      return 'a number of seconds from the start, or left out';
    default:
      return path.some((key) => typeof key === 'number') ? FIELDS : `an array of ${FIELDS}`;
  }
}

export function readJson(content: string): Stretches {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    // The parser's message quotes the file; only the position may be passed on.
    const position = error instanceof Error ? /position (\d+)/u.exec(error.message)?.[1] : undefined;
    const line = position === undefined ? null : content.slice(0, Number(position)).split('\n').length;
    return problem(
      `The file is not valid JSON${line === null ? '' : `: see line ${line}`}. Correct it and import again.`,
    );
  }
  const result = fileIn(value);
  if (result.kind === 'wrong') {
    const { path } = result;
    const where = path.length === 0 ? 'The file' : place(path);
    const what =
      path.length === 0 ? `an object {title?, language?, utterances}, its utterances ${FIELDS}` : expected(path);
    return problem(`${where} must be ${what}. Correct it and import again.`);
  }
  const { list, title, language, utterances } = result;
  const stretches: Stretch[] = [];
  for (const [at, utterance] of utterances.entries()) {
    const startMs = timeIn(utterance.startMs, utterance.start);
    const endMs = timeIn(utterance.endMs, utterance.end);
    if (startMs !== null && endMs !== null && endMs < startMs) {
      const endName = typeof utterance.endMs === 'number' ? 'endMs' : 'end';
      return problem(`${list}[${at}].${endName} must not be before its start. Correct it and import again.`);
    }
    stretches.push({ speaker: utterance.speaker?.trim() || null, text: utterance.text, startMs, endMs });
  }
  return {
    kind: 'stretches',
    title: title?.trim() || null,
    language:
      language === null || language === 'und' || /^[A-Za-z ]{4,}$/u.test(language)
        ? null
        : language.slice(0, 2).toLowerCase(),
    stretches,
  };
}
