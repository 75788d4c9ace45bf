/**
 * Language models of any server with OpenAI's `POST /chat/completions`: OpenAI, Qwen on DashScope, Groq, vLLM, Ollama,
 * llama.cpp … What such servers share is less than it seems, so the request starts with everything and leaves out, for
 * good, what the server has refused. https://platform.openai.com/docs/api-reference/chat/create
 */
import { addUsage, NO_USAGE } from '../../core/usage.ts';
import { Fault } from '../../core/faults.ts';
import type { Usage } from '../../core/model.ts';
import type { Clock, Completed, Completion, LanguageModel } from '../../core/ports.ts';
import { contextTokensFor } from './context-windows.ts';
import { firstAsks, requestBody, withoutWhatWasRefused } from './openai-chat-request.ts';
import type { Asks } from './openai-chat-request.ts';
import { judgeFailure, providerOf } from './openai-chat-faults.ts';
import { askOnce } from './openai-chat-stream.ts';
import type { Reply } from './openai-chat-stream.ts';
import { costUsd } from './price-table.ts';
import type { PriceTable } from './price-table.ts';
import { readReply } from './reply-json.ts';
import { strictSchema } from './strict-schema.ts';
import { tokenCountFor } from './token-count.ts';

export interface OpenAiChatOptions {
  /** Servers that ask for no key get any text. */
  readonly apiKey: string;
  /** Up to and with `/v1`; absent: OpenAI's own. */
  readonly baseUrl?: string;
  readonly model: string;
  /** Absent: what is known of the model, see context-windows.ts. */
  readonly contextTokens?: number;
  /** Absent: the cost is unknown. */
  readonly prices?: PriceTable;
  readonly clock: Clock;
  /** Longest silence of the server before and within a reply, in milliseconds. */
  readonly timeoutMs?: number;
}

const OPENAI_URL = 'https://api.openai.com/v1';
/** A long prompt on a processor without a graphics card is read for a minute or two before the first word. */
const LONGEST_SILENCE_MS = 180_000;
const MOST_TRIES = 4;
const FIRST_WAIT_MS = 1000;
/** All waits of one request together. Who is asked to wait longer is told so, and the job comes back later. */
const MOST_WAITED_MS = 60_000;
/** What a server puts around messages: role names, separators. */
const TEMPLATE_TOKENS = 32;
/** Room for thoughts, on top of the room for the reply, for models that think before they write. */
const THOUGHT_TOKENS = 8192;

export function createOpenAiChat(options: OpenAiChatOptions): LanguageModel {
  const { model, clock } = options;
  const baseUrl = options.baseUrl ?? OPENAI_URL;
  const provider = providerOf(baseUrl);
  const contextTokens = options.contextTokens ?? contextTokensFor(baseUrl, model);
  const countTokens = tokenCountFor(model);
  const silenceMs = options.timeoutMs ?? LONGEST_SILENCE_MS;
  let known = firstAsks(provider, model);

  const usageOf = (body: { readonly messages: readonly { readonly content: string }[] }, reply: Reply): Usage => {
    const input =
      reply.usage?.input ?? body.messages.reduce((sum, { content }) => sum + countTokens(content), TEMPLATE_TOKENS);
    const cachedInput = Math.min(input, reply.usage?.cachedInput ?? 0);
    const output = reply.usage?.output ?? countTokens(reply.content);
    return {
      calls: 1,
      inputTokens: input,
      cachedInputTokens: cachedInput,
      outputTokens: output,
      costUsd: costUsd(options.prices ?? {}, model, { input, cachedInput, output }),
    };
  };

  return {
    name: `${provider}/${model}`,
    contextTokens,
    countTokens,
    async complete<T>(request: Completion<T>, signal: AbortSignal): Promise<Completed<T>> {
      signal.throwIfAborted();
      const schema = strictSchema(request.schema);
      let asks = known;
      let tries = 0;
      let waitedMs = 0;
      let usage = NO_USAGE;

      const pause = async (fault: Fault): Promise<void> => {
        tries++;
        const waitMs = fault.retryAfterMs ?? backoffMs(tries);
        if (tries >= MOST_TRIES || waitedMs + waitMs > MOST_WAITED_MS) throw fault;
        waitedMs += waitMs;
        await clock.sleep(waitMs, signal);
      };

      for (;;) {
        const body = requestBody(request, schema, model, asks);
        const inputTokens = body.messages.reduce((sum, { content }) => sum + countTokens(content), TEMPLATE_TOKENS);
        const freeTokens = contextTokens - inputTokens;
        // Half the room asked for is enough for most replies, and a reply that is cut is noticed.
        if (freeTokens < request.maxOutputTokens / 2) throw tooLong(provider);
        const limit = Math.min(freeTokens, request.maxOutputTokens + (asks.isThinker ? THOUGHT_TOKENS : 0));
        const asked = await askOnce(
          { apiKey: options.apiKey, baseUrl, body: { ...body, [asks.limitName]: limit }, limit, silenceMs, clock },
          signal,
        );
        if (asked.kind === 'silent') throw silent(provider, silenceMs);
        if (asked.kind === 'failed') {
          const verdict = judgeFailure(asked.cause, provider, clock.now());
          if (verdict.kind === 'refused' || verdict.kind === 'malformed') return { kind: verdict.kind, usage };
          if (verdict.kind === 'rejected') {
            const next = withoutWhatWasRefused(asks, verdict.text);
            if (next === null) throw verdict.fault;
            asks = next;
          } else if (verdict.fault.retryable) await pause(verdict.fault);
          else throw verdict.fault;
          continue;
        }
        usage = addUsage(usage, usageOf(body, asked));
        if (asked.finish === 'cut') {
          await pause(cutOff(provider));
          continue;
        }
        if (asked.finish === 'refused') return { kind: 'refused', usage };
        if (asked.finish === 'length') {
          const onlyThought = asked.content.trim() === '' && !asks.isThinker;
          if (!onlyThought || freeTokens <= limit) return { kind: 'truncated', usage };
          asks = { ...asks, isThinker: true };
          continue;
        }
        const read = readReply(asked.content, request.schema);
        if (read.kind === 'value') {
          known = { ...asks, isProven: true };
          return { kind: 'complete', value: read.value, usage };
        }
        // Servers that know nothing of schemas leave the parameter unread: then the model was never told the shape.
        const next: Asks | null = asks.isProven || asks.format === 'text' ? null : lower(asks);
        if (next === null) return { kind: 'malformed', usage };
        asks = next;
      }
    },
  };
}

function lower(asks: Asks): Asks {
  return { ...asks, format: asks.format === 'json_schema' ? 'json_object' : 'text' };
}

/** Doubling, give or take a quarter, so that many workers do not come back at once. */
function backoffMs(tries: number): number {
  return Math.round(FIRST_WAIT_MS * 2 ** (tries - 1) * (0.75 + Math.random() / 2));
}

function tooLong(provider: string): Fault {
  return new Fault(
    provider,
    'bad-input',
    'The request is longer than the language model reads at once: raise EARSHOT_CONTEXT_TOKENS if the server allows more.',
  );
}

function silent(provider: string, silenceMs: number): Fault {
  const seconds = Math.round(silenceMs / 1000);
  return new Fault(
    provider,
    'unavailable',
    `The language model server said nothing for ${seconds} seconds: try again later or raise EARSHOT_LANGUAGE_TIMEOUT.`,
  );
}

function cutOff(provider: string): Fault {
  return new Fault(provider, 'unavailable', 'The language model server broke off in the middle: try again later.');
}
