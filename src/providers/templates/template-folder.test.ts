import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../core/faults.ts';
import { openTemplates } from './template-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-templates-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function problemOf(file: string, text: string): Promise<string> {
  await writeFile(join(folder, file), text);
  const fault = await openTemplates(folder).catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).toMatchObject({ kind: 'bad-input' });
  return fault instanceof Fault ? fault.message : '';
}

describe('templates', () => {
  it('come with one for each kind of recording and several for usual occasions', async () => {
    const templates = await openTemplates(null);
    const names = templates.all.map(({ name }) => name);
    for (const name of ['meeting', 'interview', 'lecture', 'stand-up', 'one-on-one', 'sales-call', 'deposition']) {
      expect(names).toContain(name);
    }
    expect(templates.byKind.interview.sections.map(({ part }) => part)).toContain('questions');
    expect(templates.named('no-such-template')).toBeNull();
    const own = templates.all.flatMap(({ sections }) => sections.filter(({ part }) => part === 'custom'));
    expect(own.length).toBeGreaterThan(10);
    for (const section of own) expect(section.part === 'custom' && section.cues.length).toBeGreaterThan(0);
  });

  it('of one’s own replace the built-in of the same name, and what a kind of recording gets', async () => {
    await writeFile(join(folder, 'stand-up.md'), '---\ntone: terse\nlength: short\n---\n## Action items\n');
    await writeFile(join(folder, 'talk.md'), '\uFEFF---\r\nname: lecture\r\nfor: lecture\r\n---\r\n## Summary\r\n');
    await writeFile(join(folder, 'README.txt'), 'no template');
    const templates = await openTemplates(folder);
    expect(templates.named('stand-up')).toEqual({
      name: 'stand-up',
      kind: null,
      tone: 'terse',
      length: 'short',
      sections: [{ part: 'actions', heading: null }],
    });
    expect(templates.byKind.lecture.sections).toEqual([{ part: 'summary', heading: null }]);
  });

  it('without front matter are called like their file', async () => {
    await writeFile(join(folder, 'board.md'), '## Decisions\n');
    expect((await openTemplates(folder)).named('board')).toMatchObject({ kind: null, length: 'medium' });
  });

  it('that cannot be used are refused at once, with the file and what to do', async () => {
    expect(await problemOf('a.md', '---\nlength: endless\n---\n## Summary\n')).toMatch(/a\.md.*short, medium or long/u);
    expect(await problemOf('a.md', '---\nfoo: [\n---\n## Summary\n')).toMatch(/no YAML/u);
    expect(await problemOf('a.md', '---\nlenght: short\n---\n## Summary\n')).toMatch(/lenght/u);
    expect(await problemOf('a.md', '---\nname: two words\n---\n## Summary\n')).toMatch(/one word/u);
    expect(await problemOf('a.md', 'nothing here')).toMatch(/no sections/u);
    await writeFile(join(folder, 'a.md'), '---\nname: same\n---\n## Summary\n');
    expect(await problemOf('b.md', '---\nname: same\n---\n## Summary\n')).toMatch(/named "same"/u);
  });

  it('name a folder that is not there, and a file that cannot be read', async () => {
    await expect(openTemplates(join(folder, 'missing'))).rejects.toThrow(/EARSHOT_TEMPLATES/u);
    await mkdir(join(folder, 'folder.md'));
    await expect(openTemplates(folder)).rejects.toThrow(/cannot be read/u);
  });
});
