import { sql } from 'drizzle-orm';
import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Db } from 'pg-boss';
import type { MeetingId } from '../core/model.ts';
import type { Log, Next } from '../core/ports.ts';
import { LOCKS } from './advisory-locks.ts';
import type { Database, Transaction } from './database.ts';

/** A job somebody took. `retryCount` names the attempt: whoever settles an older one changes nothing. */
export interface Claim {
  readonly id: string;
  readonly retryCount: number;
  readonly queue: string;
  readonly job: Next;
}
interface DeadLetter {
  readonly name: string;
  readonly meetingId: string;
  readonly failedAt: Date;
  readonly message: string;
}

/**
 * pg-boss's tables and statements, with what Earshot's jobs need beyond them. Its own workers and supervisor are not
 * used: they fail a job whose process died without anybody being told, and expire every job after a day at most.
 */
export interface JobQueue {
  /** The line a job waits in, made if it is new. */
  queueFor(job: Pick<Next, 'name'> & { readonly payload?: unknown }): Promise<string>;
  send(transaction: Transaction | null, job: Next): Promise<void>;
  /** Takes up to `limit` jobs that are due, longest waiting first; with `only`, of that meeting alone. */
  take(queue: string, limit: number, only: MeetingId | undefined): Promise<readonly Claim[]>;
  /** False: the job is no longer this attempt's. */
  touch(claim: Claim): Promise<boolean>;
  complete(claim: Claim): Promise<void>;
  /** Back in line as if it had not been taken. */
  handBack(claim: Claim, afterMs: number): Promise<void>;
  /** Back in line after a growing pause, one try fewer left; not before `notBeforeMs` from now. */
  retry(claim: Claim, output: FailureOutput, notBeforeMs: number): Promise<void>;
  /** Out of line, into the dead letters. */
  bury(claim: Claim, output: FailureOutput): Promise<void>;
  /** Puts jobs whose worker stopped giving signs of life back in line. Resolves with their number. */
  reclaim(): Promise<number>;
  restart(job: Next): Promise<void>;
  cancel(meetingId: MeetingId): Promise<void>;
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  /** Removes jobs that were done or given up a while ago. */
  tidy(): Promise<void>;
  stop(): Promise<void>;
}
/** What is kept of a failure: never the original error, which can quote what people said. */
interface FailureOutput {
  readonly source: string;
  readonly kind: string;
  readonly message: string;
}

/** Tries after the first. With pauses of 2 s that double up to 5 min, the last comes about 10 minutes after the first. */
export const RETRIES = 8;
/** A defect of ours rarely goes away by waiting; the person who waits should be told. */
export const RETRIES_OF_DEFECTS = 2;
const RETRY_DELAY_S = 2;
const RETRY_DELAY_MAX_S = 300;
/** Signs of life come every third of this; pg-boss takes no less than 10. */
export const HEARTBEAT_S = 15;
/** The most that pg-boss takes: a laptop may stay closed for a long holiday. */
const KEEP_WAITING_S = 365 * 24 * 3600;
const KEEP_DONE_S = 24 * 3600;
const DEAD = 'dead';
const STAGES = ['listen', 'understand', 'post'] as const;

/**
 * Opens the queue, making its tables in the schema `pgboss` if need be. Statements on `pgboss.job` are written for
 * pg-boss 12.38 (schema in its src/plans.ts). May fail with any database error.
 */
export async function openJobQueue(database: Database, log: Log): Promise<JobQueue> {
  const { pool, tables } = database;
  const db: Db = {
    executeSql: (text, values) => pool.query(text, values),
  };
  const boss = new PgBoss({ db, schema: 'pgboss', supervise: false, schedule: false, registerInstance: false });
  boss.on('error', (error) => log.error('jobs.queue-error', error));

  // Two processes that make the tables at the same time would get in each other's way.
  const guard = await database.connect();
  try {
    await guard.query('select pg_advisory_lock($1, 0)', [LOCKS.queueSetup]);
    await boss.start();
  } finally {
    await guard.end().catch(() => undefined);
  }
  const known = new Set((await boss.getQueues()).map(({ name }) => name));
  const ensure = async (name: string): Promise<string> => {
    if (known.has(name)) return name;
    await boss.createQueue(name, {
      // At most one waiting or running job for each meeting.
      policy: name === DEAD ? 'standard' : 'exclusive',
      retryLimit: RETRIES,
      retryDelay: RETRY_DELAY_S,
      retryBackoff: true,
      retryDelayMax: RETRY_DELAY_MAX_S,
      heartbeatSeconds: HEARTBEAT_S,
      retentionSeconds: KEEP_WAITING_S,
      deleteAfterSeconds: KEEP_DONE_S,
      ...(name === DEAD ? {} : { deadLetter: DEAD }),
    });
    known.add(name);
    return name;
  };
  await ensure(DEAD);

  const queueFor: JobQueue['queueFor'] = (job) => ensure(queueName(job));
  /** Forgets a claim's start, so that taking the job again is not counted as another try. */
  const release = (claim: Claim, afterMs: number) =>
    pool.query(
      `update pgboss.job
       set state = 'created', started_on = null, heartbeat_on = null, start_after = now() + $4 * interval '1 ms'
       where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
      [claim.queue, claim.id, claim.retryCount, afterMs],
    );

  return {
    queueFor,
    async send(transaction, job) {
      const queue = await queueFor(job);
      await boss.send(queue, job.payload, {
        singletonKey: job.payload.meetingId,
        ...(transaction === null ? {} : { db: fromDrizzle(transaction, sql) }),
      });
    },

    async take(queue, limit, only) {
      if (only === undefined) return claims(await boss.fetch<Next['payload']>(queue, { batchSize: limit }), queue);
      // Taking can be narrowed by priority alone: the meeting's jobs get one of their own. Somebody is waiting for
      // this meeting, so that other workers now prefer it too is just as well.
      const lane = laneOf(only);
      await pool.query(
        `update pgboss.job set priority = $3 where name = $1 and singleton_key = $2 and state < 'active' and priority <> $3`,
        [queue, only, lane],
      );
      const taken = claims(
        await boss.fetch<Next['payload']>(queue, { batchSize: limit, minPriority: lane, maxPriority: lane }),
        queue,
      );
      // Another meeting's lane may have the same number.
      const strangers = taken.filter(({ job }) => job.payload.meetingId !== only);
      for (const stranger of strangers) await release(stranger, 0);
      return taken.filter((claim) => !strangers.includes(claim));
    },

    async touch(claim) {
      const { rowCount } = await pool.query(
        `update pgboss.job set heartbeat_on = now() where name = $1 and id = $2 and state = 'active' and retry_count = $3`,
        [claim.queue, claim.id, claim.retryCount],
      );
      return rowCount === 1;
    },
    async complete(claim) {
      await boss.complete(claim.queue, claim);
    },
    async handBack(claim, afterMs) {
      await release(claim, afterMs);
    },

    async retry(claim, output, notBeforeMs) {
      await tables.transaction(async (tx) => {
        await boss.fail(claim.queue, claim, output, { db: fromDrizzle(tx, sql) });
        await tx.execute(
          sql`update pgboss.job set start_after = greatest(start_after, now() + ${notBeforeMs} * interval '1 ms')
              where name = ${claim.queue} and id = ${claim.id} and state = 'retry' and retry_count = ${claim.retryCount}`,
        );
      });
    },
    async bury(claim, output) {
      await tables.transaction(async (tx) => {
        await tx.execute(
          sql`update pgboss.job set retry_limit = retry_count
              where name = ${claim.queue} and id = ${claim.id} and state = 'active' and retry_count = ${claim.retryCount}`,
        );
        await boss.fail(claim.queue, claim, output, { db: fromDrizzle(tx, sql) });
      });
    },

    async reclaim() {
      const { rowCount } = await pool.query(
        `update pgboss.job set state = 'retry', heartbeat_on = null, start_after = now()
         where state = 'active' and heartbeat_on < now() - $1 * interval '1 s' and singleton_key is not null`,
        [HEARTBEAT_S],
      );
      return rowCount ?? 0;
    },

    async restart(job) {
      const queue = await queueFor(job);
      const { meetingId } = job.payload;
      await tables.transaction(async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`restart ${queue} ${meetingId}`}, 0))`);
        await tx.execute(sql`delete from pgboss.job where name = ${queue} and singleton_key = ${meetingId}`);
        await tx.execute(
          sql`delete from pgboss.job
              where name = ${DEAD} and source_name = ${queue} and data->>'meetingId' = ${meetingId}`,
        );
        await boss.send(queue, job.payload, { singletonKey: meetingId, db: fromDrizzle(tx, sql) });
      });
    },

    async cancel(meetingId) {
      await pool.query(
        `delete from pgboss.job
         where (singleton_key = $1 and state < 'active' and (name = any($2) or name like 'post.%'))
            or (name = $3 and data->>'meetingId' = $1)`,
        [meetingId, STAGES, DEAD],
      );
    },

    async deadLetters(limit) {
      const { rows } = await pool.query<{ name: string; meeting: string; at: Date; message: string | null }>(
        `select source_name as name, data->>'meetingId' as meeting, created_on as at, source_output->>'message' as message
         from pgboss.job where name = $1 order by created_on desc, id limit $2`,
        [DEAD, limit],
      );
      return rows.map(({ name, meeting, at, message }) => ({
        name,
        meetingId: meeting,
        failedAt: at,
        message: message ?? 'It is not known why.',
      }));
    },

    async tidy() {
      await pool.query(
        `delete from pgboss.job where name <> $1 and state > 'active' and completed_on < now() - $2 * interval '1 s'`,
        [DEAD, KEEP_DONE_S],
      );
    },

    async stop() {
      await boss.stop({ graceful: false, close: false });
    },
  };
}

/** pg-boss takes letters, digits, `_`, `-`, `.` and `/`. A post waits where only processes with its platform look. */
function queueName(job: Pick<Next, 'name'> & { readonly payload?: unknown }): string {
  if (job.name !== 'post') return job.name;
  const { payload } = job;
  const platform = typeof payload === 'object' && payload !== null ? Reflect.get(payload, 'platform') : undefined;
  return `post.${String(platform)}`;
}

function claims(
  fetched: readonly { readonly id: string; readonly retryCount: number; readonly data: Next['payload'] }[],
  queue: string,
): readonly Claim[] {
  return fetched.map(({ id, retryCount, data }) => ({ id, retryCount, queue, job: jobOf(queue, data) }));
}

function jobOf(queue: string, data: Next['payload']): Next {
  const { meetingId } = data;
  if (queue === 'listen' || queue === 'understand' || queue === 'forget')
    return { name: queue, payload: { meetingId } };
  return { name: 'post', payload: { meetingId, platform: queue.slice('post.'.length) } };
}

/** A positive 31-bit number (FNV-1a): 0 is every other job's priority. */
function laneOf(meetingId: MeetingId): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(meetingId)) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash >>> 0) % 0x7ffffffe) + 1;
}
