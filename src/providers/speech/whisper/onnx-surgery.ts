/**
 * Edits on exported Whisper graphs, made in memory at load. The published exports are written for offline experiments:
 * they compute attention maps nobody reads, pad every segment to 30 s, and unpack the word table to floats at every
 * step. Each edit looks for its pattern and leaves graphs without it alone.
 * Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
import {
  bytes,
  bytesOf,
  nested,
  number,
  numbersOf,
  parse,
  serialize,
  text,
  textOf,
  textsOf,
} from '../../onnx/protobuf.ts';
import type { Field } from '../../onnx/protobuf.ts';

const MODEL_GRAPH = 7;
const GRAPH_NODE = 1;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;
const GRAPH_VALUE_INFO = 13;
const NODE_INPUT = 1;
const NODE_OUTPUT = 2;
const NODE_NAME = 3;
const NODE_OP = 4;
const NODE_ATTRIBUTE = 5;
const ATTRIBUTE_NAME = 1;
const ATTRIBUTE_INT = 3;
const ATTRIBUTE_GRAPH = 6;
const ATTRIBUTE_TYPE = 20;
const ATTRIBUTE_TYPE_INT = 2;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TENSOR_DIMS = 1;
const TENSOR_TYPE = 2;
const TENSOR_INT32 = 5;
const TENSOR_NAME = 8;
const TENSOR_RAW = 9;
const FLOAT = 1;
const UINT8 = 2;
const INT8 = 3;
const INT64 = 7;

interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  readonly raw: Uint8Array | undefined;
}
interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

function readTensor(field: Field): Tensor | undefined {
  if (field.number !== GRAPH_INITIALIZER || field.wire === 0) return undefined;
  const fields = parse(field.value);
  return {
    name: textOf(fields, TENSOR_NAME),
    dims: numbersOf(fields, TENSOR_DIMS),
    type: numbersOf(fields, TENSOR_TYPE)[0] ?? 0,
    raw: bytesOf(fields, TENSOR_RAW) ?? smallValues(fields),
  };
}

/** Single bytes, such as zero points, are also written as a list of integers. */
function smallValues(fields: readonly Field[]): Uint8Array | undefined {
  const values = numbersOf(fields, TENSOR_INT32);
  return values.length === 0 ? undefined : Uint8Array.from(values);
}

function tensor(name: string, dims: readonly number[], type: number, raw: Uint8Array): Field {
  return nested(GRAPH_INITIALIZER, [
    ...dims.map((dim) => number(TENSOR_DIMS, dim)),
    number(TENSOR_TYPE, type),
    text(TENSOR_NAME, name),
    bytes(TENSOR_RAW, raw),
  ]);
}

function readNode(field: Field): Node | undefined {
  if (field.number !== GRAPH_NODE || field.wire === 0) return undefined;
  const fields = parse(field.value);
  return {
    op: textOf(fields, NODE_OP),
    inputs: textsOf(fields, NODE_INPUT),
    outputs: textsOf(fields, NODE_OUTPUT),
  };
}

function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number>> = {},
): Field {
  return nested(GRAPH_NODE, [
    ...inputs.map((name) => text(NODE_INPUT, name)),
    ...outputs.map((name) => text(NODE_OUTPUT, name)),
    text(NODE_NAME, `earshot/${outputs[0] ?? op}`),
    text(NODE_OP, op),
    ...Object.entries(attributes).map(([name, value]) =>
      nested(NODE_ATTRIBUTE, [
        text(ATTRIBUTE_NAME, name),
        number(ATTRIBUTE_INT, value),
        number(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT),
      ]),
    ),
  ]);
}

/** The name of a graph input or output; undefined for any other field. */
function valueName(field: Field, kind: number): string | undefined {
  return field.number === kind && field.wire !== 0 ? textOf(parse(field.value), VALUE_NAME) : undefined;
}

function withGraph(model: Uint8Array, edit: (graph: Field[]) => Field[]): Uint8Array {
  let edited = false;
  const fields = parse(model).map((field) => {
    if (field.number !== MODEL_GRAPH || field.wire === 0) return field;
    edited = true;
    return nested(MODEL_GRAPH, edit(parse(field.value)));
  });
  if (!edited) throw new RangeError('the file holds no graph');
  return serialize(fields);
}

/** Shapes written down at export describe the 30 s graph; the runtime infers its own. */
function withoutShapes(graph: readonly Field[]): Field[] {
  return graph.filter((field) => field.number !== GRAPH_VALUE_INFO);
}

/**
 * Unsigned 8-bit weights of integer matrix products as signed ones: the same numbers minus 128, the same product.
 * onnxruntime has kernels for 8-bit dot product instructions (VNNI) for unsigned × signed only.
 */
function withSignedWeights(graph: readonly Field[]): Field[] {
  const flipped = new Set<string>();
  for (const field of graph) {
    const found = readNode(field);
    if (found?.op !== 'MatMulInteger') continue;
    const [, weights, , zeroPoint] = found.inputs;
    if (weights !== undefined && zeroPoint !== undefined) flipped.add(weights).add(zeroPoint);
  }
  return graph.map((field) => {
    const found = readTensor(field);
    if (found === undefined || found.type !== UINT8 || !flipped.has(found.name) || found.raw === undefined)
      return field;
    return tensor(found.name, found.dims, INT8, flipSigns(found.raw));
  });
}

function flipSigns(raw: Uint8Array): Uint8Array {
  const signed = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) signed[i] = (raw[i] ?? 0) ^ 0x80;
  return signed;
}

/**
 * An encoder that takes any even number of mel frames up to the length of its position table (3000 frames, 30 s) and
 * gives only its last hidden state. Whisper's positions are a fixed sinusoid table, so a shorter window is its first
 * rows. When the table is not found the model is given back as it is, and `anyLength` is false.
 * Throws RangeError when the bytes are no ONNX model.
 */
export function openEncoder(model: Uint8Array): { readonly model: Uint8Array; readonly anyLength: boolean } {
  let opened = false;
  const edited = withGraph(model, (graph) => {
    const table = graph.map(readTensor).find((found) => found?.name.includes('embed_positions'));
    if (table === undefined) return [...graph];
    const fields = withoutShapes(graph).flatMap((field): Field[] => {
      const output = valueName(field, GRAPH_OUTPUT);
      if (output !== undefined) return output === 'last_hidden_state' ? [untyped(field)] : [];
      if (valueName(field, GRAPH_INPUT) !== undefined) return [untyped(field)];
      const found = readNode(field);
      if (found?.op !== 'Add' || !found.inputs.includes(table.name) || field.wire !== 2) return [field];
      const sound = found.inputs.find((name) => name !== table.name);
      if (sound === undefined) return [field];
      opened = true;
      const inputs = ['earshot/positions', sound];
      return [
        node('Shape', [sound], ['earshot/shape']),
        node('Slice', ['earshot/shape', 'earshot/one', 'earshot/two'], ['earshot/length']),
        node('Slice', [table.name, 'earshot/zero', 'earshot/length', 'earshot/zero'], ['earshot/positions']),
        nested(GRAPH_NODE, [
          ...inputs.map((name) => text(NODE_INPUT, name)),
          ...parse(field.value).filter((part) => part.number !== NODE_INPUT),
        ]),
      ];
    });
    if (!opened) return [...graph];
    return withSignedWeights([...fields, index('earshot/zero', 0), index('earshot/one', 1), index('earshot/two', 2)]);
  });
  return { model: edited, anyLength: opened };
}

function index(name: string, value: number): Field {
  return tensor(name, [1], INT64, new Uint8Array(BigInt64Array.of(BigInt(value)).buffer));
}

/** A graph output without its written-down shape but with its element type. */
function untyped(field: Field): Field {
  if (field.wire !== 2) return field;
  const fields = parse(field.value);
  return nested(
    field.number,
    fields.map((part) => {
      if (part.number !== VALUE_TYPE || part.wire !== 2) return part;
      const [tensorType] = parse(part.value);
      if (tensorType === undefined || tensorType.wire !== 2) return part;
      return nested(VALUE_TYPE, [
        nested(
          1,
          parse(tensorType.value).filter((inner) => inner.number === 1),
        ),
      ]);
    }),
  );
}

/**
 * A decoder that multiplies the 8-bit word table as it is. Exports unpack the table (51,865 words) to floats at every
 * step, which is four fifths of a step's time for the base model; here the last hidden state leaves the two branches
 * (with and without cache) and one integer product after them gives the logits. Self-attention maps are dropped, cross
 * attention stays for word times. Returns the model as it is when it was exported in another way.
 */
export function quickenDecoder(model: Uint8Array): Uint8Array {
  return withGraph(model, (graph) => {
    const tables = new Map(
      graph.flatMap((field) => {
        const found = readTensor(field);
        return found === undefined ? [] : [[found.name, found] as const];
      }),
    );
    const dropped = new Set(
      graph
        .flatMap((field) => valueName(field, GRAPH_OUTPUT) ?? [])
        .filter((name) => name.startsWith('decoder_attentions')),
    );
    let table: ProjectionTable | undefined;
    const edited = withoutShapes(graph).flatMap((field) => {
      const output = valueName(field, GRAPH_OUTPUT);
      if (output !== undefined) return dropped.has(output) ? [] : [field];
      if (readNode(field)?.op !== 'If') return [field];
      const lifted = liftProjection(field, dropped);
      table ??= lifted.table;
      return [lifted.field];
    });
    if (table === undefined) return [...graph];
    const words = tables.get(table.weights);
    const zero = tables.get(table.zeroPoint);
    const [vocabulary, width] = words?.dims ?? [];
    if (words?.raw === undefined || zero?.raw === undefined || words.type !== UINT8) return [...graph];
    if (vocabulary === undefined || width === undefined) return [...graph];
    return [
      ...edited,
      tensor('earshot/table', [width, vocabulary], INT8, transposeSigned(words.raw, vocabulary, width)),
      tensor('earshot/table_zero', zero.dims, INT8, flipSigns(zero.raw)),
      ...exactProduct('earshot/hidden', table.scale),
    ];
  });
}

/**
 * logits = hidden × table in 8-bit integers, nearly as exact as floats: the hidden state is rounded to 8 bits, what the
 * rounding lost is rounded again 254 times finer, and both go through one product, whose cost is reading the table once.
 */
function exactProduct(hidden: string, tableScale: string): Field[] {
  const scalar = (name: string, value: number): Field =>
    tensor(name, [], FLOAT, new Uint8Array(Float32Array.of(value).buffer));
  return [
    tensor('earshot/middle', [], UINT8, Uint8Array.of(128)),
    scalar('earshot/step', 1 / 127),
    scalar('earshot/finer', 1 / 254),
    // A hidden state of zeros only would otherwise be divided by zero.
    scalar('earshot/least', 1e-9),
    node('Abs', [hidden], ['earshot/size']),
    node('ReduceMax', ['earshot/size'], ['earshot/largest'], { keepdims: 0 }),
    node('Mul', ['earshot/largest', 'earshot/step'], ['earshot/scale_raw']),
    node('Max', ['earshot/scale_raw', 'earshot/least'], ['earshot/scale']),
    node('Mul', ['earshot/scale', 'earshot/finer'], ['earshot/fine_scale']),
    node('QuantizeLinear', [hidden, 'earshot/scale', 'earshot/middle'], ['earshot/coarse']),
    node('DequantizeLinear', ['earshot/coarse', 'earshot/scale', 'earshot/middle'], ['earshot/kept']),
    node('Sub', [hidden, 'earshot/kept'], ['earshot/lost']),
    node('QuantizeLinear', ['earshot/lost', 'earshot/fine_scale', 'earshot/middle'], ['earshot/fine']),
    node('Concat', ['earshot/coarse', 'earshot/fine'], ['earshot/both'], { axis: 0 }),
    node(
      'MatMulInteger',
      ['earshot/both', 'earshot/table', 'earshot/middle', 'earshot/table_zero'],
      ['earshot/product'],
    ),
    node('Cast', ['earshot/product'], ['earshot/product_float'], { to: FLOAT }),
    node('Split', ['earshot/product_float'], ['earshot/product_coarse', 'earshot/product_fine'], { axis: 0 }),
    node('Mul', ['earshot/product_fine', 'earshot/finer'], ['earshot/part_fine']),
    node('Add', ['earshot/product_coarse', 'earshot/part_fine'], ['earshot/sum']),
    node('Mul', ['earshot/scale', tableScale], ['earshot/sum_scale']),
    node('Mul', ['earshot/sum', 'earshot/sum_scale'], ['logits']),
  ];
}

interface ProjectionTable {
  readonly weights: string;
  readonly scale: string;
  readonly zeroPoint: string;
}

/** Takes `logits = hidden × dequantize(transpose(table))` out of both branches; they give `hidden` instead. */
function liftProjection(
  field: Field,
  dropped: ReadonlySet<string>,
): { readonly field: Field; readonly table: ProjectionTable | undefined } {
  if (field.wire !== 2) return { field, table: undefined };
  let table: ProjectionTable | undefined;
  let lifted = 0;
  const fields = parse(field.value).flatMap((part): Field[] => {
    if (part.number === NODE_OUTPUT && part.wire === 2) {
      const name = textOf([part], NODE_OUTPUT);
      if (dropped.has(name)) return [];
      return name === 'logits' ? [text(NODE_OUTPUT, 'earshot/hidden')] : [part];
    }
    if (part.number !== NODE_ATTRIBUTE || part.wire !== 2) return [part];
    const attribute = parse(part.value).map((inner) => {
      if (inner.number !== ATTRIBUTE_GRAPH || inner.wire !== 2) return inner;
      const branch = liftBranch(parse(inner.value), dropped);
      if (branch === undefined) return inner;
      lifted++;
      table = branch.table;
      return nested(ATTRIBUTE_GRAPH, branch.fields);
    });
    return [nested(NODE_ATTRIBUTE, attribute)];
  });
  return lifted === 2 ? { field: nested(GRAPH_NODE, fields), table } : { field, table: undefined };
}

function liftBranch(
  branch: readonly Field[],
  dropped: ReadonlySet<string>,
): { readonly fields: Field[]; readonly table: ProjectionTable } | undefined {
  const makers = new Map<string, Node>();
  for (const field of branch) {
    const found = readNode(field);
    for (const output of found?.outputs ?? []) if (found !== undefined) makers.set(output, found);
  }
  const product = makers.get('logits');
  const [hidden, unpacked] = product?.op === 'MatMul' ? product.inputs : [];
  const unpack = makers.get(unpacked ?? '');
  const [transposed, scale, zeroPoint] = unpack?.op === 'DequantizeLinear' ? unpack.inputs : [];
  const transpose = makers.get(transposed ?? '');
  const [weights] = transpose?.op === 'Transpose' ? transpose.inputs : [];
  if (hidden === undefined || scale === undefined || zeroPoint === undefined || weights === undefined) return undefined;
  const gone = new Set(['logits', unpacked, transposed]);
  const fields = withoutShapes(branch).flatMap((field) => {
    const output = valueName(field, GRAPH_OUTPUT);
    if (output === 'logits') return [floatOutput(hidden)];
    if (output !== undefined) return dropped.has(output) ? [] : [untyped(field)];
    const found = readNode(field);
    return found?.outputs.some((name) => gone.has(name)) === true ? [] : [field];
  });
  return { fields, table: { weights, scale, zeroPoint } };
}

function floatOutput(name: string): Field {
  return nested(GRAPH_OUTPUT, [text(VALUE_NAME, name), nested(VALUE_TYPE, [nested(1, [number(1, FLOAT)])])]);
}

/** [rows, columns] unsigned to [columns, rows] signed, in tiles that stay in the cache. */
function transposeSigned(raw: Uint8Array, rows: number, columns: number): Uint8Array {
  const turned = new Uint8Array(raw.length);
  const tile = 64;
  for (let top = 0; top < rows; top += tile) {
    const bottom = Math.min(rows, top + tile);
    for (let column = 0; column < columns; column++) {
      for (let row = top; row < bottom; row++) {
        turned[column * rows + row] = (raw[row * columns + column] ?? 0) ^ 0x80;
      }
    }
  }
  return turned;
}
