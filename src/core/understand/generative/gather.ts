/** Reads a whole record through a model, window by window, and says which parts another analyst has to stand in for. */
import { z } from 'zod';
import type { ZodType } from 'zod';
import type { FaultKind } from '../../faults.ts';
import type { Completion } from '../../ports.ts';
import { fenced } from './evidence-lines.ts';
import type { EvidenceLine } from './evidence-lines.ts';
import { INSTRUCTIONS } from './instructions.ts';
import type { Reply, Session } from './session.ts';
import { halvesOf, windowsOf } from './windows.ts';
import type { Window } from './windows.ts';

/** What is asked of every window. */
export interface Pass<T> {
  readonly schemaName: string;
  readonly schema: ZodType<T>;
  readonly task: string;
}
/** `failed`: the model gave nothing usable for this window. */
export type WindowReply<T> =
  | { readonly kind: 'read'; readonly window: Window; readonly value: T }
  | { readonly kind: 'failed'; readonly window: Window; readonly reason: FaultKind };

/** Tokens of a reply: enough for the facts of an hour of talk, and no more than a quarter of a small context. */
const REPLY_TOKENS = 8192;
const REPLY_SHARE = 0.25;
/** For fences, the roles that a chat puts around messages, and servers that count a little differently. */
const MARGIN_TOKENS = 320;
const LEAST_WINDOW_TOKENS = 200;
/** Windows read at the same time: servers with one slot only keep the others waiting. */
const AT_ONCE = 3;

export function replyTokens(contextTokens: number): number {
  return Math.min(REPLY_TOKENS, Math.floor(contextTokens * REPLY_SHARE));
}

/** Tokens left for the record beside this pass's own words and its reply. */
export function roomFor(session: Session, pass: Pass<unknown>): number {
  const { countTokens } = session;
  const { contextTokens } = session.model;
  // Servers without schema support get it as text.
  const schema = JSON.stringify(z.toJSONSchema(pass.schema, { io: 'input' }));
  const words = countTokens(INSTRUCTIONS) + countTokens(pass.task) + countTokens(schema);
  return Math.max(LEAST_WINDOW_TOKENS, contextTokens - words - replyTokens(contextTokens) - MARGIN_TOKENS);
}

/** Windows of the record in which every one of these passes has room. */
export function cut(session: Session, lines: readonly EvidenceLine[], passes: readonly Pass<unknown>[]): Window[] {
  return windowsOf(lines, Math.min(...passes.map((pass) => roomFor(session, pass))));
}

function requestFor<T>(pass: Pass<T>, material: string, maxOutputTokens: number): Completion<T> {
  return { instructions: INSTRUCTIONS, material, maxOutputTokens, ...pass };
}

/** One pass over one material; a reply that was cut off is asked for once more with twice the room, if there is any. */
export async function askOnce<T>(session: Session, pass: Pass<T>, lines: readonly string[]): Promise<Reply<T>> {
  const { countTokens } = session;
  const { contextTokens } = session.model;
  const material = fenced(lines);
  const limit = replyTokens(contextTokens);
  const reply = await session.ask(requestFor(pass, material, limit));
  if (reply.kind !== 'cut') return reply;
  const free = contextTokens - countTokens(material) - (contextTokens - roomFor(session, pass) - limit);
  return free >= 2 * limit ? session.ask(requestFor(pass, material, 2 * limit)) : reply;
}

function textsOf({ lines }: Window): string[] {
  return lines.map(({ text }) => text);
}

/** One pass over one window. A reply that stays cut off is asked for once more in halves. */
export async function readWindow<T>(session: Session, pass: Pass<T>, window: Window): Promise<WindowReply<T>[]> {
  const settle = (part: Window, reply: Reply<T>): WindowReply<T> =>
    reply.kind === 'complete'
      ? { kind: 'read', window: part, value: reply.value }
      : { kind: 'failed', window: part, reason: 'reason' in reply ? reply.reason : 'bad-output' };
  const reply = await askOnce(session, pass, textsOf(window));
  if (reply.kind !== 'cut' && reply.kind !== 'too-long') return [settle(window, reply)];
  const halves = halvesOf(window);
  if (halves === null) return [settle(window, reply)];
  const replies: WindowReply<T>[] = [];
  for (const half of halves) {
    const again = await session.ask(requestFor(pass, fenced(textsOf(half)), replyTokens(session.model.contextTokens)));
    replies.push(settle(half, again));
  }
  return replies;
}

/**
 * Replies in the order of the windows; `work` reads one window, in as many passes as it likes. The first window goes
 * ahead: a key that is refused is then refused once, and what a server takes has been found out.
 */
export async function eachWindow<T>(
  windows: readonly Window[],
  work: (window: Window) => Promise<T>,
): Promise<readonly T[]> {
  const [first, ...others] = windows;
  if (first === undefined) return [];
  const results = new Map([[0, await work(first)]]);
  const queue = others.entries();
  const worker = async (): Promise<void> => {
    for (const [at, window] of queue) results.set(at + 1, await work(window));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, others.length) }, worker));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
