import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataFolder, run } from './earshot-process.ts';

let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
});
afterAll(() => folder.remove());

const WRONG_USAGE: readonly (readonly [string, readonly string[], string])[] = [
  ['no file', ['transcribe'], 'Name a recording'],
  ['an unknown command', ['transcibe', 'x.wav'], 'unknown command'],
  ['an unknown option', ['transcribe', 'x.wav', '--loud'], 'unknown option'],
  ['an unknown language', ['transcribe', 'x.wav', '--language', 'klingon'], 'Unknown language "klingon"'],
  ['an unknown format', ['transcribe', 'x.wav', '--format', 'docx2'], 'Unknown format "docx2"'],
  ['contradicting formats', ['transcribe', 'x.wav', '--json', '--format', 'srt'], 'contradict'],
  ['files and tracks together', ['transcribe', 'x.wav', '--tracks', 'Mia=y.wav'], 'either FILEs or --tracks'],
  ['a track without a name', ['transcribe', '--tracks', 'y.wav'], 'is not NAME=FILE'],
  ['one speaker on two tracks', ['transcribe', '--tracks', 'Mia=x.wav', 'Mia=y.wav'], 'names "Mia" twice'],
  ['a limit that is no number', ['search', 'words', '--limit', 'ten'], 'whole number'],
];

describe('wrong usage', () => {
  it.each(WRONG_USAGE)('%s is one line on stderr and exit code 2', async (_, args, sentence) => {
    const ended = await run(args, folder);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toContain(sentence);
    expect(ended.stderr).not.toMatch(/^\s+at /mu);
  });

  it('--help of every command goes to stdout with exit code 0', async () => {
    const help = await run(['--help'], folder);
    expect(help.code).toBe(0);
    for (const name of [
      'start',
      'worker',
      'transcribe',
      'import',
      'meetings',
      'show',
      'search',
      'ask',
      'forget',
      'doctor',
      'models',
      'demo',
    ]) {
      expect(help.stdout).toContain(name);
    }
  });
});

describe('input that cannot be used', () => {
  it('gives one sentence each on stderr, exit code 1, and no meeting', async () => {
    const put = async (name: string, content: string | Uint8Array): Promise<string> => {
      const path = join(folder.path, name);
      await writeFile(path, content);
      return path;
    };
    const inputs = [
      join(folder.path, 'missing.wav'),
      await put('empty.wav', ''),
      await put('letter.wav', 'Dear Sir or Madam,\n'.repeat(50)),
      await put('picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
      folder.path,
      await put('new\nline"and\u001b[2Jquotes.mp3', 'not sound'),
      await put('http:evil.m3u8', '#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n'),
    ];
    const ended = await run(['transcribe', ...inputs], folder);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toBe('');
    const complaints = ended.stderr.split('\n').filter((line) => line.startsWith('earshot: '));
    expect(complaints).toHaveLength(inputs.length);
    // oxlint-disable-next-line no-control-regex -- looking for control characters is the test
    expect(ended.stderr).not.toMatch(/\u001b/u);
    expect(ended.stderr).not.toMatch(/^\s+at /mu);
    const meetings = await run(['meetings', '--json'], folder);
    expect(JSON.parse(meetings.stdout)).toEqual([]);
  });

  it('does not stop the good ones beside it', async () => {
    const transcript = join(folder.path, 'good.txt');
    await writeFile(transcript, 'Mia: We launch on Friday.\nTom: Good.\n');
    const broken = join(folder.path, 'broken.vtt');
    await writeFile(broken, 'WEBVTT\n\n00:00:99.000 --> nonsense\nHello\n');
    const ended = await run(['import', broken, transcript, '--json'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('broken.vtt');
    expect(JSON.parse(ended.stdout)).toHaveLength(1);
  });

  it('an unknown meeting is said to be unknown by show, forget, search and ask', async () => {
    for (const args of [
      ['show', '../../etc'],
      ['forget', 'nope'],
      ['search', 'word', '--meeting', 'nope'],
      ['ask', 'What?', '--meeting', 'nope'],
    ]) {
      const ended = await run(args, folder);
      expect(ended.code).toBe(1);
      expect(ended.stderr).toMatch(/^earshot: There is no meeting .*"earshot meetings" lists them\.\n$/u);
    }
  });
});

describe('surroundings that cannot be used', () => {
  it('a data directory that is a file is one sentence and exit code 1', async () => {
    const path = join(folder.path, 'file-not-folder');
    await writeFile(path, '');
    const ended = await run(['meetings'], { env: { EARSHOT_DATA: path } });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).toMatch(/^earshot: /u);
  });

  it('a database that cannot be reached is one sentence that does not show its password', async () => {
    const ended = await run(['meetings'], {
      env: { ...folder.env, DATABASE_URL: 'postgres://u:hunter2@127.0.0.1:9/none' },
    });
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim().split('\n')).toHaveLength(1);
    expect(ended.stderr).not.toContain('hunter2');
  });

  it('a model folder without a model is one sentence that says what to do, and leaves no meeting', async () => {
    const empty = join(folder.path, 'no-model');
    await mkdir(empty, { recursive: true });
    const before = await run(['meetings', '--json'], folder);
    const ended = await run(['transcribe', 'demo/clip.ogg'], { env: { ...folder.env, EARSHOT_WHISPER: empty } });
    expect(ended.code).toBe(1);
    expect(ended.stderr.split('\n').filter((line) => line.startsWith('earshot: '))).toHaveLength(1);
    expect(ended.stderr).not.toMatch(/^\s+at /mu);
    expect((await run(['meetings', '--json'], folder)).stdout).toBe(before.stdout);
  });

  it('an --out that cannot be written is refused before any work', async () => {
    const locked = join(folder.path, 'in-the-way');
    await writeFile(locked, '');
    await chmod(locked, 0o400);
    const ended = await run(['transcribe', 'demo/clip.ogg', '--title', 'out', '--out', join(locked, 'x.txt')], folder);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Cannot write');
    expect(ended.stderr).not.toContain('listening');
  });

  it('`start` without any token says what to set and that transcribe works without', async () => {
    const ended = await run(['start'], folder);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('DISCORD_TOKEN');
    expect(ended.stderr).toContain('"earshot transcribe FILE" works without');
  });
});
