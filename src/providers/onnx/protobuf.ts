/**
 * Just enough of the protocol buffer wire format to change a message without knowing its schema: fields are kept in
 * order, unknown ones untouched. https://protobuf.dev/programming-guides/encoding/
 */

/** One field of a message. `value` is a number for varints and the raw bytes for everything else. */
export type Field =
  | { readonly number: number; readonly wire: 0; readonly value: number }
  | { readonly number: number; readonly wire: 1 | 2 | 5; readonly value: Uint8Array };

function readVarint(message: Uint8Array, at: number): readonly [value: number, next: number] {
  let value = 0;
  let scale = 1;
  let position = at;
  for (;;) {
    const byte = message[position];
    if (byte === undefined) throw new RangeError('the message ends inside a number');
    position++;
    value += (byte & 127) * scale;
    if (byte < 128) return [value, position];
    scale *= 128;
  }
}

function slice(message: Uint8Array, from: number, to: number): Uint8Array {
  if (to > message.length) throw new RangeError('the message ends inside a field');
  return message.subarray(from, to);
}

/** The fields of a message, sharing its memory. Throws RangeError when the bytes are not a message. */
export function parse(message: Uint8Array): Field[] {
  const fields: Field[] = [];
  let position = 0;
  while (position < message.length) {
    const [key, start] = readVarint(message, position);
    const field = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) {
      const [value, next] = readVarint(message, start);
      fields.push({ number: field, wire, value });
      position = next;
    } else if (wire === 2) {
      const [length, from] = readVarint(message, start);
      fields.push({ number: field, wire, value: slice(message, from, from + length) });
      position = from + length;
    } else if (wire === 1 || wire === 5) {
      const length = wire === 1 ? 8 : 4;
      fields.push({ number: field, wire, value: slice(message, start, start + length) });
      position = start + length;
    } else {
      throw new RangeError(`wire type ${wire} is not known`);
    }
  }
  return fields;
}

function varint(value: number): number[] {
  const encoded: number[] = [];
  let rest = value;
  while (rest > 127) {
    encoded.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  encoded.push(rest);
  return encoded;
}

export function serialize(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  for (const field of fields) {
    const head = varint(field.number * 8 + field.wire);
    if (field.wire === 0) {
      push(Uint8Array.from([...head, ...varint(field.value)]));
    } else if (field.wire === 2) {
      push(Uint8Array.from([...head, ...varint(field.value.length)]));
      push(field.value);
    } else {
      push(Uint8Array.from(head));
      push(field.value);
    }
  }
  const message = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    message.set(part, at);
    at += part.length;
  }
  return message;
}

export function number(field: number, value: number): Field {
  return { number: field, wire: 0, value };
}
export function bytes(field: number, value: Uint8Array): Field {
  return { number: field, wire: 2, value };
}
export function text(field: number, value: string): Field {
  return { number: field, wire: 2, value: new TextEncoder().encode(value) };
}
export function nested(field: number, fields: readonly Field[]): Field {
  return { number: field, wire: 2, value: serialize(fields) };
}

const utf8 = new TextDecoder();

/** The first field of that number as text; empty when there is none. */
export function textOf(fields: readonly Field[], field: number): string {
  const found = fields.find((candidate) => candidate.number === field);
  return found === undefined || found.wire === 0 ? '' : utf8.decode(found.value);
}
/** Every field of that number as text. */
export function textsOf(fields: readonly Field[], field: number): string[] {
  return fields.flatMap((candidate) =>
    candidate.number === field && candidate.wire !== 0 ? [utf8.decode(candidate.value)] : [],
  );
}
/** The first field of that number as a message or raw bytes. */
export function bytesOf(fields: readonly Field[], field: number): Uint8Array | undefined {
  const found = fields.find((candidate) => candidate.number === field);
  return found === undefined || found.wire === 0 ? undefined : found.value;
}
/** Every varint of that number, written one by one or packed. */
export function numbersOf(fields: readonly Field[], field: number): number[] {
  return fields.flatMap((candidate) => {
    if (candidate.number !== field) return [];
    if (candidate.wire === 0) return [candidate.value];
    const values: number[] = [];
    let position = 0;
    while (position < candidate.value.length) {
      const [value, next] = readVarint(candidate.value, position);
      values.push(value);
      position = next;
    }
    return values;
  });
}
