import { describe, expect, it } from 'vitest';
import type { MeetingId, Person, Place, Transcript, Utterance, UtteranceId } from '../../src/core/model.ts';
import type { ChatPlatform, Post } from '../../src/core/ports.ts';
import { meetingWith, minutesWith } from './minutes.ts';

export interface PlatformUnderTest {
  readonly platform: ChatPlatform;
  /** Somewhere it can post, and somebody who may read there. */
  readonly place: Place;
  readonly reader: Person;
  /** How many messages stand where the reference points. */
  readonly messagesAt: (ref: Awaited<ReturnType<ChatPlatform['post']>>) => Promise<number>;
}

/** A small finished meeting to post, made there. */
function samplePost(origin: Place, by: Person): Post {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- brands
  const [meetingId, utteranceId] = ['sample', 'sample-0-1000'] as [string, string] as [MeetingId, UtteranceId];
  const said: Utterance = {
    id: utteranceId,
    trackId: null,
    speaker: { kind: 'person', person: by },
    startMs: 1_000,
    endMs: 3_000,
    text: 'We launch on Friday.',
    language: 'en',
  };
  const meeting = meetingWith({ id: meetingId, origin, requestedBy: by, durationMs: 4_000 });
  const claim = {
    text: said.text,
    citations: [{ utteranceIds: [utteranceId], startMs: 1_000, endMs: 3_000 }],
  } as const;
  const minutes = minutesWith({
    meetingId,
    summary: [claim],
    chapters: [{ ...claim, title: 'Launch', points: [], startMs: 0, endMs: 4_000 }],
    decisions: [claim],
    keywords: ['Friday'],
  });
  const transcript: Transcript = { meetingId, language: 'en', utterances: [said] };
  return { kind: 'minutes', meeting, minutes, transcript };
}

/** What every chat platform must do, whatever it renders. `make` gives a fresh one each time. */
export function chatPlatformContract(make: () => Promise<PlatformUnderTest>): void {
  describe('as a chat platform', () => {
    const signal = AbortSignal.timeout(60_000);

    it('posts nothing twice: the same key gives the same reference and leaves what is there', async () => {
      const { platform, place, reader, messagesAt } = await make();
      const post = samplePost(place, reader);
      const first = await platform.post(place, post, { idempotencyKey: 'key', signal });
      const messages = await messagesAt(first);
      expect(messages).toBeGreaterThan(0);
      expect(await platform.post(place, post, { idempotencyKey: 'key', signal })).toEqual(first);
      expect(await messagesAt(first)).toBe(messages);
    });

    it('posts nothing twice even when both tries run at once', async () => {
      const { platform, place, reader, messagesAt } = await make();
      const post = samplePost(place, reader);
      const once = await platform.post(place, post, { idempotencyKey: 'one', signal });
      const expected = await messagesAt(once);
      await platform.unpost(once, signal);
      const [left, right] = await Promise.all([
        platform.post(place, post, { idempotencyKey: 'two', signal }),
        platform.post(place, post, { idempotencyKey: 'two', signal }),
      ]);
      expect(left).toEqual(right);
      expect(await messagesAt(left)).toBe(expected);
    });

    it('takes back what it posted, and taking it back again is harmless', async () => {
      const { platform, place, reader, messagesAt } = await make();
      const ref = await platform.post(place, samplePost(place, reader), { idempotencyKey: 'key', signal });
      await platform.unpost(ref, signal);
      expect(await messagesAt(ref)).toBe(0);
      await platform.unpost(ref, signal);
    });

    it('does not post once it was told to stop', async () => {
      const { platform, place, reader } = await make();
      const stopped = AbortSignal.abort(new Error('stopped'));
      await expect(
        platform.post(place, samplePost(place, reader), { idempotencyKey: 'key', signal: stopped }),
      ).rejects.toThrow('stopped');
    });

    it('lets its reader read, and nobody it does not know', async () => {
      const { platform, place, reader } = await make();
      expect(await platform.may(reader, 'read', place)).toBe(true);
      expect(await platform.may({ ...reader, platform: 'somewhere-else' }, 'read', place)).toBe(false);
    });
  });
}
