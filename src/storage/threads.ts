import { and, eq, sql } from 'drizzle-orm';
import type { ThreadStore } from '../core/ports.ts';
import { storable } from './clean.ts';
import type { Database } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { threadMessages } from './schema.ts';

/** Threads in the database. Throws Fault `unavailable`. */
export function createThreads({ tables }: Database): ThreadStore {
  return {
    append: (threadId, key, messages) =>
      onDatabase(() =>
        tables.transaction(async (tx) => {
          // One append to a thread at a time, so that reading order is the order in which they were made durable.
          await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`thread ${threadId}`}, 0))`);
          const known = await tx
            .select({ key: threadMessages.key })
            .from(threadMessages)
            .where(and(eq(threadMessages.threadId, threadId), eq(threadMessages.key, key)))
            .limit(1);
          if (known.length > 0) return;
          await tx
            .insert(threadMessages)
            .values(messages.map((message, index) => ({ threadId, key, index, message: storable(message) })));
        }),
      ),
    read: (threadId) =>
      onDatabase(async () => {
        const rows = await tables
          .select({ message: threadMessages.message })
          .from(threadMessages)
          .where(eq(threadMessages.threadId, threadId))
          .orderBy(threadMessages.sequence);
        return rows.map((row) => row.message);
      }),
    delete: (threadId) =>
      onDatabase(async () => {
        await tables.delete(threadMessages).where(eq(threadMessages.threadId, threadId));
      }),
  };
}
