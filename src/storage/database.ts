import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Client, Pool } from 'pg';
import type { ClientConfig } from 'pg';
import { Fault } from '../core/faults.ts';
import type { Clock, Log } from '../core/ports.ts';
import { databaseCode, onDatabase } from './database-faults.ts';
import { joinEmbeddedServer } from './embedded-server.ts';
import { bringUpToDate } from './migrate.ts';

type Tables = NodePgDatabase;
/** A transaction on the tables, as `Tables.transaction` gives it. */
export type Transaction = Parameters<Parameters<Tables['transaction']>[0]>[0];

export interface Database {
  readonly tables: Tables;
  /** For statements that are written out; parameters never go into the text. */
  readonly pool: Pool;
  /** A connection of its own, outside the pool: what it locks for its session is free again when the process dies. */
  connect(): Promise<Client>;
  /** Waits for what is running. The last Earshot process to close an embedded database stops its server. */
  close(): Promise<void>;
}

/** An embedded server takes 40 connections and several processes share it. */
const POOL_SIZE = 8;
/** Without these, locks of a machine that vanished are held for two hours, TCP's default. No effect on a unix socket. */
const KEEPALIVE = 'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/**
 * Opens the database and brings its tables up to date. `url` null: the PostgreSQL server embedded in `dataDir`, started
 * or adopted. Otherwise the server it names; it must be PostgreSQL 14 or later, reached without a pooler that shares
 * sessions between transactions.
 * Throws Fault `database`: `forbidden` (data directory or rights), `unavailable`, `unauthorized`, `not-found` (no such
 * database), `bad-input` (made by a newer Earshot or another PostgreSQL).
 */
export async function openDatabase(options: {
  readonly url: string | null;
  readonly dataDir: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Another folder of migrations; absent: the one that ships with the program. */
  readonly migrationsFolder?: string;
}): Promise<Database> {
  const { url, log } = options;
  const server =
    url === null
      ? await joinEmbeddedServer(options)
      : { connection: () => urlConfig(url), leave: () => Promise.resolve() };
  const config = (): ClientConfig => ({
    application_name: 'earshot',
    keepAlive: true,
    connectionTimeoutMillis: 15_000,
    ...server.connection(),
  });

  const connect = async (): Promise<Client> => {
    const client = new Client(config());
    // The failure of a lost connection reaches whoever next uses it; without a listener it would end the process.
    client.on('error', (error) => log.warn('database.connection-lost', { code: databaseCode(error) }));
    try {
      await client.connect();
      if (url !== null) await client.query(KEEPALIVE);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  };

  try {
    await onDatabase(async () => {
      const client = await connect();
      try {
        await bringUpToDate(client, options.migrationsFolder);
      } finally {
        await client.end().catch(() => undefined);
      }
    });
  } catch (error) {
    await server.leave();
    throw error;
  }

  const pool = createPool(config, log);
  let closed: Promise<void> | undefined;
  return {
    tables: drizzle({ client: pool }),
    pool,
    connect: () => onDatabase(connect),
    close() {
      closed ??= pool.end().then(() => server.leave());
      return closed;
    },
  };
}

function createPool(config: () => ClientConfig, log: Log): Pool {
  const pool = new Pool({ ...config(), max: POOL_SIZE, min: 1, idleTimeoutMillis: 30_000 });
  // The address is asked for at every connection: a restarted embedded server may listen elsewhere.
  for (const key of ['host', 'port'] as const) {
    Object.defineProperty(pool.options, key, { enumerable: true, get: () => config()[key] });
  }
  pool.on('error', (error) => log.warn('database.connection-lost', { code: databaseCode(error) }));
  // The pool listens to idle connections only; one that breaks while a transaction waits would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function urlConfig(url: string): ClientConfig {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new Fault(
      'database',
      'bad-input',
      'DATABASE_URL is not the address of a PostgreSQL server; it looks like postgres://user:password@host:5432/name.',
    );
  }
  return { connectionString: url };
}
