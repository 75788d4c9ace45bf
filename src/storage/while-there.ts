import { eq } from 'drizzle-orm';
import type { MeetingId } from '../core/model.ts';
import type { Database, Transaction } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { meetings } from './schema.ts';

/** Runs `write` unless the meeting is gone, and keeps it from going meanwhile. Throws Fault `database`. */
export function whileThere(
  tables: Database['tables'],
  meetingId: MeetingId,
  write: (tx: Transaction) => Promise<unknown>,
): Promise<void> {
  return onDatabase(() =>
    tables.transaction(async (tx) => {
      const [row] = await tx
        .select({ id: meetings.id })
        .from(meetings)
        .where(eq(meetings.id, meetingId))
        .for('key share');
      if (row !== undefined) await write(tx);
    }),
  );
}
