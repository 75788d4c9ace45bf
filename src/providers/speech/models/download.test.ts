import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../../core/faults.ts';
import { parseChecksums } from './checksums.ts';
import { downloadModel, listModels } from './download.ts';
import type { DownloadProgress } from './download.ts';
import { downloadableModels } from './registry.ts';

const encoder = 'onnx/encoder_model_quantized.onnx';
let server: Server;
let baseUrl: string;
let modelsDir: string;
/** What the server does; each test changes what it is about. */
let contents: Map<string, Buffer>;
let ranges: (string | undefined)[];
let intercept: (file: string, request: IncomingMessage, response: ServerResponse) => boolean;

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
function gitBlob(content: Buffer): string {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/** As Hugging Face answers: large files are linked, small ones carry git's id. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const stored = request.url?.startsWith('/storage/') === true;
  const file = decodeURIComponent((request.url ?? '').replace(/^.*\/(?:resolve\/main|storage)\//u, ''));
  if (intercept(file, request, response)) return;
  const content = contents.get(file);
  if (content === undefined) {
    response.writeHead(404).end();
    return;
  }
  if (file.endsWith('.onnx') && !stored) {
    response.writeHead(302, {
      location: `/storage/${file}`,
      'x-linked-etag': `"${sha256(content)}"`,
      'x-linked-size': String(content.length),
      etag: '"0"',
    });
    response.end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (request.method === 'GET') ranges.push(request.headers.range);
  const body = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { etag: `"${gitBlob(content)}"`, 'content-length': String(body.length) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

async function download(
  more: { readonly signal?: AbortSignal; readonly onProgress?: (at: DownloadProgress) => void } = {},
) {
  return downloadModel({
    name: 'medium',
    modelsDir,
    baseUrl,
    signal: more.signal ?? new AbortController().signal,
    ...(more.onProgress === undefined ? {} : { onProgress: more.onProgress }),
  });
}
async function failure(promise: Promise<unknown>): Promise<Fault> {
  const outcome: unknown = await promise.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(outcome instanceof Fault)) throw new Error('expected a Fault', { cause: outcome });
  return outcome;
}
async function kept(): Promise<string[]> {
  const all = await readdir(modelsDir, { recursive: true, withFileTypes: true });
  return all.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted();
}

beforeEach(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'models-'));
  contents = new Map(
    (downloadableModels[0]?.files ?? []).map((file, i) => [file, Buffer.alloc(100_000 + i, `${file} `)]),
  );
  ranges = [];
  intercept = () => false;
  server = createServer(serve);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  baseUrl = `http://127.0.0.1:${address.port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(modelsDir, { recursive: true, force: true });
});

describe('downloading a model', () => {
  it('keeps every file with its checksum, and lists the model as installed', async () => {
    const progress: DownloadProgress[] = [];
    expect((await listModels(modelsDir)).map((model) => model.installed)).toEqual([false, false]);
    const { path } = await download({ onProgress: (at) => progress.push(at) });
    for (const [file, content] of contents) expect(await readFile(join(path, file))).toEqual(content);
    const sums = parseChecksums(await readFile(join(path, 'SHA256SUMS'), 'utf8'));
    expect([...sums]).toEqual([...contents].map(([file, content]) => [file, sha256(content)]));
    expect((await listModels(modelsDir)).map((model) => model.installed)).toEqual([true, false]);
    const total = [...contents.values()].reduce((sum, content) => sum + content.length, 0);
    expect(progress.at(-1)).toMatchObject({ doneBytes: total, totalBytes: total });
    expect((await kept()).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('goes on after a cut connection with the bytes that are missing', async () => {
    const whole = contents.get(encoder) ?? Buffer.alloc(0);
    let sending: ServerResponse | undefined;
    intercept = (file, request, response) => {
      if (file !== encoder || request.method !== 'GET' || request.url?.startsWith('/storage/') !== true) return false;
      response.writeHead(200, { 'content-length': String(whole.length) });
      response.write(whole.subarray(0, 60_000));
      sending = response;
      return true;
    };
    // Cut once something has arrived: what still is in a socket is lost with it.
    const fault = await failure(download({ onProgress: () => sending?.destroy() }));
    expect([fault.kind, fault.retryable]).toEqual(['unavailable', true]);
    expect((await listModels(modelsDir))[0]?.installed).toBe(false);
    await expect(access(join(modelsDir, 'medium', encoder))).rejects.toThrow('ENOENT');
    const part = await readFile(join(modelsDir, 'medium', `${encoder}.part`));
    expect(part.length).toBeGreaterThan(0);

    intercept = () => false;
    ranges = [];
    const { path } = await download();
    expect(await readFile(join(path, encoder))).toEqual(whole);
    expect(ranges[0]).toBe(`bytes=${part.length}-`);
  });

  it('starts over when the server knows no ranges', async () => {
    const whole = contents.get(encoder) ?? Buffer.alloc(0);
    const part = join(modelsDir, 'medium', `${encoder}.part`);
    await mkdir(join(part, '..'), { recursive: true });
    await writeFile(part, whole.subarray(0, 10));
    intercept = (_file, request) => {
      delete request.headers.range;
      return false;
    };
    const { path } = await download();
    expect(await readFile(join(path, encoder))).toEqual(whole);
  });

  it('keeps nothing of a file whose checksum is wrong', async () => {
    intercept = (file, request, response) => {
      if (file !== encoder || request.url?.startsWith('/storage/') !== true) return false;
      response.end(Buffer.alloc(contents.get(encoder)?.length ?? 0, 'x'));
      return true;
    };
    const fault = await failure(download());
    expect(fault.kind).toBe('bad-output');
    expect(fault.message).toContain('wrong checksum');
    expect((await kept()).filter((name) => name.includes('encoder'))).toEqual([]);
  });

  it('checks small files against their git id', async () => {
    intercept = (file, request, response) => {
      if (file !== 'config.json' || request.method !== 'GET') return false;
      response.end(Buffer.alloc(contents.get(file)?.length ?? 0, 'x'));
      return true;
    };
    expect((await failure(download())).kind).toBe('bad-output');
  });

  it.each([
    [404, 'not-found'],
    [401, 'forbidden'],
    [429, 'rate-limited'],
    [503, 'unavailable'],
  ])('says what a %i means', async (status, kind) => {
    intercept = (_file, _request, response) => {
      response.writeHead(status, { 'retry-after': '7' }).end();
      return true;
    };
    const fault = await failure(download());
    expect(fault.kind).toBe(kind);
    expect(fault.retryAfterMs).toBe(status === 429 ? 7000 : undefined);
  });

  it('downloads nothing that has no checksum', async () => {
    intercept = (_file, _request, response) => {
      response.writeHead(200, { 'content-length': '5' }).end();
      return true;
    };
    expect((await failure(download())).kind).toBe('bad-output');
    expect(await kept()).toEqual([]);
  });

  it('says what to do when the folder cannot be written', async () => {
    await writeFile(join(modelsDir, 'medium'), 'a file where the folder should be');
    const fault = await failure(download());
    expect(fault.kind).toBe('unavailable');
    expect(fault.message).toContain('could not be written');
  });

  it('stops when aborted, with the reason', async () => {
    const stop = new AbortController();
    intercept = (file) => {
      if (file === encoder) stop.abort(new Error('enough'));
      return false;
    };
    await expect(download({ signal: stop.signal })).rejects.toThrow('enough');
  });

  it('knows its own names only', async () => {
    const fault = await failure(
      downloadModel({ name: '../medium', modelsDir, baseUrl, signal: new AbortController().signal }),
    );
    expect(fault.kind).toBe('bad-input');
    expect(fault.message).toContain('large-v3-turbo');
  });
});
