import pino from 'pino';
import { Fault } from './core/faults.ts';
import type { Log } from './core/ports.ts';

export type LogLevel = 'silent' | 'error' | 'warn' | 'info';

/** JSON lines on stderr. An error is logged by its kind and stack, never by a cause, which may quote a dependency. */
export function createLog(level: LogLevel): Log {
  const logger = pino({ level }, pino.destination({ dest: 2, sync: true }));
  return {
    info: (event, fields) => logger.info(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    error: (event, fault, fields) => logger.error({ ...fields, ...described(fault) }, event),
  };
}

function described(error: unknown): Record<string, string> {
  if (error instanceof Fault) return { source: error.source, kind: error.kind, reason: error.message };
  if (!(error instanceof Error)) return { kind: typeof error };
  // A stack's first lines repeat the message, which may quote data; the frames below say where.
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return { kind: error.name, at: frames.slice(0, 8).join('\n') };
}
