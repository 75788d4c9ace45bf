import { readFile, readlink, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The running server, as its own `postmaster.pid` describes it (PostgreSQL source, src/include/utils/pidfile.h). */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** Empty on Windows. */
  readonly socketDir: string;
}

/** Null when there is no server, or none that has written down where it listens yet. */
export async function readPostmaster(cluster: string): Promise<Postmaster | null> {
  const file = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
    throw error;
  });
  const [pid, , , port, socketDir] = file.split('\n');
  if (pid === undefined || port === undefined || !(Number(pid) > 0) || !(Number(port) > 0)) return null;
  return { pid: Number(pid), port: Number(port), socketDir: socketDir ?? '' };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Removes a lock file of the server (`postmaster.pid`, or the one beside its socket) whose number now belongs to some
 * other process, as happens after a reboot or in a new container, or to a dead one that nobody has buried: PostgreSQL
 * itself refuses to start over it. A postmaster works inside its data directory, so a process that is elsewhere is not
 * one. Only Linux tells; elsewhere the file is left alone.
 */
export async function dropStaleLock(file: string, cluster: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  const pid = await pidIn(file);
  if (pid === null || !isAlive(pid)) return false;
  const [workingDir, home] = await Promise.all([readlink(`/proc/${pid}/cwd`).catch(() => null), stat(cluster)]);
  // Unreadable: it is dead, or somebody else's, who could not have opened a directory that is closed to all but its owner.
  const inside = workingDir === null ? null : await stat(workingDir).catch(() => null);
  if (inside !== null && inside.ino === home.ino && inside.dev === home.dev) return false;
  if ((await pidIn(file)) !== pid) return false;
  await rm(file, { force: true });
  return true;
}

/** Longer than a server takes between making its lock file and writing into it, however busy the machine. */
const EMPTY_FOR_MS = 10_000;

/** Removes a lock file that has been empty for a while: a machine that lost power leaves one, and PostgreSQL refuses to start over it. */
export async function dropEmptyLock(file: string, now: Date): Promise<boolean> {
  const found = await stat(file).catch(() => null);
  if (found === null || found.size > 0 || now.getTime() - found.mtimeMs < EMPTY_FOR_MS) return false;
  await rm(file, { force: true });
  return true;
}

async function pidIn(file: string): Promise<number | null> {
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n', 1)[0]);
  return pid > 0 ? pid : null;
}
