import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createPool } from './pool.ts';
import type { Pool } from './pool.ts';
import type { Act } from './pool.fixture.ts';

const about = { source: 'scripted', work: 'Scripted work' };
const never = new AbortController().signal;
let pool: Pool<Act, string> | undefined;
let workers: Worker[] = [];

function spawn(): Promise<Worker> {
  const worker = new Worker(new URL('./pool.fixture.ts', import.meta.url));
  workers.push(worker);
  return Promise.resolve(worker);
}
async function open(size: number): Promise<Pool<Act, string>> {
  workers = [];
  pool = await createPool<Act, string>({ ...about, size, spawn });
  return pool;
}
function release(worker: Worker | undefined): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
  worker?.postMessage('release');
}
afterEach(async () => {
  await pool?.close();
  pool = undefined;
});

describe('the worker pool', () => {
  it('gives each task to a worker that is free', async () => {
    const { run } = await open(2);
    const held = run('hold', [], never);
    expect(await run('echo', [], never)).toBe('echo');
    release(workers[0]);
    expect(await held).toBe('held');
    expect(workers).toHaveLength(2);
  });

  it.each(['throw', 'exit'] as const)(
    'fails the one task of a worker that crashes (%s) and replaces it',
    async (act) => {
      const { run } = await open(1);
      const crashed = run(act, [], never);
      const next = run('echo', [], never);
      await expect(crashed).rejects.toMatchObject({ name: 'Fault', source: 'scripted', kind: 'unavailable' });
      expect(await next).toBe('echo');
      expect(workers).toHaveLength(2);
    },
  );

  it('fails a task its worker refuses, and keeps the worker', async () => {
    const { run } = await open(1);
    await expect(run('refuse', [], never)).rejects.toMatchObject({ kind: 'bad-output' });
    expect(await run('echo', [], never)).toBe('echo');
    expect(workers).toHaveLength(1);
  });

  it('drops an aborted task from the line at once, and ignores the result of one under way', async () => {
    const { run } = await open(1);
    const stop = new AbortController();
    const running = run('hold', [], stop.signal);
    const waiting = run('throw', [], stop.signal);
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
    await expect(waiting).rejects.toThrow('enough');
    release(workers[0]);
    expect(await run('echo', [], never)).toBe('echo');
    expect(workers).toHaveLength(1);
  });

  it('rejects everything when closed, and afterwards', async () => {
    const { run, close } = await open(1);
    const outcomes = Promise.allSettled([run('hold', [], never), run('echo', [], never)]);
    await close();
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { kind: 'unavailable' } });
    }
    await expect(run('echo', [], never)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('cannot be made of workers that do not start, and leaves none behind', async () => {
    const started: Worker[] = [];
    const source = `const { parentPort } = require('node:worker_threads');
      parentPort.on('message', () => parentPort.close());
      parentPort.postMessage({ kind: 'failed', message: 'no model' });`;
    const failing = createPool<Act, string>({
      ...about,
      size: 2,
      spawn: () => {
        const worker = new Worker(source, { eval: true });
        started.push(worker);
        return Promise.resolve(worker);
      },
    });
    await expect(failing).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('no model') });
    expect(started.map((worker) => worker.threadId)).toEqual([-1, -1]);
  });

  it('says what is wrong in the words of a worker that knows', async () => {
    const source = `const { parentPort } = require('node:worker_threads');
      parentPort.postMessage({ kind: 'failed', fault: 'not-found', message: 'A file is missing: fetch it.' });`;
    const failing = createPool<Act, string>({
      ...about,
      size: 1,
      spawn: () => Promise.resolve(new Worker(source, { eval: true })),
    });
    await expect(failing).rejects.toMatchObject({
      source: 'scripted',
      kind: 'not-found',
      message: 'A file is missing: fetch it.',
    });
  });

  it('tells waiting tasks when no replacement can be started, and tries again for later ones', async () => {
    let fails = false;
    const { run, close } = await createPool<Act, string>({
      ...about,
      size: 1,
      spawn: () => (fails ? Promise.reject(new Error('out of memory')) : spawn()),
    });
    fails = true;
    const crashed = run('throw', [], never);
    const waiting = run('echo', [], never);
    await expect(crashed).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(waiting).rejects.toMatchObject({ kind: 'unavailable' });
    fails = false;
    expect(await run('echo', [], never)).toBe('echo');
    await close();
  });
});
