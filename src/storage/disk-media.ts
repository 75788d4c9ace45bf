import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../core/faults.ts';
import type { MediaStore } from '../core/ports.ts';
import { checkKey, missingMedia } from './media-keys.ts';

/**
 * Media as files below `dir`, closed to other users; the key is the path. A file appears under its name whole and
 * synced, or not at all. Throws Fault `media`: `unavailable` (disk full, I/O error), `forbidden`, `not-found`,
 * `bad-input` (unusable key); a failure of the stream given to `put` is passed on as it is.
 */
export function createDiskMedia(dir: string): MediaStore {
  const pathOf = (key: string): string => {
    checkKey(key);
    return join(dir, ...key.split('/'));
  };
  const onDisk = async <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw diskFault(error, dir);
    });

  /** Size and SHA-256 of what was written and synced. */
  const writeAll = async (
    file: FileHandle,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly bytes: number; readonly sha256: string }> => {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of body) {
      hash.update(chunk);
      bytes += chunk.byteLength;
      for (let done = 0; done < chunk.byteLength;) done += (await onDisk(file.write(chunk, done))).bytesWritten;
    }
    await onDisk(file.sync());
    return { bytes, sha256: hash.digest('hex') };
  };

  return {
    async put(key, mediaType, body) {
      const path = pathOf(key);
      // A name that no key can have, so a leftover of a killed process is never taken for media.
      const draft = join(dirname(path), `.${randomBytes(8).toString('hex')}.part`);
      try {
        await onDisk(mkdir(dirname(path), { recursive: true, mode: 0o700 }));
        const file = await onDisk(open(draft, 'wx', 0o600));
        let written;
        try {
          written = await writeAll(file, body);
        } finally {
          await file.close();
        }
        await onDisk(rename(draft, path));
        await onDisk(syncFolders(dirname(path), dir));
        return { key, mediaType, ...written };
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw error;
      }
    },
    async open(ref) {
      const file = await onDisk(open(pathOf(ref.key)));
      return file.createReadStream();
    },
    async localFile(ref, signal) {
      signal.throwIfAborted();
      const path = pathOf(ref.key);
      await onDisk(stat(path));
      return { path, release: () => Promise.resolve() };
    },
    async delete(ref) {
      await onDisk(rm(pathOf(ref.key), { force: true }));
    },
  };
}

/** A rename lasts when its folder is synced, and a new folder when the one above it is. */
async function syncFolders(from: string, top: string): Promise<void> {
  // Windows cannot open a folder.
  if (process.platform === 'win32') return;
  for (let folder = from; ; folder = dirname(folder)) {
    const handle = await open(folder);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === top || folder === dirname(folder)) return;
  }
}

function diskFault(error: unknown, dir: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const fault = (kind: Fault['kind'], sentence: string): Fault => new Fault('media', kind, sentence, { cause: error });
  switch (code) {
    case 'ENOENT':
      return missingMedia();
    case 'ENOSPC':
    case 'EDQUOT':
      return fault('unavailable', `The disk that holds ${dir} is full; free some space.`);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EISDIR':
    case 'EEXIST':
      return fault('forbidden', `Recordings cannot be read or written in ${dir}; correct its owner and permissions.`);
    default:
      return fault('unavailable', `Recordings cannot be read or written in ${dir} just now; try again.`);
  }
}
