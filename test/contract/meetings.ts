import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../src/core/faults.ts';
import type {
  Citation,
  MeetingId,
  Minutes,
  Person,
  Place,
  PostedRef,
  TrackId,
  Utterance,
  UtteranceId,
} from '../../src/core/model.ts';
import type { Meetings, NewMeeting, Next } from '../../src/core/ports.ts';
import { minutesWith } from './minutes.ts';

const ORIGIN: Place = { platform: 'terminal', workspaceId: 'here', channelId: 'desk' };
const ANNA: Person = { platform: 'terminal', id: 'u1', displayName: 'Anna' };
const POSTED: PostedRef = { ...ORIGIN, threadId: 'th', messageId: 'm', permalink: 'terminal:th' };

export const request = (change: Partial<NewMeeting> = {}): NewMeeting => ({
  requestKey: 'request 1',
  origin: ORIGIN,
  requestedBy: ANNA,
  source: 'file',
  title: null,
  language: null,
  wishes: { template: null, language: null },
  heldAt: null,
  timeZone: 'UTC',
  durationMs: 0,
  tracks: [track('one')],
  utterances: [],
  ...change,
});
const track = (name: string, startMs = 0): NewMeeting['tracks'][number] => ({
  speaker: ANNA,
  media: { key: `media/${name}`, mediaType: 'audio/ogg', bytes: 3, sha256: 'ab' },
  startMs,
  durationMs: null,
});
export const listen = (meetingId: MeetingId): Next => ({ name: 'listen', payload: { meetingId } });
const understand = (meetingId: MeetingId): Next => ({ name: 'understand', payload: { meetingId } });
export const said = (trackId: TrackId | null, startMs: number, text = `at ${startMs}`): Utterance => ({
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are plain strings in tests
  id: `${trackId}-${startMs}` as UtteranceId,
  trackId,
  speaker: { kind: 'person', person: ANNA },
  startMs,
  endMs: startMs + 900,
  text,
  language: 'en',
});
const minutesFor = (meetingId: MeetingId, utterance: UtteranceId, title = 'Budget'): Minutes => {
  const citation: Citation = { utteranceIds: [utterance], startMs: 0, endMs: 900 };
  return minutesWith({
    meetingId,
    title,
    summary: [{ text: 'It was about the budget.', citations: [citation] }],
    keywords: ['budget'],
  });
};

export interface MeetingsUnderTest {
  readonly meetings: Meetings;
  /** Jobs put in line so far, in order; only those whose transaction committed. */
  enqueued(): Promise<readonly Next[]>;
  /** From now on, putting a job in line fails. */
  breakQueue(): void;
}

/** What every keeper of meetings promises. `open` gives an empty one. */
export function meetingsContract(open: () => Promise<MeetingsUnderTest>): void {
  let meetings: Meetings;
  let under: MeetingsUnderTest;
  beforeEach(async () => {
    under = await open();
    ({ meetings } = under);
  });
  const create = async (change: Partial<NewMeeting> = {}) => {
    const { meeting } = await meetings.create(request(change), listen);
    const [first, second] = await meetings.tracks(meeting.id);
    if (first === undefined) throw new Error('the meeting has no track');
    return { meeting, id: meeting.id, first, second };
  };

  describe('creating', () => {
    it('keeps everything that was asked for and puts the first job in line', async () => {
      const given = request({
        title: 'Plan',
        language: 'de',
        wishes: { template: 'stand-up', language: 'zh' },
        heldAt: '2026-01-05T09:00:00.000Z',
        timeZone: 'Asia/Shanghai',
        tracks: [track('one'), track('two', 250)],
      });
      const { meeting, created } = await meetings.create(given, listen);
      expect(created).toBe(true);
      expect(meeting.id).toMatch(/^[0-9a-z]{10,12}$/);
      expect(meeting).toMatchObject({ title: 'Plan', language: 'de', origin: ORIGIN, state: { kind: 'listening' } });
      expect(meeting).toMatchObject({
        wishes: given.wishes,
        heldAt: '2026-01-05T09:00:00.000Z',
        timeZone: 'Asia/Shanghai',
      });
      expect(meeting.stats.suppressed).toEqual({ 'no-speech': 0, 'low-confidence': 0, repetition: 0, empty: 0 });
      expect(await meetings.get(meeting.id)).toEqual(meeting);
      expect(await meetings.find('request 1')).toEqual(meeting);
      expect(await meetings.tracks(meeting.id)).toEqual([
        { ...given.tracks[0], id: `${meeting.id}-t0`, meetingId: meeting.id, index: 0, heardMs: 0 },
        { ...given.tracks[1], id: `${meeting.id}-t1`, meetingId: meeting.id, index: 1, heardMs: 0 },
      ]);
      expect(await under.enqueued()).toEqual([listen(meeting.id)]);
    });

    it('gives one meeting for one request, however many ask at once', async () => {
      const made = await Promise.all(Array.from({ length: 6 }, () => meetings.create(request(), listen)));
      expect(new Set(made.map(({ meeting }) => meeting.id)).size).toBe(1);
      expect(made.filter(({ created }) => created)).toHaveLength(1);
      expect(await under.enqueued()).toHaveLength(1);
    });

    it('keeps nothing when the first job cannot be put in line', async () => {
      under.breakQueue();
      await expect(meetings.create(request(), listen)).rejects.toBeInstanceOf(Error);
      expect(await meetings.list(10)).toEqual([]);
    });

    it('names what was said elsewhere, also two utterances that start together, the same way every time', async () => {
      const { id: _, ...utterance } = said(null, 500, 'first');
      const given = [utterance, { ...utterance, text: 'second' }, { ...utterance, startMs: 0, text: 'before' }];
      const { meeting } = await meetings.create(
        request({ source: 'transcript', tracks: [], utterances: given }),
        understand,
      );
      expect(meeting.state).toEqual({ kind: 'understanding' });
      const { utterances } = await meetings.transcript(meeting.id);
      expect(utterances.map(({ id, text }) => [id, text])).toEqual([
        [`${meeting.id}-0-0`, 'before'],
        [`${meeting.id}-0-500`, 'first'],
        [`${meeting.id}-0-500.2`, 'second'],
      ]);
    });

    it('stores text with zero characters and broken surrogates without them', async () => {
      const { id: _, ...utterance } = said(null, 0, 'a\u0000b \ud800 c 数据 😀');
      const { meeting } = await meetings.create(
        request({ title: 'T\u0000', tracks: [], utterances: [utterance] }),
        understand,
      );
      expect(meeting.title).toBe('T');
      expect((await meetings.transcript(meeting.id)).utterances[0]?.text).toBe('ab \ufffd c 数据 😀');
    });

    it('lists the newest first', async () => {
      const ids: MeetingId[] = [];
      for (const key of ['a', 'b', 'c']) ids.unshift((await create({ requestKey: key })).id);
      expect((await meetings.list(2)).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    });

    it('has nothing for what it does not know', async () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are plain strings in tests
      const unknown = 'unknown' as MeetingId;
      expect(await meetings.get(unknown)).toBeNull();
      expect(await meetings.find('unknown')).toBeNull();
      expect(await meetings.minutes(unknown)).toBeNull();
      expect(await meetings.tracks(unknown)).toEqual([]);
      expect(await meetings.transcript(unknown)).toEqual({ meetingId: unknown, language: 'und', utterances: [] });
      expect(await meetings.advance(unknown, 'listening', { kind: 'understanding' }, {})).toBe('already-moved');
      expect(await meetings.erase(unknown)).toBe(false);
    });
  });

  describe('listening', () => {
    it('reads back every field of an utterance, ordered by start', async () => {
      const { id, first } = await create();
      const full: Utterance = {
        ...said(first.id, 2000),
        words: [{ text: 'at', startMs: 2000, endMs: 2100 }],
        confidence: 0.25,
        estimated: true,
        language: 'zh',
      };
      const voice: Utterance = {
        ...said(first.id, 1000, 'longer than the other'),
        speaker: { kind: 'voice', label: 'B' },
      };
      await meetings.heard(first.id, { utterances: [full, voice], heardMs: 3000 });
      expect(await meetings.transcript(id)).toEqual({ meetingId: id, language: 'en', utterances: [voice, full] });
    });

    it('takes a batch twice as once, and never moves the watermark back', async () => {
      const { id, first } = await create();
      const early = { utterances: [said(first.id, 0)], heardMs: 1000 };
      await meetings.heard(first.id, early);
      await meetings.heard(first.id, { utterances: [said(first.id, 1000)], heardMs: 2000, durationMs: 2500 });
      await meetings.heard(first.id, { ...early, utterances: [said(first.id, 0, 'changed')] });
      expect((await meetings.tracks(id))[0]).toMatchObject({ heardMs: 2000, durationMs: 2500 });
      expect((await meetings.transcript(id)).utterances.map(({ text }) => text)).toEqual(['at 0', 'at 1000']);
    });

    it('counts the longest track, from where it starts, as the length of the meeting', async () => {
      const { id, first, second } = await create({ tracks: [track('one'), track('two', 500)] });
      if (second === undefined) throw new Error('the meeting has one track');
      await meetings.heard(first.id, { utterances: [], heardMs: 2000, durationMs: 2000 });
      await meetings.heard(second.id, { utterances: [], heardMs: 1900, durationMs: 1900 });
      expect((await meetings.get(id))?.durationMs).toBe(2400);
    });

    it('adds nothing once the meeting has moved on', async () => {
      const { id, first } = await create();
      await meetings.advance(id, 'listening', { kind: 'understanding' }, {});
      await meetings.heard(first.id, { utterances: [said(first.id, 0)], heardMs: 1000 });
      expect((await meetings.transcript(id)).utterances).toEqual([]);
      expect((await meetings.tracks(id))[0]?.heardMs).toBe(0);
    });

    it('keeps neither utterances nor watermark when one of them cannot be kept', async () => {
      const { id, first } = await create();
      const broken = { ...said(first.id, 1000), startMs: Number.NaN };
      await expect(
        meetings.heard(first.id, { utterances: [said(first.id, 0), broken], heardMs: 2000 }),
      ).rejects.toBeInstanceOf(Error);
      expect((await meetings.transcript(id)).utterances).toEqual([]);
      expect((await meetings.tracks(id))[0]?.heardMs).toBe(0);
    });

    it('says that the meeting is gone when its track is', async () => {
      const { id, first } = await create();
      await meetings.erase(id);
      const late = meetings.heard(first.id, { utterances: [], heardMs: 1 });
      await expect(late).rejects.toMatchObject({ name: Fault.name, kind: 'not-found' });
    });

    it('takes thousands of utterances at once', async () => {
      const { id, first } = await create();
      const many = Array.from({ length: 3000 }, (_, index) => said(first.id, index * 1000));
      await meetings.heard(first.id, { utterances: many, heardMs: 3_000_000 });
      expect((await meetings.transcript(id)).utterances).toHaveLength(3000);
    });

    it('adds up times and raises totals and peaks, also from two at once', async () => {
      const { id } = await create();
      await meetings.measured(id, { segments: 2, listenMs: 100, peakRssBytes: 5e9, audioMs: 70 });
      await Promise.all([
        meetings.measured(id, { segments: 3, listenMs: 10, peakRssBytes: 10, audioMs: 90 }),
        meetings.measured(id, { understandMs: 7 }),
      ]);
      expect((await meetings.get(id))?.stats).toMatchObject({
        segments: 3,
        listenMs: 110,
        understandMs: 7,
        peakRssBytes: 5e9,
        audioMs: 90,
      });
    });

    it('counts a segment without words once, with its watermark, however often it is given', async () => {
      const { id, first } = await create();
      for (let time = 0; time < 2; time++) {
        await meetings.heard(first.id, { utterances: [], heardMs: 1_000, missed: 'repetition' });
        await meetings.heard(first.id, { utterances: [], heardMs: 2_000, missed: { startMs: 1_200, endMs: 2_000 } });
      }
      expect((await meetings.get(id))?.stats).toMatchObject({
        suppressed: { 'no-speech': 0, 'low-confidence': 0, repetition: 1, empty: 0 },
        unheard: [{ startMs: 1_200, endMs: 2_000 }],
      });
    });
  });

  describe('moving on', () => {
    it('changes the state, the minutes and the line together', async () => {
      const { id, first } = await create();
      await meetings.heard(first.id, { utterances: [said(first.id, 0)], heardMs: 900 });
      await meetings.advance(id, 'listening', { kind: 'understanding' }, { durationMs: 900, next: understand(id) });
      const minutes = minutesFor(id, said(first.id, 0).id);
      const moved = await meetings.advance(id, 'understanding', { kind: 'posting' }, { minutes });
      expect(moved).toMatchObject({ title: 'Budget', durationMs: 900, state: { kind: 'posting' } });
      expect(await meetings.minutes(id)).toEqual(minutes);
      await meetings.advance(id, 'posting', { kind: 'posted', at: POSTED }, {});
      expect((await meetings.get(id))?.state).toEqual({ kind: 'posted', at: POSTED });
      expect(await under.enqueued()).toEqual([listen(id), understand(id)]);
    });

    it("leaves the requester's own title alone", async () => {
      const { id } = await create({ title: 'Mine' });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are plain strings in tests
      const minutes = minutesFor(id, 'u' as UtteranceId);
      const moved = await meetings.advance(id, 'listening', { kind: 'understanding' }, { minutes });
      expect(moved).toMatchObject({ title: 'Mine' });
    });

    it('lets one of many movers through and puts one job in line', async () => {
      const { id } = await create();
      const moves = await Promise.all(
        Array.from({ length: 5 }, () =>
          meetings.advance(id, 'listening', { kind: 'understanding' }, { next: understand(id) }),
        ),
      );
      expect(moves.filter((move) => move !== 'already-moved')).toHaveLength(1);
      expect(await under.enqueued()).toEqual([listen(id), understand(id)]);
    });

    it('moves nothing when the next job cannot be put in line', async () => {
      const { id } = await create();
      under.breakQueue();
      const move = meetings.advance(id, 'listening', { kind: 'understanding' }, { next: understand(id) });
      await expect(move).rejects.toBeInstanceOf(Error);
      expect((await meetings.get(id))?.state).toEqual({ kind: 'listening' });
    });
  });

  describe('holding', () => {
    it('gives a meeting to one holder at a time, and to the next once released', async () => {
      const { id } = await create();
      const holds = await Promise.all([meetings.hold(id), meetings.hold(id), meetings.hold(id)]);
      const [held, ...others] = holds.filter((hold) => hold !== null);
      expect(others).toEqual([]);
      expect(await meetings.hold(id)).toBeNull();
      await held?.release();
      await held?.release();
      const again = await meetings.hold(id);
      expect(again).not.toBeNull();
      await again?.release();
    });

    it('holds each meeting on its own', async () => {
      const [a, b] = [await create({ requestKey: 'a' }), await create({ requestKey: 'b' })];
      const holds = [await meetings.hold(a.id), await meetings.hold(b.id)];
      expect(holds).not.toContain(null);
      for (const hold of holds) await hold?.release();
    });
  });

  describe('erasing', () => {
    it('leaves nothing of the meeting and everything of the others', async () => {
      const [a, b] = [await create({ requestKey: 'a' }), await create({ requestKey: 'b' })];
      for (const { id, first } of [a, b]) {
        await meetings.heard(first.id, { utterances: [said(first.id, 0)], heardMs: 900 });
        const minutes = minutesFor(id, said(first.id, 0).id);
        await meetings.advance(id, 'listening', { kind: 'understanding' }, { minutes });
      }
      expect(await meetings.erase(a.id)).toBe(true);
      expect(await meetings.erase(a.id)).toBe(false);
      expect(await meetings.get(a.id)).toBeNull();
      expect(await meetings.find('a')).toBeNull();
      expect(await meetings.minutes(a.id)).toBeNull();
      expect((await meetings.transcript(a.id)).utterances).toEqual([]);
      expect((await meetings.transcript(b.id)).utterances).toHaveLength(1);
      expect(await meetings.minutes(b.id)).not.toBeNull();
    });

    it('names the media that no other meeting uses, each once', async () => {
      const a = await create({ requestKey: 'a', tracks: [track('one'), track('shared'), track('one')] });
      await create({ requestKey: 'b', tracks: [track('shared')] });
      expect((await meetings.ownMedia(a.id)).map(({ key }) => key)).toEqual(['media/one']);
      await meetings.erase(a.id);
      expect(await meetings.ownMedia(a.id)).toEqual([]);
    });
  });
}
