import type { MinutesPart, Template, TemplateSection } from '../model.ts';

/** Names under which a template may ask for a known part. */
const PART_NAMES: Readonly<Record<MinutesPart, readonly string[]>> = {
  summary: ['summary', '摘要', '总结', '全文摘要'],
  'key-moments': ['key moments', 'highlights', '重点内容', '关键时刻'],
  chapters: ['chapters', 'topics', '章节', '章节速览', '议题'],
  decisions: ['decisions', '决定', '决议'],
  actions: ['action items', 'actions', 'next steps', 'to do', 'todo', '待办', '待办事项', '行动项'],
  questions: ['questions', 'questions and answers', 'q&a', '问答', '问答回顾'],
  'open-questions': ['open questions', '未决问题', '待解答的问题'],
  speakers: ['speakers', 'per speaker', '发言总结', '发言人'],
  keywords: ['keywords', '关键词'],
  'mind-map': ['mind map', '思维导图'],
};
const PARTS: ReadonlyMap<string, MinutesPart> = new Map(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a Record over MinutesPart
  (Object.entries(PART_NAMES) as [MinutesPart, readonly string[]][]).flatMap(([part, names]) =>
    [part, ...names].map((name): [string, MinutesPart] => [name, part]),
  ),
);

const HEADING = /^##\s+(.+?)\s*#*$/u;
/** `## What we agreed {decisions}`: a known part under a heading of one's own. */
const NAMED_PART = /^(.*?)\s*\{\s*([^{}]+?)\s*\}$/u;
const CUE = /^[-*+]\s+(.+)$/u;

/** What the front matter of a template says, already read. */
export interface TemplateHead {
  readonly name: string;
  readonly kind: Template['kind'];
  readonly tone: string | null;
  readonly length: Template['length'];
}

/** A template, or a sentence that says what is wrong with it. */
export type ReadTemplate =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * The body of a template file: a `##` heading per section, in the order wanted. A heading that is the name of a known
 * part asks for that part; `{part}` after it names the part and keeps the heading. Any other heading is a section of
 * one's own: the text under it says what belongs there, list items are words that give such a passage away.
 */
export function readTemplate(head: TemplateHead, body: string): ReadTemplate {
  const sections: TemplateSection[] = [];
  let own: { readonly heading: string; readonly instruction: string[]; readonly cues: string[] } | null = null;
  const close = (): void => {
    if (own === null) return;
    const { heading, instruction, cues } = own;
    sections.push({ part: 'custom', heading, instruction: instruction.join(' '), cues });
    own = null;
  };
  for (const line of body.split(/\r?\n/u).map((raw) => raw.trim())) {
    const heading = HEADING.exec(line)?.[1];
    if (heading === undefined) {
      const cue = CUE.exec(line)?.[1];
      // Text under a known part is a remark to the template's own readers.
      if (own !== null && cue !== undefined) own.cues.push(cue);
      else if (own !== null && line !== '' && !line.startsWith('#')) own.instruction.push(line);
      continue;
    }
    close();
    const named = NAMED_PART.exec(heading);
    const partName = (named?.[2] ?? heading).toLowerCase();
    const part = PARTS.get(partName);
    if (part !== undefined) {
      if (sections.some((section) => section.part === part)) {
        return { kind: 'problem', message: `The section "${heading}" is there twice.` };
      }
      sections.push({ part, heading: named?.[1] === undefined || named[1] === '' ? null : named[1] });
    } else if (named !== null) {
      const known = Object.keys(PART_NAMES).join(', ');
      return { kind: 'problem', message: `"{${named[2]}}" is no part of minutes. The parts are: ${known}.` };
    } else own = { heading, instruction: [], cues: [] };
  }
  close();
  const empty = sections.find(
    (section) => section.part === 'custom' && section.instruction === '' && section.cues.length === 0,
  );
  if (empty?.part === 'custom') {
    return { kind: 'problem', message: `The section "${empty.heading}" does not say what belongs there.` };
  }
  const [first, ...rest] = sections;
  if (first === undefined) {
    return { kind: 'problem', message: 'It has no sections. Write a heading such as "## Summary" for each.' };
  }
  return { kind: 'template', template: { ...head, sections: [first, ...rest] } };
}
