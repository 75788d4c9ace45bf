import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-dead-code-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('the dead-code check that `npm test` runs finds a file nobody imports and an export nobody uses', async () => {
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'planted', type: 'module', main: 'index.ts' }));
  await writeFile(join(folder, 'index.ts'), "import { used } from './part.ts';\n\nused();\n");
  await writeFile(join(folder, 'part.ts'), 'export function used(): void {}\nexport function unused(): void {}\n');
  await writeFile(join(folder, 'orphan.ts'), 'export const nobody = 1;\n');
  const run = promisify(execFile)(process.execPath, [resolve('node_modules/knip/bin/knip.js'), '--no-progress'], {
    cwd: folder,
  });
  const failure = await run.then(
    () => null,
    (error: { readonly stdout: string }) => error.stdout,
  );
  expect(failure).toContain('orphan.ts');
  expect(failure).toContain('unused');
});
