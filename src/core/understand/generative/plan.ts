/** What minutes of this transcript should hold, and so what a model is asked. */
import type { CustomSection, MeetingKind, MinutesPart, Template, Transcript } from '../../model.ts';
import type { Brief } from '../../ports.ts';
import { kindOf } from '../extractive/kind.ts';
import type { Sentence } from '../extractive/sentences.ts';
import { COMPOSE_SCHEMA, composeTask } from './compose.ts';
import type { ComposeReply } from './compose.ts';
import type { Pass } from './gather.ts';
import { OUTCOME_PARTS, OUTCOMES_SCHEMA, outcomesTask } from './outcomes.ts';
import type { OutcomesReply } from './outcomes.ts';
import { TOPICS_SCHEMA, topicsTask } from './topics.ts';
import type { TopicsReply } from './topics.ts';

export interface Plan {
  readonly kind: MeetingKind;
  readonly template: Template;
  /** Written in, ISO 639-1. */
  readonly language: string;
  /** The template's. */
  readonly parts: ReadonlySet<MinutesPart>;
  readonly sections: readonly CustomSection[];
  /** Null: nothing of it is wanted. */
  readonly topics: Pass<TopicsReply> | null;
  readonly outcomes: Pass<OutcomesReply> | null;
  /** Parts that each pass is asked for. */
  readonly topicParts: ReadonlySet<MinutesPart>;
  readonly outcomeParts: ReadonlySet<MinutesPart | 'custom'>;
}

const TOPIC_PARTS = [
  'summary',
  'chapters',
  'mind-map',
  'key-moments',
  'keywords',
] as const satisfies readonly MinutesPart[];

export function planFor(transcript: Transcript, sentences: readonly Sentence[], brief: Brief): Plan {
  const kind = kindOf(sentences);
  const template = brief.template ?? brief.templates[kind];
  const language = brief.language ?? (transcript.language === 'und' ? 'en' : transcript.language);
  const parts = new Set(template.sections.flatMap(({ part }) => (part === 'custom' ? [] : [part])));
  const sections = template.sections.flatMap((section) => (section.part === 'custom' ? [section] : []));
  const topicParts = new Set(TOPIC_PARTS.filter((part) => parts.has(part)));
  const outcomeParts = new Set<MinutesPart | 'custom'>(OUTCOME_PARTS.filter((part) => parts.has(part)));
  // Nobody was told apart: there are no speakers to tell about.
  if (transcript.utterances.every(({ speaker }) => speaker.kind === 'unnamed')) outcomeParts.delete('speakers');
  if (sections.length > 0) outcomeParts.add('custom');
  const moments = parts.has('key-moments');
  const keywords = parts.has('keywords');
  const asked = new Set([...parts].filter((part) => outcomeParts.has(part)));
  return {
    kind,
    template,
    language,
    parts,
    sections,
    topicParts,
    outcomeParts,
    topics:
      topicParts.size === 0
        ? null
        : {
            schemaName: 'topics',
            schema: TOPICS_SCHEMA,
            task: topicsTask({ template, language, moments, keywords }),
          },
    outcomes:
      outcomeParts.size === 0
        ? null
        : {
            schemaName: 'outcomes',
            schema: OUTCOMES_SCHEMA,
            task: outcomesTask({ template, language, parts: asked, sections }),
          },
  };
}

/** `chapters`: how many; null: none. */
export function composing(
  plan: Plan,
  wanted: { readonly title: boolean; readonly chapters: readonly [number, number] | null },
): Pass<ComposeReply> {
  const { template, language, parts } = plan;
  return {
    schemaName: 'minutes',
    schema: COMPOSE_SCHEMA,
    task: composeTask({ template, language, summary: parts.has('summary'), ...wanted }),
  };
}
