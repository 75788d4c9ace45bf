import type { Extent } from '../core/export/document.ts';
import type { Meeting, MeetingId } from '../core/model.ts';
import { Fault } from '../core/faults.ts';
import { formatClock, formatDuration } from '../core/time.ts';
import type { Earshot } from '../main.ts';
import { plain } from '../platforms/terminal/plain.ts';
import { answerText, printedClaims } from './answer-text.ts';
import { type Console, quoted } from './console.ts';
import { followToOblivion } from './follow.ts';
import { OPERATOR } from './operator.ts';
import { checkWritable, type Format, outputPath } from './output.ts';
import { writeResult } from './transcribe.ts';

export function noSuchMeeting(id: MeetingId): Fault {
  return new Fault('inbox', 'not-found', `There is no meeting ${quoted(id)}. "earshot meetings" lists them.`);
}

export async function listMeetings(
  earshot: Earshot,
  options: { readonly limit: number; readonly json: boolean },
  console: Console,
): Promise<void> {
  const meetings = await earshot.inbox.list(OPERATOR, options.limit);
  const rows = await Promise.all(
    meetings.map(async (meeting) => ({ meeting, title: await titleOf(earshot, meeting) })),
  );
  if (options.json) {
    const listed = rows.map(({ meeting, title }) => ({
      id: meeting.id,
      title,
      source: meeting.source,
      state: meeting.state.kind,
      durationMs: meeting.durationMs,
      createdAt: meeting.createdAt,
      heldAt: meeting.heldAt,
    }));
    console.out(`${JSON.stringify(listed, null, 2)}\n`);
    return;
  }
  if (rows.length === 0) console.out('No meetings yet. Make one with: earshot transcribe FILE\n');
  for (const { meeting, title } of rows) {
    console.out(
      `${meeting.id}  ${heldAt(meeting)}  ${meeting.state.kind.padEnd(13)}  ${formatDuration(meeting.durationMs).padEnd(12)}  ${plain(title ?? '(no title yet)')}\n`,
    );
    if (meeting.state.kind === 'failed') console.out(`    ${plain(meeting.state.fault.message)}\n`);
  }
}

/** Day and time where it took place, as `2026-03-05 14:00`; in UTC when its time zone is none that is known here. */
function heldAt(meeting: Meeting): string {
  const known = Intl.supportedValuesOf('timeZone').includes(meeting.timeZone);
  const timeZone = known ? meeting.timeZone : 'UTC';
  // Swedish writes dates as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone });
  return format.format(new Date(meeting.heldAt));
}

async function titleOf(earshot: Earshot, meeting: Meeting): Promise<string | null> {
  return (await earshot.inbox.show(meeting.id, OPERATOR))?.minutes?.title ?? meeting.title;
}

export async function showMeeting(
  earshot: Earshot,
  id: MeetingId,
  options: { readonly format: Format; readonly extent: Extent; readonly out: string | null },
  console: Console,
): Promise<void> {
  const full = await earshot.inbox.show(id, OPERATOR);
  if (full === null) throw noSuchMeeting(id);
  if (full.meeting.state.kind !== 'posted' && full.minutes === null) {
    const why =
      full.meeting.state.kind === 'failed'
        ? `it failed (${full.meeting.state.fault.message})`
        : `it is still ${full.meeting.state.kind}`;
    throw new Fault(
      'inbox',
      'not-found',
      `Meeting ${id} has no thread yet: ${why}. Run the command that started it again.`,
    );
  }
  const path =
    options.out === null ? null : await outputPath(options.out, { name: id, several: false }, options.format);
  if (path !== null) await checkWritable(path);
  await writeResult(earshot, id, options, path, false, console);
}

export async function searchMeetings(
  earshot: Earshot,
  words: string,
  options: { readonly meetingId: MeetingId | null; readonly limit: number; readonly json: boolean },
  console: Console,
): Promise<void> {
  if (options.meetingId !== null && (await earshot.inbox.show(options.meetingId, OPERATOR)) === null)
    throw noSuchMeeting(options.meetingId);
  const hits = await earshot.inbox.find(words, OPERATOR, options);
  if (options.json) console.out(`${JSON.stringify(hits, null, 2)}\n`);
  else if (hits.length === 0) console.out('Nothing found. Every word has to occur; try fewer words.\n');
  else for (const hit of hits) console.out(`${hit.meetingId} [${formatClock(hit.startMs)}] ${plain(hit.text)}\n`);
}

export async function askMeetings(
  earshot: Earshot,
  question: string,
  options: { readonly meetingId: MeetingId | null; readonly json: boolean },
  console: Console,
): Promise<void> {
  if (options.meetingId !== null && (await earshot.inbox.show(options.meetingId, OPERATOR)) === null)
    throw noSuchMeeting(options.meetingId);
  const answer = await earshot.inbox.ask(question, OPERATOR, options, console.signal);
  const cited = answer.kind === 'not-said' ? [] : [...new Set(answer.claims.map((claim) => claim.meetingId))];
  const transcripts = (await Promise.all(cited.map((id) => earshot.inbox.show(id, OPERATOR)))).flatMap((full) =>
    full === null ? [] : [full.transcript],
  );
  if (options.json) {
    const claims = printedClaims(answer, transcripts);
    const by = { provider: answer.by.provider, model: answer.by.model };
    const { kind, fallback } = answer;
    console.out(`${JSON.stringify({ kind, claims, by, ...(fallback === undefined ? {} : { fallback }) }, null, 2)}\n`);
  } else {
    console.out(answerText(answer, transcripts, options));
  }
}

export async function forgetMeeting(
  earshot: Earshot,
  id: MeetingId,
  options: { readonly json: boolean },
  console: Console,
): Promise<void> {
  if (!(await earshot.inbox.forget(id, OPERATOR))) throw noSuchMeeting(id);
  await followToOblivion(earshot, id, console);
  await earshot.dropThreadFolder(id);
  if (options.json) console.out(`${JSON.stringify({ meetingId: id, forgotten: true })}\n`);
  else console.out(`Forgotten: the recording, what was said, the minutes and the thread of ${id}.\n`);
}
