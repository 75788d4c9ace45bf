/** The pass that writes, once, from the facts that all windows gave. */
import { z } from 'zod';
import type { Template } from '../../model.ts';
import { inTone, writtenIn } from './instructions.ts';

export const COMPOSE_SCHEMA = z.object({
  title: z.string(),
  summary: z.array(z.object({ text: z.string(), lines: z.array(z.number()) })),
  chapters: z.array(
    z.object({
      topic: z.number().describe('Number of the topic at which it begins'),
      title: z.string(),
      text: z.string().describe('One or two sentences'),
      lines: z.array(z.number()),
    }),
  ),
});
export type ComposeReply = z.infer<typeof COMPOSE_SCHEMA>;

const SUMMARY: Readonly<Record<Template['length'], string>> = {
  short: 'one to three sentences',
  medium: 'three to six sentences',
  long: 'six to ten sentences',
};

/** `chapters`: how many there should be, from and to; null: none are wanted. */
export function composeTask(options: {
  readonly template: Template;
  readonly language: string;
  readonly title: boolean;
  readonly summary: boolean;
  readonly chapters: readonly [number, number] | null;
}): string {
  const { template, language, chapters } = options;
  const range =
    chapters === null ? '' : chapters[0] === chapters[1] ? `${chapters[0]}` : `${chapters[0]} to ${chapters[1]}`;
  return `Task: write the minutes from the facts. This record holds facts that were taken from a conversation, in order, with the numbers of the lines that they rest on in round brackets. Topics are numbered T1, T2 and so on.
title: ${options.title ? 'three to eight words that say what the conversation was about, in words that were used in it; no date, no "meeting", no "minutes".' : 'an empty text.'}
summary: ${options.summary ? `${SUMMARY[template.length]} for somebody who reads nothing else: what it was about, what was found and settled, what remains; from the whole conversation, its end as well as its start. One item each; fewer when the conversation holds less.` : 'leave empty.'}
chapters: ${chapters === null ? 'leave empty.' : `${range} ${range === '1' ? 'chapter' : 'chapters'} over all topics, in order. The first begins at T1; each goes up to where the next begins. Neighbouring topics of one matter make one chapter. Each has a title in words that were used, one or two sentences on what was said in it, and the numbers of the lines these rest on.`}
Take line numbers only from the facts that a sentence uses.
${writtenIn(language)}${inTone(template)}`;
}
