import { afterEach, beforeEach, expect, it } from 'vitest';
import { Fault } from '../../src/core/faults.ts';
import type { FaultRecord, MeetingId } from '../../src/core/model.ts';
import type { JobHandlers, JobOutcome, Jobs, Next } from '../../src/core/ports.ts';

export interface JobsUnderTest {
  /** The same line of jobs, as two processes see it. */
  readonly jobs: Jobs;
  readonly others: Jobs;
  /** Makes every waiting job due by so much sooner, as if the time had passed. Resolves with their number. */
  hurry(ms: number): Promise<number>;
  /** Makes every taken job look as if its process had died a while ago. */
  bereave(): Promise<void>;
  close(): Promise<void>;
}

/** Retries pause for less than this. */
const LONGEST_PAUSE_MS = 1_800_000;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are plain strings in tests
const meeting = (id: string): MeetingId => id as MeetingId;
const understand = (id: string): Next => ({ name: 'understand', payload: { meetingId: meeting(id) } });
const post = (id: string, platform: string): Next => ({ name: 'post', payload: { meetingId: meeting(id), platform } });
const unavailable = (retryAfterMs?: number): Fault =>
  new Fault('thing', 'unavailable', 'The thing is away.', retryAfterMs === undefined ? {} : { retryAfterMs });

/** Every job ends up in `did`, whose outcome is what the handler does. */
function handlersFor(did: (job: Next, signal: AbortSignal) => Promise<JobOutcome>): JobHandlers {
  return {
    listen: (payload, signal) => did({ name: 'listen', payload }, signal),
    understand: (payload, signal) => did({ name: 'understand', payload }, signal),
    post: (payload, signal) => did({ name: 'post', payload }, signal),
    forget: (payload, signal) => did({ name: 'forget', payload }, signal),
  };
}

/** A list that can be waited for. */
function tally<T>(): { readonly all: readonly T[]; add(item: T): void; reaches(count: number): Promise<readonly T[]> } {
  const all: T[] = [];
  let waiting: { readonly count: number; readonly resolve: (all: readonly T[]) => void }[] = [];
  const check = (): void => {
    for (const { count, resolve } of waiting) if (all.length >= count) resolve(all);
    waiting = waiting.filter(({ count }) => all.length < count);
  };
  return {
    all,
    add(item) {
      all.push(item);
      check();
    },
    reaches: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        check();
      }),
  };
}

const record = (seen: { add(job: Next): void }) => (job: Next) => {
  seen.add(job);
  return Promise.resolve<JobOutcome>('done');
};
const names = (list: readonly Next[]) => list.map((job) => JSON.stringify(job)).toSorted();

/** What every line of jobs promises. `open` gives an empty one. */
export function jobsContract(open: () => Promise<JobsUnderTest>): void {
  let under: JobsUnderTest;
  const workers: { stop(): Promise<void> }[] = [];
  beforeEach(async () => {
    under = await open();
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await under.close();
  });
  const work = async (
    jobs: Jobs,
    did: (job: Next, signal: AbortSignal) => Promise<JobOutcome>,
    options: Partial<Parameters<Jobs['work']>[1]> = {},
  ) => {
    const worker = await jobs.work(handlersFor(did), {
      platforms: ['terminal'],
      failed: () => Promise.resolve(),
      ...options,
    });
    workers.push(worker);
    return worker;
  };
  it('gives each job to one worker, with its payload and nothing else', async () => {
    const { jobs, others } = under;
    const seen = tally<Next>();
    await work(jobs, record(seen));
    await work(others, record(seen));
    const given: readonly Next[] = [
      { name: 'listen', payload: { meetingId: meeting('a') } },
      understand('b'),
      post('c', 'terminal'),
      { name: 'forget', payload: { meetingId: meeting('d') } },
      ...['e', 'f', 'g', 'h'].map(understand),
    ];
    for (const job of given) await jobs.enqueue(job);
    await seen.reaches(given.length);
    expect(names(seen.all)).toEqual(names(given));
  });

  it('keeps one job for a meeting and stage, however often it is put in line', async () => {
    const seen = tally<Next>();
    for (const id of ['a', 'a', 'last', 'last']) await under.jobs.enqueue(understand(id));
    await Promise.all([under.jobs.restart(understand('a')), under.others.restart(understand('a'))]);
    await work(under.jobs, record(seen));
    await seen.reaches(2);
    await under.jobs.enqueue(understand('end'));
    await seen.reaches(3);
    expect(seen.all.map(({ payload }) => payload.meetingId).toSorted()).toEqual(['a', 'end', 'last']);
  });

  it('takes the posts of its own platforms only', async () => {
    const mine = tally<Next>();
    const theirs = tally<Next>();
    await under.jobs.enqueue(post('a', 'slack'));
    await under.jobs.enqueue(post('b', 'terminal'));
    await work(under.jobs, record(mine));
    await mine.reaches(1);
    expect(mine.all).toEqual([post('b', 'terminal')]);
    await work(under.others, record(theirs), { platforms: ['slack'] });
    expect(await theirs.reaches(1)).toEqual([post('a', 'slack')]);
  });

  it('does the jobs of one meeting only, when told to, oldest elsewhere left in line', async () => {
    const mine = tally<Next>();
    const theirs = tally<Next>();
    for (const id of ['a', 'b', 'mine', 'c']) await under.jobs.enqueue(understand(id));
    await work(under.jobs, record(mine), { only: meeting('mine') });
    await mine.reaches(1);
    await under.jobs.enqueue(post('mine', 'terminal'));
    await mine.reaches(2);
    expect(mine.all).toEqual([understand('mine'), post('mine', 'terminal')]);
    await work(under.others, record(theirs));
    await theirs.reaches(3);
    expect(theirs.all.map(({ payload }) => payload.meetingId).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('tries again after a failure that may pass', async () => {
    const seen = tally<Next>();
    const failed = tally<FaultRecord>();
    await under.jobs.enqueue(understand('a'));
    await work(
      under.jobs,
      (job) => {
        seen.add(job);
        return seen.all.length < 3 ? Promise.reject(unavailable()) : Promise.resolve('done');
      },
      { failed: (_, fault) => Promise.resolve(failed.add(fault)) },
    );
    await hurryUntil(seen.reaches(3));
    expect(failed.all).toEqual([]);
    expect(await under.jobs.deadLetters(5)).toEqual([]);
  });

  it('leaves a dependency alone for as long as it asked', async () => {
    const seen = tally<Next>();
    await under.jobs.enqueue(understand('a'));
    await work(under.jobs, (job) => {
      seen.add(job);
      return job.payload.meetingId === 'a' ? Promise.reject(unavailable(3_600_000)) : Promise.resolve('done');
    });
    await seen.reaches(1);
    // Long enough for any pause of its own, but not for the one that was asked for. The worker looks at its line
    // again and again for the others; the first job must not come back meanwhile.
    await expect.poll(() => under.hurry(0)).toBe(1);
    await under.hurry(LONGEST_PAUSE_MS);
    for (const id of ['b', 'c', 'd']) {
      await under.jobs.enqueue(understand(id));
      await seen.reaches(seen.all.length + 1);
    }
    expect(seen.all.filter(({ payload }) => payload.meetingId === 'a')).toHaveLength(1);
  });

  it('gives up at once on a failure that will not pass, says so, and keeps it among the dead letters', async () => {
    const failed = tally<readonly [Next, FaultRecord]>();
    await under.jobs.enqueue(post('a', 'terminal'));
    await work(under.jobs, () => Promise.reject(new Fault('thing', 'forbidden', 'You may not.')), {
      failed: (job, fault) => Promise.resolve(failed.add([job, fault])),
    });
    const [first] = await failed.reaches(1);
    expect(first).toEqual([
      post('a', 'terminal'),
      { source: 'thing', kind: 'forbidden', retryable: false, message: 'You may not.' },
    ]);
    await expect.poll(() => under.jobs.deadLetters(5)).toHaveLength(1);
    const [letter] = await under.jobs.deadLetters(5);
    expect(letter).toMatchObject({ name: 'post.terminal', meetingId: 'a', message: 'You may not.' });
    expect(new Date(letter?.failedAt ?? '').toISOString()).toBe(letter?.failedAt);
  });

  it('gives up on a mistake of its own after many tries, without quoting it', async () => {
    const failed = tally<FaultRecord>();
    let tries = 0;
    await under.jobs.enqueue(understand('a'));
    await work(
      under.jobs,
      () => {
        tries += 1;
        return Promise.reject(new TypeError('cannot read "the secret plan"'));
      },
      { failed: (_, fault) => Promise.resolve(failed.add(fault)) },
    );
    const [fault] = await hurryUntil(failed.reaches(1));
    expect(tries).toBeGreaterThan(2);
    expect(fault).toMatchObject({ source: 'earshot', retryable: false });
    await expect.poll(() => under.jobs.deadLetters(5)).toHaveLength(1);
    expect(JSON.stringify([fault, await under.jobs.deadLetters(5)])).not.toContain('secret');
  });

  it('comes back to a job that cannot be done now, without ever giving up on it', async () => {
    const seen = tally<Next>();
    const failed = tally<FaultRecord>();
    await under.jobs.enqueue(understand('a'));
    await work(
      under.jobs,
      (job) => {
        seen.add(job);
        return Promise.resolve(seen.all.length < 30 ? { again: { afterMs: 1 } } : 'done');
      },
      { failed: (_, fault) => Promise.resolve(failed.add(fault)) },
    );
    await seen.reaches(30);
    expect(failed.all).toEqual([]);
  });

  it('hands back what is running when stopped, for another worker to take at once', async () => {
    const started = tally<AbortSignal>();
    const seen = tally<Next>();
    for (const id of ['a', 'b']) await under.jobs.enqueue(understand(id));
    const worker = await work(under.jobs, (_, signal) => {
      started.add(signal);
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    });
    await started.reaches(2);
    await Promise.all([worker.stop(), worker.stop()]);
    expect(started.all.every((signal) => signal.aborted)).toBe(true);
    await work(under.others, record(seen));
    expect(await seen.reaches(2)).toHaveLength(2);
  });

  it('stops although a handler does not, and hands its job back', async () => {
    const started = tally<Next>();
    const seen = tally<Next>();
    await under.jobs.enqueue(understand('a'));
    const worker = await work(under.jobs, (job) => {
      started.add(job);
      return new Promise(() => undefined);
    });
    await started.reaches(1);
    await worker.stop();
    await work(under.others, record(seen));
    expect(await seen.reaches(1)).toEqual([understand('a')]);
  });

  it("gives a dead worker's job to another, and ignores what the dead one says afterwards", async () => {
    const started = tally<Next>();
    const seen = tally<Next>();
    const late = Promise.withResolvers<JobOutcome>();
    await under.jobs.enqueue(understand('a'));
    await work(under.jobs, (job) => {
      started.add(job);
      return started.all.length === 1 ? late.promise : Promise.resolve('done');
    });
    await started.reaches(1);
    await hurryUntil(
      (async () => {
        await work(under.others, record(seen), { only: meeting('a') });
        await Promise.race([seen.reaches(1), started.reaches(2)]);
      })(),
      () => under.bereave(),
    );
    late.reject(new Fault('thing', 'forbidden', 'Too late.'));
    const after = tally<Next>();
    // Whichever worker takes it.
    const taken = [started.reaches(started.all.length + 1), seen.reaches(seen.all.length + 1), after.reaches(1)];
    await under.jobs.enqueue(understand('b'));
    await work(under.others, record(after), { only: meeting('b') });
    await Promise.race(taken);
    expect(await under.jobs.deadLetters(5)).toEqual([]);
  });

  it('puts a job back in line that is lost, given up, or waiting for a retry', async () => {
    const failed = tally<FaultRecord>();
    const again = tally<Next>();
    await under.jobs.enqueue(understand('dead'));
    await under.jobs.enqueue(understand('waiting'));
    const worker = await work(
      under.jobs,
      (job) =>
        Promise.reject(
          job.payload.meetingId === 'dead' ? new Fault('thing', 'bad-input', 'No.') : unavailable(3_600_000),
        ),
      { failed: (_, fault) => Promise.resolve(failed.add(fault)) },
    );
    await failed.reaches(1);
    await expect.poll(() => under.jobs.deadLetters(5)).toHaveLength(1);
    await worker.stop();
    for (const id of ['dead', 'waiting', 'never seen']) await under.others.restart(understand(id));
    expect(await under.jobs.deadLetters(5)).toEqual([]);
    await work(under.others, record(again));
    await again.reaches(3);
    expect(again.all.map(({ payload }) => payload.meetingId).toSorted()).toEqual(['dead', 'never seen', 'waiting']);
  });

  it("takes a meeting's waiting jobs out of line, and no others", async () => {
    const seen = tally<Next>();
    for (const job of [understand('a'), post('a', 'terminal'), understand('b')]) await under.jobs.enqueue(job);
    await under.jobs.enqueue({ name: 'forget', payload: { meetingId: meeting('a') } });
    await under.jobs.cancel(meeting('a'));
    await under.jobs.cancel(meeting('unknown'));
    await work(under.jobs, record(seen));
    await seen.reaches(2);
    await under.jobs.enqueue(post('end', 'terminal'));
    await seen.reaches(3);
    expect(seen.all.map(({ name, payload }) => `${name} ${payload.meetingId}`).toSorted()).toEqual([
      'forget a',
      'post end',
      'understand b',
    ]);
  });

  it('keeps a job that failed when nobody could be told', async () => {
    const told = tally<FaultRecord>();
    await under.jobs.enqueue(understand('a'));
    await work(under.jobs, () => Promise.reject(new Fault('thing', 'forbidden', 'No.')), {
      failed: (_, fault) => {
        told.add(fault);
        return told.all.length === 1 ? Promise.reject(unavailable()) : Promise.resolve();
      },
    });
    await told.reaches(1);
    await hurryUntil(told.reaches(2), () => under.bereave());
    await expect.poll(() => under.jobs.deadLetters(5)).toHaveLength(1);
  });

  async function hurryUntil<T>(
    goal: Promise<T>,
    push: () => Promise<unknown> = () => under.hurry(LONGEST_PAUSE_MS),
  ): Promise<T> {
    const waiting = Symbol('waiting');
    for (;;) {
      await push();
      const turn = new Promise<typeof waiting>((resolve) => {
        setImmediate(() => resolve(waiting));
      });
      const reached = await Promise.race([goal, turn]);
      if (reached !== waiting) return reached;
    }
  }
}
