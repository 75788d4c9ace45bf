import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { UsageProblem } from './data/data-folder.ts';

const sections = ['speech', 'chapters'] as const;

test('without flags everything is measured with every model', () => {
  const options = readArguments([], sections);
  expect(options).toMatchObject({ sections, models: ['base', 'small'], limit: null, json: false });
  expect(options.threads).toBeGreaterThan(0);
  expect(options.dataFolder).toMatch(/shared.eval$/);
});

test('flags narrow it down, in the order of the sections', () => {
  const options = readArguments(['--only', 'chapters,speech', '--model', 'small', '--limit', '3', '--json'], sections);
  expect(options).toMatchObject({ sections: ['speech', 'chapters'], models: ['small'], limit: 3, json: true });
});

test.each([
  [['--only', 'sound'], /^--only knows speech, chapters, not "sound"\.$/],
  [['--limit', '0'], /^--limit takes a whole number above 0, not "0"\.$/],
  [['--colour'], /--colour/],
])('%j is refused in one sentence', (argv, message) => {
  expect(() => readArguments(argv, sections)).toThrow(UsageProblem);
  expect(() => readArguments(argv, sections)).toThrow(message);
});
