import { and, eq, sql } from 'drizzle-orm';
import type { Renditions } from '../core/ports.ts';
import { storable } from './clean.ts';
import type { Database } from './database.ts';
import { onDatabase } from './database-faults.ts';
import { renditions, translatedMinutes } from './schema.ts';
import { whileThere } from './while-there.ts';

/** Renditions in the database. Throws Fault `database`, `unavailable`. */
export function createRenditions({ tables }: Database): Renditions {
  return {
    keep: (given) => {
      const rendition = storable(given);
      const { meetingId, kind, language } = rendition;
      return whileThere(tables, meetingId, (tx) =>
        tx
          .insert(renditions)
          .values({ meetingId, kind, language, rendition })
          .onConflictDoUpdate({
            target: [renditions.meetingId, renditions.kind, renditions.language],
            set: { rendition: sql`excluded.rendition` },
          }),
      );
    },

    find: (meetingId, kind, language) =>
      onDatabase(async () => {
        const [row] = await tables
          .select({ rendition: renditions.rendition })
          .from(renditions)
          .where(
            and(eq(renditions.meetingId, meetingId), eq(renditions.kind, kind), eq(renditions.language, language)),
          );
        return row?.rendition ?? null;
      }),

    keepMinutes: (given) => {
      const minutes = storable(given);
      const { meetingId, language } = minutes;
      return whileThere(tables, meetingId, (tx) =>
        tx
          .insert(translatedMinutes)
          .values({ meetingId, language, minutes })
          .onConflictDoUpdate({
            target: [translatedMinutes.meetingId, translatedMinutes.language],
            set: { minutes: sql`excluded.minutes` },
          }),
      );
    },

    minutes: (meetingId, language) =>
      onDatabase(async () => {
        const [row] = await tables
          .select({ minutes: translatedMinutes.minutes })
          .from(translatedMinutes)
          .where(and(eq(translatedMinutes.meetingId, meetingId), eq(translatedMinutes.language, language)));
        return row?.minutes ?? null;
      }),
  };
}
