/** The public shape of a meeting. Fields are only ever added; readers should let unknown ones pass. */
import * as z from 'zod';
import type { Cited, Meeting, Minutes, Transcript, UtteranceId } from '../model.ts';
import { speakerName } from '../speaker.ts';

const ms = z.number().int().nonnegative();
const ids = z.array(z.string()).min(1);
const citedText = z.object({ text: z.string(), utteranceIds: ids });

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
    summary: z.array(citedText),
    chapters: z.array(citedText.extend({ title: z.string(), startMs: ms, endMs: ms })),
    decisions: z.array(citedText),
    actions: z.array(citedText.extend({ owner: z.string().nullable(), dueText: z.string().nullable() })),
    questions: z.array(
      z.object({
        question: z.string(),
        /** Null when the question was left open; `answerUtteranceIds` is then empty. */
        answer: z.string().nullable(),
        questionUtteranceIds: ids,
        answerUtteranceIds: z.array(z.string()),
      }),
    ),
    speakers: z.array(z.object({ name: z.string(), spokeMs: ms, points: z.array(citedText) })),
    keywords: z.array(z.string()),
    by: z.object({ provider: z.string(), model: z.string() }),
    /** Claims that were dropped because what they cite does not bear them out. */
    rejected: z.number().int().nonnegative(),
  }),
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
  }),
});
export type PublicMeeting = z.infer<typeof publicMeeting>;

function idsOf(claim: Cited): UtteranceId[] {
  return [...new Set(claim.citations.flatMap(({ utteranceIds }) => utteranceIds))];
}

function publicClaim(claim: Cited): { text: string; utteranceIds: string[] } {
  return { text: claim.text, utteranceIds: idsOf(claim) };
}

export function toJson(meeting: Meeting, transcript: Transcript, minutes: Minutes): PublicMeeting {
  const { audioMs, speechMs, listenMs, understandMs, peakRssBytes, suppressed, unheard } = meeting.stats;
  return {
    meeting: {
      id: meeting.id,
      title: meeting.title ?? minutes.title,
      kind: minutes.kind,
      language: transcript.language,
      durationMs: meeting.durationMs,
      source: meeting.source,
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
      summary: minutes.summary.map(publicClaim),
      chapters: minutes.chapters.map((chapter) => {
        const { text, utteranceIds } = publicClaim(chapter);
        return { title: chapter.title, text, startMs: chapter.startMs, endMs: chapter.endMs, utteranceIds };
      }),
      decisions: minutes.decisions.map(publicClaim),
      actions: minutes.actions.map((action) => {
        const { text, utteranceIds } = publicClaim(action);
        return { text, owner: action.owner, dueText: action.dueText, utteranceIds };
      }),
      questions: minutes.questions.map(({ question, answer }) => ({
        question: question.text,
        answer: answer?.text ?? null,
        questionUtteranceIds: idsOf(question),
        answerUtteranceIds: answer === null ? [] : idsOf(answer),
      })),
      speakers: minutes.speakers.map(({ speaker, spokeMs, points }) => ({
        name: speakerName(speaker),
        spokeMs,
        points: points.map(publicClaim),
      })),
      keywords: [...minutes.keywords],
      by: { provider: minutes.by.provider, model: minutes.by.model },
      rejected: minutes.rejected,
    },
    stats: {
      audioMs,
      speechMs,
      listenMs,
      understandMs,
      realTimeFactor: audioMs > 0 ? listenMs / audioMs : 0,
      peakRssBytes,
      suppressed: { ...suppressed },
      unheard: [...unheard],
    },
  };
}
