import { createHash, randomBytes } from 'node:crypto';
import { access, constants, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { toJson } from '../core/export/json.ts';
import { toMarkdown } from '../core/export/markdown.ts';
import { toSrt } from '../core/export/srt.ts';
import { toText } from '../core/export/txt.ts';
import { toVtt } from '../core/export/vtt.ts';
import { Fault } from '../core/faults.ts';
import type { MeetingInFull } from '../core/inbox.ts';
import type { Minutes } from '../core/model.ts';
import type { ThreadMessage } from '../core/ports.ts';
import { quoted, UsageError } from './console.ts';

export const FORMATS = ['thread', 'txt', 'srt', 'vtt', 'md', 'json'] as const;
export type Format = (typeof FORMATS)[number];

export function parseFormat(text: string): Format {
  const format = FORMATS.find((candidate) => candidate === text);
  if (format === undefined)
    throw new UsageError(`Unknown format ${quoted(text)}. Choose one of ${FORMATS.join(', ')}.`);
  return format;
}

/** A meeting in one of the formats that are files. Throws Fault `not-found` when the minutes are not written yet. */
export function inFormat(format: Exclude<Format, 'thread'>, full: MeetingInFull): string {
  switch (format) {
    case 'txt':
      return toText(full.transcript);
    case 'srt':
      return toSrt(full.transcript);
    case 'vtt':
      return toVtt(full.transcript);
    case 'md':
      return toMarkdown(full.meeting, full.transcript, writtenMinutes(full));
    case 'json':
      return `${JSON.stringify(toJson(full.meeting, full.transcript, writtenMinutes(full)), null, 2)}\n`;
  }
}

export function writtenMinutes(full: MeetingInFull): Minutes {
  if (full.minutes !== null) return full.minutes;
  throw new Fault(
    'inbox',
    'not-found',
    `The minutes of ${full.meeting.id} are not written yet. Run the command that started it again.`,
  );
}

/** The thread as text; its files are listed with where they were saved, or by name and size when they were not (null). */
export function threadText(messages: readonly ThreadMessage[], savedIn: string | null): string {
  const blocks = messages.map((message) => {
    const files = message.files.map((file) =>
      savedIn === null ? `  ${file.name} (${Buffer.byteLength(file.content)} bytes)` : `  ${join(savedIn, file.name)}`,
    );
    return [message.text, ...files].join('\n');
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Writes the files of a thread into a folder, made if need be. */
export async function saveFiles(messages: readonly ThreadMessage[], folder: string): Promise<void> {
  for (const file of messages.flatMap((message) => message.files))
    await writeWhole(join(folder, file.name), file.content);
}

/** Where `--out` puts the result of one input: a folder takes a file named after the input. Adds it to `written`. */
export async function outputPath(
  out: string,
  input: { readonly name: string; readonly several: boolean },
  format: Format,
  written: Set<string> = new Set(),
): Promise<string> {
  const found = await stat(out).catch(() => null);
  const folder = input.several || /[/\\]$/u.test(out) || found?.isDirectory() === true;
  if (!folder) return resolve(out);
  if (found !== null && !found.isDirectory()) {
    throw new UsageError(`--out ${quoted(out)} is a file. Name a folder: there are several results.`);
  }
  const extension = format === 'thread' ? 'thread.txt' : format;
  const stem =
    basename(input.name, extname(input.name)) || createHash('sha256').update(input.name).digest('hex').slice(0, 8);
  // Recordings of the same name from different folders each keep their result.
  for (let copy = 1; ; copy++) {
    const path = resolve(out, `${copy === 1 ? stem : `${stem}-${copy}`}.${extension}`);
    if (written.has(path)) continue;
    written.add(path);
    return path;
  }
}

/** Throws before any work is done when the result could not be written afterwards. */
export async function checkWritable(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(cannotWrite(path));
  await access(dirname(path), constants.W_OK).catch(cannotWrite(path));
}

/** All of the content or none of it. */
export async function writeWhole(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch(cannotWrite(path));
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    cannotWrite(path)(error);
  }
}

function cannotWrite(path: string): (error: unknown) => never {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    const why =
      code === 'ENOSPC' ? 'the disk is full' : code === 'EACCES' || code === 'EPERM' ? 'permission denied' : code;
    throw new Fault(
      'output',
      'unavailable',
      `Cannot write ${quoted(path)}: ${why}. The meeting is kept; "earshot show" prints it again.`,
      {
        cause: error,
      },
    );
  };
}
