/** What the sections of minutes are called where their template names nothing. */
import type { MinutesPart } from '../model.ts';

type Headings = Readonly<Record<MinutesPart, string>>;

const ENGLISH: Headings = {
  summary: 'Summary',
  'key-moments': 'Key moments',
  chapters: 'Chapters',
  decisions: 'Decisions',
  actions: 'Action items',
  questions: 'Questions and answers',
  'open-questions': 'Open questions',
  speakers: 'Speakers',
  keywords: 'Keywords',
  'mind-map': 'Mind map',
};

const CHINESE: Headings = {
  summary: '全文摘要',
  'key-moments': '重点时刻',
  chapters: '章节速览',
  decisions: '决议',
  actions: '待办事项',
  questions: '问答回顾',
  'open-questions': '待解答的问题',
  speakers: '发言总结',
  keywords: '关键词',
  'mind-map': '思维导图',
};

/** By ISO 639-1 code; a language that is not here gets English. */
const HEADINGS: ReadonlyMap<string, Headings> = new Map([
  ['en', ENGLISH],
  ['zh', CHINESE],
]);

/**
 * Heading of a section: the template's own if it has one, else the usual one in `language` (ISO 639-1, a region after
 * it is ignored), else the English one. Never empty for a known part.
 */
export function headingOf(
  section:
    | { readonly part: MinutesPart; readonly heading: string | null }
    | { readonly part: 'custom'; readonly heading: string },
  language: string,
): string {
  if (section.part === 'custom') return section.heading;
  const own = section.heading?.trim() ?? '';
  if (own !== '') return own;
  return (HEADINGS.get(language.toLowerCase().split(/[-_]/u, 1)[0] ?? '') ?? ENGLISH)[section.part];
}
