/** What is sent: the parts that hold for every server, and those that some servers refuse. */
import type { Completion } from '../../core/ports.ts';
import type { JsonSchema } from './strict-schema.ts';

/** What to ask a server for; grows poorer as it refuses things. */
export interface Asks {
  readonly format: 'json_schema' | 'json_object' | 'text';
  readonly limitName: 'max_completion_tokens' | 'max_tokens';
  /** Another name was refused already. */
  readonly isLimitSwapped: boolean;
  readonly hasTemperature: boolean;
  readonly hasStreamOptions: boolean;
  /** Told to think little. */
  readonly hasEffort: boolean;
  /** Thinks before it writes, and needs room for that. */
  readonly isThinker: boolean;
  /** A reply of the right shape has come back for these asks. */
  readonly isProven: boolean;
}

/** https://platform.openai.com/docs/guides/reasoning: no temperature, and thoughts count as output. */
const THINKERS = /^(?:o\d|gpt-[5-9](?!.*chat))/u;

export function firstAsks(provider: string, model: string): Asks {
  const isOpenAi = provider === 'openai';
  const isThinker = isOpenAi && THINKERS.test(model.toLowerCase());
  return {
    format: 'json_schema',
    // OpenAI has replaced `max_tokens`; everybody else reads it, and may leave the new name unread.
    limitName: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
    isLimitSwapped: false,
    hasTemperature: !isThinker,
    hasStreamOptions: true,
    hasEffort: isThinker,
    isThinker,
    isProven: false,
  };
}

export interface ChatBody {
  readonly model: string;
  readonly messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[];
  readonly [parameter: string]: unknown;
}

/** Instructions, then material, then task: whatever two requests share is at their start, where prompt caches look. */
export function requestBody(
  request: Pick<Completion<unknown>, 'instructions' | 'material' | 'task' | 'schemaName'>,
  schema: JsonSchema,
  model: string,
  asks: Asks,
): ChatBody {
  const shape =
    asks.format === 'json_schema'
      ? ''
      : `\n\nReply with one JSON object and nothing else. It must match this JSON schema:\n${JSON.stringify(schema)}`;
  return {
    model,
    messages: [
      { role: 'system', content: request.instructions },
      { role: 'user', content: `${inert(request.material)}\n\n${inert(request.task)}${shape}` },
    ],
    stream: true,
    ...(asks.hasStreamOptions ? { stream_options: { include_usage: true } } : {}),
    ...(asks.hasTemperature ? { temperature: 0 } : {}),
    ...(asks.hasEffort ? { reasoning_effort: 'low' } : {}),
    ...(asks.format === 'text' ? {} : { response_format: responseFormat(asks.format, request.schemaName, schema) }),
  };
}

function responseFormat(format: 'json_schema' | 'json_object', name: string, schema: JsonSchema): unknown {
  return format === 'json_schema'
    ? { type: 'json_schema', json_schema: { name, strict: true, schema } }
    : { type: 'json_object' };
}

/** Marks with which servers that fill in a model's chat template tell roles apart. */
const TEMPLATE_MARKS = /<(?=[|｜]|\/?s>|\/?(?:start|end)_of_turn>|<\/?SYS>>)|\[(?=\/?INST\])/gu;

/** What people said must not end their message and start one of another role: a space breaks such marks. */
function inert(text: string): string {
  return text.replace(TEMPLATE_MARKS, '$& ');
}

/** The asks without what the server's refusal names; null when nothing is left to leave out. */
export function withoutWhatWasRefused(asks: Asks, refusal: string): Asks | null {
  if (asks.hasStreamOptions && /stream_options|include_usage/iu.test(refusal)) {
    return { ...asks, hasStreamOptions: false };
  }
  if (asks.hasTemperature && /temperature/iu.test(refusal)) return { ...asks, hasTemperature: false };
  if (asks.hasEffort && /reasoning_effort|reasoning effort/iu.test(refusal)) return { ...asks, hasEffort: false };
  if (!asks.isLimitSwapped && isAboutLimit(refusal, asks.limitName)) {
    const limitName = asks.limitName === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { ...asks, limitName, isLimitSwapped: true };
  }
  // A server that has kept to a format before does not refuse it now; otherwise formats are what servers differ in most.
  if (asks.isProven && !/response_format|json_schema|json_object/iu.test(refusal)) return null;
  if (asks.format === 'json_schema') return { ...asks, format: 'json_object' };
  if (asks.format === 'json_object') return { ...asks, format: 'text' };
  return null;
}

function isAboutLimit(refusal: string, limitName: Asks['limitName']): boolean {
  return (
    new RegExp(`\\b${limitName}\\b`, 'u').test(refusal) &&
    /unsupported|not support|unrecogni[sz]ed|unknown|extra|not permitted|unexpected|deprecated|use 'max/iu.test(refusal)
  );
}
