/** Whether a model repeats what it was told instead of what people said. */
import { compact } from '../facts.ts';
import { tokenise } from '../extractive/words.ts';

/** Words in a row that two texts share by copying, hardly by chance. */
const RUN_WORDS = 6;

function runsOf(text: string): string[] {
  const words = tokenise(text).map(({ norm }) => norm);
  return words.slice(RUN_WORDS - 1).map((_, at) => words.slice(at, at + RUN_WORDS).join(' '));
}

/** `prompts`: what was asked; `said`: the record. A test for texts that repeat the first and not the second. */
export function echoesOf(prompts: readonly string[], said: readonly string[]): (text: string) => boolean {
  const told = new Set(prompts.flatMap(runsOf));
  const record = compact(said.join('\n'));
  return (text) => runsOf(text).some((run) => told.has(run) && !record.includes(compact(run)));
}
