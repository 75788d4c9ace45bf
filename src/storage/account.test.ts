import { describe, expect, it } from 'vitest';
import { blockedFolder, chooseDataDir, serverAccount } from './account.ts';
import type { PermissionsOf } from './account.ts';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  'postgres:x:101:104::/var/lib/postgresql:/bin/bash',
  'ada:x:1000:1000::/home/ada:/bin/bash',
].join('\n');
const postgres = { name: 'postgres', uid: 101, gid: 104 };
/** Folders of a machine: mode, owner, group; everything else is root's and open, or not there. */
const machine =
  (folders: Readonly<Record<string, readonly [mode: number, uid: number, gid: number]>>): PermissionsOf =>
  (path) => {
    if (path.startsWith('/none')) return Promise.resolve(null);
    const [mode, uid, gid] = folders[path] ?? [0o755, 0, 0];
    return Promise.resolve({ mode: 0o040_000 | mode, uid, gid });
  };

const pick = (passwd: string) => serverAccount({ uid: 0, passwd, owner: undefined });
const choose = (cwd: string, uid: number | undefined, explicit?: string) =>
  chooseDataDir({ cwd, uid, explicit, passwd: PASSWD, permissions: machine({ '/root': [0o700, 0, 0] }) });

describe('the account PostgreSQL runs under', () => {
  it('is the caller unless the caller is root', () => {
    expect(serverAccount({ uid: 1000, passwd: PASSWD, owner: 1000 })).toBeNull();
    expect(serverAccount({ uid: undefined, passwd: '', owner: undefined })).toBeNull();
  });
  it('is an account made for it, for root, and nobody as a last resort', () => {
    expect(pick(`${PASSWD}\nearshot:x:990:990::/:/bin/false`)).toEqual({ name: 'earshot', uid: 990, gid: 990 });
    expect(pick(PASSWD)).toEqual(postgres);
    expect(pick(PASSWD.replace(/^postgres.*$/m, ''))).toMatchObject({ name: 'nobody', uid: 65_534 });
    expect(pick('root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\npostgres:x:0:0::/:/bin/sh')).toBe('none-fits');
    expect(pick('')).toBe('none-fits');
  });
  it('reads ids below zero as the kernel does', () => {
    const account = serverAccount({ uid: 0, passwd: '# comment\nnobody:*:-2:-2:x:/:/usr/bin/false', owner: undefined });
    expect(account).toMatchObject({ uid: 4_294_967_294 });
  });
  it('is whoever owns the data already, unless that is root', () => {
    expect(serverAccount({ uid: 0, passwd: PASSWD, owner: 1000 })).toMatchObject({ name: 'ada' });
    expect(serverAccount({ uid: 0, passwd: PASSWD, owner: 0 })).toEqual(postgres);
  });
});

describe('folders that block an account', () => {
  it.for([
    ['nothing, when all are open', '/srv/app/data', {}, null],
    ["root's home", '/root/app/data', { '/root': [0o700, 0, 0] }, '/root'],
    ['the outermost of two', '/root/app', { '/root': [0o700, 0, 0], '/root/app': [0o700, 0, 0] }, '/root'],
    ['the folder itself', '/srv/app', { '/srv/app': [0o700, 0, 0] }, '/srv/app'],
    ['nothing, when it is its own', '/srv/app', { '/srv/app': [0o700, 101, 0] }, null],
    ['nothing, when its group may enter', '/srv/app', { '/srv/app': [0o710, 0, 104] }, null],
    ['its own, when it may not enter although others may', '/srv/app', { '/srv/app': [0o611, 101, 0] }, '/srv/app'],
    [
      "its group's, when others may enter but the group may not",
      '/srv/app',
      { '/srv/app': [0o701, 0, 104] },
      '/srv/app',
    ],
    ['nothing, when it is not there yet', '/none/app', {}, null],
  ] as const)('are %s', async ([, path, folders, expected]) => {
    expect(await blockedFolder(path, postgres, machine(folders))).toBe(expected);
  });
});

describe('the data directory', () => {
  it('is ./data for an ordinary user, wherever that is', async () => {
    expect(await choose('/root/app', 1000)).toBe('/root/app/data');
    expect(await choose('/srv/app', undefined)).toBe('/srv/app/data');
  });
  it('is ./data for root where the account can go, and /var/lib/earshot where it cannot', async () => {
    expect(await choose('/srv/app', 0)).toBe('/srv/app/data');
    expect(await choose('/root/app', 0)).toBe('/var/lib/earshot');
  });
  it('is the one that was asked for, whatever it is', async () => {
    expect(await choose('/root/app', 0, 'mine')).toBe('/root/app/mine');
    expect(await choose('/srv/app', 1000, '/elsewhere')).toBe('/elsewhere');
  });
});
