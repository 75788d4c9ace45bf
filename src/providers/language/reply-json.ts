/** The JSON in a model's reply, which may come with thoughts before it, a fence around it, or chatter on both sides. */
import type { ZodType } from 'zod';

export type ReadReply<T> =
  | { readonly kind: 'value'; readonly value: T }
  /** JSON, but of another shape. */
  | { readonly kind: 'other-shape' }
  | { readonly kind: 'no-json' };

export function readReply<T>(content: string, schema: ZodType<T>): ReadReply<T> {
  const json = jsonIn(withoutThoughts(content));
  if (json === undefined) return { kind: 'no-json' };
  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'value', value: parsed.data };
  // What is optional had to be asked for as "may be null": see strict-schema.ts.
  const again = schema.safeParse(withoutNulls(json));
  return again.success ? { kind: 'value', value: again.data } : { kind: 'other-shape' };
}

/** Reasoning models on servers that do not take their thoughts out of the reply. */
function withoutThoughts(content: string): string {
  return content.replace(/^\s*<think(?:ing)?>.*?<\/think(?:ing)?>/su, '');
}

function jsonIn(content: string): unknown {
  const fenced = /```(?:json)?\s*\n(.*?)\n?```/su.exec(content)?.[1];
  for (const candidate of [content, fenced, balanced(content)]) {
    if (candidate === undefined) continue;
    const value = parseQuietly(candidate);
    if (typeof value === 'object' && value !== null) return value;
  }
  return undefined;
}

function parseQuietly(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the next candidate may be.
    return undefined;
  }
}

/** From the first brace or bracket that opens a line or follows a space, to the one that closes it. */
function balanced(content: string): string | undefined {
  const start = content.search(/[{[]/u);
  if (start < 0) return undefined;
  let depth = 0;
  let isInString = false;
  for (let at = start; at < content.length; at++) {
    const character = content[at];
    if (isInString) {
      if (character === '\\') at++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      depth--;
      if (depth === 0) return content.slice(start, at + 1);
    }
  }
  return undefined;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([name, part]) => [name, withoutNulls(part)]),
  );
}
