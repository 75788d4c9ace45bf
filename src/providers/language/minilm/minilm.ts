/** all-MiniLM-L6-v2 (https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2, Apache-2.0) behind the port `Embedder`. */
import { Worker } from 'node:worker_threads';
import { Fault } from '../../../core/faults.ts';
import type { Embedder } from '../../../core/ports.ts';
import { createPool } from '../../threads/pool.ts';
import type { Pool } from '../../threads/pool.ts';
import type { Start } from './worker.ts';

export interface MiniLmOptions {
  /** Processor cores used at once; absent: one. */
  readonly threads?: number;
  /** Folder of the model's files; absent: the one in the npm package. */
  readonly folder?: string;
}

const DIMENSIONS = 384;
/**
 * Texts handed over at once are about this long together, half a second of work: other callers, and an abort, wait no
 * longer. Portions of a quarter of it cost a tenth more, because fewer texts have as many tokens.
 */
const PORTION_CHARACTERS = 8000;

/**
 * Costs nothing before the first `embed`, which loads the model on a thread of its own (some 200 MB). `embed` throws
 * Fault `not-found` or `bad-input` about the model's files, `unavailable` when the thread crashed (the next call starts
 * another) or the embedder was closed.
 */
export function createMiniLm(options: MiniLmOptions = {}): Embedder {
  let opening: Promise<Pool<readonly string[], Float32Array>> | null = null;
  let isClosed = false;

  const open = (): Promise<Pool<readonly string[], Float32Array>> => {
    if (isClosed) return Promise.reject(new Fault('minilm', 'unavailable', 'The comparison of meanings was closed.'));
    opening ??= openPool(options).catch((cause: unknown) => {
      opening = null;
      throw cause;
    });
    return opening;
  };

  return {
    name: 'minilm/all-MiniLM-L6-v2',
    dimensions: DIMENSIONS,
    covers: (language) => language === 'en',
    async embed(texts, signal) {
      signal.throwIfAborted();
      const vectors = new Map<string, Float32Array>();
      if (texts.length > 0) {
        const pool = await open();
        for (const portion of portions(texts)) {
          const all = await pool.run(portion, [], signal);
          for (const [index, text] of portion.entries()) {
            vectors.set(text, all.slice(index * DIMENSIONS, (index + 1) * DIMENSIONS));
          }
        }
      }
      return texts.map((text) => vectors.get(text) ?? new Float32Array(DIMENSIONS));
    },
    async close() {
      isClosed = true;
      const pool = await opening?.catch(() => null);
      await pool?.close();
    },
  };
}

function openPool({ threads = 1, folder }: MiniLmOptions): Promise<Pool<readonly string[], Float32Array>> {
  const start: Start = { threads, ...(folder === undefined ? {} : { folder }) };
  return createPool({
    source: 'minilm',
    work: 'The comparison of meanings',
    size: 1,
    spawn: () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
      worker.postMessage(start);
      return Promise.resolve(worker);
    },
  });
}

/** Each text once, texts of like length together: those with as many tokens are computed as one. */
function portions(texts: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  let length = 0;
  for (const text of [...new Set(texts)].toSorted((a, b) => a.length - b.length)) {
    if (all.length === 0 || length + text.length > PORTION_CHARACTERS) {
      all.push([]);
      length = 0;
    }
    all.at(-1)?.push(text);
    length += text.length;
  }
  return all;
}
