import { Fault } from '../faults.ts';
import type { FaultKind } from '../faults.ts';
import type { Ms } from '../model.ts';
import type { Clock, Hearing, TranscribeOptions, Transcriber } from '../ports.ts';
import { abortable } from './abortable.ts';

/** Five tries over about a quarter of a minute: outlasts a restart of a local server or a burst limit. */
const TRIES = 5;
const FIRST_PAUSE_MS = 1_000;
/** Asked to wait longer than this, the whole job is better put off than kept waiting. */
const LONGEST_PAUSE_MS = 60_000;
/** A recogniser that answers nonsense does so again: one more try is enough. */
const TRIES_AT_NONSENSE = 2;

/**
 * Has one segment transcribed. Retryable Faults are tried again after a pause, as long as the service asked for.
 * Returns the Fault when it may be this segment's own (`bad-output` or `bad-input` to the end); throws every other.
 */
export async function hearSegment(
  transcriber: Transcriber,
  clock: Clock,
  pcm: Float32Array,
  options: TranscribeOptions,
): Promise<Hearing | Fault> {
  const { signal } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await abortable(transcriber.transcribe(pcm, options), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Fault)) throw error;
      if (isSegmentsOwn(error.kind) && (!error.retryable || attempt >= TRIES_AT_NONSENSE)) return error;
      const pauseMs: Ms = error.retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1);
      if (!error.retryable || attempt >= TRIES || pauseMs > LONGEST_PAUSE_MS) throw error;
      await clock.sleep(pauseMs, signal);
    }
  }
}

function isSegmentsOwn(kind: FaultKind): boolean {
  return kind === 'bad-output' || kind === 'bad-input';
}
