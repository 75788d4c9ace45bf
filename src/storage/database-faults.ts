import { Fault } from '../core/faults.ts';

/** Codes of PostgreSQL (errcodes appendix of its manual) and of the operating system, by what they mean to a caller. */
const UNREACHABLE = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ENOENT ETIMEDOUT ENOTFOUND EHOSTUNREACH ENETUNREACH EAI_AGAIN'.split(' '),
);
/** node-postgres gives these no code. */
const LOST_CONNECTION =
  /Connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|Client was closed|Cannot use a pool after calling end/;

interface Cause {
  readonly code: string;
  readonly message: string;
  readonly constraint: string;
}

/** drizzle wraps a failure in an error that quotes the statement's values; what is underneath does not. */
function rootOf(error: unknown): Cause {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (root instanceof AggregateError && root.errors[0] instanceof Error) root = root.errors[0];
  const field = (name: string): string => {
    const value: unknown = root instanceof Error ? Reflect.get(root, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  return { code: field('code'), message: field('message'), constraint: field('constraint') };
}

/** SQLSTATE or system code of a failed statement or connection; empty when it has none. */
export function databaseCode(error: unknown): string {
  return rootOf(error).code;
}

/**
 * The Fault for a failure of the database, or a plain error for a mistake in this program. Neither carries the
 * original: its message and detail can quote rows.
 */
export function databaseFault(error: unknown): Error {
  if (error instanceof Fault) return error;
  const { code, message, constraint } = rootOf(error);
  const cause = new Error(`database error ${code || 'without a code'}`);
  const fault = (kind: Fault['kind'], sentence: string): Fault => new Fault('database', kind, sentence, { cause });
  if (code === '53100' || code === 'ENOSPC') {
    return fault('unavailable', 'The disk that holds the database is full; free some space.');
  }
  if (code === '53300') return fault('unavailable', 'The database takes no more connections right now; try again.');
  if (code.startsWith('28')) {
    return fault('unauthorized', 'The database refused the user name or password; check DATABASE_URL.');
  }
  if (code === '3D000')
    return fault('not-found', 'The database named in DATABASE_URL does not exist; create it first.');
  if (code === '42501') {
    return fault('forbidden', "The database user may not create or change Earshot's tables; grant it the right to.");
  }
  if (UNREACHABLE.has(code) || LOST_CONNECTION.test(message) || /^(08|57P0)/.test(code)) {
    return fault('unavailable', 'The database cannot be reached; check that it is running and try again.');
  }
  if (/^(40|53|55P03|57014|58)/.test(code) || code === '25006') {
    return fault('unavailable', 'The database could not finish the work just now; try again.');
  }
  return new Error(`The database refused a statement: ${[code, constraint].filter(Boolean).join(' ') || 'no code'}.`);
}

/** Runs work that only touches the database, turning its failures into Faults. */
export async function onDatabase<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw databaseFault(error);
  }
}
