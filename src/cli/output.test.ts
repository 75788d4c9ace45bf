import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from './console.ts';
import { meetingWith, minutesWith } from '../../test/contract/minutes.ts';
import { meetingId, talk } from '../../test/contract/transcripts.ts';
import { checkPrintable, chooseFormat, inFormat, outputPath, parseExtent, parseFormat, writeWhole } from './output.ts';

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

describe('the format of a result', () => {
  it('is the one asked for, else what the name of the file says, else the usual one', () => {
    expect(chooseFormat(undefined, undefined, 'thread')).toBe('thread');
    expect(chooseFormat('srt', undefined, 'thread')).toBe('srt');
    for (const format of ['srt', 'vtt', 'md', 'json', 'docx', 'pdf'] as const)
      expect(chooseFormat(undefined, `/x/talk.${format}`, 'thread')).toBe(format);
    expect(chooseFormat(undefined, 'Talk.PDF', 'txt')).toBe('pdf');
    expect(chooseFormat('pdf', 'talk.pdf', 'thread')).toBe('pdf');
    expect(chooseFormat('md', 'talk.unknown', 'thread')).toBe('md');
  });

  it('is a thread in a text file unless text is asked for', () => {
    expect(chooseFormat(undefined, 'talk.txt', 'thread')).toBe('thread');
    expect(chooseFormat('thread', 'talk.txt', 'thread')).toBe('thread');
    expect(chooseFormat('txt', 'talk.txt', 'thread')).toBe('txt');
    expect(chooseFormat(undefined, 'talk.txt', 'txt')).toBe('txt');
  });

  it('is not read off a folder, whatever it is called', async () => {
    const path = join(folder, 'notes.pdf');
    await mkdir(path);
    expect(chooseFormat('md', path, 'thread')).toBe('md');
    expect(chooseFormat(undefined, 'new.pdf/', 'thread')).toBe('thread');
  });

  it('cannot contradict the name of the file', () => {
    expect(() => chooseFormat('md', 'talk.pdf', 'thread')).toThrow(UsageError);
    expect(() => chooseFormat('thread', 'talk.pdf', 'thread')).toThrow('Name a file that ends in .txt');
    expect(() => chooseFormat('docx', 'talk.txt', 'thread')).toThrow('--format docx and --out "talk.txt" contradict');
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

describe('what a file holds', () => {
  it('is the transcript for text and subtitles, and everything for the rest', () => {
    expect((['txt', 'srt', 'vtt'] as const).map((format) => parseExtent(undefined, format))).toEqual(
      Array.from({ length: 3 }, () => 'transcript'),
    );
    expect((['md', 'json', 'docx', 'pdf'] as const).map((format) => parseExtent(undefined, format))).toEqual(
      Array.from({ length: 4 }, () => 'both'),
    );
    expect(parseExtent('minutes', 'pdf')).toBe('minutes');
  });

  it('is refused with a sentence where the format cannot hold it, or nobody knows it', () => {
    expect(() => parseExtent('minutes', 'srt')).toThrow('--format srt holds the transcript only.');
    expect(() => parseExtent('transcript', 'json')).toThrow('--format json holds transcript and minutes.');
    expect(() => parseExtent('everything', 'md')).toThrow(UsageError);
    expect(() => parseFormat('doc')).toThrow('Choose one of thread, txt, srt, vtt, md, json, docx, pdf.');
  });

  it('is never printed when it is bytes', () => {
    expect(() => {
      checkPrintable('pdf', null);
    }).toThrow('Name a file or a folder with --out.');
    checkPrintable('pdf', 'x.pdf');
    checkPrintable('md', null);
  });

  it('is written by the maker of its format, and needs minutes only where it shows them', async () => {
    const id = meetingId('m-1');
    const full = { meeting: meetingWith({ id }), transcript: talk([['Ana', 'Yes.']]), minutes: null };
    const written: string[] = [];
    const writer = (name: string) => (document: { readonly title: string }) => {
      written.push(`${name} ${document.title}`);
      return Promise.resolve(new Uint8Array([1]));
    };
    const documents = { docx: writer('docx'), pdf: writer('pdf') };
    expect(await inFormat('txt', full, { documents, extent: 'transcript' })).toBe('[0:00] Ana: Yes.\n');
    await expect(inFormat('pdf', full, { documents, extent: 'both' })).rejects.toThrow('are not written yet');
    const minutes = minutesWith({ meetingId: id, title: 'Launch' });
    expect(await inFormat('docx', { ...full, minutes }, { documents, extent: 'minutes' })).toEqual(new Uint8Array([1]));
    expect(await inFormat('txt', { ...full, minutes }, { documents, extent: 'minutes' })).toMatch(/^Launch\n/u);
    expect(written).toEqual(['docx Launch']);
  });

  it('is written byte for byte', async () => {
    await writeWhole(join(folder, 'a.pdf'), new Uint8Array([0, 255, 10]));
    expect([...(await readFile(join(folder, 'a.pdf')))]).toEqual([0, 255, 10]);
  });
});
