import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { environmentVariables } from '../../src/config.ts';

function variablesIn(example: string): readonly string[] {
  return [...example.matchAll(/^([A-Z][A-Z0-9_]*)=/gmu)].flatMap((match) => match[1] ?? []);
}

it('.env.example lists exactly the variables that config.ts reads, each explained', async () => {
  const example = await readFile('.env.example', 'utf8');
  expect([...variablesIn(example)].toSorted()).toEqual([...environmentVariables].toSorted());
});

it('a variable that is missing from the example would be noticed', () => {
  expect(variablesIn('# A=\nEARSHOT_DATA=\n')).toEqual(['EARSHOT_DATA']);
});
