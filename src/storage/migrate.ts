import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Client } from 'pg';
import { Fault } from '../core/faults.ts';
import { LOCKS } from './advisory-locks.ts';

const SHIPPED = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Brings the tables up to date, one process at a time. A database with a migration that this program does not know is
 * newer than it, and is left alone: Fault `bad-input`.
 */
export async function bringUpToDate(client: Client, migrationsFolder: string = SHIPPED): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder }).map((migration) => migration.folderMillis);
  await client.query('select pg_advisory_lock($1, 0)', [LOCKS.migrating]);
  try {
    const applied = await appliedMigrations(client);
    if (applied.some((at) => !known.includes(at))) {
      throw new Fault(
        'database',
        'bad-input',
        'The database was used by a newer version of Earshot; update this one, or point it at another database.',
      );
    }
    if (applied.length < known.length) await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.query('select pg_advisory_unlock($1, 0)', [LOCKS.migrating]).catch(() => undefined);
  }
}

async function appliedMigrations(client: Client): Promise<readonly number[]> {
  const { rows } = await client.query<{ present: boolean }>(
    "select to_regclass('drizzle.__drizzle_migrations') is not null as present",
  );
  if (rows[0]?.present !== true) return [];
  const applied = await client.query<{ created_at: string }>('select created_at from drizzle.__drizzle_migrations');
  return applied.rows.map((row) => Number(row.created_at));
}
