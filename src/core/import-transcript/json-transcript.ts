import * as z from 'zod';
import { problem } from './parsed.ts';
import type { Stretches } from './parsed.ts';

/** A day and a night: a larger number was meant as something else, most often microseconds. */
const MOST_MS = 48 * 60 * 60 * 1000;
const ms = z.number().nonnegative().max(MOST_MS);

/** `{title?, language?, utterances: [{speaker, text, startMs?, endMs?}]}`; other fields are let pass. */
const transcriptFile = z.object({
  title: z.string().nullish(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9-]+)?$|^und$/u)
    .nullish(),
  utterances: z.array(
    z.object({
      speaker: z.string().nullish(),
      text: z.string(),
      startMs: ms.nullish(),
      endMs: ms.nullish(),
    }),
  ),
});

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
      return 'a string';
    case 'speaker':
    case 'title':
      return 'a string, or left out';
    case 'language':
      return 'a code such as "en", or left out';
    case 'startMs':
    case 'endMs':
      return 'a number of milliseconds from the start, or left out';
    default:
      return 'an array of {speaker, text, startMs?, endMs?}';
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
  const result = transcriptFile.safeParse(value);
  if (!result.success) {
    const path = result.error.issues[0]?.path ?? [];
    const where = path.length === 0 ? 'The file' : place(path);
    const what = path.length === 0 ? 'an object {title?, language?, utterances}' : expected(path);
    return problem(`${where} must be ${what}. Correct it and import again.`);
  }
  const { title, language, utterances } = result.data;
  for (const [at, { startMs, endMs }] of utterances.entries()) {
    if (typeof startMs === 'number' && typeof endMs === 'number' && endMs < startMs) {
      return problem(`utterances[${at}].endMs must not be before its startMs. Correct it and import again.`);
    }
  }
  return {
    kind: 'stretches',
    title: title?.trim() || null,
    language:
      language === undefined || language === null || language === 'und' ? null : language.slice(0, 2).toLowerCase(),
    stretches: utterances.map(({ speaker, text, startMs, endMs }) => ({
      speaker: speaker?.trim() || null,
      text,
      startMs: typeof startMs === 'number' ? Math.round(startMs) : null,
      endMs: typeof endMs === 'number' ? Math.round(endMs) : null,
    })),
  };
}
