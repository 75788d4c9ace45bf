import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';

export interface Child {
  /** Sends a message and gives the answer to it. Rejects when the process ends instead. */
  ask<Schema extends z.ZodType>(answer: Schema): Promise<z.output<Schema>>;
  stop(): Promise<void>;
}

/**
 * A fresh process, so that peaks of memory are its own. `script` sends one message when it is
 * ready and one for every message it gets.
 */
export const startChild = async (script: URL, task: unknown): Promise<Child> => {
  const child = fork(fileURLToPath(script), [JSON.stringify(task)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // Float32Array and the like would need it; numbers and strings do not.
    serialization: 'json',
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script.pathname} ended with ${String(code)}.`);
  });
  // Whoever asks learns of the end; nobody needs to be asking when it ends as it should.
  ended.catch(() => {});
  const message = async (): Promise<unknown> => {
    const [received]: unknown[] = await Promise.race([once(child, 'message'), ended]);
    return received;
  };
  await message();
  return {
    ask: async (answer) => {
      child.send('go');
      return answer.parse(await message());
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
};
