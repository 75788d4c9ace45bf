/** The generative analyst as the program wires it, over a scripted server. */
import type { Analyst, Clock } from '../../src/core/ports.ts';
import { createExtractive } from '../../src/core/understand/extractive/extractive.ts';
import { createGenerative } from '../../src/core/understand/generative/generative.ts';
import { createLog } from '../../src/log.ts';
import { createChronoDates } from '../../src/providers/language/dates/chrono-dates.ts';
import { createOpenAiChat } from '../../src/providers/language/openai-chat.ts';
import type { OpenAiChatOptions } from '../../src/providers/language/openai-chat.ts';
import type { ScriptedServer } from './scripted-server.ts';

const NOW = new Date('2026-01-05T09:00:00.000Z');

/** Sleeps that end at once; the watch over a silent server never does, but for the signal. */
const clock: Clock = {
  now: () => NOW,
  sleep: (ms, signal) =>
    ms < LONGEST_WAIT_MS
      ? Promise.resolve()
      : new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
          });
        }),
};
/** Longer than any wait between tries. */
const LONGEST_WAIT_MS = 100_000;

export function openGenerative(server: ScriptedServer, more: Partial<OpenAiChatOptions> = {}): Analyst {
  const model = createOpenAiChat({
    apiKey: 'none',
    baseUrl: server.baseUrl,
    model: 'gpt-4o-mini',
    contextTokens: 128_000,
    clock,
    ...more,
  });
  const log = createLog('silent');
  const fallback = createExtractive({ clock, embeddings: null, dates: null, log });
  return createGenerative({ model, fallback, clock, dates: createChronoDates(), log });
}
