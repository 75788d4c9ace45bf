/** Answers for the person at the terminal, and for programs: who said what, and when. */
import type { Answer, MeetingId, Ms, Transcript, UtteranceId } from '../core/model.ts';
import { speakerName } from '../core/speaker.ts';
import { formatClock } from '../core/time.ts';
import { plain } from '../platforms/terminal/plain.ts';

/** One claim of `ask --json`. */
interface PrintedClaim {
  readonly text: string;
  readonly meetingId: MeetingId;
  readonly utteranceIds: readonly UtteranceId[];
  /** Of whom it rests on, in the order cited, joined by commas; null when none of it is in the transcripts given. */
  readonly speaker: string | null;
  readonly startMs: Ms;
}

/** `transcripts`: of the meetings that the claims rest on; others are ignored. */
export function printedClaims(answer: Answer, transcripts: readonly Transcript[]): readonly PrintedClaim[] {
  if (answer.kind === 'not-said') return [];
  return answer.claims.map(({ text, meetingId, citations }) => {
    const utteranceIds = citations.flatMap((citation) => citation.utteranceIds);
    const said = transcripts.find((transcript) => transcript.meetingId === meetingId)?.utterances ?? [];
    const names = utteranceIds.flatMap((id) => {
      const utterance = said.find((other) => other.id === id);
      return utterance === undefined ? [] : [speakerName(utterance.speaker)];
    });
    const speaker = names.length === 0 ? null : [...new Set(names)].join(', ');
    return { text, meetingId, utteranceIds, speaker, startMs: citations[0].startMs };
  });
}

/**
 * Lines for the terminal, ended. A quotation stands behind its speaker's name; what a model wrote is nobody's words,
 * so the name stands behind it, with the time. `meetingId` null: all meetings were asked, and each claim names its own.
 */
export function answerText(
  answer: Answer,
  transcripts: readonly Transcript[],
  { meetingId }: { readonly meetingId: MeetingId | null },
): string {
  const isQuoted = answer.by.promptVersion === undefined;
  const lines = printedClaims(answer, transcripts).map((claim) => {
    const where = meetingId === null ? `${claim.meetingId} ` : '';
    const at = `${where}${formatClock(claim.startMs)}`;
    const name = claim.speaker === null ? null : plain(claim.speaker);
    if (!isQuoted) return `• ${plain(claim.text)} [${name === null ? '' : `${name}, `}${at}]`;
    return `• ${name === null ? '' : `${name}: `}“${plain(claim.text)}” [${at}]`;
  });
  if (lines.length === 0) lines.push(`Not said in ${meetingId === null ? 'any meeting here' : 'this meeting'}.`);
  if (answer.fallback !== undefined)
    lines.push(`(The language model failed: ${plain(answer.fallback)}. This is the built-in analyst's answer.)`);
  return `${lines.join('\n')}\n`;
}
