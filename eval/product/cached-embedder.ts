import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Embedder } from '../../src/core/ports.ts';

const EXTENSION = '.vectors';
const KEY_BYTES = 32;
const FLOAT_BYTES = 4;

/** Vectors of a folder by the sum of embedder and text, in hexadecimal. */
const readAll = (folder: string, dimensions: number): Map<string, Float32Array> => {
  const known = new Map<string, Float32Array>();
  const recordBytes = KEY_BYTES + dimensions * FLOAT_BYTES;
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith(`-${dimensions}${EXTENSION}`))) {
    const file = new Uint8Array(readFileSync(join(folder, name)));
    // A record at the end that another process is still writing is left out.
    for (let at = 0; at + recordBytes <= file.length; at += recordBytes) {
      const key = Buffer.from(file.buffer, at, KEY_BYTES).toString('hex');
      known.set(key, new Float32Array(file.buffer, at + KEY_BYTES, dimensions));
    }
  }
  return known;
};

/**
 * An embedder that keeps its vectors on disk, for trying things out on the same texts again and again. Each one writes
 * a file of its own and reads those of all others once, when it is first used: any number may work at the same time.
 */
export const cachedEmbedder = (
  embedder: Embedder,
  folder: string = join(tmpdir(), 'earshot-eval-vectors'),
): Embedder => {
  const { name, dimensions } = embedder;
  const ownFile = join(folder, `${process.pid}-${randomUUID()}-${dimensions}${EXTENSION}`);
  let known: Map<string, Float32Array> | null = null;
  const keyOf = (text: string): string => createHash('sha256').update(`${name}\0${text}`).digest('hex');

  return {
    name,
    dimensions,
    covers: (language) => embedder.covers(language),
    async embed(texts, signal) {
      signal.throwIfAborted();
      mkdirSync(folder, { recursive: true });
      known ??= readAll(folder, dimensions);
      const all = known;
      const keys = texts.map(keyOf);
      const missing = new Map<string, string>();
      for (const [index, text] of texts.entries()) {
        const key = keys[index] ?? '';
        if (!all.has(key)) missing.set(key, text);
      }
      if (missing.size > 0) {
        const vectors = await embedder.embed([...missing.values()], signal);
        const records: Uint8Array[] = [];
        for (const [index, key] of [...missing.keys()].entries()) {
          const vector = Float32Array.from(vectors[index] ?? []);
          if (vector.length !== dimensions) throw new RangeError(`${name} gave a vector of ${vector.length} numbers.`);
          all.set(key, vector);
          records.push(Buffer.from(key, 'hex'), new Uint8Array(vector.buffer));
        }
        appendFileSync(ownFile, Buffer.concat(records));
      }
      return keys.map((key) => all.get(key) ?? new Float32Array(dimensions));
    },
    close: () => embedder.close(),
  };
};
