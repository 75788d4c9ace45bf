/** The pass that reads what came of it: decisions, tasks, questions, each speaker's points, and a template's own sections. */
import { z } from 'zod';
import type { CustomSection, MinutesPart, Template } from '../../model.ts';
import { inTone, writtenIn } from './instructions.ts';

const LINES = z.array(z.number()).describe('Numbers of the lines it rests on');

export const OUTCOMES_SCHEMA = z.object({
  decisions: z.array(z.object({ text: z.string(), lines: LINES })),
  actions: z.array(
    z.object({
      text: z.string(),
      owner: z.string().nullable().describe('Name as in the record; null when nobody took it or was given it'),
      due: z.string().nullable().describe('The very words that say by when; null when none do'),
      lines: LINES,
    }),
  ),
  questions: z.array(
    z.object({
      question: z.string(),
      asked: LINES,
      answer: z.string().nullable().describe('Null when it was left open'),
      answered: z.array(z.number()).describe('Numbers of the lines that answer; empty when it was left open'),
    }),
  ),
  speakers: z.array(
    z.object({
      name: z.string().describe('Name as in the record'),
      points: z.array(z.object({ text: z.string(), lines: LINES })),
    }),
  ),
  sections: z.array(
    z.object({
      section: z.number().describe('Number of the section in the task'),
      text: z.string(),
      lines: LINES,
    }),
  ),
});
export type OutcomesReply = z.infer<typeof OUTCOMES_SCHEMA>;

/** Parts of minutes that this pass reads. */
export const OUTCOME_PARTS = [
  'decisions',
  'actions',
  'questions',
  'open-questions',
  'speakers',
] as const satisfies readonly MinutesPart[];

function ask(wanted: boolean, text: string): string {
  return wanted ? text : 'leave empty.';
}

/** `parts`: those of the template's that this pass reads. */
export function outcomesTask(options: {
  readonly template: Template;
  readonly language: string;
  readonly parts: ReadonlySet<MinutesPart>;
  readonly sections: readonly CustomSection[];
}): string {
  const { template, language, parts, sections } = options;
  const own = sections.map(({ heading, instruction }, at) => `  ${at + 1}. ${heading}: ${instruction}`).join('\n');
  return `Task: what came of it. Go through the whole record, from its first line to its last.
decisions: ${ask(parts.has('decisions'), 'what the people there settled, agreed on or ruled out, one each, in the order in which they did. Not what was only suggested, asked or hoped. When something is decided anew later, list both.')}
actions: ${ask(parts.has('actions'), 'what somebody undertook or was told to do after the conversation, one task each, with whom it falls to and by when. "I will" makes the speaker the owner; a request makes the one asked the owner only if they did not refuse. Cite the lines that give the task, the owner and the date.')}
questions: ${ask(parts.has('questions') || parts.has('open-questions'), 'each question that mattered, in the order asked, with its answer, or with null when nobody answered it. Not rhetorical ones, and none about sound or screens.')}
speakers: ${ask(parts.has('speakers'), 'for each speaker one to four points: what they reported, wanted, argued or promised, each resting on a line of their own.')}
sections: ${sections.length === 0 ? 'leave empty.' : `items for the following sections, by their number; only what the record bears out.\n${own}`}
${writtenIn(language)} Only "due" keeps the words of the record.${inTone(template)}`;
}
