/** A meeting as a document, before any file format: what Markdown, text, Word and PDF files show, and in which order. */
import type {
  ActionItem,
  Chapter,
  Citation,
  Cited,
  Iso8601,
  Meeting,
  Minutes,
  MinutesSection,
  Ms,
  QuestionAnswered,
  Rendition,
  Speaker,
  Transcript,
  Utterance,
  UtteranceId,
} from '../model.ts';
import { citation } from '../cite.ts';
import { speakerKey, speakerName } from '../speaker.ts';
import { formatClock } from '../time.ts';
import { headingOf } from './headings.ts';
import { type MindMapNode, mindMapOf } from './mind-map.ts';
import { oneLine } from './printable.ts';
import { linesOf } from './renditions.ts';
import { type Wording, wordingIn } from './wording.ts';

/** Which parts of a meeting a file holds. */
export type Extent = 'transcript' | 'minutes' | 'both';
export interface ExportOptions {
  /** `both` unless said otherwise. */
  readonly extent?: Extent;
  /** A translation is shown below what was said; a polished one takes its place. */
  readonly rendition?: Rendition | null;
}

/** A run of one line. `quiet`: beside the point, such as a speaking time. */
export type Span =
  | { readonly kind: 'text'; readonly text: string; readonly style: 'plain' | 'strong' | 'quiet' }
  | { readonly kind: 'evidence'; readonly citations: readonly Citation[] };
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly spans: readonly Span[] }
  /** One of a list; `depth` from 0. */
  | { readonly kind: 'item'; readonly depth: number; readonly spans: readonly Span[] }
  | { readonly kind: 'mind-map'; readonly root: MindMapNode }
  | {
      readonly kind: 'turn';
      readonly id: UtteranceId;
      readonly startMs: Ms;
      readonly speaker: string;
      readonly text: string;
      /** ISO 639-1. */
      readonly language: string;
      readonly translation: { readonly text: string; readonly language: string } | null;
    };
/** What somebody said, as a note quotes it. */
export interface Quote {
  readonly id: UtteranceId;
  readonly startMs: Ms;
  readonly speaker: string;
  readonly text: string;
}
/** Every text in it is one line without control characters. */
export interface ExportDocument {
  readonly title: string;
  /** The kind of talk, its length, when it took place and who wrote the minutes; short texts. */
  readonly facts: readonly string[];
  readonly wording: Wording;
  /** ISO 639-1 of most of the text; `und` when nobody spoke. */
  readonly language: string;
  /** When the meeting took place. */
  readonly heldAt: Iso8601;
  readonly keywords: readonly string[];
  readonly blocks: readonly Block[];
  /** Words of everything that the evidence of its blocks names, by id. */
  readonly quotes: ReadonlyMap<UtteranceId, Quote>;
}

/** Makes a file of a document. Throws Fault `unavailable` when what it takes is not installed. */
export type WriteDocument = (document: ExportDocument) => Promise<Uint8Array>;
/** Formats that are made by libraries. */
export interface DocumentWriters {
  readonly docx: WriteDocument;
  readonly pdf: WriteDocument;
}

function text(content: string, style: 'plain' | 'strong' | 'quiet' = 'plain'): Span {
  return { kind: 'text', text: content, style };
}

/** What can neither be stored as XML nor shown: halves of characters, and code points that are none. */
function clean(content: string): string {
  return oneLine(content.toWellFormed().replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd'));
}

function claimed(claim: Cited): Span[] {
  return [text(`${clean(claim.text)} `), { kind: 'evidence', citations: claim.citations }];
}

function item(spans: readonly Span[], depth = 0): Block {
  return { kind: 'item', depth, spans };
}

/**
 * The document of a meeting. Sections come in the order of the minutes and are left out when empty; without minutes
 * there is the transcript alone, whatever `extent` says.
 */
export function documentOf(
  meeting: Meeting,
  transcript: Transcript,
  minutes: Minutes | null,
  { extent = 'both', rendition = null }: ExportOptions = {},
): ExportDocument {
  const shown = extent === 'transcript' ? null : minutes;
  const language = shown?.language ?? transcript.language;
  const wording = wordingIn(language);
  const nameOf = (speaker: Speaker): string =>
    speaker.kind === 'unnamed' ? wording.unnamedSpeaker : clean(speakerName(speaker));
  const lines = linesOf(transcript, rendition);
  const turns = lines.map(({ utterance, translation }): Block => ({
    kind: 'turn',
    id: utterance.id,
    startMs: utterance.startMs,
    speaker: nameOf(utterance.speaker),
    text: clean(utterance.text),
    language: utterance.language,
    translation:
      translation === null || rendition === null ? null : { text: clean(translation), language: rendition.language },
  }));
  const withTranscript = shown === null || extent === 'both';
  const remarks = remarksOf({ meeting, transcript, minutes: shown, rendition, wording });
  const transcriptHeading: Block = { kind: 'heading', level: 1, text: wording.transcript };
  return {
    title: clean(meeting.title ?? minutes?.title ?? '') || wording.transcript,
    facts: factsOf(meeting, transcript, shown, wording),
    wording,
    language,
    heldAt: meeting.heldAt,
    keywords: (shown?.keywords ?? []).map(clean),
    blocks: [
      ...(lines.length === 0 ? [paragraph(wording.nobody)] : []),
      ...(shown?.sections.flatMap((section) => sectionOf(section, shown, { transcript, wording, nameOf })) ?? []),
      ...(remarks.length === 0
        ? []
        : [
            { kind: 'heading', level: 1, text: wording.goodToKnow } as const,
            ...remarks.map((remark) => item([text(remark)])),
          ]),
      ...(withTranscript && turns.length > 0 ? [transcriptHeading, ...turns] : []),
    ],
    quotes: new Map(
      transcript.utterances.map(({ id, startMs, speaker, text: words }) => [
        id,
        { id, startMs, speaker: nameOf(speaker), text: clean(words) },
      ]),
    ),
  };
}

function paragraph(content: string): Block {
  return { kind: 'paragraph', spans: [text(content)] };
}

function factsOf(meeting: Meeting, transcript: Transcript, minutes: Minutes | null, wording: Wording): string[] {
  const languages = new Intl.DisplayNames([wording.language], { type: 'language', fallback: 'code' });
  const known = /^[a-z]{2,3}$/u.test(transcript.language) && transcript.language !== 'und';
  return [
    ...(minutes === null ? [] : [wording.kinds[minutes.kind]]),
    wording.duration(meeting.durationMs),
    heldOn(meeting, wording),
    ...(known ? [languages.of(transcript.language) ?? transcript.language] : []),
    ...(minutes === null ? [] : [wording.minutesBy(minutes.by)]),
  ]
    .map(clean)
    .filter((fact) => fact !== '');
}

/** The day, where it took place; in UTC when its time zone is none that is known here. */
function heldOn({ heldAt, timeZone }: Meeting, { language }: Wording): string {
  const at = new Date(heldAt);
  if (Number.isNaN(at.getTime())) return '';
  const known = Intl.supportedValuesOf('timeZone').includes(timeZone);
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: known ? timeZone : 'UTC' }).format(at);
}

interface Setting {
  readonly transcript: Transcript;
  readonly wording: Wording;
  readonly nameOf: (speaker: Speaker) => string;
}

function sectionOf(section: MinutesSection, minutes: Minutes, setting: Setting): Block[] {
  const content = contentOf(section, minutes, setting);
  const heading = clean(headingOf(section, minutes.language));
  return content.length === 0 ? [] : [{ kind: 'heading', level: 1, text: heading }, ...content];
}

function contentOf(section: MinutesSection, minutes: Minutes, { transcript, wording, nameOf }: Setting): Block[] {
  const asked = (isOpen: boolean): Block[] =>
    minutes.questions
      .filter(({ answer }) => (answer === null) === isOpen)
      .flatMap((question) => questionOf(question, wording, nameOf));
  switch (section.part) {
    case 'custom':
      return section.items.map((claim) => item(claimed(claim)));
    case 'summary':
      return minutes.summary.map((claim) => item(claimed(claim)));
    case 'key-moments':
      return minutes.keyMoments.map((claim) => item(claimed(claim)));
    case 'chapters':
      return minutes.chapters.flatMap((chapter): Block[] => [
        {
          kind: 'heading',
          level: 2,
          text: `${clockSpan(chapter)} ${clean(chapter.title)}`,
        },
        { kind: 'paragraph', spans: claimed(chapter) },
        ...chapter.points.filter((point) => !isToldBy(chapter, point)).map((point) => item(claimed(point))),
      ]);
    case 'decisions':
      return minutes.decisions.map((claim) => item(claimed(claim)));
    case 'actions':
      return minutes.actions.map((action) => item(actionSpans(action, wording)));
    case 'questions':
      return asked(false);
    case 'open-questions':
      return asked(true);
    case 'speakers':
      return minutes.speakers.flatMap(({ speaker, spokeMs, points }) => [
        item([
          text(nameOf(speaker), 'strong'),
          text(`${wording.pause}${wording.spoke(spokeMs)} `, 'quiet'),
          ...firstSaid(transcript, (utterance) => speakerKey(utterance.speaker) === speakerKey(speaker)),
        ]),
        ...points.map((point) => item(claimed(point), 1)),
      ]);
    case 'keywords':
      return minutes.keywords.length === 0
        ? []
        : [{ kind: 'paragraph', spans: keywordSpans(minutes.keywords, transcript, wording) }];
    case 'mind-map': {
      const root = mindMapOf(minutes);
      return root.children.length === 0 ? [] : [{ kind: 'mind-map', root }];
    }
  }
}

/** The start alone where no end is known: some imported transcripts have no times after the first. */
function clockSpan({ startMs, endMs }: Chapter): string {
  return endMs > startMs ? `${formatClock(startMs)}–${formatClock(endMs)}` : formatClock(startMs);
}

/** The chapter's own lines already say it. */
function isToldBy(chapter: Chapter, point: Cited): boolean {
  return clean(chapter.text).includes(clean(point.text));
}

/** The moment of the first utterance that is like that, if there is one. */
function firstSaid(transcript: Transcript, isLikeThat: (utterance: Utterance) => boolean): Span[] {
  const first = transcript.utterances.find(isLikeThat);
  return first === undefined ? [] : [{ kind: 'evidence', citations: [citation([first])] }];
}

/** Each keyword with the moment it was first said; in a translation, where it was not said, without. */
function keywordSpans(keywords: readonly string[], transcript: Transcript, wording: Wording): Span[] {
  const folded = new Map(transcript.utterances.map(({ id, text: words }) => [id, words.toLocaleLowerCase('en')]));
  return keywords.flatMap((keyword, at) => {
    const wanted = keyword.toLocaleLowerCase('en');
    const said = firstSaid(transcript, ({ id }) => folded.get(id)?.includes(wanted) === true);
    const before = at === 0 ? '' : wording.comma;
    return [text(`${before}${clean(keyword)}${said.length === 0 ? '' : ' '}`), ...said];
  });
}

function actionSpans(action: ActionItem, wording: Wording): Span[] {
  const owner = action.owner === null ? '' : clean(action.owner);
  const due = action.dueText === null ? action.dueDate : wording.due(clean(action.dueText), action.dueDate);
  return [
    owner === '' ? text(wording.nobodyNamed, 'quiet') : text(owner, 'strong'),
    text(due === null ? wording.colon : `${wording.pause}${due}${wording.colon}`),
    ...claimed(action),
  ];
}

/** An answer stands one level below its question; one without an answer says nothing of it, the heading does. */
function questionOf(
  { question, askedBy, answer, answeredBy }: QuestionAnswered,
  wording: Wording,
  nameOf: (speaker: Speaker) => string,
): Block[] {
  const by = (speaker: Speaker | null, says: string): Span[] =>
    speaker === null || speaker.kind === 'unnamed' ? [] : [text(nameOf(speaker), 'strong'), text(says)];
  return [
    item([...by(askedBy, wording.asks), ...claimed(question)]),
    ...(answer === null ? [] : [item([...by(answeredBy, wording.answers), ...claimed(answer)], 1)]),
  ];
}

/** What a reader should know about how far to trust the document, and what it took. */
function remarksOf({
  meeting,
  transcript,
  minutes,
  rendition,
  wording,
}: {
  readonly meeting: Meeting;
  readonly transcript: Transcript;
  readonly minutes: Minutes | null;
  readonly rendition: Rendition | null;
  readonly wording: Wording;
}): string[] {
  const usage = minutes?.by.usage;
  return [
    ...(transcript.utterances.some(({ speaker }) => speaker.kind === 'unnamed') ? [wording.notToldApart] : []),
    ...(transcript.utterances.some((utterance) => utterance.estimated === true) ? [wording.estimated] : []),
    ...(Object.values(meeting.stats.suppressed).some((count) => count > 0)
      ? [wording.withheld(meeting.stats.suppressed)]
      : []),
    ...(meeting.stats.unheard.length > 0 ? [wording.unheard(meeting.stats.unheard)] : []),
    ...(rendition !== null && rendition.missing.length > 0 ? [wording.missing(rendition.missing.length)] : []),
    ...(minutes?.fallbacks ?? []).map((fallback) => wording.fallback(fallback)),
    ...(minutes !== null && minutes.rejected > 0 ? [wording.rejected(minutes.rejected)] : []),
    ...(usage === undefined || usage.calls === 0 ? [] : [wording.usage(usage)]),
  ];
}
