import { assert, json, oneof, property, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSafetensors, widen } from './safetensors.ts';

function file(header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  const written = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(BigUint64Array.of(BigInt(written.length)).buffer);
  return Uint8Array.from([...length, ...written, ...data]);
}
/** 1, -2, 0.5 and the largest half. */
const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x7bff).buffer);

function outcome(bytes: Uint8Array): string {
  try {
    for (const tensor of parseSafetensors(bytes).values()) widen(tensor);
    return 'read';
  } catch (error) {
    return error instanceof Error ? error.name : 'unknown';
  }
}

describe('a safetensors file', () => {
  it('gives half precision tensors by name, whatever the address they begin at', () => {
    const header = {
      __metadata__: { format: 'pt' },
      a: { dtype: 'F16', shape: [2, 1], data_offsets: [0, 4] },
      b: { dtype: 'F16', shape: [2], data_offsets: [4, 8] },
    };
    for (const padding of ['', ' ']) {
      const tensors = parseSafetensors(file(JSON.stringify(header) + padding, halves));
      const [a, b] = [tensors.get('a'), tensors.get('b')];
      expect(a?.shape).toEqual([2, 1]);
      expect(a && [...widen(a)]).toEqual([1, -2]);
      expect(b && [...widen(b)]).toEqual([0.5, 65_504]);
    }
  });

  it('leaves out tensors of other types', () => {
    const header = { ids: { dtype: 'I64', shape: [1], data_offsets: [0, 8] } };
    expect([...parseSafetensors(file(header, halves)).keys()]).toEqual([]);
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['a header longer than the file', file({}).subarray(0, 9)],
    ['a header that is no object', file([1])],
    ['a tensor past the end', file({ a: { dtype: 'F16', shape: [4], data_offsets: [2, 10] } }, halves)],
    ['a tensor that ends before it begins', file({ a: { dtype: 'F16', shape: [0], data_offsets: [4, 2] } }, halves)],
    ['a tensor smaller than its shape', file({ a: { dtype: 'F16', shape: [4], data_offsets: [0, 4] } }, halves)],
    ['a tensor without a place', file({ a: { dtype: 'F16', shape: [4] } }, halves)],
  ])('is refused with %s', (_, bytes) => {
    expect(() => parseSafetensors(bytes)).toThrow(RangeError);
  });

  it('is refused when its header is no JSON', () => {
    expect(() => parseSafetensors(file('{"a":'))).toThrow(SyntaxError);
  });

  it('is read or refused in a known way, whatever its bytes', () => {
    const files = oneof(
      uint8Array(),
      json().map((header) => file(header, halves)),
    );
    assert(property(files, (bytes) => ['read', 'RangeError', 'SyntaxError'].includes(outcome(bytes))));
  });
});
