/** Tasks shared among worker threads: one line, first come first served, a crashed worker replaced. */
import type { Worker } from 'node:worker_threads';
import { Fault } from '../../core/faults.ts';
import type { FaultKind } from '../../core/faults.ts';

/** What a worker is told beside its tasks: to end once idle. */
export type Leave = 'leave';
/** What a worker says. Anything it says before `ready` but `failed` is a mistake. */
export type FromWorker<Result> =
  | { readonly kind: 'ready' }
  /** `fault`: the message is a whole sentence for the user, of this kind; absent: a few words on what went wrong. */
  | { readonly kind: 'failed'; readonly message: string; readonly fault?: FaultKind }
  | { readonly kind: 'done'; readonly result: Result }
  | { readonly kind: 'refused'; readonly message: string };

export interface Pool<Task, Result> {
  /** Throws Fault `unavailable` when the worker crashed or the pool was closed; the signal's reason when aborted. */
  readonly run: (task: Task, transfer: readonly ArrayBuffer[], signal: AbortSignal) => Promise<Result>;
  readonly close: () => Promise<void>;
}

interface Waiting<Task, Result> {
  readonly task: Task;
  readonly transfer: readonly ArrayBuffer[];
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}
interface Slot<Task, Result> {
  readonly worker: Worker;
  busy: Waiting<Task, Result> | null;
  isReady: boolean;
  /** It said that it cannot start. */
  isBroken: boolean;
}

/**
 * Resolves when every worker is ready. `spawn` starts a thread and tells it what it needs; it is called again to replace
 * a crashed one. Throws Fault `unavailable` when a worker cannot start, or
 * the Fault the worker itself named.
 */
export async function createPool<Task, Result>(options: {
  /** Source of the pool's Faults, e.g. `whisper`. */
  readonly source: string;
  /** What the workers do, as a sentence about its failure begins, e.g. `Speech recognition`. */
  readonly work: string;
  readonly size: number;
  readonly spawn: () => Promise<Worker>;
}): Promise<Pool<Task, Result>> {
  const slots = new Set<Slot<Task, Result>>();
  const line: Waiting<Task, Result>[] = [];
  let closed: Fault | null = null;
  let startFailure: Fault | null = null;
  let starting = 0;

  const crashed = (how: string, cause?: unknown): Fault =>
    new Fault(options.source, 'unavailable', `${options.work} failed (its worker: ${how}): try again.`, { cause });

  const serve = (): void => {
    for (const slot of slots) {
      if (!slot.isReady || slot.busy !== null) continue;
      const waiting = line.shift();
      if (waiting === undefined) return;
      slot.busy = waiting;
      slot.worker.ref();
      slot.worker.postMessage(waiting.task, [...waiting.transfer]);
    }
  };

  const failWaiting = (fault: Fault): void => {
    for (const waiting of line.splice(0)) waiting.reject(fault);
  };

  const start = async (): Promise<void> => {
    starting++;
    try {
      const worker = await options.spawn();
      const slot: Slot<Task, Result> = { worker, busy: null, isReady: false, isBroken: false };
      if (closed !== null) {
        await leave(worker);
        throw closed;
      }
      slots.add(slot);
      await new Promise<void>((resolve, reject) => {
        // Structured clones of what worker.ts posts.
        worker.on('message', (message: FromWorker<Result>) => {
          if (message.kind === 'ready') {
            slot.isReady = true;
            resolve();
          } else if (message.kind === 'failed') {
            slot.isBroken = true;
            reject(
              message.fault === undefined
                ? crashed(message.message)
                : new Fault(options.source, message.fault, message.message),
            );
          } else {
            settle(slot, message);
          }
        });
        worker.once('error', (cause) => {
          lose(slot, crashed('it stopped with an error', cause));
          reject(crashed('it stopped with an error', cause));
        });
        worker.once('exit', () => {
          lose(slot, crashed('it ended'));
          reject(crashed('it ended'));
        });
      });
      startFailure = null;
      // An idle worker does not keep the process alive.
      worker.unref();
    } finally {
      starting--;
    }
    serve();
  };

  const settle = (
    slot: Slot<Task, Result>,
    message: FromWorker<Result> & { readonly kind: 'done' | 'refused' },
  ): void => {
    const { busy } = slot;
    slot.busy = null;
    slot.worker.unref();
    if (message.kind === 'done') busy?.resolve(message.result);
    else busy?.reject(new Fault(options.source, 'bad-output', `${options.work} failed (${message.message}).`));
    serve();
  };

  const lose = (slot: Slot<Task, Result>, fault: Fault): void => {
    if (!slots.delete(slot)) return;
    slot.busy?.reject(closed ?? fault);
    slot.busy = null;
    if (closed !== null || !slot.isReady) return;
    replace();
  };

  const replace = (): void => {
    start().catch((cause: unknown) => {
      startFailure = cause instanceof Fault ? cause : crashed('it could not be started', cause);
      if (slots.size === 0 && starting === 0) failWaiting(startFailure);
    });
  };

  try {
    await Promise.all(Array.from({ length: options.size }, start));
  } catch (cause) {
    closed = cause instanceof Fault ? cause : crashed('it could not be started', cause);
    await Promise.all([...slots].map(({ worker, isBroken }) => (isBroken ? worker.terminate() : leave(worker))));
    throw closed;
  }

  return {
    run(task, transfer, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        if (closed !== null) {
          reject(closed);
          return;
        }
        const abort = (): void => {
          const place = line.indexOf(waiting);
          if (place >= 0) line.splice(place, 1);
          reject(signal.reason);
        };
        const waiting: Waiting<Task, Result> = {
          task,
          transfer,
          resolve: (result) => {
            signal.removeEventListener('abort', abort);
            resolve(result);
          },
          reject: (reason) => {
            signal.removeEventListener('abort', abort);
            reject(reason);
          },
        };
        signal.addEventListener('abort', abort, { once: true });
        line.push(waiting);
        // Every worker was lost and none could be started: one more try, for this task's sake.
        if (slots.size === 0 && starting === 0) replace();
        serve();
      });
    },
    async close() {
      closed ??= new Fault(options.source, 'unavailable', `${options.work} was closed.`);
      failWaiting(closed);
      const leaving = [...slots];
      for (const slot of leaving) slot.busy?.reject(closed);
      await Promise.all(leaving.map(({ worker }) => leave(worker)));
    },
  };
}

/**
 * Asks a worker to end after the task it is at. Never `terminate`: tearing a thread down while the inference runtime
 * computes on it ends the whole process.
 */
function leave(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    // An ended thread has no id left.
    if (worker.threadId === -1) {
      resolve();
      return;
    }
    worker.once('exit', () => resolve());
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
    worker.postMessage('leave');
  });
}
