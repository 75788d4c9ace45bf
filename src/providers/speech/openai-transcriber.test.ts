import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { transcriberContract } from '../../../test/contract/transcriber.ts';
import { Fault } from '../../core/faults.ts';
import type { Transcriber } from '../../core/ports.ts';
import { createOpenAiTranscriber } from './openai-transcriber.ts';

interface Asked {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}
let server: Server;
let baseUrl: string;
let asked: Asked[];
/** What the server answers; each test sets it. */
let reply: (response: ServerResponse, request: Asked) => void;

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
/** One field of a multipart form; undefined when it was not sent. */
function field(request: Asked | undefined, name: string): string | undefined {
  const form = request?.body.toString('latin1') ?? '';
  return new RegExp(`name="${name.replaceAll(/[[\]]/gu, '\\$&')}"\r\n\r\n([^\r]*)\r\n`, 'u').exec(form)?.[1];
}
function make(more: { readonly timeoutMs?: number } = {}): Transcriber {
  return createOpenAiTranscriber({ apiKey: 'key-1', baseUrl, model: 'whisper-1', ...more });
}
const pcm = Float32Array.from({ length: 16_000 }, (_, i) => Math.sin(i / 10));
function hear(transcriber = make(), more: { readonly language?: string; readonly glossary?: readonly string[] } = {}) {
  return transcriber.transcribe(pcm, { glossary: [], signal: new AbortController().signal, ...more });
}
async function failure(promise: Promise<unknown>): Promise<Fault> {
  const outcome: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(outcome instanceof Fault)) throw new Error('expected a Fault', { cause: outcome });
  return outcome;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const complete = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) };
      asked.push(complete);
      reply(response, complete);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  baseUrl = `http://127.0.0.1:${address.port}/v1`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  reply = (response) => {
    send(response, 200, { text: '' });
  };
});

transcriberContract('an OpenAI-compatible server', () => Promise.resolve(make()));

describe('transcription by an OpenAI-compatible server', () => {
  it('sends a WAV file with model, language and terms, and gives text, language and words back', async () => {
    reply = (response) => {
      send(response, 200, {
        text: ' Hello there. ',
        language: 'english',
        segments: [{ start: 0, end: 1, avg_logprob: -0.2, no_speech_prob: 0.01 }],
        words: [
          { word: 'Hello', start: 0.1, end: 0.42 },
          { word: 'there', start: 0.42, end: 1.7 },
        ],
      });
    };
    const hearing = await hear(make(), { language: 'en', glossary: ['Earshot', 'pgvector'] });
    expect(hearing).toEqual({
      text: 'Hello there.',
      language: 'en',
      confidence: Math.exp(-0.2),
      words: [
        { text: 'Hello', startMs: 100, endMs: 420 },
        { text: 'there', startMs: 420, endMs: 1000 },
      ],
    });
    const [request] = asked;
    expect(request?.url).toBe('/v1/audio/transcriptions');
    expect(request?.headers.authorization).toBe('Bearer key-1');
    expect(field(request, 'model')).toBe('whisper-1');
    expect(field(request, 'language')).toBe('en');
    expect(field(request, 'prompt')).toBe('Earshot, pgvector');
    expect(field(request, 'response_format')).toBe('verbose_json');
    const at = request?.body.indexOf('RIFF') ?? -1;
    expect(request?.body.readUInt32LE(at + 4)).toBe(36 + pcm.length * 2);
    expect(request?.body.readUInt32LE(at + 24)).toBe(16_000);
    expect(request?.body.readInt16LE(at + 44 + 2 * 100)).toBe(Math.round(Math.sin(10) * 32_767));
  });

  it('asks models that know no verbose answers for plain ones, and remembers it', async () => {
    reply = (response, request) => {
      if (field(request, 'response_format') === 'json') send(response, 200, { text: 'Plain.' });
      else send(response, 400, { error: { message: "response_format 'verbose_json' is not compatible" } });
    };
    const transcriber = make();
    expect(await hear(transcriber, { language: 'de' })).toEqual({ text: 'Plain.', language: 'de', confidence: 1 });
    await hear(transcriber);
    expect(asked.map((request) => field(request, 'response_format'))).toEqual(['verbose_json', 'json', 'json']);
  });

  it.each([
    ['no-speech', 'Thank you.', -1.3, 0.9],
    ['low-confidence', 'Hmm what.', -2, 0.1],
    ['empty', '...', -0.1, 0.1],
    ['repetition', 'and then we go and then we go and then we go and then we go ', -0.1, 0.1],
  ])('withholds words for %s', async (reason, text, averageLogProbability, noSpeech) => {
    reply = (response) => {
      const segments = [{ avg_logprob: averageLogProbability, no_speech_prob: noSpeech }];
      send(response, 200, { text, segments });
    };
    expect(await hear()).toMatchObject({ text: '', suppressed: reason });
  });

  it.each([
    [400, 'bad-input'],
    [401, 'unauthorized'],
    [402, 'payment-required'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [500, 'unavailable'],
    [503, 'unavailable'],
  ])('makes a %i the fault %s after one request, quoting nothing', async (status, kind) => {
    reply = (response) => {
      send(response, status, { error: { message: 'secret words of a meeting' } });
    };
    const fault = await failure(hear());
    expect(fault.kind).toBe(kind);
    expect(JSON.stringify([fault.message, String(fault.cause)])).not.toContain('secret');
    expect(asked).toHaveLength(1);
  });

  it.each([
    [{ 'retry-after': '12' }, 12_000],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{}, undefined],
  ])('passes on how long a 429 asks to wait: %j', async (headers, retryAfterMs) => {
    reply = (response) => {
      send(response, 429, { error: { message: 'slow down' } }, headers);
    };
    const fault = await failure(hear());
    expect([fault.kind, fault.retryAfterMs]).toEqual(['rate-limited', retryAfterMs]);
    expect(asked).toHaveLength(1);
  });

  it('gives up on a server that never answers', async () => {
    reply = () => undefined;
    const fault = await failure(hear(make({ timeoutMs: 60 })));
    expect([fault.kind, fault.retryable]).toEqual(['timeout', true]);
    expect(asked).toHaveLength(1);
  });

  it('says that a server cannot be reached', async () => {
    reply = (response) => {
      response.destroy();
    };
    expect((await failure(hear())).kind).toBe('unavailable');
  });

  it.each([['no JSON at all <html>'], ['{"words":[]}']])('takes %j for no answer', async (body) => {
    reply = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    };
    expect((await failure(hear())).kind).toBe('bad-output');
  });
});
