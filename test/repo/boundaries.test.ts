import { glob, readFile } from 'node:fs/promises';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, it } from 'vitest';
import { boundaryRules } from './boundary-rules.ts';

async function violations(root: string): Promise<{ readonly modules: number; readonly broken: readonly string[] }> {
  const { output } = await cruise([root], {
    parser: 'swc',
    tsPreCompilationDeps: true,
    ruleSet: { forbidden: boundaryRules(root) },
    validate: true,
    doNotFollow: { path: 'node_modules' },
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without an output type the cruiser gives its result object
  const { summary } = output as ICruiseResult;
  return {
    modules: summary.totalCruised,
    broken: summary.violations.map((found) => `${found.rule.name}: ${found.from} → ${found.to}`),
  };
}

async function filesUnder(pattern: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const path of glob(pattern)) found.push(path);
  return found;
}

describe('the layers', () => {
  it('point one way: nothing under src/ breaks a boundary, and the check saw every file', async () => {
    const { modules, broken } = await violations('src');
    expect(broken).toEqual([]);
    expect(modules).toBeGreaterThanOrEqual((await filesUnder('src/**/*.ts')).length);
  });

  it('are really checked: each kind of planted violation is found', async () => {
    const { broken } = await violations('test/repo/planted');
    const names = new Set(broken.map((line) => line.split(':')[0]));
    expect([...names].toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'commands-reach-adapters-through-main',
      'core-imports-core-zod-node',
      'platforms-know-only-the-core-and-themselves',
      'providers-and-storage-know-only-the-core',
    ]);
    expect(broken.filter((line) => line.startsWith('core-imports'))).toHaveLength(2);
  });

  it('leave the environment to config.ts and cli.ts, which hands it over', async () => {
    const readers: string[] = [];
    for (const path of await filesUnder('src/**/*.ts')) {
      if (/process\.env\b/u.test(await readFile(path, 'utf8'))) readers.push(path);
    }
    expect(readers.filter((path) => !path.endsWith('.test.ts'))).toEqual(['src/cli.ts']);
  });
});
