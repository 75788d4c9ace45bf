import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';
import { Fault } from '../core/faults.ts';

/** A file on this machine that a command was given. */
export interface LocalFile {
  readonly path: string;
  readonly sha256: string;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Reads a file once, to know it again. Throws Fault `bad-input` or `not-found` with what to do. */
export async function localFile(path: string, signal: AbortSignal): Promise<LocalFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(error);
  });
  if (found.isDirectory()) throw new Fault('input', 'bad-input', 'This is a folder. Name the recordings in it.');
  if (!found.isFile())
    throw new Fault('input', 'bad-input', 'This is not a regular file. Save the recording to a file first.');
  if (found.size === 0)
    throw new Fault('input', 'bad-input', 'The file is empty. Check that it was saved or downloaded completely.');
  await access(path, constants.R_OK).catch((error: unknown) => {
    throw unreadable(error);
  });
  const hash = createHash('sha256');
  try {
    // oxlint-disable-next-line typescript/no-unsafe-argument -- a stream without encoding gives buffers
    for await (const chunk of createReadStream(path, { signal, highWaterMark: 1 << 20 })) hash.update(chunk);
  } catch (error) {
    signal.throwIfAborted();
    throw unreadable(error);
  }
  return { path, sha256: hash.digest('hex'), open: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
}

function unreadable(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new Fault('input', 'not-found', 'There is no such file. Check the name and the folder.', { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new Fault('input', 'forbidden', 'This user may not read the file. Change its permissions and try again.', {
      cause: error,
    });
  }
  return new Fault('input', 'bad-input', `The file cannot be read (${code === '' ? 'unknown error' : code}).`, {
    cause: error,
  });
}
