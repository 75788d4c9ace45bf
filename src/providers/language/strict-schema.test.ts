import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { strictSchema } from './strict-schema.ts';

describe('a schema for constrained output', () => {
  it('closes every object, requires every property and says nothing but structure', () => {
    const schema = z.object({
      kind: z.enum(['a', 'b']),
      list: z.array(z.object({ n: z.number().int().min(1), text: z.string().max(10).describe('one line') })).max(3),
      either: z.union([z.string(), z.null()]),
      maybe: z.string().optional(),
    });
    expect(strictSchema(schema)).toEqual({
      type: 'object',
      properties: {
        kind: { type: 'string', enum: ['a', 'b'] },
        list: {
          type: 'array',
          items: {
            type: 'object',
            properties: { n: { type: 'integer' }, text: { type: 'string', description: 'one line' } },
            required: ['n', 'text'],
            additionalProperties: false,
          },
        },
        either: { type: ['string', 'null'] },
        maybe: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      },
      required: ['kind', 'list', 'either', 'maybe'],
      additionalProperties: false,
    });
  });

  it('turns alternatives told apart by a name into plain alternatives, which all servers take', () => {
    const schema = z.object({
      answer: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('none') }),
        z.object({ kind: z.literal('some'), n: z.number() }),
      ]),
    });
    const written = JSON.stringify(strictSchema(schema));
    expect(written).toContain('"anyOf"');
    expect(written).not.toContain('"oneOf"');
    expect(written).toContain('"const":"none"');
  });

  it('keeps shapes that contain themselves', () => {
    const node = z.object({
      title: z.string(),
      get children() {
        return z.array(node);
      },
    });
    expect(JSON.stringify(strictSchema(node))).toContain('"$ref"');
  });
});
