import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { systemClock } from './clock.ts';
import { type Config, environmentVariables, readConfig } from './config.ts';
import { Fault } from './core/faults.ts';
import { openLanguageModel } from './language.ts';
import { createLog } from './log.ts';
import { dataDirectory, modelsFolder, openMedia, shelfOfTemplates, transcriberName } from './main.ts';

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
/** For a list of models, which costs a server nothing; one that is still starting needs a moment. */
const LANGUAGE_SERVER_TIMEOUT_MS = 10_000;
/** https://platform.openai.com/docs/api-reference/models/list */
const OPENAI_URL = 'https://api.openai.com/v1';

type Environment = Readonly<Record<string, string | undefined>>;

/** Looks at everything Earshot stands on, one thing at a time, so that one failure does not hide the next. */
export async function examine(env: Environment): Promise<readonly Finding[]> {
  const { config, settings } = examineSettings(env);
  const dataDir = await dataDirectory(config);
  return [
    await finding('runtime', () =>
      Promise.resolve(`Node.js ${process.versions.node} on ${process.platform} ${process.arch}`),
    ),
    settings,
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
    await finding('language model', () => languageModel(config)),
    await finding('templates', async () => {
      const { all } = await shelfOfTemplates(config);
      return `${all.map(({ name }) => name).join(', ')}${config.templatesDir === null ? '' : ` (with those of ${config.templatesDir})`}`;
    }),
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

/** The settings; when some cannot be used, what is left of them without those, so that the rest is looked at as well. */
export function examineSettings(env: Environment): { readonly config: Config; readonly settings: Finding } {
  try {
    return {
      config: readConfig(env),
      settings: { name: 'settings', works: true, detail: 'can be used', advice: null },
    };
  } catch (error) {
    const alone = environmentVariables.filter((name) => isUsable({ OPENAI_API_KEY: 'any', [name]: env[name] }));
    const usable = Object.fromEntries(alone.map((name) => [name, env[name]]));
    const withoutServer = { ...usable, EARSHOT_MODEL: undefined, EARSHOT_TRANSCRIBE_MODEL: undefined };
    return { config: readConfig(isUsable(usable) ? usable : withoutServer), settings: failure('settings', error) };
  }
}

function isUsable(env: Environment): boolean {
  try {
    readConfig(env);
    return true;
  } catch (error) {
    if (error instanceof Fault) return false;
    throw error;
  }
}

/** Asks the server for its models, which costs nothing and shows whether it takes the key. */
export async function languageModel(config: Config): Promise<string> {
  const model = await openLanguageModel(config);
  if (model === null || config.languageModel === null) return 'none set; minutes are quoted from what was said';
  const { apiKey, baseUrl, model: wanted } = config.languageModel;
  const url = `${(baseUrl ?? OPENAI_URL).replace(/\/+$/u, '')}/models`;
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${apiKey}` },
    signal: AbortSignal.timeout(LANGUAGE_SERVER_TIMEOUT_MS),
  }).catch((cause: unknown) => {
    const advice = 'The language model server cannot be reached or says nothing. Start it, or check OPENAI_BASE_URL.';
    throw new Fault('language model', 'unavailable', advice, { cause });
  });
  if (response.status === 401 || response.status === 403) {
    const advice = 'The language model server did not accept the key. Check OPENAI_API_KEY and OPENAI_BASE_URL.';
    throw new Fault('language model', 'forbidden', advice);
  }
  if (response.status >= 500 || response.status === 429) {
    const advice = `The language model server refused (${response.status}). Try again later, or look at its log.`;
    throw new Fault('language model', 'unavailable', advice);
  }
  const known = modelList.safeParse(await response.json().catch(() => null)).data?.data.map(({ id }) => id);
  if (known === undefined) return `${model.name}; the server answers (${response.status}) and does not list its models`;
  // Some servers know a model by more names than they list.
  return `${model.name}${known.includes(wanted) ? '' : ', which the server does not list: check EARSHOT_MODEL if minutes fail'}`;
}

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

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
