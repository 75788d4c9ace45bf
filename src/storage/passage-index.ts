import type { MeetingId } from '../core/model.ts';
import type { PassageIndex } from '../core/ports.ts';
import type { Database } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { passageCodes } from './schema.ts';
import { signCode } from './sign-code.ts';
import { whileThere } from './while-there.ts';
import { and, eq } from 'drizzle-orm';

/** Rows per statement. */
const ROWS_AT_ONCE = 1000;

/** Codes of passages in the database; looking through them is one pass over narrow rows. Throws Fault `database`. */
export function createPassageIndex({ tables, pool }: Database): PassageIndex {
  return {
    put: (meetingId, embedder, vectors) =>
      whileThere(tables, meetingId, async (tx) => {
        await tx
          .delete(passageCodes)
          .where(and(eq(passageCodes.meetingId, meetingId), eq(passageCodes.embedder, embedder)));
        const rows = vectors.flatMap((vector, number) => {
          const code = signCode(vector);
          return code === null ? [] : [{ meetingId, embedder, number, code }];
        });
        for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
          await tx.insert(passageCodes).values(rows.slice(from, from + ROWS_AT_ONCE));
        }
      }),

    nearest: (vector, { embedder, meetingIds, limit }) =>
      onDatabase(async () => {
        const code = signCode(vector);
        if (code === null || limit < 1 || meetingIds?.length === 0) return [];
        const { rows } = await pool.query<{ meeting_id: MeetingId; number: number }>(
          `select meeting_id, number from passage_codes
           where embedder = $2 and ($3::text[] is null or meeting_id = any($3))
           order by bit_count(code # $1::bit(${code.length})), meeting_id, number
           limit $4`,
          [code, embedder, meetingIds, limit],
        );
        return rows.map((row) => ({ meetingId: row.meeting_id, number: row.number }));
      }),
  };
}
