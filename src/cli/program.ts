import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Extent } from '../core/export/document.ts';
import type { Iso8601, MeetingId, MinutesWishes } from '../core/model.ts';
import type { Templates } from '../core/ports.ts';
import type { Finding } from '../doctor.ts';
import type { Earshot, ModelShelf } from '../main.ts';
import { type Console, EXIT, quoted, UsageError } from './console.ts';
import { knownTimeZone, readHeldAt } from './held-at.ts';
import { checkPrintable, chooseFormat, EXTENT_HELP, FORMAT_HELP, FORMATS, type Format, parseExtent } from './output.ts';
import type { RewordFormat } from './reword.ts';

/** What a command needs: the wired program, made only when a command that needs it runs. */
export interface Surroundings {
  readonly console: Console;
  /** Opens the database and the rest, runs `use`, and closes everything whatever happens. */
  readonly withEarshot: (role: 'command' | 'service', use: (earshot: Earshot) => Promise<number>) => Promise<number>;
  /** The same with a fresh database and store that are thrown away afterwards. */
  readonly withThrowawayEarshot: (use: (earshot: Earshot) => Promise<number>) => Promise<number>;
  readonly templates: () => Promise<Templates>;
  readonly models: () => Promise<ModelShelf>;
  readonly examine: () => Promise<readonly Finding[]>;
  /** ISO 639-1 codes that can be asked for. */
  readonly languages: ReadonlySet<string>;
}

interface ResultFlags {
  readonly language?: string;
  readonly format?: string;
  readonly what?: string;
  readonly out?: string;
  readonly json?: true;
  readonly title?: string;
  readonly speaker?: string;
  readonly template?: string;
  readonly summaryLanguage?: string;
  readonly heldAt?: string;
  readonly timeZone?: string;
}

/** Runs one command line and gives its exit code. Throws what the command threw. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode: number = EXIT.success;
  const program = buildProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.success : EXIT.usage;
  }
  return exitCode;
}

function buildProgram(
  { console, languages, ...surroundings }: Surroundings,
  finished: (exitCode: number) => void,
): Command {
  const program = new Command('earshot')
    .description(
      'Attends meetings for you: a recording goes in, a thread comes out in which every line cites the moment it was said.',
    )
    .configureOutput({ writeOut: console.out, writeErr: console.err })
    .showHelpAfterError('(earshot --help shows every command)')
    .exitOverride();

  /** A command whose action gives an exit code, or nothing for success. */
  const command = (name: string, description: string): Command =>
    program.command(name).description(description).exitOverride();
  const run = (action: (earshot: Earshot) => Promise<number | void>, role: 'command' | 'service' = 'command') =>
    surroundings.withEarshot(role, async (earshot) => (await action(earshot)) ?? EXIT.success).then(finished);
  withResult(command('transcribe', 'transcribe recordings, and post the thread here'))
    .argument('[files...]', 'audio or video files, each a meeting of its own')
    .option('--tracks <name=file...>', 'recordings of one meeting that start together, one speaker each')
    .action(async (files: string[], flags: ResultFlags & { readonly tracks?: string[] }) => {
      const options = resultOptions(flags, languages);
      const { parseTracks, recordingInput, runInputs, tracksInput } = await import('./transcribe.ts');
      const tracks = parseTracks(flags.tracks ?? []);
      if (files.length > 0 && tracks.length > 0) {
        throw new UsageError('Give either FILEs or --tracks. With --tracks, every recording is NAME=FILE.');
      }
      if (files.length === 0 && tracks.length === 0) throw new UsageError('Name a recording: earshot transcribe FILE.');
      if (flags.speaker !== undefined && tracks.length > 0)
        throw new UsageError('--speaker goes with FILE; --tracks names its speakers.');
      const inputs =
        tracks.length > 0
          ? [tracksInput(tracks.map((track) => track.speaker.displayName).join('-'), tracks, options, console)]
          : files.map((file) => recordingInput(file, flags.speaker ?? null, options, console));
      await run(async (earshot) => exitCodeFor(await runInputs(earshot, inputs, options, console)));
    });

  withResult(command('import', 'import transcripts made elsewhere: .vtt, .srt, .json or .txt'))
    .argument('<files...>', 'transcripts, each a meeting of its own')
    .action(async (files: string[], flags: ResultFlags) => {
      const options = resultOptions(flags, languages);
      const [{ runInputs }, { transcriptInput }] = await Promise.all([
        import('./transcribe.ts'),
        import('./import.ts'),
      ]);
      const inputs = files.map((file) => transcriptInput(file, flags.speaker ?? null, options, console));
      await run(async (earshot) => exitCodeFor(await runInputs(earshot, inputs, options, console)));
    });

  command('meetings', 'list meetings, newest first')
    .option('--limit <n>', 'at most this many', positiveInteger, 50)
    .option('--json', 'machine-readable')
    .action(async (flags: { readonly limit: number; readonly json?: true }) => {
      const { listMeetings } = await import('./read.ts');
      await run((earshot) => listMeetings(earshot, { limit: flags.limit, json: flags.json === true }, console));
    });

  command('show', 'print the thread of a meeting, or its transcript')
    .argument('<id>', 'the meeting, as "earshot meetings" lists it')
    .option('--format <format>', FORMAT_HELP)
    .option('--what <parts>', EXTENT_HELP)
    .option('--out <path>', 'write to this file, or into this folder, instead of printing')
    .option('--json', 'the same as --format json')
    .action(async (id: string, flags: ResultFlags) => {
      const { showMeeting } = await import('./read.ts');
      const options = resultOptions(flags, languages);
      await run((earshot) => showMeeting(earshot, meetingId(id), options, console));
    });

  command('search', 'find what was said; every word has to occur')
    .argument('<words...>', 'words to look for')
    .option('--meeting <id>', 'look in this meeting only')
    .option('--limit <n>', 'at most this many', positiveInteger, 20)
    .option('--json', 'machine-readable')
    .action(
      async (words: string[], flags: { readonly meeting?: string; readonly limit: number; readonly json?: true }) => {
        const { searchMeetings } = await import('./read.ts');
        const options = { meetingId: optionalMeetingId(flags.meeting), limit: flags.limit, json: flags.json === true };
        await run((earshot) => searchMeetings(earshot, words.join(' '), options, console));
      },
    );

  command('ask', 'ask a question about what was said')
    .argument('<question...>', 'the question')
    .option('--meeting <id>', 'ask about this meeting only')
    .option('--json', 'machine-readable')
    .action(async (question: string[], flags: { readonly meeting?: string; readonly json?: true }) => {
      const { askMeetings } = await import('./read.ts');
      const options = { meetingId: optionalMeetingId(flags.meeting), json: flags.json === true };
      await run((earshot) => askMeetings(earshot, question.join(' '), options, console));
    });

  command('translate', 'print a meeting in another language (needs a language model)')
    .argument('<id>', 'the meeting, as "earshot meetings" lists it')
    .requiredOption('--to <code>', 'the language, as ISO 639-1 code such as en or zh')
    .option('--format <format>', `what to print: ${REWORD_FORMATS.join(', ')} (default: txt, with both languages)`)
    .option('--what <parts>', EXTENT_HELP)
    .option('--out <path>', 'write to this file, or into this folder, instead of printing')
    .option('--json', 'the same as --format json')
    .action(async (id: string, flags: ResultFlags & { readonly to: string }) => {
      const { translateMeeting } = await import('./reword.ts');
      const options = { ...rewordOptions(flags, languages), to: knownLanguage(flags.to, languages) };
      await run((earshot) => translateMeeting(earshot, meetingId(id), options, console));
    });

  command('polish', 'print a meeting with spoken words put as written ones (needs a language model)')
    .argument('<id>', 'the meeting, as "earshot meetings" lists it')
    .option('--format <format>', `what to print: ${REWORD_FORMATS.join(', ')} (default: txt)`)
    .option('--what <parts>', EXTENT_HELP)
    .option('--out <path>', 'write to this file, or into this folder, instead of printing')
    .option('--json', 'the same as --format json')
    .action(async (id: string, flags: ResultFlags) => {
      const { polishMeeting } = await import('./reword.ts');
      const options = rewordOptions(flags, languages);
      await run((earshot) => polishMeeting(earshot, meetingId(id), options, console));
    });

  command('forget', 'delete a meeting: recording, transcript, minutes, thread')
    .argument('<id>', 'the meeting, as "earshot meetings" lists it')
    .option('--json', 'machine-readable')
    .action(async (id: string, flags: { readonly json?: true }) => {
      const { forgetMeeting } = await import('./read.ts');
      await run((earshot) => forgetMeeting(earshot, meetingId(id), { json: flags.json === true }, console));
    });

  command('start', 'go online on every platform whose token is set, and do the jobs').action(async () => {
    const { runService } = await import('./serve.ts');
    await run((earshot) => runService(earshot), 'service');
  });

  command('worker', 'do jobs only; any number of these, on any machine with the same database and media store').action(
    async () => {
      const { runWorker } = await import('./serve.ts');
      await run((earshot) => runWorker(earshot, console), 'service');
    },
  );

  command('doctor', 'check what Earshot stands on, and say what to do about what does not work')
    .option('--json', 'machine-readable')
    .action(async (flags: { readonly json?: true }) => {
      const { report } = await import('./doctor.ts');
      finished(report(await surroundings.examine(), { json: flags.json === true }, console));
    });

  const models = command('models', 'list bigger speech models, or download one')
    .option('--json', 'machine-readable')
    .action(async (flags: { readonly json?: true }) => {
      const { listShelf } = await import('./models.ts');
      await listShelf(await surroundings.models(), { json: flags.json === true }, console);
    });
  models
    .command('download')
    .description('download a model and check it; run again to go on after an interruption')
    .argument('<name>', 'as "earshot models" lists it')
    .exitOverride()
    .action(async (name: string) => {
      const { downloadFromShelf } = await import('./models.ts');
      await downloadFromShelf(await surroundings.models(), name, console);
    });

  command('templates', 'list the templates that minutes can follow')
    .option('--json', 'machine-readable')
    .action(async (flags: { readonly json?: true }) => {
      const { listTemplates } = await import('./templates.ts');
      listTemplates((await surroundings.templates()).all, { json: flags.json === true }, console);
    });

  command('demo', 'transcribe the bundled recording and print its thread').action(async () => {
    const { runDemo } = await import('./demo.ts');
    finished(await surroundings.withThrowawayEarshot((earshot) => runDemo(earshot, console)));
  });

  return program;
}

function withResult(target: Command): Command {
  return target
    .option('--language <code>', 'language spoken, as ISO 639-1 code such as en or zh (default: detected)')
    .option('--format <format>', FORMAT_HELP)
    .option('--what <parts>', EXTENT_HELP)
    .option('--out <path>', 'write to this file, or into this folder, instead of printing')
    .option('--json', 'print machine-readable JSON, the same as --format json')
    .option('--title <title>', 'title of the meeting (default: found in what was said)')
    .option('--speaker <name>', 'name of the one person speaking')
    .option('--template <name>', 'what the minutes look like (default: the one for the kind of recording)')
    .option('--summary-language <code>', 'language of the minutes (default: the one spoken; needs a language model)')
    .option(
      '--held-at <when>',
      'when it took place, such as 2026-03-05T14:00, for dates like "next Friday" (default: now)',
    )
    .option('--time-zone <name>', "time zone of its dates, such as Europe/Berlin (default: this machine's)");
}

function resultOptions(
  flags: ResultFlags,
  languages: ReadonlySet<string>,
  usual: Format = 'thread',
): {
  readonly format: Format;
  readonly extent: Extent;
  readonly out: string | null;
  readonly language: string | null;
  readonly title: string | null;
  readonly wishes: MinutesWishes;
  readonly heldAt: Iso8601 | null;
  readonly timeZone: string;
} {
  if (flags.json === true && flags.format !== undefined && flags.format !== 'json') {
    throw new UsageError(`--json and --format ${quoted(flags.format)} contradict each other. Give one of them.`);
  }
  const timeZone =
    flags.timeZone === undefined
      ? new Intl.DateTimeFormat().resolvedOptions().timeZone
      : knownTimeZone(flags.timeZone.trim());
  const format = chooseFormat(flags.json === true ? 'json' : flags.format, flags.out, usual);
  checkPrintable(format, flags.out ?? null);
  return {
    format,
    extent: parseExtent(flags.what, format),
    out: flags.out ?? null,
    language: flags.language === undefined ? null : knownLanguage(flags.language, languages),
    title: flags.title?.trim() === '' ? null : (flags.title ?? null),
    wishes: {
      template: flags.template?.trim() ?? null,
      language: flags.summaryLanguage === undefined ? null : knownLanguage(flags.summaryLanguage, languages),
    },
    heldAt: flags.heldAt === undefined ? null : readHeldAt(flags.heldAt, timeZone),
    timeZone,
  };
}

/** Formats of meetings in other words: the thread is what was posted. */
const REWORD_FORMATS = FORMATS.filter((format) => format !== 'thread');

function rewordOptions(
  flags: ResultFlags,
  languages: ReadonlySet<string>,
): { readonly format: RewordFormat; readonly extent: Extent; readonly out: string | null } {
  const { format, extent, out } = resultOptions(flags, languages, 'txt');
  if (format === 'thread') {
    throw new UsageError(`A thread stays as it was posted. Choose one of ${REWORD_FORMATS.join(', ')}.`);
  }
  return { format, extent, out };
}

function knownLanguage(code: string, languages: ReadonlySet<string>): string {
  const known = code.trim().toLowerCase();
  if (!languages.has(known))
    throw new UsageError(`Unknown language ${quoted(code)}. Use a two-letter code such as en, zh, es, de, fr or ja.`);
  return known;
}

function exitCodeFor(failed: number): number {
  return failed === 0 ? EXIT.success : EXIT.failure;
}

function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw new InvalidArgumentError('It must be a whole number from 1 to 999999.');
  return Number(text);
}

function meetingId(text: string): MeetingId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand: whether it exists is for the store to say
  return text as MeetingId;
}

function optionalMeetingId(text: string | undefined): MeetingId | null {
  return text === undefined ? null : meetingId(text);
}
