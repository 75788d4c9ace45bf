/** One meeting's or one question's talk with a model: what it took, what it could not do, and when to stop asking. */
import { Fault } from '../../faults.ts';
import type { FaultKind } from '../../faults.ts';
import type { Usage } from '../../model.ts';
import type { Completion, LanguageModel, Log } from '../../ports.ts';
import { addUsage, NO_USAGE } from '../../usage.ts';

/**
 * `cut`: the reply hit its limit. `too-long`: the request did not fit. `unusable`: twice not a reply of the wanted
 * shape. `gone`: the model cannot be had; nothing more is asked of it.
 */
export type Reply<T> =
  | { readonly kind: 'complete'; readonly value: T }
  | { readonly kind: 'cut' | 'too-long' }
  | { readonly kind: 'unusable' | 'gone'; readonly reason: FaultKind };

export interface Session {
  readonly model: LanguageModel;
  /** The model's own count. */
  readonly countTokens: (text: string) => number;
  /** Rejects only with what is no Fault: the signal's reason, or a defect. */
  ask<T>(request: Completion<T>): Promise<Reply<T>>;
  /** What was taken so far; null when no call was counted. */
  usage(): Usage | null;
  /** Whether a reply of the wanted shape came at all. */
  served(): boolean;
  /** Why the model cannot be had any more; null while it can. */
  gone(): FaultKind | null;
}

const TRIES = 2;
const AGAIN = 'The reply before could not be read: reply with one JSON object of the given shape, and nothing else.';

export function createSession(options: {
  readonly model: LanguageModel;
  readonly log: Log;
  readonly signal: AbortSignal;
}): Session {
  const { model, log, signal } = options;
  let usage = NO_USAGE;
  let served = false;
  let gone: FaultKind | null = null;

  async function once<T>(request: Completion<T>): Promise<Reply<T>> {
    try {
      const reply = await model.complete(request, signal);
      usage = addUsage(usage, reply.usage);
      if (reply.kind === 'complete') {
        served = true;
        return { kind: 'complete', value: reply.value };
      }
      log.warn('reply not usable', { pass: request.schemaName, model: model.name, kind: reply.kind });
      return reply.kind === 'truncated' ? { kind: 'cut' } : { kind: 'unusable', reason: 'bad-output' };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Fault)) throw error;
      log.warn('model failed', { pass: request.schemaName, model: model.name, kind: error.kind });
      if (error.kind === 'bad-input') return { kind: 'too-long' };
      if (error.kind === 'bad-output') return { kind: 'unusable', reason: error.kind };
      gone = error.kind;
      return { kind: 'gone', reason: error.kind };
    }
  }

  return {
    model,
    countTokens: (text) => model.countTokens(text),
    async ask(request) {
      for (let tries = 1; ; tries++) {
        signal.throwIfAborted();
        if (gone !== null) return { kind: 'gone', reason: gone };
        // The task comes last, so that what a server has cached of the record still holds.
        const reply = await once(tries === 1 ? request : { ...request, task: `${request.task}\n${AGAIN}` });
        if (reply.kind !== 'unusable' || tries === TRIES) return reply;
      }
    },
    usage: () => (usage.calls === 0 ? null : usage),
    served: () => served,
    gone: () => gone,
  };
}
