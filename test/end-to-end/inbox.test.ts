import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { Fault } from '../../src/core/faults.ts';
import { createInbox, type Inbox, type RecordingRequest } from '../../src/core/inbox.ts';
import type { MeetingId, Person, Place } from '../../src/core/model.ts';
import { createPipeline } from '../../src/core/pipeline.ts';
import type { ChatPlatform, Embeddings, Jobs, Meetings, Transcriber } from '../../src/core/ports.ts';
import { createExtractive } from '../../src/core/understand/extractive/extractive.ts';
import { createTerminal } from '../../src/platforms/terminal/index.ts';
import { STANDARD_TEMPLATES } from '../../src/core/understand/standard-template.ts';
import { createFfmpeg } from '../../src/providers/media/ffmpeg.ts';
import { createSilero } from '../../src/providers/speech/silero.ts';
import { createDiskMedia } from '../../src/storage/disk-media.ts';
import { createJobs } from '../../src/storage/jobs.ts';
import { createPassageIndex } from '../../src/storage/passage-index.ts';
import { createMeetings } from '../../src/storage/meetings.ts';
import { createRenditions } from '../../src/storage/renditions.ts';
import { createSearch } from '../../src/storage/search.ts';
import { createThreads } from '../../src/storage/threads.ts';
import { silent, temporaryDir, temporaryServer } from '../contract/temporary-database.ts';

const OPERATOR: Person = { platform: 'terminal', id: 'operator', displayName: 'Operator' };
const HERE: Place = { platform: 'terminal', workspaceId: 'local', channelId: 'local' };
const ANNA: Person = { platform: 'chat', id: 'anna', displayName: 'Anna' };
const EVE: Person = { platform: 'chat', id: 'eve', displayName: 'Eve' };
const PRIVATE: Place = { platform: 'chat', workspaceId: 'w', channelId: 'private' };
const never = AbortSignal.timeout(600_000);

/** A platform with one private channel that only Anna is in; it can be told to refuse posts. */
function privateChat(): {
  readonly platform: ChatPlatform;
  readonly refuse: (fault: Fault | null) => void;
  readonly posted: string[];
} {
  const posted: string[] = [];
  let refusal: Fault | null = null;
  return {
    posted,
    refuse: (fault) => (refusal = fault),
    platform: {
      name: 'chat',
      post(to, _post, { idempotencyKey }) {
        if (refusal !== null) return Promise.reject(refusal);
        posted.push(idempotencyKey);
        return Promise.resolve({ ...to, threadId: 't', messageId: idempotencyKey, permalink: 'chat:1' });
      },
      unpost: () => Promise.resolve(),
      may: (person, _, place) => Promise.resolve(person.id === 'anna' && place.platform === 'chat'),
    },
  };
}

/** Hears what it is told to, in order, or fails; the sound itself is real. */
function scriptedTranscriber(hear: () => Promise<string>): Transcriber {
  return {
    name: 'scripted/one',
    maxSegmentMs: 11_500,
    concurrency: 1,
    transcribe: async () => ({ text: await hear(), language: 'en', confidence: 0.9 }),
    close: () => Promise.resolve(),
  };
}

const server = temporaryServer();
const noEmbeddings: Embeddings = {
  name: 'none',
  dimensions: 0,
  covers: () => false,
  of: (_, texts) => Promise.resolve(texts.map(() => new Float32Array())),
};
let detector: Awaited<ReturnType<typeof createSilero>>;
beforeAll(async () => {
  detector = await createSilero();
});

let closing: () => Promise<void>;
afterEach(() => closing());

let inbox: Inbox;
let meetings: Meetings;
let jobs: Jobs;
let chat: ReturnType<typeof privateChat>;
let hear: () => Promise<string>;
let pipeline: ReturnType<typeof createPipeline>;
beforeEach(async () => {
  const database = await server.fresh();
  const stored = await createJobs(database, { log: silent, clock: systemClock });
  closing = async () => {
    await stored.close();
    await database.close();
  };
  jobs = stored;
  meetings = createMeetings(database, { enqueue: stored.enqueueWithin, clock: systemClock });
  const media = createDiskMedia(join(await temporaryDir(), 'media'));
  const decoder = createFfmpeg({});
  const analyst = createExtractive({ clock: systemClock, embeddings: null, dates: null, log: silent });
  chat = privateChat();
  const platforms = [createTerminal({ threads: createThreads(database) }), chat.platform];
  hear = () => Promise.resolve('We decided to launch on the sixteenth of March.');
  const transcriber = scriptedTranscriber(() => hear());
  pipeline = createPipeline({
    meetings,
    media,
    decoder,
    ears: () => Promise.resolve({ detector, transcriber }),
    analyst,
    templates: { all: [], byKind: STANDARD_TEMPLATES, named: () => null },
    meaning: { heard: () => Promise.resolve(), index: () => Promise.resolve() },
    platforms,
    clock: systemClock,
    log: silent,
    residentBytes: () => process.memoryUsage.rss(),
  });
  inbox = createInbox({
    meetings,
    media,
    decoder,
    jobs,
    search: createSearch(database),
    passages: createPassageIndex(database),
    embeddings: noEmbeddings,
    renditions: createRenditions(database),
    rewriter: null,
    analyst,
    platforms,
    log: silent,
  });
});

function clip(change: Partial<RecordingRequest> = {}): RecordingRequest {
  return {
    key: 'clip',
    origin: PRIVATE,
    by: ANNA,
    title: null,
    language: null,
    wishes: { template: null, language: null },
    heldAt: null,
    timeZone: 'UTC',
    tracks: [{ speaker: ANNA, mediaType: 'audio/ogg', open: () => createReadStream('demo/clip.ogg') }],
    ...change,
  };
}

/** Works until the meeting rests in a final state. */
async function workOff(id: MeetingId, rest: readonly string[] = ['posted', 'failed']): Promise<string> {
  const worker = await jobs.work(pipeline.handlers, {
    platforms: ['terminal', 'chat'],
    only: id,
    failed: pipeline.failed,
  });
  try {
    for (;;) {
      const state = (await inbox.progress(id))?.meeting.state.kind ?? 'gone';
      if (rest.includes(state)) return state;
      await systemClock.sleep(50);
    }
  } finally {
    await worker.stop();
  }
}

describe('nobody reads what they may not', () => {
  it('a meeting from a private channel is absent for everybody the platform does not let in, in every way of reading', async () => {
    const { meeting } = await inbox.transcribe(clip(), never);
    expect(await workOff(meeting.id)).toBe('posted');
    expect((await inbox.show(meeting.id, ANNA))?.transcript.utterances.length).toBeGreaterThan(0);
    expect(await inbox.find('launch', ANNA, { meetingId: null, limit: 5 })).not.toEqual([]);
    expect((await inbox.ask('When do we launch?', ANNA, { meetingId: null }, never)).kind).toBe('answered');

    expect(await inbox.show(meeting.id, EVE)).toBeNull();
    expect(await inbox.list(EVE, 10)).toEqual([]);
    expect(await inbox.find('launch', EVE, { meetingId: null, limit: 5 })).toEqual([]);
    expect(await inbox.find('launch', EVE, { meetingId: meeting.id, limit: 5 })).toEqual([]);
    expect((await inbox.ask('When do we launch?', EVE, { meetingId: meeting.id }, never)).kind).toBe('not-said');
    expect(await inbox.forget(meeting.id, EVE)).toBe(false);
    expect(await inbox.show(meeting.id, ANNA)).not.toBeNull();
  });

  it('a person of one platform reads nothing of another', async () => {
    const { meeting } = await inbox.transcribe(clip({ origin: HERE, by: OPERATOR }), never);
    expect(await inbox.show(meeting.id, ANNA)).toBeNull();
    expect(await inbox.show(meeting.id, OPERATOR)).not.toBeNull();
  });
});

describe('a recording that cannot be used', () => {
  it('leaves no meeting and no media behind', async () => {
    const broken = clip({
      tracks: [
        ...clip().tracks,
        { speaker: EVE, mediaType: 'audio/ogg', open: () => createReadStream('package.json') },
      ],
    });
    await expect(inbox.transcribe(broken, never)).rejects.toMatchObject({ kind: 'bad-input' });
    expect(await meetings.list(10)).toEqual([]);
    expect(await meetings.find('clip')).toBeNull();
  });
});

describe('the same request', () => {
  it('is the same meeting, however often it is made', async () => {
    const first = await inbox.transcribe(clip(), never);
    const second = await inbox.transcribe(clip(), never);
    expect(second).toMatchObject({ created: false, meeting: { id: first.meeting.id } });
    expect(await meetings.list(10)).toHaveLength(1);
  });
});

describe('a stage that fails', () => {
  it('for good says why, keeps what was heard, and goes on from there when asked', async () => {
    chat.refuse(new Fault('chat', 'forbidden', 'Earshot may not write in this channel. Invite it.'));
    const { meeting } = await inbox.transcribe(clip(), never);
    expect(await workOff(meeting.id)).toBe('failed');
    expect((await meetings.get(meeting.id))?.state).toMatchObject({
      kind: 'failed',
      resumeFrom: 'post',
      fault: { message: 'Earshot may not write in this channel. Invite it.' },
    });
    const heard = (await meetings.transcript(meeting.id)).utterances;
    expect(heard.length).toBeGreaterThan(0);

    hear = () => Promise.reject(new Error('nothing is heard twice'));
    chat.refuse(null);
    await inbox.resume(meeting.id);
    expect(await workOff(meeting.id)).toBe('posted');
    expect(chat.posted).toEqual([`${meeting.id}:minutes`]);
    expect((await meetings.transcript(meeting.id)).utterances).toEqual(heard);
  });

  it('because a key is refused is not tried again', async () => {
    let calls = 0;
    hear = () => {
      calls += 1;
      return Promise.reject(new Fault('openai', 'unauthorized', 'The key was refused. Check OPENAI_API_KEY.'));
    };
    const { meeting } = await inbox.transcribe(clip(), never);
    expect(await workOff(meeting.id)).toBe('failed');
    expect(calls).toBe(1);
  });
});

describe('forgetting', () => {
  it('deletes recording, transcript, minutes and thread, and the same request afterwards starts anew', async () => {
    const { meeting } = await inbox.transcribe(clip({ origin: HERE, by: OPERATOR }), never);
    await workOff(meeting.id);
    expect(await inbox.forget(meeting.id, OPERATOR)).toBe(true);
    expect(await workOff(meeting.id, ['gone'])).toBe('gone');
    expect(await inbox.find('launch', OPERATOR, { meetingId: null, limit: 5 })).toEqual([]);
    const again = await inbox.transcribe(clip({ origin: HERE, by: OPERATOR }), never);
    expect(again.created).toBe(true);
  });

  it('works on a meeting that is still being listened to', async () => {
    const { meeting } = await inbox.transcribe(clip(), never);
    expect(await inbox.forget(meeting.id, ANNA)).toBe(true);
    expect(await workOff(meeting.id, ['gone'])).toBe('gone');
  });
});

describe('paused and resumed', () => {
  it('a meeting rests while paused and goes on when resumed', async () => {
    const { meeting } = await inbox.transcribe(clip(), never);
    await inbox.pause(meeting.id);
    await inbox.resume(meeting.id);
    await inbox.resume(meeting.id);
    expect(await workOff(meeting.id)).toBe('posted');
    expect(chat.posted).toHaveLength(1);
  });
});
