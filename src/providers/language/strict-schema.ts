/**
 * JSON schemas as servers with constrained output take them: every object closed, every property required, nothing but
 * structure. What is left out here (lengths, ranges, patterns) is checked when the reply is read.
 * https://platform.openai.com/docs/guides/structured-outputs#supported-schemas
 */
import { z } from 'zod';
import type { ZodType } from 'zod';

export type JsonSchema = { readonly [key: string]: unknown };

/** Keywords every such server knows. */
const KEPT: ReadonlySet<string> = new Set(['type', 'description', 'enum', 'const', '$ref']);

/** An optional property becomes one that may be null; `z.toJSONSchema` throws on what JSON has no word for. */
export function strictSchema(schema: ZodType): JsonSchema {
  return strict(z.toJSONSchema(schema, { io: 'input' }));
}

function strict(node: unknown): JsonSchema {
  if (!isObject(node)) return {};
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) if (KEPT.has(key)) result[key] = value;
  const union = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(union)) result['anyOf'] = union.map(strict);
  if (node['items'] !== undefined) result['items'] = strict(node['items']);
  if (isObject(node['$defs'])) result['$defs'] = mapped(node['$defs'], strict);
  const properties = node['properties'];
  if (node['type'] !== 'object') return result;
  const required = new Set(Array.isArray(node['required']) ? node['required'] : []);
  const entries = isObject(properties) ? Object.entries(properties) : [];
  result['properties'] = Object.fromEntries(
    entries.map(([name, value]) => [name, required.has(name) ? strict(value) : orNull(strict(value))]),
  );
  result['required'] = entries.map(([name]) => name);
  result['additionalProperties'] = false;
  return result;
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, { type: 'null' }] };
}

function mapped(values: JsonSchema, change: (value: unknown) => JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
