import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import type { MediaRef } from '../../src/core/model.ts';
import type { MediaStore } from '../../src/core/ports.ts';

export interface MediaUnderTest {
  readonly media: MediaStore;
  /** Everything in the store, leftovers included. */
  contents(): Promise<readonly string[]>;
}

const never = new AbortController().signal;
async function* chunks(...parts: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* parts;
}
async function* breaking(part: Uint8Array): AsyncIterable<Uint8Array> {
  yield part;
  throw new RangeError('the source broke');
}
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
async function read(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
const ref = (key: string): MediaRef => ({ key, mediaType: 'audio/ogg', bytes: 1, sha256: '' });

/** What every media store promises. `open` gives an empty one. */
export function mediaStoreContract(open: () => Promise<MediaUnderTest>): void {
  let under: MediaUnderTest;
  let media: MediaStore;
  beforeEach(async () => {
    under = await open();
    ({ media } = under);
  });

  it('reads back what was put, and says how much and what it was', async () => {
    const put = await media.put('a/b c.ogg', 'audio/ogg', chunks(bytes('hel'), bytes(''), bytes('lo')));
    expect(put).toEqual({
      key: 'a/b c.ogg',
      mediaType: 'audio/ogg',
      bytes: 5,
      sha256: createHash('sha256').update('hello').digest('hex'),
    });
    expect((await read(await media.open(put))).toString()).toBe('hello');
  });

  it('keeps more than fits into one part', async () => {
    const large = randomBytes(12 * 1024 * 1024);
    const parts = Array.from({ length: 192 }, (_, index) => large.subarray(index * 65_536, (index + 1) * 65_536));
    const put = await media.put('large', 'audio/ogg', chunks(...parts));
    expect(put.bytes).toBe(large.byteLength);
    expect((await read(await media.open(put))).equals(large)).toBe(true);
    const file = await media.localFile(put, never);
    expect((await readFile(file.path)).equals(large)).toBe(true);
    await file.release();
  });

  it('keeps an empty recording', async () => {
    const put = await media.put('empty', 'audio/ogg', chunks());
    expect(put.bytes).toBe(0);
    expect((await read(await media.open(put))).byteLength).toBe(0);
  });

  it('takes the same key again, the last content counting', async () => {
    await media.put('k', 'audio/ogg', chunks(bytes('first')));
    const put = await media.put('k', 'audio/ogg', chunks(bytes('second')));
    expect((await read(await media.open(put))).toString()).toBe('second');
    expect(await under.contents()).toHaveLength(1);
  });

  it('lets many put the same at once', async () => {
    const puts = await Promise.all(Array.from({ length: 5 }, () => media.put('k', 'audio/ogg', chunks(bytes('same')))));
    expect(new Set(puts.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await under.contents()).toHaveLength(1);
  });

  it('passes on the failure of what it was given, and leaves nothing behind', async () => {
    const failing = media.put('k', 'audio/ogg', breaking(randomBytes(6 * 1024 * 1024)));
    await expect(failing).rejects.toThrow('the source broke');
    expect(await under.contents()).toEqual([]);
    await expect(media.open(ref('k'))).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('keeps the earlier content when replacing it fails', async () => {
    const put = await media.put('k', 'audio/ogg', chunks(bytes('first')));
    await expect(media.put('k', 'audio/ogg', breaking(bytes('x')))).rejects.toThrow('the source broke');
    expect((await read(await media.open(put))).toString()).toBe('first');
  });

  it('gives a local copy until it is released, and again after', async () => {
    const put = await media.put('k', 'audio/ogg', chunks(bytes('hello')));
    for (let round = 0; round < 2; round += 1) {
      const file = await media.localFile(put, never);
      expect(await readFile(file.path, 'utf8')).toBe('hello');
      await file.release();
      await file.release();
    }
  });

  it('gives up a local copy that is no longer wanted', async () => {
    const put = await media.put('k', 'audio/ogg', chunks(bytes('hello')));
    await expect(media.localFile(put, AbortSignal.abort(new Error('not wanted')))).rejects.toThrow('not wanted');
  });

  it('says that a recording is not there', async () => {
    await expect(media.open(ref('gone'))).rejects.toMatchObject({ kind: 'not-found' });
    await expect(media.localFile(ref('gone'), never)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('deletes once and for all', async () => {
    const put = await media.put('a/k', 'audio/ogg', chunks(bytes('hello')));
    await media.delete(put);
    await media.delete(put);
    await expect(media.open(put)).rejects.toMatchObject({ kind: 'not-found' });
    expect(await under.contents()).toEqual([]);
  });

  describe('keys', () => {
    it.for([
      '',
      '/',
      '/etc/passwd',
      '../k',
      'a/../../k',
      'a//b',
      'a/',
      './k',
      'a\\..\\k',
      'k\u0000',
      'k\n',
      'x'.repeat(300),
    ])('refuses %j', async (key) => {
      await expect(media.put(key, 'audio/ogg', chunks(bytes('x')))).rejects.toMatchObject({ kind: 'bad-input' });
      await expect(media.open(ref(key))).rejects.toMatchObject({ kind: 'bad-input' });
      await expect(media.delete(ref(key))).rejects.toMatchObject({ kind: 'bad-input' });
      expect(await under.contents()).toEqual([]);
    });
  });
}
