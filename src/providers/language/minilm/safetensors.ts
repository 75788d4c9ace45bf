/** Reads the safetensors format: https://huggingface.co/docs/safetensors/index#format */
import { z } from 'zod';

export interface HalfTensor {
  readonly shape: readonly number[];
  /** IEEE 754 half precision, little-endian, row by row; shares the file's memory. */
  readonly raw: Uint8Array;
}

/** The half precision tensors of a file, by name; tensors of other types are left out. */
export type HalfTensors = ReadonlyMap<string, HalfTensor>;

const offset = z.number().int().nonnegative();
const header = z
  .object({ __metadata__: z.unknown().optional() })
  .catchall(z.object({ dtype: z.string(), shape: z.array(offset), data_offsets: z.tuple([offset, offset]) }));
const HEADER_LENGTH_BYTES = 8;
const HALF_BYTES = 2;

/** Throws RangeError or SyntaxError when the bytes are no complete safetensors file. */
export function parseSafetensors(file: Uint8Array): HalfTensors {
  if (file.length < HEADER_LENGTH_BYTES) throw new RangeError('the file ends before its header');
  const headerBytes = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const start = HEADER_LENGTH_BYTES + headerBytes;
  if (start > file.length) throw new RangeError('the file ends inside its header');
  const checked = header.safeParse(JSON.parse(new TextDecoder().decode(file.subarray(HEADER_LENGTH_BYTES, start))));
  if (!checked.success) throw new RangeError('the header does not describe tensors', { cause: checked.error });
  const { __metadata__: _, ...entries } = checked.data;
  const tensors = new Map<string, HalfTensor>();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    const [from, to] = offsets;
    if (to < from || start + to > file.length) throw new RangeError(`${name} is outside the file`);
    if (dtype !== 'F16') continue;
    const size = shape.reduce((product, length) => product * length, HALF_BYTES);
    if (size !== to - from) throw new RangeError(`${name} has not the size of its shape`);
    tensors.set(name, { shape, raw: file.subarray(start + from, start + to) });
  }
  return tensors;
}

/** The same numbers in single precision. */
export function widen(tensor: HalfTensor): Float32Array<ArrayBuffer> {
  // A copy, because the tensor may begin at an odd address.
  return new Float32Array(new Float16Array(new Uint8Array(tensor.raw).buffer));
}
