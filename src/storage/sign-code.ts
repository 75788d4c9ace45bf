import { CODE_BITS } from './schema.ts';

/**
 * One bit per dimension: whether it is positive. For vectors of unit length the share of bits in which two codes differ
 * grows with the angle between them (Charikar 2002, https://doi.org/10.1145/509907.509965). Null: more dimensions than bits.
 */
export function signCode(vector: Float32Array): string | null {
  if (vector.length > CODE_BITS) return null;
  return Array.from(vector, (value) => (value > 0 ? '1' : '0'))
    .join('')
    .padEnd(CODE_BITS, '0');
}
