import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const packageShape = z.object({ scripts: z.record(z.string(), z.string()) });

const DOCS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const FOLDERS = ['src/', 'test/', 'eval/', 'bench/', 'migrations/', 'demo/', 'bin/', '.ci/', 'docs/'];

/** Paths of the project that a text names in backticks or links; `*` stands for anything. */
function pathsIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`|\]\(([^)\s#]+)/gu)].flatMap((match) => match[1] ?? match[2] ?? []);
  return quoted.filter((path) => FOLDERS.some((folder) => path.startsWith(folder)) && !path.includes('…'));
}

async function missing(paths: readonly string[]): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const path of paths) {
    const found = path.includes('*') ? await Array.fromAsync(glob(path)) : existsSync(path) ? [path] : [];
    if (found.length === 0) gone.push(path);
  }
  return gone;
}

/** Names of npm scripts that a text tells the reader to run. */
function scriptsIn(text: string): readonly string[] {
  return [...text.matchAll(/npm run ([a-z][a-z:]*)/gu)].flatMap((match) => match[1] ?? []);
}

describe('the documents', () => {
  it.each(DOCS)('%s names only paths and scripts that exist', async (doc) => {
    const text = await readFile(doc, 'utf8');
    expect(await missing(pathsIn(text))).toEqual([]);
    const { scripts } = packageShape.parse(JSON.parse(await readFile('package.json', 'utf8')));
    expect(scriptsIn(text).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it('ARCHITECTURE.md names for every invariant a test that exists under exactly that name', async () => {
    const text = await readFile('ARCHITECTURE.md', 'utf8');
    const named = [...text.matchAll(/\| `(?<file>[^`]+\.test\.ts)` “(?<name>[^”]+)”/gu)].flatMap((match) =>
      match.groups === undefined ? [] : [match.groups],
    );
    expect(named.length).toBeGreaterThanOrEqual(7);
    for (const { file = '', name = '' } of named) expect(await readFile(file, 'utf8')).toContain(name);
  });

  it('would be caught naming a path that is gone', async () => {
    const paths = pathsIn('See `src/core/no-such-file.ts`, [the demo](demo/nothing.md) and `src/core/model.ts`.');
    expect(await missing(paths)).toEqual(['src/core/no-such-file.ts', 'demo/nothing.md']);
    expect(scriptsIn('run `npm run nothing`')).toEqual(['nothing']);
  });
});
