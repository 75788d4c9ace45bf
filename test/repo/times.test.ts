import { glob, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** Building a clock face by hand: numbers filled up with zeros, or pieces of a template joined by colons. */
const HAND_MADE = /padStart\((?:2|3|digits), '0'\)|\}:\$\{(?:minutes|seconds|padded|String)/u;

it('time.ts alone turns milliseconds into clock faces', async () => {
  const makers: string[] = [];
  for await (const path of glob('src/**/*.ts')) {
    if (!path.endsWith('.test.ts') && HAND_MADE.test(await readFile(path, 'utf8'))) makers.push(path);
  }
  expect(makers).toEqual(['src/core/time.ts']);
});

it('a clock face made elsewhere would be noticed', () => {
  expect(HAND_MADE.test("`${String(minutes).padStart(2, '0')}:00`")).toBe(true);
});
