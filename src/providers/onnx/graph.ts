/** Writes ONNX models. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3 */
import { bytes, nested, number, serialize, text } from './protobuf.ts';
import type { Field } from './protobuf.ts';

/** Element types of tensors. */
export const elementTypes = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, half: 10 } as const;
type ElementType = keyof typeof elementTypes;

/** What a node is told: whole numbers, `{ float }`, or lists of whole numbers. */
type Attribute = number | { readonly float: number } | readonly number[];

const GRAPH_NODE = 1;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;

/** One operation. `domain`: absent for ONNX's own operators. An empty input name leaves that input out. */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
  domain?: string,
): Field {
  return nested(GRAPH_NODE, [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(3, outputs[0] ?? op),
    text(4, op),
    ...Object.entries(attributes).map(([name, told]) => nested(5, [text(1, name), ...attribute(told)])),
    ...(domain === undefined ? [] : [text(7, domain)]),
  ]);
}

function attribute(told: Attribute): Field[] {
  if (typeof told === 'number') return [number(3, told), number(20, 2)];
  if ('float' in told) {
    return [{ number: 2, wire: 5, value: new Uint8Array(Float32Array.of(told.float).buffer) }, number(20, 1)];
  }
  return [...told.map((item) => number(8, item)), number(20, 7)];
}

/** A constant; `raw` is its elements in little-endian, row by row. */
export function constant(name: string, type: ElementType, shape: readonly number[], raw: Uint8Array): Field {
  return nested(GRAPH_INITIALIZER, [
    ...shape.map((length) => number(1, length)),
    number(2, elementTypes[type]),
    text(8, name),
    bytes(9, raw),
  ]);
}

export interface Value {
  readonly name: string;
  readonly type: ElementType;
  /** A name stands for a length that is only known when the model runs. */
  readonly shape: readonly (number | string)[];
}

function described(field: number, { name, type, shape }: Value): Field {
  const lengths = shape.map((length) => nested(1, [typeof length === 'number' ? number(1, length) : text(2, length)]));
  return nested(field, [text(1, name), nested(2, [nested(1, [number(1, elementTypes[type]), nested(2, lengths)])])]);
}

/** A whole model. `parts`: nodes, each after those it takes from, and constants. */
export function model(options: {
  readonly parts: readonly Field[];
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Version of each operator set, by domain; ONNX's own is ''. */
  readonly operators: Readonly<Record<string, number>>;
}): Uint8Array<ArrayBuffer> {
  const graph = serialize([
    ...options.parts,
    text(2, 'graph'),
    ...options.inputs.map((input) => described(GRAPH_INPUT, input)),
    ...options.outputs.map((output) => described(GRAPH_OUTPUT, output)),
  ]);
  const whole = serialize([
    number(1, 8),
    bytes(7, graph),
    ...Object.entries(options.operators).map(([domain, version]) => nested(8, [text(1, domain), number(2, version)])),
  ]);
  // All weights are in both: this copy is given back at once, not when the collector comes by.
  graph.buffer.transfer(0);
  return whole;
}
