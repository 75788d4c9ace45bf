import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { createMeaning } from './core/retrieval/meaning.ts';
import type { DocumentWriters } from './core/export/document.ts';
import { createInbox, type Inbox } from './core/inbox.ts';
import type { MeetingId } from './core/model.ts';
import { createPipeline } from './core/pipeline.ts';
import type { Clock, MediaStore, SpeechDetector, Templates, ThreadStore, Transcriber } from './core/ports.ts';
import { createExtractive } from './core/understand/extractive/extractive.ts';
import { createRewriter } from './core/understand/generative/rewriting/rewriter.ts';
import { analystOver, openLanguageModel } from './language.ts';
import { createLog } from './log.ts';
import { createTerminal } from './platforms/terminal/index.ts';
import { createChronoDates } from './providers/language/dates/chrono-dates.ts';
import { createMiniLm } from './providers/language/minilm/minilm.ts';
import { createFfmpeg } from './providers/media/ffmpeg.ts';
import { createOpenAiTranscriber } from './providers/speech/openai-transcriber.ts';
import type { DownloadProgress, ModelListing } from './providers/speech/models/download.ts';
import { createSilero } from './providers/speech/silero.ts';
import { createWhisper } from './providers/speech/whisper/whisper.ts';
import { openTemplates } from './providers/templates/template-folder.ts';
import { chooseDataDir } from './storage/account.ts';
import { openDatabase } from './storage/database.ts';
import { createJobs } from './storage/jobs.ts';
import { createDiskMedia } from './storage/disk-media.ts';
import { createEmbeddings } from './storage/embeddings.ts';
import { createPassageIndex } from './storage/passage-index.ts';
import { createMeetings } from './storage/meetings.ts';
import { createRenditions } from './storage/renditions.ts';
import { createSearch } from './storage/search.ts';
import { createThreads } from './storage/threads.ts';

/** The wired program, as commands use it. */
export interface Earshot {
  readonly config: Config;
  readonly inbox: Inbox;
  readonly threads: ThreadStore;
  readonly templates: Templates;
  readonly clock: Clock;
  readonly documents: DocumentWriters;
  /** Provider and model that listens. */
  readonly transcriberName: string;
  /** Loads the models, which takes a second or more. Throws their Faults, before anything was begun. */
  warmUp(): Promise<void>;
  /** Does jobs in this process until stopped. `only`: one meeting's. */
  work(options: { readonly only?: MeetingId }): Promise<{ stop(): Promise<void> }>;
  /** Where this machine keeps the files of a meeting's thread; null when nothing here outlives the command. */
  threadFolder(id: MeetingId): string | null;
  dropThreadFolder(id: MeetingId): Promise<void>;
}

interface Ears {
  readonly detector: SpeechDetector;
  readonly transcriber: Transcriber;
}

/** Loaded when the first one is written: their libraries take longer to load than most commands take to run. */
const documents: DocumentWriters = {
  docx: async (document) => (await import('./providers/documents/docx.ts')).toDocx(document),
  pdf: async (document) => (await import('./providers/documents/pdf.ts')).toPdf(document),
};

/** Opens everything, runs `use`, and closes everything whatever happens. */
export async function withEarshot<T>(
  config: Config,
  role: 'command' | 'service' | 'throwaway',
  use: (earshot: Earshot) => Promise<T>,
): Promise<T> {
  const clock = systemClock;
  const log = createLog(config.logLevel ?? (role === 'service' ? 'info' : 'silent'));
  const templates = await openTemplates(config.templatesDir);
  const dataDir = await dataDirectory(config);
  const database = await openDatabase({ url: config.databaseUrl, dataDir, log, clock });
  // Costs nothing until something is embedded.
  const embedder = createMiniLm();
  const ears = openOnce(() => openEars(config, dataDir));
  const jobs = await createJobs(database, { log, clock }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  try {
    const meetings = createMeetings(database, { enqueue: jobs.enqueueWithin, clock });
    const threads = createThreads(database);
    const media = await openMedia(config, dataDir);
    const embeddings = createEmbeddings(database, embedder);
    const passages = createPassageIndex(database);
    const decoder = createFfmpeg(config.ffmpegPath === null ? {} : { ffmpegPath: config.ffmpegPath });
    const dates = createChronoDates();
    const language = await openLanguageModel(config);
    const analyst = analystOver(language, dates, createExtractive({ clock, embeddings, dates, log }), log);
    const platforms = [createTerminal({ threads })];
    const { handlers, failed } = createPipeline({
      meetings,
      media,
      decoder,
      ears: () => ears.open(),
      analyst,
      templates,
      meaning: createMeaning({ embeddings, passages, log }),
      platforms,
      clock,
      log,
      residentBytes: () => process.memoryUsage.rss(),
    });
    const threadFolder = (id: MeetingId): string => join(dataDir, 'threads', id);
    return await use({
      config,
      inbox: createInbox({
        meetings,
        media,
        decoder,
        jobs,
        search: createSearch(database),
        passages,
        embeddings,
        renditions: createRenditions(database),
        rewriter: language === null ? null : createRewriter({ model: language, clock }),
        analyst,
        platforms,
        log,
      }),
      threads,
      documents,
      templates,
      clock,
      transcriberName: transcriberName(config),
      async warmUp() {
        await ears.open();
      },
      work: ({ only }) =>
        jobs.work(handlers, {
          platforms: platforms.map((platform) => platform.name),
          ...(only === undefined ? {} : { only }),
          failed,
        }),
      threadFolder: (id) => (role === 'throwaway' ? null : threadFolder(id)),
      dropThreadFolder: (id) => rm(threadFolder(id), { recursive: true, force: true }),
    });
  } finally {
    await ears.close(({ transcriber }) => transcriber.close());
    await embedder.close();
    await jobs.close();
    await database.close();
  }
}

/** `withEarshot` on an embedded database and a store in a temporary folder, deleted afterwards. */
export async function withThrowawayEarshot<T>(config: Config, use: (earshot: Earshot) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-'));
  // The account that PostgreSQL runs under when Earshot runs as root has to get through to its own folder inside.
  await chmod(folder, 0o711);
  try {
    return await withEarshot({ ...config, dataDir: folder, databaseUrl: null, mediaUrl: null }, 'throwaway', use);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function dataDirectory(config: Config): Promise<string> {
  return chooseDataDir({
    cwd: process.cwd(),
    uid: process.getuid?.(),
    ...(config.dataDir === null ? {} : { explicit: config.dataDir }),
  });
}

export function modelsFolder(config: Config, dataDir: string): string {
  return config.modelsDir ?? join(dataDir, 'models');
}

/** Models that can be downloaded for EARSHOT_WHISPER. */
export interface ModelShelf {
  list(): Promise<readonly ModelListing[]>;
  download(
    name: string,
    onProgress: (progress: DownloadProgress) => void,
    signal: AbortSignal,
  ): Promise<{ readonly path: string }>;
}

export async function modelShelf(config: Config): Promise<ModelShelf> {
  const modelsDir = modelsFolder(config, await dataDirectory(config));
  const { downloadModel, listModels } = await import('./providers/speech/models/download.ts');
  return {
    list: () => listModels(modelsDir),
    download: (name, onProgress, signal) =>
      downloadModel({
        name,
        modelsDir,
        onProgress,
        signal,
        ...(config.modelsUrl === null ? {} : { baseUrl: config.modelsUrl }),
      }),
  };
}

export function transcriberName(config: Config): string {
  return config.transcription === null ? `whisper/${config.whisper}` : `openai/${config.transcription.model}`;
}

async function openEars(config: Config, dataDir: string): Promise<Ears> {
  const { transcription, threads } = config;
  const transcriber =
    transcription === null
      ? await createWhisper({ model: config.whisper, modelsDir: modelsFolder(config, dataDir), threads })
      : createOpenAiTranscriber({
          apiKey: transcription.apiKey,
          model: transcription.model,
          ...(transcription.baseUrl === null ? {} : { baseUrl: transcription.baseUrl }),
        });
  return { detector: await createSilero(), transcriber };
}

export async function openMedia(config: Config, dataDir: string): Promise<MediaStore> {
  if (config.mediaUrl === null) return createDiskMedia(join(dataDir, 'media'));
  // Loaded only where it is used: the SDK takes a third of a second.
  const { createS3Media, parseMediaUrl } = await import('./storage/s3-media.ts');
  return createS3Media({ ...parseMediaUrl(config.mediaUrl), tempDir: join(dataDir, 'downloads') });
}

/** Opens a thing on first use, once; closes it if it was opened. A failed opening is tried again on the next use. */
function openOnce<T>(make: () => Promise<T>): {
  open(): Promise<T>;
  close(how: (thing: T) => Promise<void>): Promise<void>;
} {
  let made: Promise<T> | null = null;
  return {
    open() {
      made ??= make().catch((error: unknown) => {
        made = null;
        throw error;
      });
      return made;
    },
    async close(how) {
      if (made !== null) await made.then(how, () => undefined);
    },
  };
}

/** Templates that minutes can follow. Throws Fault `bad-input` about a file that cannot be used. */
export function shelfOfTemplates(config: Config): Promise<Templates> {
  return openTemplates(config.templatesDir);
}
