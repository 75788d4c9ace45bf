import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateFfmpeg, privateCopy } from './ffmpeg-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-binary-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const program = () => join(folder, 'program');
const home = () => join(folder, `earshot-ffmpeg-${userInfo().uid}`);

describe('finding ffmpeg', () => {
  it('finds one that runs, with its version', async () => {
    const found = await locateFfmpeg();
    expect(found.version).toMatch(/\d/);
    expect(await locateFfmpeg(found.path)).toEqual(found);
  });

  it.each(['', 'missing', 'not-ffmpeg'])('does not take %j for ffmpeg', async (name) => {
    await writeFile(join(folder, 'not-ffmpeg'), '#!/bin/sh\necho something else\n');
    await chmod(join(folder, 'not-ffmpeg'), 0o755);
    await expect(locateFfmpeg(join(folder, name))).rejects.toMatchObject({ source: 'ffmpeg', kind: 'unavailable' });
  });
});

describe.runIf(process.platform !== 'win32')('a private copy', () => {
  beforeEach(() => writeFile(program(), '#!/bin/sh\necho ffmpeg version 9.9\n', { mode: 0o644 }));

  it('runs although the original may not be executed, and is made once', async () => {
    await expect(locateFfmpeg(program())).rejects.toMatchObject({ kind: 'unavailable' });
    const copies = await Promise.all([privateCopy(program(), folder), privateCopy(program(), folder)]);
    expect(copies[0]).toBe(copies[1]);
    expect(await locateFfmpeg(copies[0])).toMatchObject({ version: '9.9' });
    expect(await readdir(home())).toHaveLength(1);
    expect((await stat(home())).mode & 0o777).toBe(0o700);
  });

  it('is never put into, or run from, a folder that others can write', async () => {
    await mkdir(home());
    await chmod(home(), 0o777);
    await expect(privateCopy(program(), folder)).rejects.toThrow(/belongs to somebody else/);
    await rm(home(), { recursive: true });
    await symlink(tmpdir(), home());
    await expect(privateCopy(program(), folder)).rejects.toThrow(/belongs to somebody else/);
  });
});
