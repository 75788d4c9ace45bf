import { Fault } from '../core/faults.ts';
import type { FaultRecord } from '../core/model.ts';
import type { Clock, JobHandlers, JobOutcome, Jobs, Log, Next } from '../core/ports.ts';
import type { Database, Transaction } from './database.ts';
import { databaseCode, onDatabase } from './database-faults.ts';
import { HEARTBEAT_S, openJobQueue, RETRIES, RETRIES_OF_DEFECTS } from './job-queue.ts';
import type { Claim, JobQueue } from './job-queue.ts';

/** Jobs in the same database as the meetings. */
export interface StoredJobs extends Jobs {
  /** Puts a job in line when, and only when, the transaction commits. */
  readonly enqueueWithin: (transaction: Transaction, job: Next) => Promise<void>;
  /** Ends what `createJobs` started. Workers are stopped by their own `stop` before. */
  close(): Promise<void>;
}

/** Looking costs a query per line, so an idle worker is cheap; a person waits half of this on average. */
const POLL_MS = 500;
const TROUBLE_MS = 2000;
/** Listening fills every core by itself: a second one keeps them busy while the first waits for the disk. */
const AT_ONCE = 2;
/** Within the 10 s that service managers give a process to end (Docker's default). */
const STOP_MS = 8000;
const TIDY_MS = 3_600_000;

/**
 * Jobs over pg-boss. There is at most one job for a meeting and stage: putting a second in line changes nothing. Each job
 * is done at least once; a worker that dies is noticed after 15 s and its jobs are taken by another. A job fails for good
 * after 8 retries, pauses between them doubling from 2 s to 5 min; 2 for what is no Fault. Throws Fault `database`.
 */
export async function createJobs(
  database: Database,
  options: { readonly log: Log; readonly clock: Clock },
): Promise<StoredJobs> {
  const queue = await onDatabase(() => openJobQueue(database, options.log));
  return {
    enqueue: (job) => onDatabase(() => queue.send(null, job)),
    enqueueWithin: (transaction, job) => queue.send(transaction, job),
    work: (handlers, workOptions) => onDatabase(() => startWork(queue, handlers, workOptions, options)),
    restart: (job) => onDatabase(() => queue.restart(job)),
    cancel: (id) => onDatabase(() => queue.cancel(id)),
    deadLetters: (limit) =>
      onDatabase(async () =>
        (await queue.deadLetters(limit)).map(({ name, meetingId, failedAt, message }) => ({
          name,
          meetingId,
          failedAt: failedAt.toISOString(),
          message,
        })),
      ),
    close: () => queue.stop(),
  };
}

type WorkOptions = Parameters<Jobs['work']>[1];
interface Tools {
  readonly log: Log;
  readonly clock: Clock;
}

async function startWork(
  queue: JobQueue,
  handlers: JobHandlers,
  options: WorkOptions,
  tools: Tools,
): Promise<{ stop(): Promise<void> }> {
  const lines = await Promise.all([
    ...(['listen', 'understand', 'forget'] as const).map((name) => queue.queueFor({ name })),
    ...options.platforms.map((platform) => queue.queueFor({ name: 'post', payload: { platform } })),
  ]);
  const stopping = new AbortController();
  const loops = [
    ...lines.map((line) => workLine(line, { queue, handlers, options, tools, stopping: stopping.signal })),
    keepHouse(queue, tools, stopping.signal),
  ];
  let stopped: Promise<void> | undefined;
  return {
    stop() {
      stopping.abort(new Error('the worker is stopping'));
      stopped ??= Promise.all(loops).then(() => undefined);
      return stopped;
    },
  };
}

interface Worker {
  readonly queue: JobQueue;
  readonly handlers: JobHandlers;
  readonly options: WorkOptions;
  readonly tools: Tools;
  readonly stopping: AbortSignal;
}

/** Resolves once stopping and idle. */
async function workLine(line: string, worker: Worker): Promise<void> {
  const { queue, options, tools, stopping } = worker;
  const running = new Set<Promise<void>>();
  while (!stopping.aborted) {
    let pauseMs = POLL_MS;
    try {
      const free = AT_ONCE - running.size;
      const taken = free > 0 ? await queue.take(line, free, options.only) : [];
      for (const claim of taken) {
        const work = workOn(claim, worker).finally(() => running.delete(work));
        running.add(work);
      }
    } catch (error) {
      tools.log.warn('jobs.take-failed', { line, code: databaseCode(error) });
      pauseMs = TROUBLE_MS;
    }
    // A finished job has often put the next one in line.
    await Promise.race([tools.clock.sleep(pauseMs, stopping).catch(() => undefined), ...running]);
  }
  await Promise.all(running);
}

/** Does one job and settles it. Never rejects. */
async function workOn(claim: Claim, worker: Worker): Promise<void> {
  const { queue, tools, stopping, options } = worker;
  const lost = new AbortController();
  const settled = new AbortController();
  const beating = beat(claim, worker, lost, settled.signal);
  // Each try so far ended in a failure or with the death of its process; only the failures were counted then.
  const hopeless = claim.retryCount > RETRIES;
  const signal = AbortSignal.any([stopping, lost.signal]);
  try {
    const outcome = hopeless ? { error: endedTooOften() } : await outcomeOf(claim, worker, signal);
    if (lost.signal.aborted) return;
    if (outcome === 'done') await queue.complete(claim);
    else if (outcome === 'handed-back') await queue.handBack(claim, 0);
    else if ('again' in outcome) await queue.handBack(claim, outcome.again.afterMs);
    else await settleFailure(claim, outcome.error, { queue, options, tools });
  } catch (error) {
    // The job stays taken and gives no more signs of life, so it is put back in line before long.
    tools.log.warn('jobs.settle-failed', { line: claim.queue, code: databaseCode(error) });
  } finally {
    settled.abort();
    await beating;
  }
}

/** What a handler came to. A handler that does not stop in time is left behind; its meeting's hold keeps others out. */
async function outcomeOf(
  claim: Claim,
  worker: Worker,
  signal: AbortSignal,
): Promise<JobOutcome | 'handed-back' | { readonly error: unknown }> {
  const { tools, stopping, handlers } = worker;
  const settled = new AbortController();
  const patience = new Promise<'handed-back'>((resolve) => {
    const wait = (): void => {
      tools.clock.sleep(STOP_MS, settled.signal).then(
        () => resolve('handed-back'),
        () => undefined,
      );
    };
    if (stopping.aborted) wait();
    else stopping.addEventListener('abort', wait, { once: true, signal: settled.signal });
  });
  const work = run(handlers, claim.job, signal).then(
    (outcome) => outcome,
    (error: unknown) => (stopping.aborted ? ('handed-back' as const) : { error }),
  );
  try {
    return await Promise.race([work, patience]);
  } finally {
    settled.abort();
  }
}

async function run(handlers: JobHandlers, job: Next, signal: AbortSignal): Promise<JobOutcome> {
  // One name and payload at a time, so that each handler gets its own kind.
  if (job.name === 'post') return handlers.post(job.payload, signal);
  return handlers[job.name](job.payload, signal);
}

async function settleFailure(
  claim: Claim,
  error: unknown,
  { queue, options, tools }: Pick<Worker, 'queue' | 'options' | 'tools'>,
): Promise<void> {
  const record = recordOf(error);
  const output = { source: record.source, kind: record.kind, message: record.message };
  tools.log.error('job.failed', error, {
    job: claim.job.name,
    meetingId: claim.job.payload.meetingId,
    attempt: claim.retryCount + 1,
  });
  const retries = error instanceof Fault ? (error.retryable ? RETRIES : 0) : RETRIES_OF_DEFECTS;
  if (claim.retryCount < retries) {
    await queue.retry(claim, output, error instanceof Fault ? (error.retryAfterMs ?? 0) : 0);
    return;
  }
  // Told first: a process that dies in between does both again.
  await options.failed(claim.job, record);
  await queue.bury(claim, output);
}

function endedTooOften(): Fault {
  return new Fault(
    'earshot',
    'bad-input',
    'The work on this meeting was cut short too often, as when memory runs out; look at the recording, then try again.',
  );
}

function recordOf(error: unknown): FaultRecord {
  if (error instanceof Fault) {
    return { source: error.source, kind: error.kind, retryable: error.retryable, message: error.message };
  }
  return {
    source: 'earshot',
    kind: 'bug',
    retryable: false,
    message: 'Something went wrong inside Earshot. Run it again with EARSHOT_LOG=error and report what it says.',
  };
}

/** Gives signs of life; tells the handler to stop when the job has been taken away. */
async function beat(
  claim: Claim,
  { queue, tools }: Worker,
  lost: AbortController,
  settled: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await tools.clock.sleep((HEARTBEAT_S * 1000) / 3, settled);
    } catch {
      return;
    }
    try {
      if (await queue.touch(claim)) continue;
      if (!settled.aborted) lost.abort(new Error('the job was taken away'));
      return;
    } catch (error) {
      tools.log.warn('jobs.heartbeat-failed', { line: claim.queue, code: databaseCode(error) });
    }
  }
}

/** Puts lost jobs back in line and removes old ones, until stopped. */
async function keepHouse(queue: JobQueue, { log, clock }: Tools, stopping: AbortSignal): Promise<void> {
  let tidyAtMs = 0;
  while (!stopping.aborted) {
    try {
      const count = await queue.reclaim();
      if (count > 0) log.warn('jobs.reclaimed', { count });
      const nowMs = clock.now().getTime();
      if (nowMs >= tidyAtMs) await queue.tidy();
      if (nowMs >= tidyAtMs) tidyAtMs = nowMs + TIDY_MS;
    } catch (error) {
      log.warn('jobs.upkeep-failed', { code: databaseCode(error) });
    }
    await clock.sleep((HEARTBEAT_S * 1000) / 3, stopping).catch(() => undefined);
  }
}
