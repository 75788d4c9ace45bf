/** Fetches models from Hugging Face: resumable, checked, and complete or not there at all. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../../core/faults.ts';
import { checksumsFile, formatChecksums } from './checksums.ts';
import { downloadableModels } from './registry.ts';

export interface ModelListing {
  readonly name: string;
  /** Where it comes from, in full. */
  readonly source: string;
  readonly approximateBytes: number;
  /** Folder it is or would be in. */
  readonly path: string;
  readonly installed: boolean;
}
export interface DownloadOptions {
  readonly name: string;
  /** Each model gets a folder of its name in here. */
  readonly modelsDir: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Absent: https://huggingface.co; a mirror has the same paths. */
  readonly baseUrl?: string;
}
export interface DownloadProgress {
  readonly file: string;
  /** Over all files; `totalBytes` is exact. */
  readonly doneBytes: number;
  readonly totalBytes: number;
}

const huggingFace = 'https://huggingface.co';

export async function listModels(modelsDir: string): Promise<readonly ModelListing[]> {
  return Promise.all(
    downloadableModels.map(async ({ name, repository, approximateBytes }) => {
      const path = join(modelsDir, name);
      return {
        name,
        source: `${huggingFace}/${repository}`,
        approximateBytes,
        path,
        // Written last, so it tells a finished download.
        installed: await exists(join(path, checksumsFile)),
      };
    }),
  );
}

/**
 * Resolves to the folder, which `createWhisper` takes. No sums are pinned for these models: each file is checked against
 * the one the server itself announces (`X-Linked-Etag` is the SHA-256 of a large file; the ETag of a small one is its
 * git blob id, https://git-scm.com/book/en/v2/Git-Internals-Git-Objects), and the SHA-256 of what was kept is left in
 * the folder. What came before a cut connection stays in `.part` files and is gone on with.
 * Throws Fault `bad-input` for an unknown name, `not-found`, `forbidden`, `rate-limited`, `unavailable` (network, disk),
 * `bad-output` for a wrong or missing checksum, and the signal's reason when aborted.
 */
export async function downloadModel(options: DownloadOptions): Promise<{ readonly path: string }> {
  const model = downloadableModels.find(({ name }) => name === options.name);
  if (model === undefined) {
    const known = downloadableModels.map(({ name }) => name).join(', ');
    throw new Fault('models', 'bad-input', `There is no model "${options.name}" to download: choose one of ${known}.`);
  }
  const base = (options.baseUrl ?? huggingFace).replace(/\/+$/u, '');
  const folder = join(options.modelsDir, model.name);
  const remotes: Remote[] = [];
  for (const file of model.files) {
    remotes.push(await announce(file, `${base}/${model.repository}/resolve/${model.revision}/${file}`, options.signal));
  }
  const totalBytes = remotes.reduce((sum, remote) => sum + remote.bytes, 0);
  const sums = new Map<string, string>();
  let before = 0;
  for (const remote of remotes) {
    const report = (bytes: number): void => {
      options.onProgress?.({ file: remote.file, doneBytes: before + bytes, totalBytes });
    };
    const sum = await onDisk(
      () => fetchFile(remote, join(folder, remote.file), options.signal, report),
      options.signal,
    );
    sums.set(remote.file, sum);
    before += remote.bytes;
  }
  await onDisk(async () => {
    const manifest = join(folder, checksumsFile);
    await writeFile(`${manifest}.part`, formatChecksums(sums), { flush: true });
    await rename(`${manifest}.part`, manifest);
  }, options.signal);
  return { path: folder };
}

interface Remote {
  readonly file: string;
  readonly url: string;
  readonly bytes: number;
  /** 64 hexadecimal digits: SHA-256. 40: SHA-1 of git's blob. */
  readonly sum: string;
}

/** Redirects are answered by hand: only the first server tells the sum, the storage behind it does not. */
async function announce(file: string, url: string, signal: AbortSignal): Promise<Remote> {
  let address = url;
  for (let hop = 0; hop < 5; hop++) {
    const response = await request(address, { method: 'HEAD', redirect: 'manual', signal });
    const sum = /^(?:W\/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?$/u.exec(
      response.headers.get('x-linked-etag') ?? response.headers.get('etag') ?? '',
    )?.[1];
    const bytes = Number(response.headers.get('x-linked-size') ?? response.headers.get('content-length') ?? Number.NaN);
    const isRedirect = response.status >= 300 && response.status < 400;
    if (!response.ok && !isRedirect) throw refusal(response);
    const hasAnswered = response.headers.has('x-linked-etag') || !isRedirect;
    if (hasAnswered && sum !== undefined && Number.isSafeInteger(bytes)) return { file, url, bytes, sum };
    const location = response.headers.get('location');
    if (hasAnswered || location === null) break;
    address = new URL(location, address).href;
  }
  throw new Fault('models', 'bad-output', `The server gives no checksum for ${file}, so it was not downloaded.`);
}

async function request(url: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    init.signal.throwIfAborted();
    throw unreachable(cause);
  }
}

function unreachable(cause: unknown): Fault {
  return new Fault('models', 'unavailable', 'The download was cut off: check the network and run it again to go on.', {
    cause,
  });
}

function refusal(response: Response): Fault {
  if (response.status === 404)
    return new Fault('models', 'not-found', 'The model is no longer where it was published.');
  if (response.status === 401 || response.status === 403) {
    return new Fault('models', 'forbidden', 'The model server refused the download: it asks for an account.');
  }
  if (response.status === 429) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    const wait = Number.isFinite(seconds) ? { retryAfterMs: seconds * 1000 } : {};
    return new Fault('models', 'rate-limited', 'The model server asked us to slow down: try again later.', wait);
  }
  return new Fault('models', 'unavailable', `The model server failed (${response.status}): try again later.`);
}

/** Resolves to the SHA-256 of the file, which is then at `path`, durable and checked. */
async function fetchFile(
  remote: Remote,
  path: string,
  signal: AbortSignal,
  report: (bytes: number) => void,
): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  if ((await sizeOf(path)) === remote.bytes) {
    const check = createCheck(remote);
    await feed(check, path);
    const sum = check.passed();
    if (sum !== undefined) {
      report(remote.bytes);
      return sum;
    }
  }
  const part = `${path}.part`;
  const check = await resume(remote, part, signal, report);
  const sum = check.passed();
  if (sum === undefined) {
    await rm(part, { force: true });
    throw new Fault(
      'models',
      'bad-output',
      `${remote.file} arrived damaged (wrong checksum) and was thrown away: run the download again.`,
    );
  }
  await rename(part, path);
  return sum;
}

/** Goes on with what is in `part`; resolves when all bytes are there. */
async function resume(
  remote: Remote,
  part: string,
  signal: AbortSignal,
  report: (bytes: number) => void,
): Promise<Check> {
  const kept = (await sizeOf(part)) ?? 0;
  let check = createCheck(remote);
  if (kept > 0 && kept <= remote.bytes) await feed(check, part);
  if (kept === remote.bytes) return check;
  const isPartial = kept > 0 && kept < remote.bytes;
  const response = await request(remote.url, { signal, headers: isPartial ? { range: `bytes=${kept}-` } : {} });
  if (!response.ok) throw refusal(response);
  // A server without ranges sends everything again.
  const goesOn = isPartial && response.status === 206;
  if (!goesOn) check = createCheck(remote);
  const file = await open(part, goesOn ? 'a' : 'w');
  try {
    let bytes = goesOn ? kept : 0;
    for await (const chunk of chunksOf(response, signal)) {
      await file.write(chunk);
      check.add(chunk);
      bytes += chunk.length;
      report(bytes);
    }
    if (bytes < remote.bytes) throw unreachable(new Error(`${bytes} of ${remote.bytes} bytes came`));
    await file.sync();
  } finally {
    await file.close();
  }
  return check;
}

async function* chunksOf(response: Response, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  try {
    yield* response.body;
  } catch (cause) {
    signal.throwIfAborted();
    throw unreachable(cause);
  }
}

interface Check {
  add(bytes: Uint8Array): void;
  /** The SHA-256 when the bytes are what was announced. Call once. */
  passed(): string | undefined;
}

function createCheck({ sum, bytes }: Remote): Check {
  const sha256 = createHash('sha256');
  const blob: Hash | undefined = sum.length === 40 ? createHash('sha1').update(`blob ${bytes}\0`) : undefined;
  return {
    add(chunk) {
      sha256.update(chunk);
      blob?.update(chunk);
    },
    passed() {
      const digest = sha256.digest('hex');
      return (blob === undefined ? digest : blob.digest('hex')) === sum ? digest : undefined;
    },
  };
}

async function feed(check: Check, path: string): Promise<void> {
  for await (const chunk of createReadStream(path)) if (chunk instanceof Uint8Array) check.add(chunk);
}

/** Errors of the file system become one sentence. */
async function onDisk<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof Fault || signal.aborted) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    const reason = code === 'ENOSPC' ? 'the disk is full: make room' : `${code}: check the folder and its permissions`;
    throw new Fault('models', 'unavailable', `The model could not be written (${reason}, then run it again).`, {
      cause,
    });
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw cause;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
