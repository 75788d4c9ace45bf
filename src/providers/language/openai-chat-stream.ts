/** One request, read as it arrives, so that a server that has hung is noticed and a caller who gives up is obeyed at once. */
import OpenAI, { APIError } from 'openai';
import { Stream } from 'openai/streaming';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import type { ChatBody } from './openai-chat-request.ts';

export interface Ask {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly body: ChatBody;
  /** Tokens the reply may have. */
  readonly limit: number;
  /** Longest wait for the next byte, in milliseconds. */
  readonly silenceMs: number;
  readonly clock: Clock;
}
export interface Reply {
  readonly kind: 'reply';
  readonly content: string;
  /** `cut`: it ended without saying why. */
  readonly finish: 'stop' | 'length' | 'refused' | 'cut';
  /** Null when the server did not count. */
  readonly usage: { readonly input: number; readonly cachedInput: number; readonly output: number } | null;
}
/** `silent`: nothing came for `silenceMs`. */
export type Asked = Reply | { readonly kind: 'failed'; readonly cause: unknown } | { readonly kind: 'silent' };

const count = z.number().int().nonnegative();
const usageShape = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count.nullish() }).nullish(),
  /** DeepSeek's name for it. */
  prompt_cache_hit_tokens: count.nullish(),
});
const part = z.object({
  content: z.string().nullish(),
  refusal: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  reasoning: z.string().nullish(),
});
/** A chunk of a stream, or a whole reply of a server that does not stream. */
const event = z.object({
  choices: z
    .array(z.object({ delta: part.nullish(), message: part.nullish(), finish_reason: z.string().nullish() }))
    .nullish(),
  usage: usageShape.nullish().catch(null),
  x_groq: z.object({ usage: usageShape.nullish() }).nullish().catch(null),
});

/** No vocabulary has tokens longer than this on average: a reply beyond it is from a server that ignores its limit. */
const CHARACTERS_PER_TOKEN = 16;
/** The client's own limit must never come before ours. */
const A_DAY_MS = 86_400_000;

/** Throws the signal's reason, and nothing else. */
export async function askOnce(ask: Ask, signal: AbortSignal): Promise<Asked> {
  signal.throwIfAborted();
  const { clock, silenceMs } = ask;
  const done = new AbortController();
  const hung = new AbortController();
  let lastByteAt = clock.now().getTime();
  const heard = (): void => {
    lastByteAt = clock.now().getTime();
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      const leftMs = lastByteAt + silenceMs - clock.now().getTime();
      if (leftMs <= 0) {
        hung.abort();
        return;
      }
      await clock.sleep(leftMs, done.signal);
    }
  };
  const watching = watch().catch((error: unknown) => {
    if (!done.signal.aborted) throw error;
  });
  const client = new OpenAI({
    apiKey: ask.apiKey,
    baseURL: ask.baseUrl,
    maxRetries: 0,
    timeout: A_DAY_MS,
    logLevel: 'off',
    fetch: async (url, init) => noticing(await fetch(url, init), heard),
  });
  const either = AbortSignal.any([signal, hung.signal]);
  try {
    const asked = await read(client, ask, either);
    signal.throwIfAborted();
    return hung.signal.aborted && isUnfinished(asked) ? { kind: 'silent' } : asked;
  } finally {
    done.abort();
    await watching;
  }
}

function isUnfinished(asked: Asked): boolean {
  return asked.kind === 'failed' || (asked.kind === 'reply' && asked.finish === 'cut');
}

/** The response, telling of every byte that arrives, keep-alive comments included. */
function noticing(response: Response, heard: () => void): Response {
  heard();
  if (response.body === null) return response;
  const noticed = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        heard();
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(noticed, response);
}

async function read(client: OpenAI, ask: Ask, signal: AbortSignal): Promise<Asked> {
  const collected = collector(ask.limit * CHARACTERS_PER_TOKEN);
  try {
    const response = await client.post('/chat/completions', { body: ask.body, stream: true, signal }).asResponse();
    if (!(response.headers.get('content-type') ?? '').includes('event-stream')) {
      collected.take(await response.json());
      return collected.reply();
    }
    const controller = new AbortController();
    const stop = (): void => {
      controller.abort(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const chunk of Stream.fromSSEResponse<unknown>(response, controller, client)) {
        collected.take(chunk);
        if (collected.isOverlong()) break;
      }
    } finally {
      signal.removeEventListener('abort', stop);
    }
    return collected.reply();
  } catch (cause) {
    // What breaks after the reply was finished takes nothing from it; what had begun was paid for.
    return collected.hasFinished() || (!(cause instanceof APIError) && collected.hasBegun())
      ? collected.reply()
      : { kind: 'failed', cause };
  }
}

interface Collector {
  take(chunk: unknown): void;
  isOverlong(): boolean;
  hasBegun(): boolean;
  hasFinished(): boolean;
  reply(): Reply;
}

function collector(mostCharacters: number): Collector {
  let content = '';
  let thoughtCharacters = 0;
  let refusal = '';
  let reason = '';
  let hasBegun = false;
  let usage: z.infer<typeof usageShape> | null = null;
  const isOverlong = (): boolean => content.length + thoughtCharacters > mostCharacters;
  const finish = (): Reply['finish'] => {
    if (refusal !== '' || reason === 'content_filter') return 'refused';
    if (reason === 'length' || isOverlong()) return 'length';
    // DeepSeek says so when it runs out of machines.
    return reason === '' || reason === 'insufficient_system_resource' ? 'cut' : 'stop';
  };
  return {
    take(chunk) {
      const parsed = event.safeParse(chunk);
      if (!parsed.success) return;
      hasBegun = true;
      usage = parsed.data.usage ?? parsed.data.x_groq?.usage ?? usage;
      const choice = parsed.data.choices?.[0];
      const piece = choice?.delta ?? choice?.message;
      content += piece?.content ?? '';
      refusal += piece?.refusal ?? '';
      thoughtCharacters += (piece?.reasoning_content ?? piece?.reasoning ?? '').length;
      reason = choice?.finish_reason ?? reason;
    },
    isOverlong,
    hasBegun: () => hasBegun,
    hasFinished: () => reason !== '',
    reply: () => ({
      kind: 'reply',
      content,
      finish: finish(),
      usage:
        usage === null
          ? null
          : {
              input: usage.prompt_tokens,
              cachedInput: usage.prompt_tokens_details?.cached_tokens ?? usage.prompt_cache_hit_tokens ?? 0,
              output: usage.completion_tokens,
            },
    }),
  };
}
