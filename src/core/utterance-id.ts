import type { MeetingId, Ms, UtteranceId } from './model.ts';

/**
 * The id of what was said from `startMs` (meeting clock) on the meeting's track number `trackIndex`, 0 for imported
 * transcripts. Hearing the same stretch again gives the same id, which is what makes writing it twice harmless.
 */
export function utteranceId(meetingId: MeetingId, trackIndex: number, startMs: Ms): UtteranceId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where such an id is made
  return `${meetingId}-${trackIndex}-${startMs}` as UtteranceId;
}
