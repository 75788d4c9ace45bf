import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../core/faults.ts';
import type { Account } from './account.ts';
import { isAlive } from './postmaster.ts';
import type { ServerFiles } from './server-files.ts';

/** A PostgreSQL data directory and everything needed to run programs on it. */
export interface Cluster {
  readonly dir: string;
  readonly files: ServerFiles;
  readonly account: Account | null;
  /** Null where the server listens on loopback instead, which is Windows. */
  readonly socketDir: string | null;
  /** Null where the private socket is what keeps others out. */
  readonly passwordFile: string | null;
}

export const SUPERUSER = 'earshot';

/** Runs one of PostgreSQL's programs as the cluster's account. Resolves with its exit code and what it said. */
export async function runProgram(
  cluster: Cluster,
  program: 'initdb' | 'pg_ctl',
  args: readonly string[],
): Promise<{ readonly code: number; readonly said: string }> {
  const { account } = cluster;
  return new Promise((resolve, reject) => {
    const child = spawn(join(cluster.files.bin, program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // Not the caller's folder, which the account may not be able to enter.
      cwd: cluster.files.bin,
      // What it says is looked at below, so it must be in English.
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', SystemRoot: 'C:\\Windows' },
      windowsHide: true,
      ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
    });
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', (error) => reject(programFault(error)));
    // On Windows the server inherits the pipes of pg_ctl, so they close when the server does.
    child.once(program === 'pg_ctl' && process.platform === 'win32' ? 'exit' : 'close', (code: number | null) => {
      resolve({ code: code ?? 1, said });
    });
  });
}

function programFault(error: unknown): Fault {
  return new Fault(
    'database',
    'unavailable',
    'The PostgreSQL that came with the installation does not run on this machine; set DATABASE_URL to a PostgreSQL server.',
    { cause: error },
  );
}

/** The Fault for what PostgreSQL's programs said; undefined when nothing known is in it. */
export function complaint(said: string, cluster: Cluster): Fault | undefined {
  if (/No space left on device|Disk quota exceeded/.test(said)) {
    return new Fault('database', 'unavailable', `The disk that holds ${cluster.dir} is full; free some space.`);
  }
  if (/incompatible with (this version|server)|was initialized by PostgreSQL version/.test(said)) {
    return otherVersion(cluster.dir);
  }
  if (/could not (create|bind|lock).*(socket|address|lock file "[^"]*\.s\.PGSQL)|Address already in use/.test(said)) {
    return new Fault(
      'database',
      'unavailable',
      `PostgreSQL cannot listen in ${cluster.socketDir ?? 'loopback'}: another program holds it; stop that program or choose another data directory.`,
    );
  }
  if (/Permission denied|Operation not permitted|Read-only file system/.test(said)) return notWritable(cluster.dir);
  if (/error while loading shared libraries|Library not loaded|cannot execute/.test(said)) {
    return programFault(new Error('a library is missing'));
  }
  return undefined;
}

function otherVersion(dir: string): Fault {
  return new Fault(
    'database',
    'bad-input',
    `The database in ${dir} was made by another major version of PostgreSQL; move it away to start afresh, or open it with the Earshot version that made it.`,
  );
}

export function notWritable(dir: string): Fault {
  return new Fault(
    'database',
    'forbidden',
    `The data directory ${dir} cannot be read and written by this user; correct its owner and permissions, or choose another one.`,
  );
}

/**
 * The cluster's data directory, made if it is not there: initialised under another name and renamed when whole, so
 * that a killed `initdb` leaves nothing that looks like a database and of two starters one wins.
 */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  const version = await readFile(join(cluster.dir, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw notWritable(cluster.dir);
  });
  if (version !== null) {
    if (version.trim() !== cluster.files.major) throw otherVersion(cluster.dir);
    return;
  }
  const found = await readdir(cluster.dir).catch(() => []);
  if (found.length > 0) {
    throw new Fault(
      'database',
      'bad-input',
      `${cluster.dir} is not a database that Earshot can open; move it away, or choose another data directory.`,
    );
  }
  await clearDrafts(cluster);
  const draft = await mkdtemp(`${cluster.dir}.${process.pid}.new-`);
  try {
    await own(draft, cluster.account, 0o700);
    await initialise(cluster, draft);
    await rename(draft, cluster.dir);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const isThere = await stat(join(cluster.dir, 'PG_VERSION')).then(
      () => true,
      () => false,
    );
    // Another process made it first.
    if (!isThere) throw error;
  }
  // Windows cannot open a directory.
  if (process.platform === 'win32') return;
  const parent = await open(join(cluster.dir, '..'));
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
}

/** Drafts of processes that died while making one. */
async function clearDrafts(cluster: Cluster): Promise<void> {
  const parent = join(cluster.dir, '..');
  for (const name of await readdir(parent)) {
    const pid = /^postgres\.(\d+)\.new-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function initialise(cluster: Cluster, dir: string): Promise<void> {
  const auth =
    cluster.passwordFile === null ? ['--auth=trust'] : ['--auth=scram-sha-256', `--pwfile=${cluster.passwordFile}`];
  const { code, said } = await runProgram(cluster, 'initdb', [
    `--pgdata=${dir}`,
    `--username=${SUPERUSER}`,
    '--encoding=UTF8',
    // PostgreSQL's own Unicode rules: the operating system's change under an index with an upgrade.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...auth,
  ]);
  if (code === 0) return;
  throw (
    complaint(said, cluster) ??
    new Fault('database', 'unavailable', `PostgreSQL could not make a database in ${cluster.dir}.`, {
      cause: new Error(said.slice(-2000)),
    })
  );
}

/** Gives a file or folder to the account PostgreSQL runs as, with exactly this mode. */
export async function own(path: string, account: Account | null, mode: number): Promise<void> {
  if (process.platform === 'win32') return;
  await chmod(path, mode);
  if (account !== null) await chown(path, account.uid, account.gid);
}

const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Settings for a laptop; whatever is not named keeps PostgreSQL's default, `fsync = on` above all. */
export async function writeSettings(cluster: Cluster): Promise<void> {
  const settings = [
    `listen_addresses = ${quoted(cluster.socketDir === null ? '127.0.0.1' : '')}`,
    ...(cluster.socketDir === null ? [] : [`unix_socket_directories = ${quoted(cluster.socketDir)}`]),
    'unix_socket_permissions = 0700',
    'fsync = on',
    'max_connections = 40',
    'shared_buffers = 64MB',
    // A recording's worth of rows fits well below; the default would let the log grow to 1 GB.
    'max_wal_size = 256MB',
    'timezone = UTC',
    'log_timezone = UTC',
    "lc_messages = 'C'",
    // What people said travels as parameters: neither statements nor their details may reach the log.
    'log_error_verbosity = terse',
    'log_min_error_statement = panic',
    'log_parameter_max_length_on_error = 0',
  ];
  const file = join(cluster.dir, 'postgresql.conf');
  const draft = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${settings.join('\n')}\n`, { mode: 0o600 });
  await own(draft, cluster.account, 0o600);
  await rename(draft, file);
}

/** A folder for PostgreSQL's account alone, made if need be. Refuses one that somebody else could have planted. */
export async function ensurePrivateDir(dir: string, account: Account | null): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const before = await stat(dir);
  const uid = process.getuid?.();
  if (uid !== undefined && before.uid !== uid && before.uid !== account?.uid) {
    throw new Fault('database', 'forbidden', `The folder ${dir} belongs to another user; remove it.`);
  }
  await own(dir, account, 0o700);
}
