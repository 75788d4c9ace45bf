import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the real command line as its own process. `env` is added to a bare environment: no key, no token, and the
 * quick model, for what does not depend on it. */
export function start(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Running {
  const child = spawn(process.execPath, [resolve('src/cli.ts'), ...args], {
    cwd: options.cwd ?? resolve('.'),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TZ: 'UTC',
      EARSHOT_WHISPER: 'base',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

export function run(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
): Promise<Ended> {
  return start(args, options).ended;
}

/** A data directory of one's own, entered by whatever account the database runs under. */
export async function dataFolder(): Promise<{
  readonly path: string;
  readonly env: Record<string, string>;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'earshot-test-'));
  await chmod(path, 0o711);
  return { path, env: { EARSHOT_DATA: join(path, 'data') }, remove: () => rm(path, { recursive: true, force: true }) };
}
