import type { MeetingKind, MinutesPart, MinutesSection, Template } from '../model.ts';

/** Every known part, in the order a reader of a meeting wants them. */
const MEETING_PARTS: readonly [MinutesPart, ...MinutesPart[]] = [
  'summary',
  'decisions',
  'actions',
  'open-questions',
  'chapters',
  'key-moments',
  'questions',
  'speakers',
  'keywords',
];
const PARTS: Readonly<Record<MeetingKind, readonly [MinutesPart, ...MinutesPart[]]>> = {
  meeting: MEETING_PARTS,
  // 问答回顾: what was asked and answered is what an interview is kept for.
  interview: ['summary', 'questions', 'open-questions', 'chapters', 'key-moments', 'actions', 'speakers', 'keywords'],
  lecture: ['summary', 'chapters', 'key-moments', 'questions', 'open-questions', 'actions', 'keywords'],
};

function templateFor(kind: MeetingKind): Template {
  const [first, ...rest] = PARTS[kind];
  const section = (part: MinutesPart): Template['sections'][number] => ({ part, heading: null });
  return { name: kind, kind, sections: [section(first), ...rest.map(section)], tone: null, length: 'medium' };
}

/** What minutes look like when no template file says otherwise. */
export const STANDARD_TEMPLATES: Readonly<Record<MeetingKind, Template>> = {
  meeting: templateFor('meeting'),
  interview: templateFor('interview'),
  lecture: templateFor('lecture'),
};

/** The template's sections without content of custom ones: for an analyst to fill in. */
export function emptySections(template: Template): MinutesSection[] {
  return template.sections.map((section) =>
    section.part === 'custom' ? { part: 'custom', heading: section.heading, items: [] } : section,
  );
}
