import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import type { Database } from '../../src/storage/database.ts';
import { silent, temporaryDir } from './surroundings.ts';
import { systemClock } from '../../src/clock.ts';

export { silent, temporaryDir };

/** A real server for the tests of one file, gone after the last. */
export function temporaryServer(): {
  /** A database on it without rows, the same one every time: for one test after another. */
  emptied(): Promise<Database>;
  /** A new database on it, tables made. All are closed with the server. */
  fresh(): Promise<Database>;
  /** Address of a new database without tables. */
  freshUrl(): Promise<string>;
} {
  const opened: Database[] = [];
  let dir = '';
  let server: Database | undefined;
  let count = 0;
  beforeAll(async () => {
    dir = await temporaryDir();
    server = await openDatabase({ url: null, dataDir: join(dir, 'data'), log: silent, clock: systemClock });
  });
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await server?.close();
    await rm(dir, { recursive: true, force: true });
  });
  const newDatabase = async (template: string): Promise<string> => {
    if (server === undefined) throw new Error('no server yet');
    count += 1;
    await server.pool.query(`create database fresh_${count}${template}`);
    const { host, port, password } = server.pool.options;
    const url = new URL(`postgres://earshot@localhost:${port}/fresh_${count}`);
    if (host?.startsWith('/') === true) url.searchParams.set('host', host);
    if (typeof password === 'string') url.password = password;
    return url.href;
  };
  let template: Promise<string> | undefined;
  const makeTemplate = async (): Promise<string> => {
    const url = await newDatabase('');
    await (await openDatabase({ url, dataDir: '', log: silent, clock: systemClock })).close();
    return ` template ${new URL(url).pathname.slice(1)}`;
  };
  const fresh = async (): Promise<Database> => {
    // Copying tables is a good deal faster than making them.
    template ??= makeTemplate();
    const url = await newDatabase(await template);
    const database = await openDatabase({ url, dataDir: '', log: silent, clock: systemClock });
    opened.push(database);
    return database;
  };
  let reused: Promise<Database> | undefined;
  return {
    freshUrl: () => newDatabase(''),
    fresh,
    async emptied() {
      reused ??= fresh();
      const database = await reused;
      const { rows } = await database.pool.query<{ name: string }>(
        `select format('%I.%I', schemaname, tablename) as name from pg_tables
         where schemaname = 'public' or (schemaname, tablename) = ('pgboss', 'job')`,
      );
      for (const { name } of rows) await database.pool.query(`delete from ${name}`);
      return database;
    },
  };
}
