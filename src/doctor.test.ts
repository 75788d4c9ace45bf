import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { examineSettings, languageModel } from './doctor.ts';

let server: Server | null = null;
afterEach(async () => {
  const closing = Promise.withResolvers<void>();
  if (server === null) closing.resolve();
  else {
    server.close(() => {
      closing.resolve();
    });
  }
  await closing.promise;
  server = null;
});

const KEY = 'sk-secret';

/** What is said of a model at a server that answers like this; `asked` collects its requests. */
async function verdictOf(status: number, body: string, asked: string[] = []): Promise<string> {
  const opened = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(body);
  });
  server = opened;
  const listening = Promise.withResolvers<void>();
  opened.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const address = opened.address();
  if (address === null || typeof address === 'string') throw new Error('a port expected');
  return languageModel(
    readConfig({
      EARSHOT_MODEL: 'qwen3',
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: `http://127.0.0.1:${address.port}/v1/`,
    }),
  );
}

describe('the language model', () => {
  it('that is not set is no fault, and nobody is asked', async () => {
    expect(await languageModel(readConfig({ OPENAI_API_KEY: KEY }))).toContain('none set');
  });

  it('is named when its server takes the key', async () => {
    const asked: string[] = [];
    expect(await verdictOf(200, '{"data": [{"id": "qwen3"}]}', asked)).toMatch(/\/qwen3$/u);
    expect(asked).toEqual([`GET /v1/models Bearer ${KEY}`]);
  });

  it('that its server does not list may still be there', async () => {
    expect(await verdictOf(200, '{"data": [{"id": "other"}]}')).toContain('check EARSHOT_MODEL');
  });

  it.each([
    [404, 'no such page'],
    [200, '<html>'],
    [200, '{"models": []}'],
  ])('stands at a server that does not list any: %j %s', async (status, body) => {
    expect(await verdictOf(status, body)).toContain('does not list its models');
  });

  it.each([
    [401, 'forbidden', 'OPENAI_API_KEY'],
    [403, 'forbidden', 'OPENAI_API_KEY'],
    [429, 'unavailable', 'Try again later'],
    [503, 'unavailable', 'Try again later'],
  ])('whose server answers %j is a fault that says what to do', async (status, kind, advice) => {
    const failed = await verdictOf(status, '{}').catch((error: unknown) => error);
    expect(failed).toMatchObject({ name: 'Fault', kind });
    expect(String(failed)).toContain(advice);
    expect(String(failed)).not.toContain(KEY);
  });

  it('whose server is not there is a fault that says what to do', async () => {
    const config = readConfig({ EARSHOT_MODEL: 'qwen3', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' });
    await expect(languageModel(config)).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('OPENAI_BASE_URL'),
    });
  });
});

describe('settings', () => {
  it('that can be used are all used', () => {
    const env = { EARSHOT_DATA: '/data', EARSHOT_WHISPER: 'base' };
    const { config, settings } = examineSettings(env);
    expect(settings.works).toBe(true);
    expect(config).toEqual(readConfig(env));
  });

  it('that cannot be used are named, and the others are looked at', () => {
    const { config, settings } = examineSettings({ EARSHOT_DATA: '/data', EARSHOT_THREADS: 'many', DATABASE_URL: 'x' });
    expect(settings).toMatchObject({ works: false, advice: expect.stringContaining('EARSHOT_THREADS') });
    expect(config).toEqual(readConfig({ EARSHOT_DATA: '/data' }));
  });

  it('of a model without key and server leave the model out', () => {
    const { config, settings } = examineSettings({ EARSHOT_MODEL: 'qwen3', EARSHOT_DATA: '/data' });
    expect(settings.advice).toContain('OPENAI_API_KEY');
    expect(config).toMatchObject({ languageModel: null, dataDir: '/data' });
  });
});
