import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mediaStoreContract } from '../../test/contract/media-store.ts';
import { temporaryDir } from '../../test/contract/surroundings.ts';
import { createDiskMedia } from './disk-media.ts';

let top = '';
let count = 0;
beforeAll(async () => {
  top = await temporaryDir();
});
afterAll(async () => {
  await rm(top, { recursive: true, force: true });
});
const freshDir = (): string => {
  count += 1;
  return join(top, `media-${count}`);
};
async function* chunks(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

describe('media on disk', () => {
  mediaStoreContract(async () => {
    const dir = freshDir();
    return {
      media: createDiskMedia(dir),
      async contents() {
        const found = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
        return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
      },
    };
  });

  it('keeps recordings from other users', async () => {
    const dir = freshDir();
    await createDiskMedia(dir).put('a/k', 'audio/ogg', chunks(Buffer.from('x')));
    expect([await mode(dir), await mode(join(dir, 'a')), await mode(join(dir, 'a/k'))]).toEqual([0o700, 0o700, 0o600]);
  });

  it('says what is wrong when a file stands where its folder should be', async () => {
    const dir = freshDir();
    await writeFile(dir, 'in the way');
    const put = createDiskMedia(dir).put('k', 'audio/ogg', chunks(Buffer.from('x')));
    await expect(put).rejects.toMatchObject({ source: 'media', kind: 'forbidden' });
  });

  it.skipIf(process.platform !== 'linux')('leaves nothing behind when the disk takes no more', async () => {
    const dir = freshDir();
    await mkdir(dir);
    const script = `
      import { promises } from 'node:fs';
      import { createDiskMedia } from ${JSON.stringify(join(import.meta.dirname, 'disk-media.ts'))};
      async function* body() { for (let i = 0; i < 64; i += 1) yield Buffer.alloc(65536); }
      const failure = await createDiskMedia(${JSON.stringify(dir)}).put('k', 'audio/ogg', body()).catch((error) => error);
      console.log(JSON.stringify({ kind: failure.kind, message: failure.message }));
    `;
    // A limit on file sizes breaks off a write in the middle as a full disk does, with EFBIG in place of ENOSPC.
    const said = execFileSync(
      '/bin/sh',
      ['-c', `ulimit -f 16; exec "$0" --input-type=module -e "$1"`, process.execPath, script],
      {
        encoding: 'utf8',
      },
    );
    expect(JSON.parse(said)).toMatchObject({ kind: 'unavailable' });
    expect(await readdir(dir)).toEqual([]);
  });

  it('does not follow a link out of the store when deleting', async () => {
    const dir = freshDir();
    await mkdir(dir);
    const outside = join(top, 'outside');
    await writeFile(outside, 'mine');
    await symlink(outside, join(dir, 'k'));
    await createDiskMedia(dir).delete({ key: 'k', mediaType: '', bytes: 0, sha256: '' });
    expect((await stat(outside)).isFile()).toBe(true);
  });
});
