import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, copyFile, lstat, mkdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';

/** A program that has been started once and answered. */
export interface FfmpegBinary {
  /** A path, or a bare name that the system looks up in PATH. */
  readonly path: string;
  /** As the program prints it, e.g. `6.1.1` or `N-47683-g0e8eb07980-static`. */
  readonly version: string;
}

const run = promisify(execFile);
const Installed = z.object({ path: z.string() });

/**
 * Finds an ffmpeg that runs: the given one and no other; else the one on PATH; else the one inside
 * `@ffmpeg-installer/ffmpeg`. Throws Fault `unavailable` when there is none.
 */
export async function locateFfmpeg(given?: string): Promise<FfmpegBinary> {
  if (given !== undefined) {
    const found = await tryToStart(given);
    if (found !== null) return found;
    throw new Fault(
      'ffmpeg',
      'unavailable',
      'The ffmpeg program in the settings cannot be started: correct its path, or remove the setting to use the one that comes with Earshot.',
    );
  }
  const found = (await tryToStart('ffmpeg')) ?? (await tryBundled());
  if (found !== null) return found;
  throw new Fault(
    'ffmpeg',
    'unavailable',
    'Recordings cannot be opened because no ffmpeg program runs on this machine: install ffmpeg and try again.',
  );
}

async function tryToStart(path: string): Promise<FfmpegBinary | null> {
  try {
    // A working program answers within milliseconds; a minute leaves room for a cold, overloaded disk.
    const { stdout } = await run(path, ['-hide_banner', '-version'], { timeout: 60_000, windowsHide: true });
    const version = /^ffmpeg version (\S+)/m.exec(stdout)?.[1];
    return version === undefined ? null : { path, version };
  } catch {
    // Not there, not executable or built for another machine: each means "look further".
    return null;
  }
}

async function tryBundled(): Promise<FfmpegBinary | null> {
  let path: string;
  try {
    path = Installed.parse(createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')).path;
  } catch {
    // The package throws where it has no binary for the platform.
    return null;
  }
  return (await tryToStart(path)) ?? (await tryExecutableCopy(path));
}

/** Some installers drop the execute bit, and the package folder may belong to somebody else. */
async function tryExecutableCopy(path: string): Promise<FfmpegBinary | null> {
  try {
    await chmod(path, 0o755);
    const mended = await tryToStart(path);
    if (mended !== null) return mended;
  } catch {
    // Not ours to change: a copy is.
  }
  try {
    return await tryToStart(await privateCopy(path, tmpdir()));
  } catch {
    // No room or no right to copy: the caller says that there is no ffmpeg.
    return null;
  }
}

/**
 * One copy per user, shared by all processes. The temporary folder is open to everybody, so the copy is only
 * trusted in a folder that is the user's own and closed to others.
 */
export async function privateCopy(path: string, parent: string): Promise<string> {
  const { uid } = userInfo();
  const { size } = await stat(path);
  const folder = join(parent, `earshot-ffmpeg-${uid}`);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!isExisting(error)) throw error;
  });
  const seen = await lstat(folder);
  // Windows has no uids (-1) and keeps the temporary folder per user.
  if (!seen.isDirectory() || (uid !== -1 && (seen.uid !== uid || (seen.mode & 0o077) !== 0)))
    throw new Error('The folder for the copy belongs to somebody else.');
  const copy = join(folder, `ffmpeg-${size}${process.platform === 'win32' ? '.exe' : ''}`);
  const there = await stat(copy).catch(() => null);
  if (there?.size === size) return copy;
  const unfinished = `${copy}.${randomUUID()}`;
  try {
    await copyFile(path, unfinished);
    await chmod(unfinished, 0o700);
    await rename(unfinished, copy);
  } finally {
    await rm(unfinished, { force: true });
  }
  return copy;
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
