import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { writeBert } from './bert-graph.ts';
import type { HalfTensor, HalfTensors } from './safetensors.ts';

const shape = { layers: 1, heads: 2, width: 4, inner: 8, epsilon: 1e-12, longest: 6 };
const WORDS = 10;

/** Small weights of every name the graph asks for, each number another one. */
function smallWeights(): Map<string, HalfTensor> {
  const lengths: Record<string, readonly number[]> = {
    'embeddings.word_embeddings.weight': [WORDS, 4],
    'embeddings.position_embeddings.weight': [8, 4],
    'embeddings.token_type_embeddings.weight': [2, 4],
    'encoder.layer.0.intermediate.dense.weight': [8, 4],
    'encoder.layer.0.intermediate.dense.bias': [8],
    'encoder.layer.0.output.dense.weight': [4, 8],
    'encoder.layer.0.output.dense.bias': [4],
  };
  for (const side of ['self.query', 'self.key', 'self.value', 'output.dense']) {
    lengths[`encoder.layer.0.attention.${side}.weight`] = [4, 4];
    lengths[`encoder.layer.0.attention.${side}.bias`] = [4];
  }
  for (const place of ['embeddings', 'encoder.layer.0.attention.output', 'encoder.layer.0.output']) {
    for (const part of ['weight', 'bias']) lengths[`${place}.LayerNorm.${part}`] = [4];
  }
  return new Map(
    Object.entries(lengths).map(([name, sides], seed) => {
      const count = sides.reduce((product, side) => product * side, 1);
      const values = Float16Array.from({ length: count }, (_, index) => Math.sin(index * 7 + seed));
      return [name, { shape: sides, raw: new Uint8Array(values.buffer) }];
    }),
  );
}
async function run(tensors: HalfTensors, ids: readonly number[]): Promise<readonly number[]> {
  const session = await InferenceSession.create(writeBert(tensors, shape), { intraOpNumThreads: 1 });
  const input = new Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
  const data = (await session.run({ ids: input }))['vectors']?.data;
  await session.release();
  if (!(data instanceof Float32Array)) throw new Error('no vectors');
  return [...data];
}

describe('the written graph', () => {
  it('gives one vector of unit length, which depends on the order of the words', async () => {
    const weights = smallWeights();
    const vector = await run(weights, [1, 2, 3]);
    expect(vector).toHaveLength(4);
    expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(await run(weights, [3, 2, 1])).not.toEqual(vector);
  });

  it('takes texts up to the longest and none beyond', async () => {
    const weights = smallWeights();
    expect(await run(weights, [1, 2, 3, 4, 5, 6])).toHaveLength(4);
    await expect(run(weights, [1, 2, 3, 4, 5, 6, 7])).rejects.toThrow('Add');
  });

  it('is not written when weights are missing or of another size', () => {
    const missing = smallWeights();
    missing.delete('encoder.layer.0.output.dense.bias');
    expect(() => writeBert(missing, shape)).toThrow(RangeError);
    expect(() => writeBert(smallWeights(), { ...shape, inner: 6 })).toThrow(RangeError);
  });
});
