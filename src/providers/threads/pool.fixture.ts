/** A worker for the pool's tests: does what the task says. */
import { parentPort } from 'node:worker_threads';
import type { FromWorker, Leave } from './pool.ts';

/** `hold` answers only when it is told to `release`, which goes past the line. */
export type Act = 'echo' | 'refuse' | 'throw' | 'exit' | 'hold';

const say = (message: FromWorker<string>): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
  parentPort?.postMessage(message);
};
parentPort?.on('message', (act: Act | Leave | 'release') => {
  if (act === 'throw') throw new Error('planted');
  if (act === 'exit') process.exit(3);
  if (act === 'refuse') say({ kind: 'refused', message: 'RangeError' });
  if (act === 'echo') say({ kind: 'done', result: 'echo' });
  if (act === 'release') say({ kind: 'done', result: 'held' });
  if (act === 'leave') parentPort?.close();
});
say({ kind: 'ready' });
