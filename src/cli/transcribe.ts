import { basename } from 'node:path';
import { Fault } from '../core/faults.ts';
import type { Extent } from '../core/export/document.ts';
import type { Taken } from '../core/inbox.ts';
import type { Iso8601, MeetingId, MinutesWishes, Person } from '../core/model.ts';
import type { Earshot } from '../main.ts';
import { terminalThread } from '../platforms/terminal/index.ts';
import { plain } from '../platforms/terminal/plain.ts';
import { type Console, explain, quoted, UsageError } from './console.ts';
import { followToThread } from './follow.ts';
import { HERE, namedSpeaker, OPERATOR } from './operator.ts';
import { checkWritable, type Format, inFormat, outputPath, saveFiles, threadText, writeWhole } from './output.ts';
import { createProgressBar } from './progress-bar.ts';
import { type LocalFile, localFile } from './recordings.ts';

export interface ResultOptions {
  readonly format: Format;
  readonly extent: Extent;
  readonly out: string | null;
  readonly language: string | null;
  readonly title: string | null;
  readonly wishes: MinutesWishes;
  /** When it took place; null: now. */
  readonly heldAt: Iso8601 | null;
  readonly timeZone: string;
}

/** What tells one request for the same sound from another, beyond its language and title; empty for the plain one. */
export function spokenFor({ wishes, heldAt, timeZone }: ResultOptions): readonly unknown[] {
  const ordinary = wishes.template === null && wishes.language === null && heldAt === null;
  return ordinary ? [] : [wishes, heldAt, heldAt === null ? null : timeZone];
}

/** One meeting to be made: a file, or tracks that start together. */
export interface Input {
  /** Shown in messages and used to name what is written. */
  readonly name: string;
  readonly begin: (earshot: Earshot) => Promise<Taken>;
}

/** A single recording: `speaker` names its only voice, null when it is a mix. */
export function recordingInput(path: string, speaker: string | null, options: ResultOptions, console: Console): Input {
  return tracksInput(path, [{ path, speaker: speaker === null ? null : namedSpeaker(speaker) }], options, console);
}

/** Recordings of one meeting, one speaker each, as given by `--tracks NAME=FILE`. */
export function parseTracks(tracks: readonly string[]): readonly { readonly path: string; readonly speaker: Person }[] {
  const parsed = tracks.map((track) => {
    const at = track.indexOf('=');
    const name = track.slice(0, Math.max(0, at)).trim();
    const path = track.slice(at + 1);
    if (name === '' || path === '') throw new UsageError(`--tracks ${quoted(track)} is not NAME=FILE.`);
    return { path, speaker: namedSpeaker(name) };
  });
  const names = parsed.map((track) => track.speaker.displayName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`--tracks names ${quoted(twice)} twice. Give each speaker one track.`);
  return parsed;
}

export function tracksInput(
  name: string,
  tracks: readonly { readonly path: string; readonly speaker: Person | null }[],
  options: ResultOptions,
  console: Console,
): Input {
  return {
    name,
    async begin(earshot) {
      const files: LocalFile[] = [];
      for (const track of tracks) {
        files.push(
          await localFile(track.path, console.signal).catch((error: unknown) => {
            throw track.path === name ? error : prefixed(track.path, error);
          }),
        );
      }
      // Whoever runs the same command on the same sound means the same meeting, so an interrupted one goes on.
      const key = JSON.stringify([
        'recording',
        files.map((file, index) => [file.sha256, tracks[index]?.speaker?.displayName ?? null]),
        options.language,
        options.title,
        earshot.transcriberName,
        ...spokenFor(options),
      ]);
      const known = await earshot.inbox.known(key);
      if (known !== null) return { meeting: known, created: false };
      // A model that cannot be loaded must not leave a meeting that nobody can listen to.
      await earshot.warmUp();
      return earshot.inbox.transcribe(
        {
          key,
          origin: HERE,
          by: OPERATOR,
          title: options.title,
          language: options.language,
          wishes: options.wishes,
          heldAt: options.heldAt,
          timeZone: options.timeZone,
          tracks: files.map((file, index) => ({
            speaker: tracks[index]?.speaker ?? null,
            mediaType: 'application/octet-stream',
            open: file.open,
          })),
        },
        console.signal,
      );
    },
  };
}

function prefixed(path: string, error: unknown): Error {
  if (error instanceof Error) error.message = `${quoted(basename(path))}: ${error.message}`;
  return error instanceof Error ? error : new Error(String(error));
}

/**
 * Makes each input a meeting, works on it until its thread is posted, and writes the results. One bad input does not
 * stop the others; the number of inputs that failed comes back.
 */
export async function runInputs(
  earshot: Earshot,
  inputs: readonly Input[],
  options: ResultOptions,
  console: Console,
): Promise<number> {
  const { template } = options.wishes;
  if (template !== null && earshot.templates.named(template) === null) {
    const names = earshot.templates.all.map(({ name }) => name).join(', ');
    throw new UsageError(`There is no template ${quoted(template)}. There are: ${names}.`);
  }
  const { language } = options.wishes;
  if (language !== null && language !== options.language && earshot.config.languageModel === null) {
    console.err(
      'earshot: --summary-language needs a language model (set EARSHOT_MODEL; see docs/models.md): the minutes will be in the language spoken.\n',
    );
  }
  const several = inputs.length > 1;
  const results: MeetingId[] = [];
  const written = new Set<string>();
  let failed = 0;
  for (const input of inputs) {
    const bar = createProgressBar(console, plain(basename(input.name)), () => earshot.clock.now().getTime());
    try {
      const path =
        options.out === null
          ? null
          : await outputPath(options.out, { name: input.name, several }, options.format, written);
      if (path !== null) await checkWritable(path);
      bar.show('opening', null);
      const { meeting, created } = await input.begin(earshot);
      if (meeting.state.kind === 'posted') {
        bar.clear();
        console.err(
          `${quoted(input.name)} is known already; here is its thread. To start over: earshot forget ${meeting.id}\n`,
        );
      } else {
        if (!created) await earshot.inbox.resume(meeting.id);
        await followToThread(earshot, meeting.id, bar, console);
      }
      results.push(meeting.id);
      if (path !== null || options.format !== 'json')
        await writeResult(earshot, meeting.id, options, path, several, console);
    } catch (error) {
      bar.clear();
      console.signal.throwIfAborted();
      failed += 1;
      console.err(`earshot: ${quoted(input.name)}: ${explain(error)}\n`);
    }
  }
  if (options.format === 'json' && options.out === null) await printJson(earshot, results, several, console);
  return failed;
}

/** Writes one meeting to `path`, or prints it when that is null. */
export async function writeResult(
  earshot: Earshot,
  id: MeetingId,
  wanted: Pick<ResultOptions, 'format' | 'extent'>,
  path: string | null,
  several: boolean,
  console: Pick<Console, 'out' | 'err'>,
): Promise<void> {
  const content = await resultContent(earshot, id, wanted, path);
  if (path !== null) {
    await writeWhole(path, content);
    console.err(`Written to ${quoted(path)}\n`);
  } else if (typeof content === 'string') console.out(several ? `${content}\n` : content);
}

async function resultContent(
  earshot: Earshot,
  id: MeetingId,
  { format, extent }: Pick<ResultOptions, 'format' | 'extent'>,
  path: string | null,
): Promise<string | Uint8Array> {
  if (format !== 'thread') {
    const full = await earshot.inbox.show(id, OPERATOR);
    if (full === null) throw new UsageError(`There is no meeting ${quoted(id)}. "earshot meetings" lists them.`);
    return inFormat(format, full, { documents: earshot.documents, extent });
  }
  const messages = await earshot.threads.read(terminalThread({ id }));
  if (messages.length === 0) {
    throw new Fault(
      'inbox',
      'not-found',
      `Meeting ${id} has no thread here yet. Run the command that started it again.`,
    );
  }
  const folder = path === null ? earshot.threadFolder(id) : `${path}.files`;
  if (folder !== null) await saveFiles(messages, folder);
  return threadText(messages, folder);
}

async function printJson(
  earshot: Earshot,
  ids: readonly MeetingId[],
  several: boolean,
  console: Pick<Console, 'out'>,
): Promise<void> {
  const wanted = { format: 'json', extent: 'both' } as const;
  const texts = await Promise.all(ids.map(async (id) => String(await resultContent(earshot, id, wanted, null))));
  if (several) console.out(`[${texts.map((text) => text.trimEnd()).join(',\n')}]\n`);
  else for (const text of texts) console.out(text);
}
