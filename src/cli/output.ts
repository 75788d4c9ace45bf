import { createHash, randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { access, constants, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { documentOf, type DocumentWriters, type Extent } from '../core/export/document.ts';
import { toJson } from '../core/export/json.ts';
import { toMarkdown } from '../core/export/markdown.ts';
import { toSrt } from '../core/export/srt.ts';
import { toText, toTextDocument } from '../core/export/txt.ts';
import { toVtt } from '../core/export/vtt.ts';
import { Fault } from '../core/faults.ts';
import type { MeetingInFull } from '../core/inbox.ts';
import type { Minutes, Rendition } from '../core/model.ts';
import type { ThreadMessage } from '../core/ports.ts';
import { quoted, UsageError } from './console.ts';

export const FORMATS = ['thread', 'txt', 'srt', 'vtt', 'md', 'json', 'docx', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];
export type FileFormat = Exclude<Format, 'thread'>;
export const EXTENTS = ['transcript', 'minutes', 'both'] as const;
export const FORMAT_HELP = `${FORMATS.join(', ')} (default: as the name in --out ends, else thread); docx and pdf need --out`;
export const EXTENT_HELP = `${EXTENTS.join(', ')} (default: transcript for txt, srt and vtt, both for the rest)`;

export function parseFormat(text: string): Format {
  const format = FORMATS.find((candidate) => candidate === text);
  if (format === undefined)
    throw new UsageError(`Unknown format ${quoted(text)}. Choose one of ${FORMATS.join(', ')}.`);
  return format;
}

/**
 * The format asked for, else the one that the name of the file to write ends in, else `usual`. Throws UsageError when
 * the two contradict each other. A folder says nothing, and a thread is text.
 */
export function chooseFormat(asked: string | undefined, out: string | undefined, usual: Format): Format {
  const format = asked === undefined ? null : parseFormat(asked);
  const named = out === undefined ? null : formatOfFile(out);
  if (named === 'txt' && (format ?? usual) === 'thread') return 'thread';
  if (format === null || named === null || format === named) return format ?? named ?? usual;
  throw new UsageError(
    `--format ${format} and --out ${quoted(out ?? '')} contradict each other. Name a file that ends in ${format === 'thread' ? '.txt' : `.${format}`}, or leave --format out.`,
  );
}

function formatOfFile(path: string): FileFormat | null {
  if (/[/\\]$/u.test(path) || isFolder(path)) return null;
  const extension = extname(path).toLowerCase();
  return FORMATS.find((format): format is FileFormat => format !== 'thread' && extension === `.${format}`) ?? null;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Whatever is in the way is told when the file is written.
    return false;
  }
}

/** What a file of this format holds, as asked or as usual. Throws UsageError when the format cannot hold that. */
export function parseExtent(text: string | undefined, format: Format): Extent {
  const usual = format === 'txt' || format === 'srt' || format === 'vtt' ? 'transcript' : 'both';
  if (text === undefined) return usual;
  const extent = EXTENTS.find((candidate) => candidate === text);
  if (extent === undefined)
    throw new UsageError(`Unknown --what ${quoted(text)}. Choose one of ${EXTENTS.join(', ')}.`);
  const isFixed = format === 'thread' || format === 'srt' || format === 'vtt' || format === 'json';
  if (isFixed && extent !== usual) {
    throw new UsageError(
      `--format ${format} holds ${usual === 'both' ? 'transcript and minutes' : 'the transcript only'}. For the ${extent === 'transcript' ? 'transcript' : 'minutes'} alone choose txt, md, docx or pdf.`,
    );
  }
  return extent;
}

/** Throws UsageError when the format is bytes, which no terminal shows, and no file was named for them. */
export function checkPrintable(format: Format, out: string | null): void {
  if (out === null && (format === 'docx' || format === 'pdf'))
    throw new UsageError(`A ${format} file cannot be printed. Name a file or a folder with --out.`);
}

/**
 * A meeting in one of the formats that are files: text, or the bytes of a document. Throws Fault `not-found` when it
 * takes minutes that are not written yet.
 */
export async function inFormat(
  format: FileFormat,
  full: MeetingInFull,
  options: { readonly documents: DocumentWriters; readonly extent: Extent; readonly rendition?: Rendition | null },
): Promise<string | Uint8Array> {
  const { meeting, transcript } = full;
  const minutes = options.extent === 'transcript' ? null : writtenMinutes(full);
  switch (format) {
    case 'txt':
      return minutes === null ? toText(transcript, options) : toTextDocument(meeting, transcript, minutes, options);
    case 'srt':
      return toSrt(transcript, options);
    case 'vtt':
      return toVtt(transcript, options);
    case 'md':
      return toMarkdown(meeting, transcript, minutes, options);
    case 'json':
      return `${JSON.stringify(toJson(meeting, transcript, writtenMinutes(full), options), null, 2)}\n`;
    case 'docx':
    case 'pdf':
      return options.documents[format](documentOf(meeting, transcript, minutes, options));
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
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
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
