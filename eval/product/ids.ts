import type { MeetingId, TrackId } from '../../src/core/model.ts';

/** What is evaluated never reaches a store, so that one meeting's name does for all. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where such an id is made
export const EVALUATED_MEETING = 'eval' as MeetingId;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place where such an id is made
export const evaluatedTrack = (index: number): TrackId => `eval-${index}` as TrackId;
