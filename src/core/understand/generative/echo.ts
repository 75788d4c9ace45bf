/** Whether a model repeats what it was told, or speaks of itself, instead of telling what people said. */
import { compact } from '../facts.ts';
import { tokenise } from '../extractive/words.ts';

/** Words in a row that two texts share by copying, hardly by chance. */
const RUN_WORDS = 6;

/** What only a model speaks of, where nobody in the record does. */
const SELF =
  /\b(?:system|hidden|secret|developer) (?:prompt|message|instruction)s?\b|\bmy (?:instructions|rules|guidelines|prompt)\b|\bas an? (?:ai|(?:large )?language model)\b|\bprompt injection\b|系统提示|提示词|我的(?:指令|规则|提示)|作为(?:一个|一名)?(?:ai|人工智能|语言模型|助手)/iu;

function runsOf(text: string): string[] {
  const words = tokenise(text).map(({ norm }) => norm);
  return words.slice(RUN_WORDS - 1).map((_, at) => words.slice(at, at + RUN_WORDS).join(' '));
}

/** `prompts`: what was asked; `said`: the record. A test for texts that are of the first and not of the second. */
export function echoesOf(prompts: readonly string[], said: readonly string[]): (text: string) => boolean {
  const told = new Set(prompts.flatMap(runsOf));
  const record = compact(said.join('\n'));
  const isOwnMatter = said.some((text) => SELF.test(text));
  return (text) =>
    (!isOwnMatter && SELF.test(text)) || runsOf(text).some((run) => told.has(run) && !record.includes(compact(run)));
}
