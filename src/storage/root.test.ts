import { spawnSync } from 'node:child_process';
import { chmod, chown, cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { silent, temporaryDir } from '../../test/contract/surroundings.ts';
import { systemClock } from '../clock.ts';
import { blockedFolder, canRun, readPasswd, serverAccount } from './account.ts';
import type { Account } from './account.ts';
import { openDatabase } from './database.ts';
import { locateServer, prepareServerFiles } from './server-files.ts';

const isRoot = process.getuid?.() === 0;
const SCRIPT = fileURLToPath(new URL('../../test/contract/database-process.ts', import.meta.url));
const dirs: string[] = [];
afterEach(async () => {
  for (const dir of dirs.splice(0)) await rm(dir, { recursive: true, force: true });
});
const freshDir = async (): Promise<string> => {
  const dir = await temporaryDir();
  dirs.push(dir);
  return dir;
};

/** What a process of that user says about opening the data directory. */
const runAs = (account: Account, dataDir: string) =>
  spawnSync(process.execPath, [SCRIPT, dataDir, 'once'], {
    uid: account.uid,
    gid: account.gid,
    cwd: '/',
    env: {},
    encoding: 'utf8',
  });

/** Whether the account gets to this checkout and the Node.js that runs it. */
const mayRead = async (account: Account): Promise<boolean> =>
  (await canRun(process.execPath, account)) && (await blockedFolder(dirname(SCRIPT), account)) === null;

describe.skipIf(!isRoot)('for root (these tests need it)', () => {
  let account: Account;
  beforeAll(async () => {
    const found = serverAccount({ uid: 0, passwd: await readPasswd(), owner: undefined });
    if (found === null || found === 'none-fits') throw new Error('this machine has no account to run PostgreSQL under');
    account = found;
  });

  it('copies the programs out of a folder that the account cannot enter, once, and they run there', async () => {
    const [closed, home] = [await freshDir(), join(await freshDir(), 'server')];
    await chmod(closed, 0o700);
    const native = join(closed, 'package/native');
    await mkdir(dirname(native));
    await cp(locateServer(), native, { recursive: true });
    await cp(join(locateServer(), '../package.json'), join(native, '../package.json'));

    const { bin } = await prepareServerFiles(home, account, native);
    expect(bin.startsWith(home)).toBe(true);
    expect(await canRun(join(bin, 'postgres'), account)).toBe(true);
    const { uid, gid } = account;
    const ran = spawnSync(join(bin, 'postgres'), ['--version'], { uid, gid, cwd: '/', encoding: 'utf8' });
    expect(ran.stdout).toContain('PostgreSQL');
    expect(await prepareServerFiles(home, account, native)).toMatchObject({ bin });
    expect(await readdir(home)).toHaveLength(1);
  });

  it('opens a database that belongs to the account, in a folder that only lets it through', async () => {
    const dataDir = join(await freshDir(), 'a/b');
    const database = await openDatabase({ url: null, dataDir, log: silent, clock: systemClock });
    await database.close();
    expect(await stat(join(dataDir, 'postgres'))).toMatchObject({ uid: account.uid, mode: 0o040_700 });
    expect(await stat(dataDir)).toMatchObject({ uid: 0, mode: 0o040_711 });
    expect(await blockedFolder(join(dataDir, 'postgres'), account)).toBeNull();
  });

  it('names the folder that stands in the way of a data directory', async () => {
    const closed = await freshDir();
    await chmod(closed, 0o700);
    const dataDir = join(closed, 'data');
    const opening = openDatabase({ url: null, dataDir, log: silent, clock: systemClock });
    await expect(opening).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining(`enter ${closed};`),
    });
  });

  describe('and for an ordinary user', () => {
    it('opens a database of their own', async (context) => {
      context.skip(!(await mayRead(account)), 'they cannot read this checkout');
      const dir = await freshDir();
      await chown(dir, account.uid, account.gid);
      const { stdout, stderr } = runAs(account, join(dir, 'data'));
      expect([stderr, stdout]).toEqual(['', 'open\nwrote 1\nclosed\n']);
      expect(await stat(join(dir, 'data'))).toMatchObject({ uid: account.uid, mode: 0o040_700 });
      // Root runs it as its owner.
      const database = await openDatabase({ url: null, dataDir: join(dir, 'data'), log: silent, clock: systemClock });
      expect((await database.pool.query('select from written')).rowCount).toBe(1);
      await database.close();
    });

    it('says what is wrong with a data directory that they cannot read or write', async (context) => {
      context.skip(!(await mayRead(account)), 'they cannot read this checkout');
      for (const mode of [0o700, 0o755]) {
        const dir = await freshDir();
        await mkdir(join(dir, 'data'), { mode });
        const said: unknown = JSON.parse(runAs(account, join(dir, 'data')).stdout);
        expect(said).toMatchObject({ kind: 'forbidden', message: expect.stringContaining(join(dir, 'data')) });
      }
    });
  });
});
