import type { Meeting, PostedRef } from '../../core/model.ts';
import type { ChatPlatform, ThreadStore } from '../../core/ports.ts';
import { renderMinutes } from './render.ts';

export const TERMINAL = 'terminal';

/** The thread a meeting gets on the terminal. */
export function terminalThread(meeting: Pick<Meeting, 'id'>): string {
  return `${TERMINAL}:${meeting.id}`;
}

/**
 * The terminal as a chat platform: its threads live in the thread store, whichever process wrote them, and a command
 * prints them. The one person here is the operator, who owns the database and may do anything with what is in it.
 */
export function createTerminal(options: { readonly threads: ThreadStore }): ChatPlatform {
  const { threads } = options;
  return {
    name: TERMINAL,
    async post(to, post, { idempotencyKey, signal }) {
      signal.throwIfAborted();
      const threadId = terminalThread(post.meeting);
      await threads.append(threadId, idempotencyKey, renderMinutes(post));
      const ref: PostedRef = {
        ...to,
        threadId,
        messageId: idempotencyKey,
        permalink: `earshot show ${post.meeting.id}`,
      };
      return ref;
    },
    async unpost(ref) {
      if (ref.threadId !== undefined) await threads.delete(ref.threadId);
    },
    may: (person) => Promise.resolve(person.platform === TERMINAL),
  };
}
