#!/usr/bin/env node
// Runs on any Node.js the machine has: Earshot itself needs the one that came with `npm ci`, so hand over to it if need be.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';

const NEEDED_MAJOR = 24;
const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await import('../src/cli.ts');
} else {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const folders = [`node-${platform}-${process.arch}`, `node-bin-${platform}-${process.arch}`];
  const bundled = folders
    .map((folder) => fileURLToPath(new URL(`../node_modules/${folder}/bin/${file}`, import.meta.url)))
    .find(existsSync);
  if (bundled !== undefined) {
    const child = spawn(bundled, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15)));
  } else {
    process.stderr.write(
      `Earshot needs Node.js ${NEEDED_MAJOR} or newer and found ${process.versions.node}. Run "npm ci" in its folder, or install Node.js ${NEEDED_MAJOR}.\n`,
    );
    process.exit(1);
  }
}
