import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** The unprivileged account that PostgreSQL runs under when Earshot itself runs as root. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** What the permission rules look at; `fs.stat` gives it. */
interface Permissions {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}
export type PermissionsOf = (path: string) => Promise<Permissions | null>;

const EXECUTE = 0o1;
const READ = 0o4;
/** Where root keeps Earshot's data when the account cannot enter the current folder (Filesystem Hierarchy Standard, /var/lib). */
const ROOT_DATA_DIR = '/var/lib/earshot';

/** Accounts in the format of passwd(5). */
function accountsIn(passwd: string): readonly Account[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined || name.startsWith('#')) return [];
    // macOS writes nobody as -2; the kernel's ids are unsigned.
    return [{ name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 }];
  });
}

/**
 * Whom PostgreSQL runs as. Null: as the caller, who is not root. For root: the owner of an existing data directory;
 * else an account made for this (`earshot`, `postgres`); else `nobody`, because accounts cannot be created everywhere
 * and PostgreSQL only asks that it be an account with a name and not root.
 */
export function serverAccount(options: {
  readonly uid: number | undefined;
  readonly passwd: string;
  /** Owner of the existing data directory; undefined when there is none. */
  readonly owner: number | undefined;
}): Account | null | 'none-fits' {
  if (options.uid !== 0) return null;
  const accounts = accountsIn(options.passwd).filter((account) => account.uid !== 0);
  const owner = accounts.find((account) => account.uid === options.owner);
  if (owner !== undefined) return owner;
  for (const name of ['earshot', 'postgres', 'nobody']) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account !== undefined) return account;
  }
  return 'none-fits';
}

/** This machine's accounts, empty where there is no such file. */
export async function readPasswd(): Promise<string> {
  return readFile('/etc/passwd', 'utf8').catch(() => '');
}

async function permissionsOf(path: string): Promise<Permissions | null> {
  return stat(path).catch(() => null);
}

function allows(permissions: Permissions, account: Account, bits: number): boolean {
  // The first class that applies decides, as in path_resolution(7): an owner without the bit is refused even if others have it.
  const shift = permissions.uid === account.uid ? 6 : permissions.gid === account.gid ? 3 : 0;
  return ((permissions.mode >> shift) & bits) === bits;
}

/** The outermost folder on the way to `path`, itself included, that the account may not enter; null when it may enter all. Folders that do not exist block nobody. */
export async function blockedFolder(
  path: string,
  account: Account,
  permissions: PermissionsOf = permissionsOf,
): Promise<string | null> {
  const folders: string[] = [];
  for (let folder = resolve(path); folders[0] !== folder; folder = dirname(folder)) folders.unshift(folder);
  for (const folder of folders) {
    const found = await permissions(folder);
    if (found !== null && !allows(found, account, EXECUTE)) return folder;
  }
  return null;
}

/** True when the account can run the file: may enter every folder above it, and read and execute it. */
export async function canRun(file: string, account: Account): Promise<boolean> {
  if ((await blockedFolder(dirname(file), account)) !== null) return false;
  const found = await permissionsOf(file);
  return found !== null && allows(found, account, EXECUTE | READ);
}

/**
 * The data directory, absolute. `explicit` (from the settings) wins. An ordinary user gets `./data`. Root gets `./data`
 * too unless the account that PostgreSQL runs under cannot enter `cwd`, as in a checkout below /root; then /var/lib/earshot.
 */
export async function chooseDataDir(options: {
  readonly cwd: string;
  /** `process.getuid()`; undefined on Windows. */
  readonly uid: number | undefined;
  readonly explicit?: string | undefined;
  readonly passwd?: string;
  readonly permissions?: PermissionsOf;
}): Promise<string> {
  if (options.explicit !== undefined) return resolve(options.cwd, options.explicit);
  const local = join(options.cwd, 'data');
  if (options.uid !== 0) return local;
  const account = serverAccount({ uid: 0, passwd: options.passwd ?? (await readPasswd()), owner: undefined });
  if (account === null || account === 'none-fits') return ROOT_DATA_DIR;
  return (await blockedFolder(local, account, options.permissions ?? permissionsOf)) === null ? local : ROOT_DATA_DIR;
}
