/**
 * An OpenAI-compatible chat server on loopback that says what a test tells it to. It refuses what it is set to refuse
 * in the words of real servers, and keeps every request for the test to look at.
 */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';

/** One request, taken apart. */
export interface ChatRequest {
  /** 0 for the first. */
  readonly index: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
  readonly model: string;
  /** The system message. */
  readonly instructions: string;
  /** The user message: material, an empty line, task. */
  readonly user: string;
  readonly format: 'json_schema' | 'json_object' | 'text';
  /** Null unless the format is `json_schema`. */
  readonly schemaName: string | null;
}

export interface Said {
  readonly kind: 'said';
  readonly content: string;
  /** `stop` unless told; null: the stream ends without giving a reason. */
  readonly finish?: string | null;
  readonly refusal?: string;
  /** Thoughts, streamed before the content as reasoning servers do. */
  readonly thoughts?: string;
  readonly usage?: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly prompt_tokens_details?: { readonly cached_tokens: number };
  };
  /** Characters in one chunk. */
  readonly chunkCharacters?: number;
  /** Resolved by the test when the rest may be sent: after the first chunk nothing comes until then. */
  readonly before?: Promise<void>;
  /** Cut the connection after the content instead of finishing the reply. */
  readonly isCut?: boolean;
  /** An error object in the stream after the content. */
  readonly error?: unknown;
}
export type ScriptedReply =
  | Said
  | {
      readonly kind: 'fails';
      readonly status: number;
      readonly error: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'hangs' }
  /** Closes the connection without an answer. */
  | { readonly kind: 'drops' };
export type Script = (request: ChatRequest) => ScriptedReply | Promise<ScriptedReply>;

/** What the server does not take; everything unless told. */
interface Refusals {
  readonly jsonSchema?: 'refuses';
  readonly jsonObject?: 'refuses';
  readonly temperature?: 'refuses';
  readonly maxTokens?: 'refuses';
  readonly streamOptions?: 'refuses';
  /** Answers in one piece whatever is asked. */
  readonly streaming?: 'ignores';
}

export interface ScriptedServer {
  /** Up to and with `/v1`. */
  readonly baseUrl: string;
  /** All requests since the last `reply`, refused ones included. */
  readonly requests: readonly ChatRequest[];
  /** Sets what is said from now on, and forgets earlier requests. */
  reply(script: Script, refusals?: Refusals): void;
  close(): Promise<void>;
}

/** A reply of this text, or of this value as JSON. */
export function says(value: unknown, more: Omit<Partial<Said>, 'kind' | 'content'> = {}): Said {
  return { kind: 'said', content: typeof value === 'string' ? value : JSON.stringify(value), ...more };
}

/** An error as OpenAI words it. */
export function fails(
  status: number,
  message: string,
  more: { readonly code?: string; readonly param?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): ScriptedReply {
  const error = { message, type: 'invalid_request_error', param: more.param ?? null, code: more.code ?? null };
  return { kind: 'fails', status, error, ...(more.headers === undefined ? {} : { headers: more.headers }) };
}

const unscripted: Script = () => fails(500, 'no script');

export async function startScriptedServer(): Promise<ScriptedServer> {
  let script: Script = unscripted;
  let refusals: Refusals = {};
  let requests: ChatRequest[] = [];
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const request = requestOf(requests.length, incoming.headers, Buffer.concat(parts).toString('utf8'));
      requests.push(request);
      const refusal = refusalOf(request, refusals);
      void Promise.resolve(refusal ?? script(request))
        .catch((error: unknown) => fails(500, `the script failed: ${String(error)}`))
        .then((reply) => send(response, request, reply, refusals));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    get requests() {
      return requests;
    },
    reply(next, refused = {}) {
      script = next;
      refusals = refused;
      requests = [];
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function requestOf(index: number, headers: IncomingHttpHeaders, text: string): ChatRequest {
  const body = record(JSON.parse(text));
  const messages = Array.isArray(body['messages']) ? body['messages'].map(record) : [];
  const content = (role: string): string => {
    const found = messages.find((message) => message['role'] === role)?.['content'];
    return typeof found === 'string' ? found : '';
  };
  const format = record(body['response_format']);
  const name = record(format['json_schema'])['name'];
  const type = format['type'];
  return {
    index,
    headers,
    body,
    model: typeof body['model'] === 'string' ? body['model'] : '',
    instructions: content('system'),
    user: content('user'),
    format: type === 'json_schema' || type === 'json_object' ? type : 'text',
    schemaName: typeof name === 'string' ? name : null,
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function refusalOf(request: ChatRequest, refusals: Refusals): ScriptedReply | null {
  const { body } = request;
  if (refusals.jsonSchema === 'refuses' && request.format === 'json_schema') {
    return fails(400, 'This response_format type is unavailable now', { code: 'invalid_request_error' });
  }
  if (refusals.jsonObject === 'refuses' && request.format === 'json_object') {
    return fails(422, 'response_format is not supported by this model', { param: 'response_format' });
  }
  if (request.format === 'json_object' && !/json/iu.test(request.instructions + request.user)) {
    return fails(
      400,
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
    );
  }
  if (refusals.temperature === 'refuses' && 'temperature' in body) {
    return fails(
      400,
      "Unsupported value: 'temperature' does not support 0 with this model. Only the default (1) value is supported.",
      {
        code: 'unsupported_value',
        param: 'temperature',
      },
    );
  }
  if (refusals.maxTokens === 'refuses' && 'max_tokens' in body) {
    return fails(
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      {
        code: 'unsupported_parameter',
        param: 'max_tokens',
      },
    );
  }
  if (refusals.streamOptions === 'refuses' && 'stream_options' in body) {
    return fails(400, 'Unrecognized request argument supplied: stream_options');
  }
  return null;
}

async function send(
  response: ServerResponse,
  request: ChatRequest,
  reply: ScriptedReply,
  refusals: Refusals,
): Promise<void> {
  if (reply.kind === 'hangs') return;
  if (reply.kind === 'drops') {
    response.destroy();
    return;
  }
  if (reply.kind === 'fails') {
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error: reply.error }));
    return;
  }
  if (request.body['stream'] === true && refusals.streaming !== 'ignores') await stream(response, request, reply);
  else {
    await reply.before;
    whole(response, request, reply);
  }
}

function frame(request: ChatRequest, rest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return { id: `chatcmpl-${request.index}`, created: 0, model: request.model, ...rest };
}

function whole(response: ServerResponse, request: ChatRequest, reply: Said): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const message = { role: 'assistant', content: reply.content, refusal: reply.refusal ?? null };
  response.end(
    JSON.stringify(
      frame(request, {
        object: 'chat.completion',
        choices: [{ index: 0, message, finish_reason: reply.finish === undefined ? 'stop' : reply.finish }],
        ...(reply.usage === undefined ? {} : { usage: reply.usage }),
      }),
    ),
  );
}

async function stream(response: ServerResponse, request: ChatRequest, reply: Said): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const event = (rest: Readonly<Record<string, unknown>>): void => {
    const chunk = frame(request, { object: 'chat.completion.chunk', ...rest });
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  };
  const delta = (part: Readonly<Record<string, unknown>>, finish: string | null = null): void => {
    event({ choices: [{ index: 0, delta: part, finish_reason: finish }] });
  };
  delta({ role: 'assistant', content: '' });
  if (reply.thoughts !== undefined) delta({ reasoning_content: reply.thoughts });
  const size = reply.chunkCharacters ?? 64;
  const characters = Array.from(reply.content);
  for (let at = 0; at < characters.length; at += size) {
    delta({ content: characters.slice(at, at + size).join('') });
    if (at === 0) await reply.before;
  }
  if (characters.length === 0) await reply.before;
  if (reply.isCut === true) {
    // What was written has to be on its way before the connection goes.
    response.write(': gone\n\n', () => {
      response.destroy();
    });
    return;
  }
  if (reply.error !== undefined) {
    event({ error: reply.error });
    response.end();
    return;
  }
  if (reply.refusal !== undefined) delta({ refusal: reply.refusal });
  if (reply.finish !== null) delta({}, reply.finish ?? 'stop');
  const isCounted = 'stream_options' in request.body && reply.usage !== undefined;
  if (isCounted) event({ choices: [], usage: reply.usage });
  if (reply.finish !== null) response.write('data: [DONE]\n\n');
  response.end();
}
