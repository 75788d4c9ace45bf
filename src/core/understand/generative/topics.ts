/** The pass that reads what was talked about, window by window. */
import { z } from 'zod';
import type { Template } from '../../model.ts';
import { inTone, writtenIn } from './instructions.ts';

const POINT = z.object({
  text: z.string().describe('One thing that was said, in one sentence'),
  lines: z.array(z.number()).describe('Numbers of the lines it rests on'),
});

export const TOPICS_SCHEMA = z.object({
  topics: z.array(
    z.object({
      title: z.string().describe('Two to six words that were used for it'),
      first_line: z.number().describe('Number of the line at which the talk turns to it'),
      points: z.array(POINT),
    }),
  ),
  moments: z.array(
    z.object({
      text: z.string().describe('What happens there, in one sentence'),
      lines: z.array(z.number()),
      weight: z.number().describe('1 to 3: 3 for what nobody should miss'),
    }),
  ),
  keywords: z.array(z.string()).describe('Terms as they were said, most telling first'),
});
export type TopicsReply = z.infer<typeof TOPICS_SCHEMA>;

const POINTS: Readonly<Record<Template['length'], string>> = {
  short: 'one or two points',
  medium: 'two to four points',
  long: 'three to seven points',
};

/** `moments`, `keywords`: whether the template shows them. */
export function topicsTask(options: {
  readonly template: Template;
  readonly language: string;
  readonly moments: boolean;
  readonly keywords: boolean;
}): string {
  const { template, language } = options;
  return `Task: what was talked about.
topics: go through the whole record, from its first line to its last, and list its topics in the order in which they come up. A topic is what the people there would call one item; greetings and small talk belong to the topic beside them. Each has a title, the line at which it begins, and, in order, ${POINTS[template.length]}: what was reported, found, argued, planned or settled, by whom. The end of the record deserves as much as its start.
moments: ${options.moments ? 'at most three moments worth hearing again: a turn, a surprise, a clear statement, a disagreement.' : 'leave empty.'}
keywords: ${options.keywords ? 'at most ten terms, each exactly as it was said and in the language in which it was said: subjects, products, places, projects. No everyday words, no speakers.' : 'leave empty.'}
${writtenIn(language)}${inTone(template)}`;
}
