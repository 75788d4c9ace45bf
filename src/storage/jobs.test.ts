import { describe, expect, it } from 'vitest';
import { jobsContract } from '../../test/contract/jobs.ts';
import { listen, request } from '../../test/contract/meetings.ts';
import { silent } from '../../test/contract/surroundings.ts';
import { systemClock } from '../clock.ts';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import type { Clock } from '../core/ports.ts';
import { createJobs } from './jobs.ts';
import { createMeetings } from './meetings.ts';

const server = temporaryServer();
/** Waits no longer than a moment, so that polling, signs of life and patience all come quickly. */
const hasty: Clock = {
  now: () => systemClock.now(),
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms, 15), signal),
};

describe('jobs in PostgreSQL', () => {
  jobsContract(async () => {
    const database = await server.emptied();
    const tools = { log: silent, clock: hasty };
    const [jobs, others] = [await createJobs(database, tools), await createJobs(database, tools)];
    return {
      jobs,
      others,
      async hurry(ms) {
        const { rowCount } = await database.pool.query(
          `update pgboss.job set start_after = start_after - $1 * interval '1 ms' where state < 'active' and name <> 'dead'`,
          [ms],
        );
        return rowCount ?? 0;
      },
      async bereave() {
        await database.pool.query(
          `update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'`,
        );
      },
      async close() {
        await Promise.all([jobs.close(), others.close()]);
      },
    };
  });

  it('puts a job in line only if the transaction commits', async () => {
    const database = await server.emptied();
    const jobs = await createJobs(database, { log: silent, clock: hasty });
    const meetings = createMeetings(database, { enqueue: jobs.enqueueWithin, clock: systemClock });
    const waiting = async (): Promise<number> =>
      (await database.pool.query("select from pgboss.job where name in ('listen', 'understand')")).rowCount ?? 0;
    const { meeting } = await meetings.create(request(), listen);
    expect(await waiting()).toBe(1);
    const undone = database.tables.transaction(async (tx) => {
      await jobs.enqueueWithin(tx, { name: 'understand', payload: { meetingId: meeting.id } });
      tx.rollback();
    });
    await expect(undone).rejects.toThrow('Rollback');
    expect(await waiting()).toBe(1);
    await jobs.close();
  });
});
