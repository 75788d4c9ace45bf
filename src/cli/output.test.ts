import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from './console.ts';
import { outputPath, writeWhole } from './output.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-output-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('where a result is written', () => {
  it('is the file that was named', async () => {
    const path = join(folder, 'minutes.txt');
    expect(await outputPath(path, { name: 'talk.mp3', several: false }, 'txt')).toBe(path);
  });

  it('is a file named after the recording, in a folder that exists or is written with a slash', async () => {
    expect(await outputPath(folder, { name: '/x/talk.mp3', several: false }, 'srt')).toBe(join(folder, 'talk.srt'));
    expect(await outputPath(`${folder}/new/`, { name: 'talk.mp3', several: false }, 'json')).toBe(
      join(folder, 'new', 'talk.json'),
    );
  });

  it('is another file for each recording of the same name', async () => {
    const written = new Set<string>();
    const names = ['a/talk.mp3', 'b/talk.mp3', 'c/talk.wav'];
    const paths: string[] = [];
    for (const name of names) paths.push(await outputPath(folder, { name, several: true }, 'vtt', written));
    expect(paths).toEqual(['talk.vtt', 'talk-2.vtt', 'talk-3.vtt'].map((name) => join(folder, name)));
  });

  it('cannot be one file for several recordings', async () => {
    const path = join(folder, 'one.txt');
    await writeFile(path, '');
    await expect(outputPath(path, { name: 'a', several: true }, 'txt')).rejects.toThrow(UsageError);
  });
});

describe('writing', () => {
  it('leaves the whole content and nothing beside it', async () => {
    await writeWhole(join(folder, 'deep', 'out.txt'), 'all of it');
    expect(await readdir(join(folder, 'deep'))).toEqual(['out.txt']);
    expect(await readFile(join(folder, 'deep', 'out.txt'), 'utf8')).toBe('all of it');
  });

  it('that fails leaves nothing behind and says what to do', async () => {
    await expect(writeWhole(folder, 'x')).rejects.toMatchObject({
      name: 'Fault',
      message: expect.stringContaining('The meeting is kept'),
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
