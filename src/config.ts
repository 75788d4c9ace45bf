import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { Fault } from './core/faults.ts';
import type { LogLevel } from './log.ts';

/** Half the errors of `base` at about a third of its speed, and still several times faster than people talk: see the README's table. */
const DEFAULT_WHISPER = 'small';

/** Node's own HTTP client gives up after five minutes without a byte. */
const LONGEST_LANGUAGE_TIMEOUT_S = 290;

const optionalText = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const environment = z.object({
  EARSHOT_DATA: optionalText,
  DATABASE_URL: optionalText.refine((url) => url === undefined || /^postgres(?:ql)?:\/\//u.test(url), {
    error: 'must start with postgres:// or postgresql://',
  }),
  EARSHOT_MEDIA: optionalText,
  EARSHOT_WHISPER: optionalText,
  EARSHOT_MODELS: optionalText,
  EARSHOT_TEMPLATES: optionalText,
  EARSHOT_MODELS_URL: optionalText.refine((url) => url === undefined || URL.canParse(url), { error: 'must be a URL' }),
  EARSHOT_THREADS: optionalText.refine((count) => count === undefined || /^[1-9]\d{0,2}$/u.test(count), {
    error: 'must be a whole number from 1 to 999',
  }),
  EARSHOT_FFMPEG: optionalText,
  EARSHOT_LOG: z
    .enum(['silent', 'error', 'warn', 'info', ''], { error: 'must be silent, error, warn or info' })
    .transform((level) => (level === '' ? undefined : level))
    .optional(),
  EARSHOT_TRANSCRIBE_MODEL: optionalText,
  EARSHOT_MODEL: optionalText,
  EARSHOT_CONTEXT_TOKENS: optionalText.refine((count) => count === undefined || /^[1-9]\d{3,6}$/u.test(count), {
    error: 'must be a whole number from 1000 to 9999999',
  }),
  EARSHOT_LANGUAGE_TIMEOUT: optionalText.refine(
    (seconds) =>
      seconds === undefined || (/^[1-9]\d{0,2}$/u.test(seconds) && Number(seconds) <= LONGEST_LANGUAGE_TIMEOUT_S),
    { error: `must be a whole number of seconds from 1 to ${LONGEST_LANGUAGE_TIMEOUT_S}` },
  ),
  EARSHOT_PRICES: optionalText,
  OPENAI_API_KEY: optionalText,
  OPENAI_BASE_URL: optionalText.refine((url) => url === undefined || URL.canParse(url), { error: 'must be a URL' }),
  DISCORD_TOKEN: optionalText,
  SLACK_BOT_TOKEN: optionalText,
});

/** Every variable Earshot reads; .env.example lists the same ones. */
export const environmentVariables: readonly string[] = Object.keys(environment.shape);

export interface Config {
  /** Folder asked for; null: storage chooses one its database server can enter. */
  readonly dataDir: string | null;
  /** Null: the embedded database. */
  readonly databaseUrl: string | null;
  /** `s3://bucket/prefix`; null: a folder in the data directory. */
  readonly mediaUrl: string | null;
  /** `base`, `small`, the name of a downloaded model, or a folder. */
  readonly whisper: string;
  /** Folder of downloaded models; null: in the data directory. */
  readonly modelsDir: string | null;
  /** Folder of templates for minutes beside the built-in ones; null: none. */
  readonly templatesDir: string | null;
  /** Where models are downloaded from; null: Hugging Face. A mirror has the same paths. */
  readonly modelsUrl: string | null;
  /** Transcriber workers, one inference thread each. */
  readonly threads: number;
  readonly ffmpegPath: string | null;
  /** Null: a service logs, a command that prints its result does not. */
  readonly logLevel: LogLevel | null;
  /** Null: transcribe with the local model. */
  readonly transcription: { readonly model: string; readonly apiKey: string; readonly baseUrl: string | null } | null;
  /** Null: no language model is asked, whatever keys there are, and nothing that was said leaves the machine. */
  readonly languageModel: {
    readonly model: string;
    readonly apiKey: string;
    readonly baseUrl: string | null;
    /** Null: what is known of the model. */
    readonly contextTokens: number | null;
    /** A table as JSON, or the path of a file that holds it; null: costs are unknown. */
    readonly prices: string | null;
    /** Longest silence of the server; null: the usual. */
    readonly timeoutMs: number | null;
  } | null;
  /** Chat platforms whose token is set. */
  readonly platformTokens: readonly ('discord' | 'slack')[];
}

/** Throws Fault `bad-input` that names every variable that cannot be used, and why. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
    throw new Fault('config', 'bad-input', `Settings that cannot be used: ${problems.join('; ')}.`);
  }
  const set = parsed.data;
  for (const name of ['EARSHOT_TRANSCRIBE_MODEL', 'EARSHOT_MODEL'] as const) {
    if (set[name] !== undefined && set.OPENAI_API_KEY === undefined && set.OPENAI_BASE_URL === undefined) {
      throw new Fault(
        'config',
        'bad-input',
        `${name} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server that asks for no key.`,
      );
    }
  }
  // Servers that ask for no key still get a header; the client refuses an empty one.
  const server = { apiKey: set.OPENAI_API_KEY ?? 'none', baseUrl: set.OPENAI_BASE_URL ?? null };
  return {
    dataDir: set.EARSHOT_DATA ?? null,
    databaseUrl: set.DATABASE_URL ?? null,
    mediaUrl: set.EARSHOT_MEDIA ?? null,
    whisper: set.EARSHOT_WHISPER ?? DEFAULT_WHISPER,
    modelsDir: set.EARSHOT_MODELS ?? null,
    templatesDir: set.EARSHOT_TEMPLATES ?? null,
    modelsUrl: set.EARSHOT_MODELS_URL ?? null,
    threads: set.EARSHOT_THREADS === undefined ? availableParallelism() : Number(set.EARSHOT_THREADS),
    ffmpegPath: set.EARSHOT_FFMPEG ?? null,
    logLevel: set.EARSHOT_LOG ?? null,
    transcription:
      set.EARSHOT_TRANSCRIBE_MODEL === undefined ? null : { model: set.EARSHOT_TRANSCRIBE_MODEL, ...server },
    languageModel:
      set.EARSHOT_MODEL === undefined
        ? null
        : {
            model: set.EARSHOT_MODEL,
            ...server,
            contextTokens: numberOf(set.EARSHOT_CONTEXT_TOKENS),
            prices: set.EARSHOT_PRICES ?? null,
            timeoutMs: numberOf(set.EARSHOT_LANGUAGE_TIMEOUT, 1000),
          },
    platformTokens: [
      ...(set.DISCORD_TOKEN === undefined ? [] : (['discord'] as const)),
      ...(set.SLACK_BOT_TOKEN === undefined ? [] : (['slack'] as const)),
    ],
  };
}

function numberOf(text: string | undefined, times = 1): number | null {
  return text === undefined ? null : Number(text) * times;
}
