import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/core/ports.ts';

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A folder that every account may enter, as the one PostgreSQL runs under for root must. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'earshot-'));
  await chmod(dir, 0o755);
  return dir;
}
