/** The thread texts are embedded on: onnxruntime computes on the thread it is called from. */
import { parentPort } from 'node:worker_threads';
import { Fault } from '../../../core/faults.ts';
import type { FromWorker, Leave } from '../../threads/pool.ts';
import { createEncoder } from './encoder.ts';
import type { Encoder } from './encoder.ts';
import { readModelFiles } from './model-files.ts';

/** Its first message is this, every later one a list of texts. */
export interface Start {
  readonly threads: number;
  /** Absent: the model in the npm package. */
  readonly folder?: string;
}

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const say = (message: FromWorker<Float32Array>, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(message, transfer);
};

port.once('message', (message: Start | Leave) => {
  if (message === 'leave') port.close();
  else void serve(message);
});

async function serve({ threads, folder }: Start): Promise<void> {
  let encoder: Encoder;
  try {
    encoder = await createEncoder(await readModelFiles(folder), threads);
  } catch (cause) {
    say(
      cause instanceof Fault
        ? { kind: 'failed', message: cause.message, fault: cause.kind }
        : { kind: 'failed', message: `the model could not be loaded, ${nameOf(cause)}` },
    );
    return;
  }
  let last = Promise.resolve();
  port.on('message', (message: readonly string[] | Leave) => {
    // The thread ends by itself once its port is closed and nothing runs.
    last = message === 'leave' ? last.then(() => port.close()) : last.then(() => embed(encoder, message));
  });
  say({ kind: 'ready' });
}

async function embed(encoder: Encoder, texts: readonly string[]): Promise<void> {
  try {
    const vectors = await encoder.encode(texts);
    say({ kind: 'done', result: vectors }, [vectors.buffer]);
  } catch (cause) {
    say({ kind: 'refused', message: nameOf(cause) });
  }
}

/** The kind of error only: messages of the runtime may quote what it was given. */
function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown error';
}
