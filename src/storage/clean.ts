/**
 * The value with its strings as PostgreSQL can store them: it refuses the zero character in text and JSON, and UTF-8
 * has no form for half a surrogate pair. Both come in with other people's files and names.
 */
export function storable<T>(value: T): T;
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed();
  if (Array.isArray(value)) return value.map((item: unknown) => storable(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item)]));
  }
  return value;
}
