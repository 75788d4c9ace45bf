/**
 * Speech recognition by any server with OpenAI's `POST /audio/transcriptions`: OpenAI, Groq, speaches, vLLM …
 * https://platform.openai.com/docs/api-reference/audio/createTranscription
 */
import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError, toFile } from 'openai';
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';
import type { FaultKind } from '../../core/faults.ts';
import type { Hearing, Transcriber, TranscribeOptions } from '../../core/ports.ts';
import { judge } from './whisper/gates.ts';
import { whisperLanguages } from './whisper/languages.ts';

export interface OpenAiTranscriberOptions {
  readonly apiKey: string;
  /** Up to and with `/v1`; absent: OpenAI's own. */
  readonly baseUrl?: string;
  readonly model: string;
  /** Requests under way at once. */
  readonly concurrency?: number;
  /** Longest wait for one answer, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Half a minute is what Whisper hears at once; servers cut longer files themselves, at worse places than we do. */
const LONGEST_SEGMENT_MS = 28_000;
/** Servers take 25 MB; this many milliseconds of 16-bit samples stay below. */
const LONGEST_POSSIBLE_MS = 12 * 60_000;
const SAMPLES_PER_MS = 16;
const FOUR_REQUESTS = 4;
const TWO_MINUTES_MS = 120_000;

const seconds = z.number().nonnegative();
const answer = z.object({
  text: z.string(),
  language: z.string().nullish(),
  segments: z
    .array(
      z.object({
        avg_logprob: z.number().nullish(),
        no_speech_prob: z.number().nullish(),
        start: seconds.nullish(),
        end: seconds.nullish(),
      }),
    )
    .nullish(),
  words: z.array(z.object({ word: z.string(), start: seconds, end: seconds })).nullish(),
});
type Answer = z.infer<typeof answer>;

/**
 * `transcribe` throws Fault `unauthorized` (401), `payment-required` (402), `forbidden` (403), `not-found` (404: model or
 * address), `rate-limited` (429, with the wait the server asked for), `unavailable` (5xx, no connection), `timeout`,
 * `bad-input` (other 4xx), `bad-output` (an answer that is none). Nothing is asked twice: jobs retry. Asks for
 * `verbose_json`, which carries times and doubts; models that refuse it are asked for `json` from then on.
 */
export function createOpenAiTranscriber(options: OpenAiTranscriberOptions): Transcriber {
  const { model } = options;
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl ?? 'https://api.openai.com/v1',
    maxRetries: 0,
    timeout: options.timeoutMs ?? TWO_MINUTES_MS,
    logLevel: 'off',
  });
  let isVerbose = true;
  const closing = new AbortController();

  const ask = async (
    wav: Uint8Array<ArrayBuffer>,
    { language, glossary, signal }: TranscribeOptions,
  ): Promise<unknown> => {
    const file = await toFile(wav, 'segment.wav', { type: 'audio/wav' });
    const request = {
      file,
      model,
      temperature: 0,
      ...(language === undefined ? {} : { language }),
      ...(glossary.length === 0 ? {} : { prompt: glossary.join(', ') }),
    };
    const either = AbortSignal.any([signal, closing.signal]);
    if (isVerbose) {
      try {
        return await client.audio.transcriptions.create(
          { ...request, response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] },
          { signal: either },
        );
      } catch (cause) {
        if (!refusesVerbose(cause)) throw cause;
        isVerbose = false;
      }
    }
    return client.audio.transcriptions.create({ ...request, response_format: 'json' }, { signal: either });
  };

  return {
    name: `openai/${model}`,
    maxSegmentMs: LONGEST_SEGMENT_MS,
    concurrency: options.concurrency ?? FOUR_REQUESTS,
    async transcribe(pcm, request) {
      request.signal.throwIfAborted();
      const fallback = request.language ?? request.likelyLanguage ?? 'und';
      const durationMs = Math.round(pcm.length / SAMPLES_PER_MS);
      if (pcm.length === 0) return { text: '', language: fallback, confidence: 0, suppressed: 'empty' };
      if (durationMs > LONGEST_POSSIBLE_MS) {
        throw new Fault('openai', 'bad-input', 'A segment was longer than the 12 minutes a server takes: cut it.');
      }
      let body: unknown;
      try {
        body = await ask(wavOf(pcm), request);
      } catch (cause) {
        request.signal.throwIfAborted();
        throw faultOf(cause, model);
      }
      const checked = answer.safeParse(body);
      if (!checked.success) {
        throw new Fault(
          'openai',
          'bad-output',
          'The transcription server gave an answer without text: check its address.',
          {
            cause: checked.error,
          },
        );
      }
      return hearingOf(checked.data, fallback, durationMs);
    },
    close() {
      closing.abort(new Fault('openai', 'unavailable', 'Speech recognition was closed.'));
      return Promise.resolve();
    },
  };
}

function hearingOf(body: Answer, fallback: string, durationMs: number): Hearing {
  const text = body.text.trim();
  const language = codeOf(body.language) ?? fallback;
  const segments = body.segments ?? [];
  const average = mean(segments.map((segment) => segment.avg_logprob));
  const suppressed = judge({
    text,
    noSpeech: mean(segments.map((segment) => segment.no_speech_prob)),
    averageLogProbability: average,
    looped: isRepeating(text),
  });
  // A server that does not say how sure it is is taken at its word.
  const confidence = average === undefined ? 1 : Math.min(1, Math.exp(average));
  if (suppressed !== undefined) return { text: '', language, confidence, suppressed };
  const clock = (value: number): number => Math.min(durationMs, Math.round(value * 1000));
  const words = (body.words ?? []).map((word) => ({
    text: word.word.trim(),
    startMs: clock(word.start),
    endMs: Math.max(clock(word.start), clock(word.end)),
  }));
  return { text, language, confidence, ...(words.length === 0 ? {} : { words }) };
}

function mean(values: readonly (number | null | undefined)[]): number | undefined {
  const known = values.filter((value) => typeof value === 'number');
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** One phrase four times in a row at the end: Whisper looped and the server let it. */
function isRepeating(text: string): boolean {
  return /(.{6,}?)\1{3,}.{0,20}$/su.test(`${text.slice(-600)} `);
}

/** OpenAI names languages in English ("english"), others give codes. */
function codeOf(language: string | null | undefined): string | undefined {
  if (language === null || language === undefined || language === '') return undefined;
  const lower = language.toLowerCase();
  if (/^[a-z]{2,3}(-|$)/u.test(lower)) return lower.split('-')[0];
  return codesByName().get(lower);
}

function codesByName(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  return new Map([...whisperLanguages].map((code) => [names.of(code)?.toLowerCase() ?? code, code]));
}

function refusesVerbose(cause: unknown): boolean {
  if (!(cause instanceof APIError)) return false;
  return (
    (cause.status === 400 || cause.status === 422) &&
    /response_format|verbose_json|timestamp_granularities/u.test(cause.message)
  );
}

const sentences: Partial<Record<number, readonly [FaultKind, string]>> = {
  401: ['unauthorized', 'The transcription server did not accept the key: check OPENAI_API_KEY.'],
  402: ['payment-required', 'The transcription account has no credit left: top it up or use local recognition.'],
  403: ['forbidden', 'The transcription key may not use this model: check its permissions.'],
  404: ['not-found', 'The transcription server does not know the model or the address: check both settings.'],
  408: ['timeout', 'The transcription server took too long: try again later.'],
  429: ['rate-limited', 'The transcription server asked us to slow down.'],
};

function faultOf(cause: unknown, model: string): Fault {
  if (cause instanceof APIConnectionTimeoutError) {
    return new Fault('openai', 'timeout', 'The transcription server did not answer in time: try again later.', {
      cause,
    });
  }
  if (cause instanceof APIUserAbortError)
    return new Fault('openai', 'unavailable', 'Speech recognition was closed.', { cause });
  if (cause instanceof APIConnectionError) {
    return new Fault('openai', 'unavailable', 'The transcription server cannot be reached: check OPENAI_BASE_URL.', {
      cause,
    });
  }
  if (!(cause instanceof APIError) || cause.status === undefined) {
    return new Fault('openai', 'bad-output', 'The transcription server gave an answer that cannot be read.', { cause });
  }
  // The cause's message may quote the request, so only its status goes on.
  const retryAfterMs = waitOf(cause.headers);
  const rest = retryAfterMs === undefined ? {} : { retryAfterMs };
  const known = sentences[cause.status];
  if (known !== undefined) return new Fault('openai', known[0], known[1], rest);
  if (cause.status >= 500) {
    return new Fault(
      'openai',
      'unavailable',
      `The transcription server failed (${cause.status}): try again later.`,
      rest,
    );
  }
  return new Fault(
    'openai',
    'bad-input',
    `The transcription server refused the request (${cause.status}): check the model "${model}".`,
  );
}

/** Retry-After as seconds or a date (RFC 9110 §10.2.3), or the `retry-after-ms` of OpenAI's own servers. */
function waitOf(headers: Headers | undefined): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return Math.round(exact);
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/u.test(value)) return Math.round(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

const WAV_HEADER_BYTES = 44;

/** 16-bit mono RIFF at 16 kHz. http://soundfile.sapp.org/doc/WaveFormat/ */
function wavOf(pcm: Float32Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(WAV_HEADER_BYTES + pcm.length * 2);
  const view = new DataView(bytes.buffer);
  const ascii = (at: number, letters: string): void => {
    bytes.set(Buffer.from(letters, 'ascii'), at);
  };
  ascii(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  ascii(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 16_000, true);
  view.setUint32(28, 32_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  ascii(36, 'data');
  view.setUint32(40, pcm.length * 2, true);
  for (const [i, sample] of pcm.entries()) {
    view.setInt16(WAV_HEADER_BYTES + i * 2, Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), true);
  }
  return bytes;
}
