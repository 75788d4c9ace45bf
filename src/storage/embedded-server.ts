import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, realpath, rename, rmdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import type { ClientConfig } from 'pg';
import { Fault } from '../core/faults.ts';
import type { Clock, Log } from '../core/ports.ts';
import { blockedFolder, readPasswd, serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { LOCKS } from './advisory-locks.ts';
import {
  complaint,
  ensureCluster,
  ensurePrivateDir,
  notWritable,
  own,
  runProgram,
  SUPERUSER,
  writeSettings,
} from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { databaseCode, databaseFault } from './database-faults.ts';
import { dropEmptyLock, dropStaleLock, isAlive, readPostmaster } from './postmaster.ts';
import { prepareServerFiles } from './server-files.ts';

/** Our PostgreSQL, running, with this process counted among its users. */
export interface EmbeddedServer {
  /** Where it listens now: after a restart on Windows the port is another. */
  connection(): ClientConfig;
  /** Leaves; the last process to leave stops the server. */
  leave(): Promise<void>;
}

/** Longest address of a unix socket on macOS, less the terminating zero; Linux allows 4 more. */
const MAX_SOCKET_PATH_BYTES = 103;
const SOCKET_NAME = '.s.PGSQL.5432';
/** Recovery after a crash replays at most `max_wal_size`; two minutes is ample on a slow disk. */
const START_TIMEOUT_S = 120;
const PATIENCE_MS = 130_000;
const RETRY_MS = 50;
const MAX_LOG_BYTES = 1 << 20;

/**
 * Joins the PostgreSQL server of a data directory, starting it when none runs: one left behind by a killed process is
 * adopted. Throws Fault `forbidden`, `unavailable`, `bad-input` (data of another version) or `not-found` (no server
 * programs for this machine).
 */
export async function joinEmbeddedServer(options: {
  readonly dataDir: string;
  readonly log: Log;
  readonly clock: Clock;
}): Promise<EmbeddedServer> {
  const { log, clock } = options;
  const cluster = await prepare(options.dataDir);
  const closing = new AbortController();
  let presence = await arrive(cluster, options);
  let rejoining: Promise<void> | null = null;

  const watch = (client: Client): void => {
    // `end` follows every loss; without a listener for `error` it would end the process.
    client.on('error', () => undefined);
    client.once('end', () => {
      if (closing.signal.aborted) return;
      log.warn('database.lost');
      rejoining = rejoin();
    });
  };
  const rejoin = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      try {
        presence = await arrive(cluster, options);
        watch(presence);
        log.info('database.rejoined');
        return;
      } catch (error) {
        log.error('database.rejoin-failed', error);
        await clock.sleep(1000, closing.signal).catch(() => undefined);
      }
    }
  };
  watch(presence);

  return {
    connection: () => ({
      host: presence.host,
      port: presence.port,
      user: SUPERUSER,
      database: 'postgres',
      ssl: false,
      ...(typeof presence.password === 'string' ? { password: presence.password } : {}),
    }),
    async leave() {
      closing.abort();
      await rejoining;
      try {
        await presence.query('select pg_advisory_unlock_shared($1, 0)', [LOCKS.presence]);
        const { rows } = await presence.query<{ last: boolean }>('select pg_try_advisory_lock($1, 0) as last', [
          LOCKS.presence,
        ]);
        // Whoever arrives while the exclusive lock is held waits for it, loses the connection, and starts anew.
        if (rows[0]?.last === true) await stop(cluster);
      } catch (error) {
        log.warn('database.leave-failed', { code: databaseCode(error) });
      }
      await presence.end().catch(() => undefined);
    },
  };
}

async function prepare(wanted: string): Promise<Cluster> {
  try {
    const created = await mkdir(wanted, { recursive: true, mode: 0o700 });
    const dataDir = await realpath(wanted);
    const owner = await stat(join(dataDir, 'postgres')).catch(() => undefined);
    const account = serverAccount({ uid: process.getuid?.(), passwd: await readPasswd(), owner: owner?.uid });
    if (account === 'none-fits') {
      throw new Fault(
        'database',
        'forbidden',
        'PostgreSQL does not run as root and this system has no account named earshot, postgres or nobody; create one, or run Earshot as an ordinary user.',
      );
    }
    // Root's folder must let the account through; what is inside is closed on its own.
    if (account !== null && created !== undefined) await openPath(created, dataDir);
    if (account !== null) await refuseIfBlocked(dataDir, account);
    const files = await prepareServerFiles(join(dataDir, 'server'), account);
    for (const folder of [dataDir, files.bin]) refuseIfUnspeakable(folder);
    const windows = process.platform === 'win32';
    const cluster: Cluster = {
      dir: join(dataDir, 'postgres'),
      files,
      account,
      socketDir: windows ? null : await ensureSocketDir(dataDir, account),
      passwordFile: windows ? await ensurePassword(dataDir) : null,
    };
    return cluster;
  } catch (error) {
    throw fileFault(error, wanted);
  }
}

function fileFault(error: unknown, dir: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST') {
    return notWritable(dir);
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Fault('database', 'unavailable', `The disk that holds ${dir} is full; free some space.`);
  }
  return error;
}

async function openPath(first: string, last: string): Promise<void> {
  for (let folder = last; ; folder = dirname(folder)) {
    await chmod(folder, 0o711);
    if (folder === first || folder === dirname(folder)) return;
  }
}

async function refuseIfBlocked(dataDir: string, account: Account): Promise<void> {
  const blocked = await blockedFolder(dataDir, account);
  if (blocked === null) return;
  throw new Fault(
    'database',
    'forbidden',
    `PostgreSQL cannot run as root, and the account ${account.name} that it runs under cannot enter ${blocked}; choose a data directory outside of it, such as /var/lib/earshot, or allow entering with chmod o+x.`,
  );
}

/** PostgreSQL's own programs pass their folders to a shell between double quotes. */
function refuseIfUnspeakable(folder: string): void {
  if (!(process.platform === 'win32' ? /["\r\n%]/ : /["$`\\\r\n]/).test(folder)) return;
  throw new Fault(
    'database',
    'bad-input',
    'PostgreSQL cannot work in a folder with a quotation mark, dollar sign, backquote, backslash or line break in its path; choose another data directory.',
  );
}

async function ensureSocketDir(dataDir: string, account: Account | null): Promise<string> {
  const beside = join(dataDir, 'socket');
  const fits = Buffer.byteLength(join(beside, SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES;
  const hash = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const dir = fits ? beside : join(tmpdir(), `earshot-${hash}`);
  await ensurePrivateDir(dir, account);
  return dir;
}

async function ensurePassword(dataDir: string): Promise<string> {
  const file = join(dataDir, 'postgres.password');
  await writeFile(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return file;
}

/** A connection that holds the shared presence lock, to a server that is started if need be. */
async function arrive(cluster: Cluster, { log, clock }: { readonly log: Log; readonly clock: Clock }): Promise<Client> {
  const givenUpMs = clock.now().getTime() + PATIENCE_MS;
  let last: unknown;
  while (clock.now().getTime() < givenUpMs) {
    try {
      await ensureCluster(cluster);
      const postmaster = await readPostmaster(cluster.dir);
      const running = postmaster !== null && isAlive(postmaster.pid);
      if (running) {
        const client = await present(cluster, postmaster.port, postmaster.socketDir);
        if (client !== null) return client;
        if (await dropStaleLock(join(cluster.dir, 'postmaster.pid'), cluster.dir)) {
          log.warn('database.stale-lock-removed');
        }
      } else {
        await start(cluster, clock);
        continue;
      }
    } catch (error) {
      if (!(error instanceof Retry)) throw fileFault(error, cluster.dir);
      last = error;
    }
    await clock.sleep(RETRY_MS);
  }
  throw new Fault(
    'database',
    'unavailable',
    `PostgreSQL did not come up; what it said is in ${join(cluster.dir, 'server.log')}.`,
    { cause: last },
  );
}

/** Somebody else is starting or stopping the same server, or what a killed one left is still being cleared away. */
class Retry extends Error {}

/** Null: nobody answers there, or the server is on its way up or down. */
async function present(cluster: Cluster, port: number, socketDir: string): Promise<Client | null> {
  const client = new Client({
    host: socketDir === '' ? '127.0.0.1' : socketDir,
    port,
    user: SUPERUSER,
    database: 'postgres',
    application_name: 'earshot presence',
    ssl: false,
    connectionTimeoutMillis: 10_000,
    ...(cluster.passwordFile === null ? {} : { password: await readFile(cluster.passwordFile, 'utf8') }),
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select pg_advisory_lock_shared($1, 0)', [LOCKS.presence]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    const fault = databaseFault(error);
    if (fault instanceof Fault && fault.retryable) return null;
    throw fault;
  }
}

async function start(cluster: Cluster, clock: Clock): Promise<void> {
  await writeSettings(cluster);
  const socketLock = cluster.socketDir === null ? [] : [join(cluster.socketDir, `${SOCKET_NAME}.lock`)];
  for (const file of [join(cluster.dir, 'postmaster.pid'), ...socketLock]) await dropEmptyLock(file, clock.now());
  for (const file of socketLock) await dropStaleLock(file, cluster.dir);
  const logFile = join(cluster.dir, 'server.log');
  const before = await stat(logFile).catch(() => null);
  if (before !== null && before.size > MAX_LOG_BYTES) await rename(logFile, `${logFile}.1`);
  const from = before === null || before.size > MAX_LOG_BYTES ? 0 : before.size;
  await (await open(logFile, 'a', 0o600)).close();
  await own(logFile, cluster.account, 0o600);
  const port = cluster.socketDir === null ? ['-o', `-p ${await freePort()}`] : ['-o', '-p 5432'];
  const { code, said } = await runProgram(cluster, 'pg_ctl', [
    'start',
    '--wait',
    '--silent',
    `--timeout=${START_TIMEOUT_S}`,
    `--pgdata=${cluster.dir}`,
    `--log=${logFile}`,
    ...port,
  ]);
  if (code === 0) return;
  const told = said + (await readFile(logFile)).subarray(from).toString('utf8');
  if (
    /lock file "[^"]*" (already exists|is empty)|PID file "[^"]*"|pre-existing shared memory block|is still in use|shutting down/.test(
      told,
    )
  ) {
    throw new Retry(told.slice(-500));
  }
  throw (
    complaint(told, cluster) ??
    new Fault('database', 'unavailable', `PostgreSQL did not start; what it said is in ${logFile}.`, {
      cause: new Error(told.slice(-2000)),
    })
  );
}

async function stop(cluster: Cluster): Promise<void> {
  await runProgram(cluster, 'pg_ctl', ['stop', '--mode=fast', '--silent', '--timeout=30', `--pgdata=${cluster.dir}`]);
  // A folder outside the data directory would be left behind with it; another starter may be using it already.
  if (cluster.socketDir !== null && cluster.socketDir !== join(dirname(cluster.dir), 'socket')) {
    await rmdir(cluster.socketDir).catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
