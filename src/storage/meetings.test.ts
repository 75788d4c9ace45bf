import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listen, meetingsContract, request, said } from '../../test/contract/meetings.ts';

import { systemClock } from '../clock.ts';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import type { Next } from '../core/ports.ts';
import type { Database, Transaction } from './database.ts';
import { createMeetings } from './meetings.ts';

const server = temporaryServer();
const nextOf = (row: { readonly next: string }): Next => JSON.parse(row.next);

describe('meetings in PostgreSQL', () => {
  meetingsContract(async () => {
    const database = await server.emptied();
    await database.tables.execute(
      sql`create table if not exists line (place bigint generated always as identity, next text)`,
    );
    let broken = false;
    const enqueue = async (tx: Transaction, job: Next): Promise<void> => {
      await tx.execute(sql`insert into line (next) values (${JSON.stringify(job)})`);
      if (broken) throw new Error('the queue is broken');
    };
    return {
      meetings: createMeetings(database, { enqueue, clock: systemClock }),
      async enqueued() {
        const { rows } = await database.pool.query<{ next: string }>('select next from line order by place');
        return rows.map(nextOf);
      },
      breakQueue() {
        broken = true;
      },
    };
  });
});

const open = (database: Database) => createMeetings(database, { enqueue: () => Promise.resolve(), clock: systemClock });
/** Ends every connection to the database but the one that does it. */
const KILL = `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;

describe('when connections break', () => {
  it('keeps nothing of a transaction whose connection is lost, says so retryably, and goes on afterwards', async () => {
    const database = await server.fresh();
    const killer = await database.connect();
    const meetings = createMeetings(database, {
      enqueue: async () => {
        await killer.query(KILL);
      },
      clock: systemClock,
    });
    const lost = meetings.create(request(), listen);
    await expect(lost).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
    await killer.end();
    expect(await meetings.list(5)).toEqual([]);
  });

  it('frees a hold whose connection is lost, and releasing it afterwards is harmless', async () => {
    const database = await server.fresh();
    const meetings = open(database);
    const { meeting } = await meetings.create(request(), listen);
    const hold = await meetings.hold(meeting.id);
    const killer = await database.connect();
    await killer.query(KILL);
    await killer.end();
    await hold?.release();
    const again = await meetings.hold(meeting.id);
    expect(again).not.toBeNull();
    await again?.release();
  });

  it('never quotes what was said in an error', async () => {
    const database = await server.fresh();
    const meetings = open(database);
    const { meeting } = await meetings.create(request(), listen);
    const [track] = await meetings.tracks(meeting.id);
    if (track === undefined) throw new Error('no track');
    const secret = { ...said(track.id, 0, 'the secret plan'), endMs: Number.NaN };
    const failure: unknown = await meetings
      .heard(track.id, { utterances: [secret], heardMs: 1 })
      .catch((error: unknown) => error);
    if (!(failure instanceof Error)) throw new Error('it was stored');
    expect(`${failure.stack}${String(failure.cause)}`).not.toContain('secret');
  });
});
