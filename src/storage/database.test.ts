import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silent, temporaryDir } from '../../test/contract/surroundings.ts';
import { systemClock } from '../clock.ts';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import { openDatabase } from './database.ts';
import type { Database } from './database.ts';
import { isAlive, readPostmaster } from './postmaster.ts';

const SCRIPT = join(import.meta.dirname, '../../test/contract/database-process.ts');
const opened: Database[] = [];
const dirs: string[] = [];
const processes: ChildProcess[] = [];
afterEach(async () => {
  for (const child of processes.splice(0)) child.kill('SIGKILL');
  await Promise.all(opened.splice(0).map((database) => database.close()));
  // A server that outlived the process that started it is stopped by whoever leaves last.
  for (const dir of dirs.splice(0)) {
    await stopIn(join(dir, 'data'));
    await rm(dir, { recursive: true, force: true });
  }
  if (shared !== undefined) await stopIn(join(shared, 'data'));
});
const stopIn = async (dataDir: string): Promise<void> => {
  if ((await readPostmaster(join(dataDir, 'postgres'))) !== null) await (await open(dataDir)).close();
};
let shared: string | undefined;
afterAll(async () => {
  if (shared !== undefined) await rm(shared, { recursive: true, force: true });
});
/** A data directory whose server any of the tests may start and must leave stopped: making a new one takes seconds. */
const sharedDir = async (): Promise<string> => {
  shared ??= await temporaryDir();
  return join(shared, 'data');
};
const freshDir = async (): Promise<string> => {
  const dir = await temporaryDir();
  dirs.push(dir);
  return join(dir, 'data');
};
const open = async (dataDir: string): Promise<Database> => {
  const database = await openDatabase({ url: null, dataDir, log: silent, clock: systemClock });
  opened.push(database);
  return database;
};
const openUrl = async (url: string, migrationsFolder?: string): Promise<Database> => {
  const folder = migrationsFolder === undefined ? {} : { migrationsFolder };
  const database = await openDatabase({ url, dataDir: '', log: silent, clock: systemClock, ...folder });
  opened.push(database);
  return database;
};
function run(dataDir: string, mode: 'write' | 'once') {
  const child = spawn(process.execPath, [SCRIPT, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  processes.push(child);
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const lines: string[] = [];
  const reader = createInterface(child.stdout);
  const ended = new Promise<void>((resolve) => {
    reader.once('close', resolve);
  });
  reader.on('line', (line) => lines.push(line));
  const said = async (count: number): Promise<void> => {
    await expect.poll(() => lines.length, { timeout: 30_000, interval: 20 }).toBeGreaterThanOrEqual(count);
  };
  return { child, lines, exited, ended, said };
}
const postmasterOf = async (dataDir: string): Promise<number> => {
  const postmaster = await readPostmaster(join(dataDir, 'postgres'));
  if (postmaster === null) throw new Error('no server is running');
  return postmaster.pid;
};
/** The server's processes, the postmaster first. */
const familyOf = async (postmaster: number): Promise<readonly number[]> => {
  const tasks = await readdir('/proc');
  const parents = await Promise.all(
    tasks.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      return Number(/\) \S (\d+)/.exec(status)?.[1]) === postmaster ? [Number(pid)] : [];
    }),
  );
  return [postmaster, ...parents.flat()];
};
const numbersIn = async (database: Database): Promise<ReadonlySet<string>> => {
  const { rows } = await database.pool.query<{ number: string }>('select number from written');
  return new Set(rows.map(({ number }) => number));
};
const written = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => (line.startsWith('wrote ') ? [line.slice('wrote '.length)] : []));

describe('the embedded server', () => {
  it('keeps everything to itself, syncs, and is gone with the last who uses it', async () => {
    const dataDir = await sharedDir();
    const [first, second] = [await open(dataDir), await open(dataDir)];
    const { rows } = await first.pool.query(
      `select current_setting('fsync') as fsync, current_setting('listen_addresses') as tcp, current_setting('log_error_verbosity') as log`,
    );
    expect(rows).toEqual([{ fsync: 'on', tcp: '', log: 'terse' }]);
    const mode = async (name: string): Promise<number> => (await stat(join(dataDir, name))).mode & 0o777;
    expect([await mode('postgres'), await mode('socket')]).toEqual([0o700, 0o700]);
    const pid = await postmasterOf(dataDir);
    await first.close();
    await first.close();
    expect((await second.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(isAlive(pid)).toBe(true);
    await second.close();
    expect(await readPostmaster(join(dataDir, 'postgres'))).toBeNull();
  });

  it('is started once by processes that start together, and each can use it', async () => {
    const dataDir = await freshDir();
    const runs = [run(dataDir, 'once'), run(dataDir, 'once')];
    await Promise.all(runs.map(({ ended }) => ended));
    expect(runs.map(({ lines }) => lines.at(-1))).toEqual(['closed', 'closed']);
    expect(await readPostmaster(join(dataDir, 'postgres'))).toBeNull();
    const numbers = await numbersIn(await open(dataDir));
    expect(numbers).toEqual(new Set(runs.flatMap(({ lines }) => written(lines))));
    expect(numbers.size).toBe(2);
  });

  it('is adopted when the process that started it was killed', async () => {
    const dataDir = await sharedDir();
    const { child, lines, said, exited } = run(dataDir, 'write');
    await said(5);
    const pid = await postmasterOf(dataDir);
    child.kill('SIGKILL');
    await exited;
    const database = await open(dataDir);
    expect(await postmasterOf(dataDir)).toBe(pid);
    const numbers = await numbersIn(database);
    expect(written(lines).filter((number) => !numbers.has(number))).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('loses nothing that was acknowledged when all of it is killed', async () => {
    const dataDir = await sharedDir();
    for (let round = 0; round < 3; round += 1) {
      const { child, lines, said, ended } = run(dataDir, 'write');
      await said(20 + round * 10);
      for (const pid of await familyOf(await postmasterOf(dataDir))) process.kill(pid, 'SIGKILL');
      child.kill('SIGKILL');
      await ended;
      const database = await open(dataDir);
      const numbers = await numbersIn(database);
      expect(written(lines).length).toBeGreaterThan(10);
      expect(written(lines).filter((number) => !numbers.has(number))).toEqual([]);
      await database.close();
    }
  });

  it.skipIf(process.platform !== 'linux')('comes back by itself when it dies under an open database', async () => {
    const dataDir = await sharedDir();
    const database = await open(dataDir);
    for (const pid of await familyOf(await postmasterOf(dataDir))) process.kill(pid, 'SIGKILL');
    await expect
      .poll(
        () =>
          database.pool.query('select 1').then(
            () => 'back',
            () => 'away',
          ),
        { timeout: 20_000 },
      )
      .toBe('back');
    await database.close();
    expect(await readPostmaster(join(dataDir, 'postgres'))).toBeNull();
  });

  it('recovers from an initialisation that was cut short', async () => {
    const dataDir = await freshDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    // No process has this number: Linux gives out 4194304 at most.
    const draft = join(dataDir, 'postgres.4999999.new-abc');
    await mkdir(draft);
    await writeFile(join(draft, 'PG_VERSION'), '18\n');
    const { pool } = await open(dataDir);
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect((await readdir(dataDir)).filter((name) => name.includes('.new-'))).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')(
    'starts over a process number that now belongs to another process',
    async () => {
      const dataDir = await sharedDir();
      await (await open(dataDir)).close();
      const lines = [process.pid, join(dataDir, 'postgres'), 1, 5432, join(dataDir, 'socket'), '', 'ready'];
      await writeFile(join(dataDir, 'postgres/postmaster.pid'), `${lines.join('\n')}\n`);
      expect((await (await open(dataDir)).pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    },
  );

  it('starts over a lock file that a power cut left empty', async () => {
    const dataDir = await sharedDir();
    await (await open(dataDir)).close();
    const lock = join(dataDir, 'postgres/postmaster.pid');
    await writeFile(lock, '');
    await utimes(lock, new Date(0), new Date(0));
    expect((await (await open(dataDir)).pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('survives coming and going in any order', async () => {
    const dataDir = await sharedDir();
    const visit = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        const database = await openDatabase({ url: null, dataDir, log: silent, clock: systemClock });
        await database.pool.query('select 1');
        await database.close();
      }
    };
    await Promise.all([visit(5), visit(5), visit(5)]);
    expect(await readPostmaster(join(dataDir, 'postgres'))).toBeNull();
  });

  it('listens elsewhere when its folder has too long a name for a socket', async () => {
    const dataDir = join(await freshDir(), 'x'.repeat(60), 'y'.repeat(60));
    const database = await open(dataDir);
    const { pool } = database;
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    expect(pool.options.host?.length).toBeLessThan(100);
    const socketDir = String(pool.options.host);
    expect((await stat(socketDir)).mode & 0o777).toBe(0o700);
    await database.close();
    await expect(stat(socketDir)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('works in a folder with apostrophes, spaces and other letters in its name', async () => {
    const dataDir = join(await freshDir(), `it's (a) & ; 数据 %s !`);
    expect((await (await open(dataDir)).pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it.for(['a "b"', '$(touch x)', '`x`', 'a\\b', 'a\nb'])('refuses to hand %j to a shell', async (name) => {
    await expect(open(join(await freshDir(), name))).rejects.toMatchObject({ kind: 'bad-input' });
  });

  it.for([
    ['of another version of PostgreSQL', 'PG_VERSION', '12\n', 'another major version'],
    ['that holds something else', 'notes.txt', 'mine', 'not a database'],
  ] as const)('leaves a folder alone %s', async ([, name, content, sentence]) => {
    const dataDir = await freshDir();
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres', name), content);
    await expect(open(dataDir)).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringContaining(sentence),
    });
    expect(await readdir(join(dataDir, 'postgres'))).toEqual([name]);
  });

  it('says that the data directory is a file', async () => {
    const dataDir = await freshDir();
    await writeFile(dataDir, '');
    await expect(open(dataDir)).rejects.toMatchObject({ kind: 'forbidden', message: expect.stringContaining(dataDir) });
  });
});

describe('a server that is given', () => {
  const server = temporaryServer();
  const MIGRATIONS = join(import.meta.dirname, '../../migrations');

  it('gets its tables from one of many who open it at once', async () => {
    const url = await server.freshUrl();
    const databases = await Promise.all(Array.from({ length: 5 }, () => openUrl(url)));
    const { rowCount } = (await databases[0]?.pool.query('select from drizzle.__drizzle_migrations')) ?? {};
    expect(rowCount).toBe((await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).length);
  });

  it('is left alone when a newer program has used it', async () => {
    const url = await server.freshUrl();
    const newer = join(await freshDir(), 'newer');
    await cp(MIGRATIONS, newer, { recursive: true });
    const journal = JSON.parse(await readFile(join(newer, 'meta/_journal.json'), 'utf8'));
    journal.entries.push({ ...journal.entries[0], idx: 99, tag: '0099_later', when: Date.UTC(2100, 0) });
    await writeFile(join(newer, 'meta/_journal.json'), JSON.stringify(journal));
    await writeFile(join(newer, '0099_later.sql'), 'create table from_the_future (id int);');
    await (await openUrl(url)).close();
    await (await openUrl(url, newer)).close();
    await expect(openUrl(url)).rejects.toMatchObject({ kind: 'bad-input', message: expect.stringContaining('newer') });
  });

  it('keeps no half of a migration that fails', async () => {
    const url = await server.freshUrl();
    const broken = join(await freshDir(), 'broken');
    await cp(MIGRATIONS, broken, { recursive: true });
    const first = (await readdir(broken)).find((name) => name.endsWith('.sql')) ?? '';
    await appendFile(join(broken, first), '\n--> statement-breakpoint\nselect no_such_thing;');
    await expect(openUrl(url, broken)).rejects.toBeInstanceOf(Error);
    expect((await (await openUrl(url)).pool.query('select from meetings')).rowCount).toBe(0);
  });

  it.for([
    ['is not an address', () => 'localhost:5432', 'bad-input'],
    ['is of another kind', () => 'mysql://localhost/x', 'bad-input'],
    ['leads nowhere', () => 'postgres://localhost:1/x', 'unavailable'],
    ['names no database that exists', (url: string) => url.replace(/fresh_\d+/, 'no_such'), 'not-found'],
  ] as const)('says when its address %s', async ([, address, kind]) => {
    const failure = openUrl(address(await server.freshUrl()));
    await expect(failure).rejects.toMatchObject({ source: 'database', kind });
  });

  it('says when the password is wrong', async () => {
    const url = new URL(await server.freshUrl());
    const { pool } = await openUrl(url.href);
    const { rows } = await pool.query<{ file: string }>(`select current_setting('hba_file') as file`);
    const file = rows[0]?.file ?? '';
    await writeFile(file, `local all stranger scram-sha-256\n${await readFile(file, 'utf8')}`);
    await pool.query(`create role stranger login password 'right'`);
    await pool.query('select pg_reload_conf()');
    url.username = 'stranger';
    url.password = 'wrong';
    await expect
      .poll(() => openUrl(url.href).catch((error: unknown) => error), { timeout: 10_000 })
      .toMatchObject({ kind: 'unauthorized', retryable: false });
  });

  it('says when its user may not make tables', async () => {
    const url = new URL(await server.freshUrl());
    const { pool } = await openUrl(await server.freshUrl());
    await pool.query('create role reader login');
    url.username = 'reader';
    await expect(openUrl(url.href)).rejects.toMatchObject({ kind: 'forbidden', retryable: false });
  });
});
