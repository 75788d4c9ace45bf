/** One thread of local speech recognition. Its first message is the model, every later one a segment. */
import { parentPort } from 'node:worker_threads';
import type { Hearing } from '../../../core/ports.ts';
import type { FromWorker, Leave } from '../../threads/pool.ts';
import { createRecognizer } from './recognizer.ts';
import type { RecognizeOptions, Recognizer, RecognizerModel } from './recognizer.ts';

export interface Segment {
  readonly pcm: Float32Array;
  readonly options: RecognizeOptions;
}

if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const say = (message: FromWorker<Hearing>): void => {
  port.postMessage(message);
};

port.once('message', (message: RecognizerModel | Leave) => {
  if (message === 'leave') port.close();
  else void serve(message);
});

async function serve(model: RecognizerModel): Promise<void> {
  let recognizer: Recognizer;
  try {
    recognizer = await load(model);
  } catch (cause) {
    say({ kind: 'failed', message: `the model could not be loaded, ${nameOf(cause)}` });
    return;
  }
  let last = Promise.resolve();
  port.on('message', (message: Segment | Leave) => {
    // The thread ends by itself once its port is closed and nothing runs.
    last = message === 'leave' ? last.then(() => port.close()) : last.then(() => hear(recognizer, message));
  });
  say({ kind: 'ready' });
}

async function hear(recognizer: Recognizer, segment: Segment): Promise<void> {
  try {
    say({ kind: 'done', result: await recognizer.recognize(segment.pcm, segment.options) });
  } catch (cause) {
    say({ kind: 'refused', message: nameOf(cause) });
  }
}

/** The runtime takes ordinary memory only, so shared memory is copied, once per thread and not for long. */
function load(model: RecognizerModel): Promise<Recognizer> {
  return createRecognizer({
    ...model,
    graphs: { encoder: model.graphs.encoder.slice(), decoder: model.graphs.decoder.slice() },
  });
}

/** The kind of error only: messages of the runtime may quote what it was given. */
function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown error';
}
