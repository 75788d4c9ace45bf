/** The public shape of a meeting. Fields are only ever added; readers should let unknown ones pass. */
import * as z from 'zod';
import type { Cited, Meeting, Minutes, MinutesSection, Rendition, Transcript, Usage, UtteranceId } from '../model.ts';
import { speakerName } from '../speaker.ts';

const ms = z.number().int().nonnegative();
const ids = z.array(z.string()).min(1);
const citedText = z.object({ text: z.string(), utteranceIds: ids });
const count = z.number().int().nonnegative();
const PARTS = [
  'summary',
  'key-moments',
  'chapters',
  'decisions',
  'actions',
  'questions',
  'open-questions',
  'speakers',
  'keywords',
  'mind-map',
] as const;
const usage = z.object({
  calls: count,
  inputTokens: count,
  cachedInputTokens: count,
  outputTokens: count,
  /** In US dollars; null when a model in it has no price. */
  costUsd: z.number().nonnegative().nullable(),
});

/** Times are integer milliseconds from the meeting's start. Every text of the minutes names the utterances it rests on. */
export const publicMeeting = z.object({
  meeting: z.object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['meeting', 'interview', 'lecture']),
    /** ISO 639-1, or `und` when nobody spoke. */
    language: z.string(),
    durationMs: ms,
    source: z.enum(['voice', 'file', 'transcript']),
    /** When it took place, UTC, and the IANA time zone in which its dates are meant. */
    heldAt: z.string(),
    timeZone: z.string(),
  }),
  utterances: z.array(
    z.object({
      id: z.string(),
      speaker: z.string(),
      startMs: ms,
      endMs: ms,
      text: z.string(),
      language: z.string(),
      /** 0 to 1; null when nobody measured it. */
      confidence: z.number().nullable(),
      /** Present and true when the times were not in the source. */
      estimated: z.literal(true).optional(),
      words: z.array(z.object({ text: z.string(), startMs: ms, endMs: ms })).optional(),
    }),
  ),
  minutes: z.object({
    title: z.string(),
    kind: z.enum(['meeting', 'interview', 'lecture']),
    /** Language the minutes are written in, ISO 639-1, or `und`. */
    language: z.string(),
    template: z.string(),
    /** What is shown, in order; null for a heading that is the usual one. `items` in custom sections only. */
    sections: z.array(
      z.object({
        part: z.enum([...PARTS, 'custom']),
        heading: z.string().nullable(),
        items: z.array(citedText).optional(),
      }),
    ),
    summary: z.array(citedText),
    keyMoments: z.array(citedText.extend({ startMs: ms })),
    chapters: z.array(citedText.extend({ title: z.string(), startMs: ms, endMs: ms, points: z.array(citedText) })),
    decisions: z.array(citedText),
    actions: z.array(
      citedText.extend({
        owner: z.string().nullable(),
        dueText: z.string().nullable(),
        /** `YYYY-MM-DD`; null when `dueText` names no one day. */
        dueDate: z.string().nullable(),
      }),
    ),
    questions: z.array(
      z.object({
        question: z.string(),
        /** Null when the question was left open; `answerUtteranceIds` is then empty. */
        answer: z.string().nullable(),
        questionUtteranceIds: ids,
        answerUtteranceIds: z.array(z.string()),
        askedBy: z.string(),
        /** Null when the question was left open. */
        answeredBy: z.string().nullable(),
      }),
    ),
    speakers: z.array(z.object({ name: z.string(), spokeMs: ms, points: z.array(citedText) })),
    keywords: z.array(z.string()),
    by: z.object({ provider: z.string(), model: z.string(), usage: usage.optional() }),
    /** Parts that another analyst had to write, and why; empty when everything is from `by`. */
    fallbacks: z.array(z.object({ part: z.enum([...PARTS, 'custom', 'all']), reason: z.string() })),
    /** Claims that were dropped because what they cite does not bear them out. */
    rejected: z.number().int().nonnegative(),
  }),
  /** The transcript in another language, or from spoken to written; absent when none was asked for. */
  rendition: z
    .object({
      kind: z.enum(['translation', 'polish']),
      language: z.string(),
      lines: z.array(citedText),
      /** Utterances without a line. */
      missing: z.array(z.string()),
      by: z.object({ provider: z.string(), model: z.string() }),
    })
    .optional(),
  stats: z.object({
    audioMs: ms,
    speechMs: ms,
    listenMs: z.number().nonnegative(),
    understandMs: z.number().nonnegative(),
    /** Time it took to listen over the length of the audio, so below 1 is faster than real time; 0 without audio. */
    realTimeFactor: z.number().nonnegative(),
    peakRssBytes: z.number().int().nonnegative(),
    suppressed: z.record(z.string(), z.number().int().nonnegative()),
    unheard: z.array(z.object({ startMs: z.number().int(), endMs: z.number().int() })),
    /** Items of the minutes that were dropped because what they cite does not bear them out. */
    rejected: count,
    /** What language models took for this meeting in all. */
    usage,
  }),
});
export type PublicMeeting = z.infer<typeof publicMeeting>;

function idsOf(claim: Cited): UtteranceId[] {
  return [...new Set(claim.citations.flatMap(({ utteranceIds }) => utteranceIds))];
}

function publicClaim(claim: Cited): { text: string; utteranceIds: string[] } {
  return { text: claim.text, utteranceIds: idsOf(claim) };
}

function publicUsage({ calls, inputTokens, cachedInputTokens, outputTokens, costUsd }: Usage): z.infer<typeof usage> {
  return { calls, inputTokens, cachedInputTokens, outputTokens, costUsd };
}

function publicSection(section: MinutesSection): PublicMeeting['minutes']['sections'][number] {
  const { part, heading } = section;
  return section.part === 'custom' ? { part, heading, items: section.items.map(publicClaim) } : { part, heading };
}

function publicRendition({ kind, language, lines, missing, by }: Rendition): PublicMeeting['rendition'] {
  return {
    kind,
    language,
    lines: lines.map(({ text, utteranceIds }) => ({ text, utteranceIds: [...utteranceIds] })),
    missing: [...missing],
    by: { provider: by.provider, model: by.model },
  };
}

/** Everything that is known of a meeting, in the published shape. Names are as `speakerName` gives them. */
export function toJson(
  meeting: Meeting,
  transcript: Transcript,
  minutes: Minutes,
  options: { readonly rendition?: Rendition | null } = {},
): PublicMeeting {
  const { audioMs, speechMs, listenMs, understandMs, peakRssBytes, suppressed, unheard } = meeting.stats;
  const rendition = options.rendition ?? null;
  return {
    meeting: {
      id: meeting.id,
      title: meeting.title ?? minutes.title,
      kind: minutes.kind,
      language: transcript.language,
      durationMs: meeting.durationMs,
      source: meeting.source,
      heldAt: meeting.heldAt,
      timeZone: meeting.timeZone,
    },
    utterances: transcript.utterances.map((utterance) => ({
      id: utterance.id,
      speaker: speakerName(utterance.speaker),
      startMs: utterance.startMs,
      endMs: utterance.endMs,
      text: utterance.text,
      language: utterance.language,
      confidence: utterance.confidence ?? null,
      ...(utterance.estimated === true ? { estimated: true as const } : {}),
      ...(utterance.words === undefined
        ? {}
        : { words: utterance.words.map(({ text, startMs, endMs }) => ({ text, startMs, endMs })) }),
    })),
    minutes: {
      title: minutes.title,
      kind: minutes.kind,
      language: minutes.language,
      template: minutes.template,
      sections: minutes.sections.map(publicSection),
      summary: minutes.summary.map(publicClaim),
      keyMoments: minutes.keyMoments.map((moment) => ({
        ...publicClaim(moment),
        startMs: moment.citations[0].startMs,
      })),
      chapters: minutes.chapters.map((chapter) => {
        const { text, utteranceIds } = publicClaim(chapter);
        const points = chapter.points.map(publicClaim);
        return { title: chapter.title, text, startMs: chapter.startMs, endMs: chapter.endMs, utteranceIds, points };
      }),
      decisions: minutes.decisions.map(publicClaim),
      actions: minutes.actions.map((action) => {
        const { text, utteranceIds } = publicClaim(action);
        return { text, owner: action.owner, dueText: action.dueText, dueDate: action.dueDate, utteranceIds };
      }),
      questions: minutes.questions.map(({ question, askedBy, answer, answeredBy }) => ({
        question: question.text,
        answer: answer?.text ?? null,
        questionUtteranceIds: idsOf(question),
        answerUtteranceIds: answer === null ? [] : idsOf(answer),
        askedBy: speakerName(askedBy),
        answeredBy: answeredBy === null ? null : speakerName(answeredBy),
      })),
      speakers: minutes.speakers.map(({ speaker, spokeMs, points }) => ({
        name: speakerName(speaker),
        spokeMs,
        points: points.map(publicClaim),
      })),
      keywords: [...minutes.keywords],
      by: {
        provider: minutes.by.provider,
        model: minutes.by.model,
        ...(minutes.by.usage === undefined ? {} : { usage: publicUsage(minutes.by.usage) }),
      },
      fallbacks: minutes.fallbacks.map(({ part, reason }) => ({ part, reason })),
      rejected: minutes.rejected,
    },
    ...(rendition === null ? {} : { rendition: publicRendition(rendition) }),
    stats: {
      audioMs,
      speechMs,
      listenMs,
      understandMs,
      realTimeFactor: audioMs > 0 ? listenMs / audioMs : 0,
      peakRssBytes,
      suppressed: { ...suppressed },
      unheard: [...unheard],
      rejected: minutes.rejected,
      usage: publicUsage(meeting.stats.usage),
    },
  };
}
