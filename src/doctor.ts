import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { Fault } from './core/faults.ts';
import { createLog } from './log.ts';
import { dataDirectory, modelsFolder, openMedia, transcriberName } from './main.ts';

export interface Finding {
  readonly name: string;
  readonly works: boolean;
  readonly detail: string;
  /** What to do about it; null when it works. */
  readonly advice: string | null;
}

/** Below this, a few recordings fill the disk. */
const LITTLE_DISK_BYTES = 1e9;
const DEAD_LETTERS_SHOWN = 10;

/** Looks at everything Earshot stands on, one thing at a time, so that one failure does not hide the next. */
export async function examine(config: Config): Promise<readonly Finding[]> {
  const dataDir = await dataDirectory(config);
  return [
    await finding('runtime', () =>
      Promise.resolve(`Node.js ${process.versions.node} on ${process.platform} ${process.arch}`),
    ),
    await finding('data', () => dataFolder(dataDir)),
    ...(await databaseAndJobs(config, dataDir)),
    await finding('media', () => mediaStore(config, dataDir)),
    await finding('ffmpeg', () => ffmpeg(config)),
    await finding('voice activity detector', async () => {
      const { createSilero } = await import('./providers/speech/silero.ts');
      await createSilero();
      return 'Silero loads';
    }),
    await finding('transcriber', () => transcriber(config, dataDir)),
    {
      name: 'chat platforms',
      works: true,
      detail:
        config.platformTokens.length === 0
          ? 'none set up; "earshot transcribe" needs none'
          : config.platformTokens.join(', '),
      advice: null,
    },
  ];
}

/** The folder need not exist yet: making it is left to the database, which knows whom it must belong to. */
async function dataFolder(dataDir: string): Promise<string> {
  let folder = dataDir;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const free = await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    .then(() => statfs(folder))
    .then(
      (disk) => disk.bavail * disk.bsize,
      (cause: unknown) => {
        const advice = `${folder} may not be read and written by this user. Set EARSHOT_DATA to a folder that may.`;
        throw new Fault('data', 'forbidden', advice, { cause });
      },
    );
  if (free < LITTLE_DISK_BYTES) {
    const advice = `Less than 1 GB is free for ${dataDir}. Free some, or set EARSHOT_DATA to a folder on another disk.`;
    throw new Fault('data', 'unavailable', advice);
  }
  return `${dataDir}, ${Math.floor(free / 1e9)} GB free`;
}

async function databaseAndJobs(config: Config, dataDir: string): Promise<readonly Finding[]> {
  const log = createLog('silent');
  const [{ openDatabase }, { createJobs }] = await Promise.all([
    import('./storage/database.ts'),
    import('./storage/jobs.ts'),
  ]);
  const opened = await openDatabase({ url: config.databaseUrl, dataDir, log, clock: systemClock }).catch(
    (error: unknown) => failure('database', error),
  );
  if ('works' in opened) return [opened];
  try {
    return [
      await finding('database', async () => {
        const { rows } = await opened.pool.query<{ version: string }>(
          "select current_setting('server_version') as version",
        );
        return `PostgreSQL ${rows[0]?.version ?? ''}, ${config.databaseUrl === null ? 'embedded' : 'DATABASE_URL'}`;
      }),
      await finding('jobs', async () => {
        const jobs = await createJobs(opened, { log, clock: systemClock });
        const dead = await jobs.deadLetters(DEAD_LETTERS_SHOWN);
        await jobs.close();
        if (dead.length === 0) return 'none given up';
        const named = dead.map((letter) => `${letter.name} of ${letter.meetingId} (${letter.message})`);
        throw new Fault(
          'jobs',
          'unavailable',
          `Jobs were given up after every try: ${named.join('; ')}. Run the same command again to go on.`,
        );
      }),
    ];
  } finally {
    await opened.close();
  }
}

async function finding(name: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { name, works: true, detail: await look(), advice: null };
  } catch (error) {
    return failure(name, error);
  }
}

function failure(name: string, error: unknown): Finding {
  return error instanceof Fault
    ? { name, works: false, detail: `${error.source}, ${error.kind}`, advice: error.message }
    : { name, works: false, detail: String(error), advice: 'This is a defect in Earshot; please report it.' };
}

async function mediaStore(config: Config, dataDir: string): Promise<string> {
  if (config.mediaUrl === null) return `a folder in ${dataDir}`;
  const store = await openMedia(config, dataDir);
  const ref = await store.put('doctor/probe', 'text/plain', Readable.from([Buffer.from('probe')]));
  await store.delete(ref);
  return 'the bucket can be written to';
}

async function ffmpeg(config: Config): Promise<string> {
  const { locateFfmpeg } = await import('./providers/media/ffmpeg-binary.ts');
  const found = await locateFfmpeg(config.ffmpegPath ?? undefined);
  return `${found.version}, ${found.path}`;
}

async function transcriber(config: Config, dataDir: string): Promise<string> {
  if (config.transcription !== null)
    return `${transcriberName(config)} at ${config.transcription.baseUrl ?? "OpenAI's server"} (not called)`;
  const { createWhisper } = await import('./providers/speech/whisper/whisper.ts');
  const whisper = await createWhisper({ model: config.whisper, modelsDir: modelsFolder(config, dataDir), threads: 1 });
  await whisper.close();
  return `${whisper.name} loads, ${config.threads} workers`;
}
