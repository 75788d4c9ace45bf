import { mkdtempSync, readdirSync, rmSync, truncateSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Embedder } from '../../src/core/ports.ts';
import { cachedEmbedder } from './cached-embedder.ts';

const { signal } = new AbortController();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earshot-vectors-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Its vectors are a text's length and first letter; `asked` is what it was given. */
const counting = (name: string): { readonly embedder: Embedder; readonly asked: string[] } => {
  const asked: string[] = [];
  const embedder: Embedder = {
    name,
    dimensions: 2,
    covers: () => true,
    embed: (texts) => {
      asked.push(...texts);
      return Promise.resolve(texts.map((text) => Float32Array.of(text.length, text.codePointAt(0) ?? 0)));
    },
    close: () => Promise.resolve(),
  };
  return { embedder, asked };
};

describe('an embedder with a cache', () => {
  it('asks for each text once, also across instances, and keeps the order', async () => {
    const { embedder, asked } = counting('a');
    const first = cachedEmbedder(embedder, folder);
    await first.embed(['ab', 'c', 'ab'], signal);
    expect(asked).toEqual(['ab', 'c']);
    const second = cachedEmbedder(embedder, folder);
    const vectors = await second.embed(['c', 'dd', 'ab'], signal);
    expect(asked).toEqual(['ab', 'c', 'dd']);
    expect(vectors.map((vector) => [...vector])).toEqual([
      [1, 99],
      [2, 100],
      [2, 97],
    ]);
  });

  it('merges what several wrote at the same time', async () => {
    const [one, two, reader] = [counting('a'), counting('a'), counting('a')];
    const writers = [cachedEmbedder(one.embedder, folder), cachedEmbedder(two.embedder, folder)];
    await Promise.all(writers.map((writer, index) => writer.embed([`text ${index}`], signal)));
    await cachedEmbedder(reader.embedder, folder).embed(['text 0', 'text 1'], signal);
    expect(reader.asked).toEqual([]);
  });

  it('never takes the vector of another embedder', async () => {
    const [one, two] = [counting('a'), counting('b')];
    await cachedEmbedder(one.embedder, folder).embed(['x'], signal);
    await cachedEmbedder(two.embedder, folder).embed(['x'], signal);
    expect(two.asked).toEqual(['x']);
  });

  it('computes again what was only half written', async () => {
    const { embedder, asked } = counting('a');
    await cachedEmbedder(embedder, folder).embed(['x', 'y'], signal);
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), statSync(join(folder, name)).size - 1);
    await cachedEmbedder(embedder, folder).embed(['x', 'y'], signal);
    expect(asked).toEqual(['x', 'y', 'y']);
  });
});
