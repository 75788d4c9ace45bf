import type { MeetingKind, MinutesPart, Template, TemplateSection } from '../model.ts';

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

function plainSection(part: MinutesPart): TemplateSection {
  return { part, heading: null };
}

function templateFor(kind: MeetingKind): Template {
  const [first, ...rest] = PARTS[kind];
  return { name: kind, kind, sections: [plainSection(first), ...rest.map(plainSection)], tone: null, length: 'medium' };
}

/** What minutes look like when no template file says otherwise. */
export const STANDARD_TEMPLATES: Readonly<Record<MeetingKind, Template>> = {
  meeting: templateFor('meeting'),
  interview: templateFor('interview'),
  lecture: templateFor('lecture'),
};
