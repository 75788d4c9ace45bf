/** Texts in, vectors out, on one onnxruntime session. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { writeBert } from './bert-graph.ts';
import type { ModelFiles } from './model-files.ts';
import { createWordPiece } from './word-piece.ts';

export interface Encoder {
  /** One unit-length vector after another, in the order of the texts. */
  encode(texts: readonly string[]): Promise<Float32Array<ArrayBuffer>>;
}

/** Tokens computed at once: enough for full speed, little enough for their sums to stay in the processor's cache. */
const BATCH_TOKENS = 512;

/** Throws RangeError when the weights do not fit the shape. */
export async function createEncoder(files: ModelFiles, threads: number): Promise<Encoder> {
  const { width, longest } = files.shape;
  const tokenise = createWordPiece(files.words);
  const model = writeBert(files.tensors, files.shape);
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 4,
  });
  // The session has its own copy; the collector might leave this one for minutes.
  model.buffer.transfer(0);

  return {
    async encode(texts) {
      const vectors = new Float32Array(texts.length * width);
      for (const batch of batches(texts.map((text) => tokenise(text, longest)))) {
        const [first] = batch;
        if (first === undefined) continue;
        const ids = new BigInt64Array(batch.flatMap((text) => text.ids));
        const shape = [batch.length, first.ids.length];
        const { data } = (await session.run({ ids: new Tensor('int64', ids, shape) }))['vectors'] ?? {};
        if (!(data instanceof Float32Array)) throw new TypeError('the model gave no vectors');
        for (const [row, { index }] of batch.entries()) {
          vectors.set(data.subarray(row * width, (row + 1) * width), index * width);
        }
      }
      return vectors;
    },
  };
}

interface Tokens {
  /** Position of the text among all. */
  readonly index: number;
  readonly ids: readonly bigint[];
}

/** Texts with as many tokens go together: nothing is padded, and a vector does not depend on its company. */
function batches(texts: readonly (readonly number[])[]): readonly (readonly Tokens[])[] {
  const open = new Map<number, Tokens[]>();
  const all: Tokens[][] = [];
  for (const [index, ids] of texts.entries()) {
    let batch = open.get(ids.length);
    if (batch === undefined || (batch.length + 1) * ids.length > BATCH_TOKENS) {
      batch = [];
      open.set(ids.length, batch);
      all.push(batch);
    }
    batch.push({ index, ids: ids.map(BigInt) });
  }
  return all;
}
