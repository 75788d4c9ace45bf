import { createHash } from 'node:crypto';
import type { MeetingId } from '../core/model.ts';
import type { Embedder, Embeddings } from '../core/ports.ts';
import { storable } from './clean.ts';
import type { Database } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { vectors as rows } from './schema.ts';
import { whileThere } from './while-there.ts';

/** Rows per statement: each binds four parameters. */
const ROWS_AT_ONCE = 1000;

/**
 * Remembers what `embedder` made of a meeting's texts, so that they are embedded while they are said and not again for
 * the minutes or a question. Vectors are rounded to 16 bits whether they come from memory or not: the same text always
 * has the same vector. Throws Fault `database` and those of the embedder.
 */
export function createEmbeddings({ tables, pool }: Database, embedder: Embedder): Embeddings {
  async function remembered(meetingId: MeetingId, hashes: readonly Buffer[]): Promise<Map<string, Float32Array>> {
    const found = await onDatabase(() =>
      pool.query<{ text_hash: Buffer; vector: Buffer }>(
        'select text_hash, vector from vectors where meeting_id = $1 and embedder = $2 and text_hash = any($3::bytea[])',
        [meetingId, embedder.name, hashes],
      ),
    );
    return new Map(found.rows.map((row) => [row.text_hash.toString('hex'), unpacked(row.vector)]));
  }

  async function remember(meetingId: MeetingId, made: ReadonlyMap<string, Float32Array>): Promise<void> {
    const values = Array.from(made, ([hash, vector]) => ({
      meetingId,
      embedder: embedder.name,
      textHash: Buffer.from(hash, 'hex'),
      vector: packed(vector),
    }));
    await whileThere(tables, meetingId, async (tx) => {
      for (let from = 0; from < values.length; from += ROWS_AT_ONCE) {
        await tx
          .insert(rows)
          .values(values.slice(from, from + ROWS_AT_ONCE))
          .onConflictDoNothing();
      }
    });
  }

  return {
    name: embedder.name,
    dimensions: embedder.dimensions,
    covers: (language) => embedder.covers(language),
    async of(meetingId, texts, signal) {
      const hashes = texts.map((text) => createHash('sha256').update(storable(text)).digest('hex'));
      const unique = new Map(hashes.map((hash, at) => [hash, texts[at] ?? '']));
      const known =
        meetingId === null || unique.size === 0
          ? new Map<string, Float32Array>()
          : await remembered(
              meetingId,
              Array.from(unique.keys(), (hash) => Buffer.from(hash, 'hex')),
            );
      const unknown = [...unique].filter(([hash]) => !known.has(hash));
      if (unknown.length > 0) {
        const made = await embedder.embed(
          unknown.map(([, text]) => text),
          signal,
        );
        const rounded = new Map(unknown.map(([hash], at) => [hash, unpacked(packed(made[at] ?? new Float32Array()))]));
        if (meetingId !== null) await remember(meetingId, rounded);
        for (const [hash, vector] of rounded) known.set(hash, vector);
      }
      return hashes.map((hash) => known.get(hash) ?? new Float32Array(embedder.dimensions));
    },
  };
}

function packed(vector: Float32Array): Buffer {
  const halves = new Float16Array(vector);
  return Buffer.from(halves.buffer, halves.byteOffset, halves.byteLength);
}

function unpacked(bytes: Buffer): Float32Array {
  // A copy: the driver's buffers start at odd places, and 16-bit numbers may not.
  return new Float32Array(new Float16Array(Uint8Array.from(bytes).buffer));
}
