/** A BERT encoder that ends in one vector per text, as an ONNX model for onnxruntime. https://arxiv.org/abs/1810.04805 */
import { constant, elementTypes, model, node } from '../../onnx/graph.ts';
import type { Field } from '../../onnx/protobuf.ts';
import { widen } from './safetensors.ts';
import type { HalfTensor, HalfTensors } from './safetensors.ts';

export interface BertShape {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  /** Width between the two products of a layer. */
  readonly inner: number;
  /** Added to variances. */
  readonly epsilon: number;
  /** Tokens of the longest text. */
  readonly longest: number;
}

/** onnxruntime's own operators: one each for what takes ONNX's dozens of small ones. */
const FUSED = 'com.microsoft';

/**
 * Input `ids`: int64 [texts, tokens], texts of equal length only, so that nothing is padded or masked. Output
 * `vectors`: float [texts, width], the mean over a text's tokens at unit length. Throws RangeError when weights are
 * missing or have another shape.
 */
export function writeBert(tensors: HalfTensors, shape: BertShape): Uint8Array<ArrayBuffer> {
  const { width, epsilon } = shape;
  const parts: Field[] = [];
  const weights = (name: string): HalfTensor => {
    const found = tensors.get(name);
    if (found === undefined) throw new RangeError(`${name} is missing`);
    return found;
  };
  const floats = (name: string, lengths: readonly number[], values: Float32Array): string => {
    if (values.length !== lengths.reduce((product, length) => product * length, 1)) {
      throw new RangeError(`${name} has not the size of its shape`);
    }
    parts.push(constant(name, 'float', lengths, new Uint8Array(values.buffer)));
    return name;
  };
  const vector = (name: string, length: number): string => floats(name, [length], widen(weights(name)));
  const indices = (name: string, value: number): string => {
    parts.push(constant(name, 'int64', [1], new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)));
    return name;
  };
  const linear = (input: string, layer: string, from: number, to: number): string => {
    const matrix = floats(`${layer}.matrix`, [from, to], transpose(widen(weights(`${layer}.weight`)), from));
    parts.push(node('MatMul', [input, matrix], [`${layer}.product`]));
    parts.push(node('Add', [`${layer}.product`, vector(`${layer}.bias`, to)], [layer]));
    return layer;
  };
  const normalised = (input: string, added: string, layer: string): string => {
    const inputs = [input, added, vector(`${layer}.weight`, width), vector(`${layer}.bias`, width)];
    parts.push(node('SkipLayerNormalization', inputs, [layer], { epsilon: { float: epsilon } }, FUSED));
    return layer;
  };

  // The word table, half of all weights, stays in half precision: only the rows looked up are widened.
  const words = weights('embeddings.word_embeddings.weight');
  const start = 'embeddings.LayerNorm';
  parts.push(
    constant('words', 'half', words.shape, words.raw),
    node('Gather', ['words', 'ids'], ['rows/half']),
    node('Cast', ['rows/half'], ['rows'], { to: elementTypes.float }),
    node('Shape', ['ids'], ['shape']),
    node('Slice', ['shape', indices('one', 1), indices('two', 2)], ['length']),
    node(
      'Slice',
      [floats('places', [shape.longest, width], places(weights, shape)), indices('zero', 0), 'length'],
      ['place'],
    ),
    node('Add', ['rows', 'place'], ['sum']),
    node('LayerNormalization', ['sum', vector(`${start}.weight`, width), vector(`${start}.bias`, width)], [start], {
      epsilon: { float: epsilon },
    }),
  );
  let hidden = start;
  for (let index = 0; index < shape.layers; index++) {
    const layer = `encoder.layer.${index}`;
    const sides = ['query', 'key', 'value'].map((side) =>
      linear(hidden, `${layer}.attention.self.${side}`, width, width),
    );
    parts.push(node('MultiHeadAttention', sides, [`${layer}/seen`], { num_heads: shape.heads }, FUSED));
    const seen = linear(`${layer}/seen`, `${layer}.attention.output.dense`, width, width);
    const known = normalised(hidden, seen, `${layer}.attention.output.LayerNorm`);
    const wide = linear(known, `${layer}.intermediate.dense`, width, shape.inner);
    parts.push(node('Gelu', [wide], [`${layer}/bent`], {}, FUSED));
    hidden = normalised(
      known,
      linear(`${layer}/bent`, `${layer}.output.dense`, shape.inner, width),
      `${layer}.output.LayerNorm`,
    );
  }
  parts.push(
    // The mean's direction is that of the sum.
    node('ReduceSum', [hidden, 'one'], ['total'], { keepdims: 0 }),
    node('LpNormalization', ['total'], ['vectors'], { axis: 1, p: 2 }),
  );
  return model({
    parts,
    inputs: [{ name: 'ids', type: 'int64', shape: ['texts', 'tokens'] }],
    outputs: [{ name: 'vectors', type: 'float', shape: ['texts', width] }],
    operators: { '': 17, [FUSED]: 1 },
  });
}

/** What is added to a word for its place; every text is a first sentence, so that sentence type is added here too. */
function places(weights: (name: string) => HalfTensor, { longest, width }: BertShape): Float32Array<ArrayBuffer> {
  const table = widen(weights('embeddings.position_embeddings.weight')).slice(0, longest * width);
  const first = widen(weights('embeddings.token_type_embeddings.weight'));
  return table.map((value, index) => value + (first[index % width] ?? 0));
}

/** Weights are stored by output; products want them by input. */
function transpose(matrix: Float32Array, from: number): Float32Array<ArrayBuffer> {
  const to = matrix.length / from;
  const turned = new Float32Array(matrix.length);
  for (let row = 0; row < to; row++) {
    for (let column = 0; column < from; column++) turned[column * to + row] = matrix[row * from + column] ?? 0;
  }
  return turned;
}
