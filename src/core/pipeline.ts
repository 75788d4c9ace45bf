import { checkMinutes } from './cite.ts';
import { listen } from './listen.ts';
import { languageSoFar } from './listening/evidence.ts';
import type { Meaning } from './retrieval/meaning.ts';
import type { FaultRecord, Meeting, MeetingId, MeetingState, Stage } from './model.ts';
import type {
  Analyst,
  AudioDecoder,
  Brief,
  ChatPlatform,
  Clock,
  JobHandlers,
  JobOutcome,
  Log,
  MediaStore,
  Meetings,
  Next,
  SpeechDetector,
  Templates,
  Transcriber,
} from './ports.ts';

export interface PipelinePorts {
  readonly meetings: Meetings;
  readonly media: MediaStore;
  readonly decoder: AudioDecoder;
  /** Called once listening starts: models take a second to load, and most commands need none. */
  readonly ears: () => Promise<{ readonly detector: SpeechDetector; readonly transcriber: Transcriber }>;
  readonly analyst: Analyst;
  readonly templates: Templates;
  readonly meaning: Meaning;
  readonly platforms: readonly ChatPlatform[];
  readonly clock: Clock;
  readonly log: Log;
  /** Resident set size of this process now, in bytes. */
  readonly residentBytes: () => number;
}

/** How long a job waits when somebody else holds its meeting. */
const HELD_ELSEWHERE: JobOutcome = { again: { afterMs: 2_000 } };

const WORKING_STATE: Readonly<Record<Stage, 'listening' | 'understanding' | 'posting'>> = {
  listen: 'listening',
  understand: 'understanding',
  post: 'posting',
};

/** The state in which a stage's work is still to be done. */
export function stateBefore(stage: Stage): Extract<MeetingState, { kind: 'listening' | 'understanding' | 'posting' }> {
  return { kind: WORKING_STATE[stage] };
}

/** The job that does a meeting's stage. */
export function jobFor(stage: Stage, meeting: Pick<Meeting, 'id' | 'origin'>): Next {
  switch (stage) {
    case 'listen':
      return { name: 'listen', payload: { meetingId: meeting.id } };
    case 'understand':
      return { name: 'understand', payload: { meetingId: meeting.id } };
    case 'post':
      return { name: 'post', payload: { meetingId: meeting.id, platform: meeting.origin.platform } };
  }
}

/**
 * The job handlers: listen → understand → post, and forget. Each may run any number of times: it looks at the
 * meeting's state first, works under the meeting's hold, and moves the state by compare-and-set together with the
 * next job, so a crash anywhere repeats at most the step it cut short.
 */
export function createPipeline(ports: PipelinePorts): {
  readonly handlers: JobHandlers;
  readonly failed: (job: Next, fault: FaultRecord) => Promise<void>;
} {
  const { meetings, media, platforms, log } = ports;

  async function underHold(
    meetingId: MeetingId,
    needed: MeetingState['kind'],
    work: (meeting: Meeting) => Promise<void>,
  ): Promise<JobOutcome> {
    const hold = await meetings.hold(meetingId);
    if (hold === null) return HELD_ELSEWHERE;
    try {
      const meeting = await meetings.get(meetingId);
      if (meeting?.state.kind === needed) await work(meeting);
      return 'done';
    } finally {
      await hold.release();
    }
  }

  async function listenTo(meeting: Meeting, signal: AbortSignal): Promise<void> {
    const tracks = await meetings.tracks(meeting.id);
    const { utterances } = await meetings.transcript(meeting.id);
    const opened: { readonly path: string; release(): Promise<void> }[] = [];
    try {
      for (const track of tracks) opened.push(await media.localFile(track.media, signal));
      const { detector, transcriber } = await ports.ears();
      const startedAt = ports.clock.now().getTime();
      const sampled = sampleResidentBytes(ports.residentBytes);
      const result = await (async () => {
        try {
          return await listen(
            { decoder: ports.decoder, detector, transcriber, clock: ports.clock },
            {
              meetingId: meeting.id,
              language: meeting.language,
              tracks: tracks.map((track, position) => ({
                track,
                path: opened[position]?.path ?? '',
                lastLanguage: languageSoFar(utterances, track.id),
              })),
            },
            {
              heard: async (trackId, batch) => {
                sampled.take();
                await meetings.heard(trackId, batch);
                await ports.meaning.heard(meeting.id, batch.utterances, signal);
              },
            },
            signal,
          );
        } finally {
          const listenMs = ports.clock.now().getTime() - startedAt;
          await meetings.measured(meeting.id, { listenMs, peakRssBytes: sampled.take() });
        }
      })();
      await meetings.measured(meeting.id, {
        audioMs: result.audioMs,
        speechMs: result.speechMs,
        segments: result.segments,
      });
      const moved = await meetings.advance(meeting.id, 'listening', stateBefore('understand'), {
        durationMs: result.audioMs,
        next: jobFor('understand', meeting),
      });
      log.info('listened', { meetingId: meeting.id, moved: moved !== 'already-moved', audioMs: result.audioMs });
    } finally {
      await Promise.all(opened.map((file) => file.release()));
    }
  }

  async function understand(meeting: Meeting, signal: AbortSignal): Promise<void> {
    const startedAt = ports.clock.now();
    const transcript = await meetings.transcript(meeting.id);
    await ports.meaning.index(transcript, signal);
    const brief: Brief = {
      title: meeting.title,
      durationMs: meeting.durationMs,
      now: startedAt.toISOString(),
      heldAt: meeting.heldAt,
      timeZone: meeting.timeZone,
      language: meeting.wishes.language,
      template: meeting.wishes.template === null ? null : ports.templates.named(meeting.wishes.template),
      templates: ports.templates.byKind,
    };
    const minutes = checkMinutes(await ports.analyst.minutes(transcript, brief, signal), transcript, brief);
    await meetings.measured(meeting.id, {
      understandMs: ports.clock.now().getTime() - startedAt.getTime(),
      ...(minutes.by.usage === undefined ? {} : { usage: minutes.by.usage }),
    });
    await meetings.advance(meeting.id, 'understanding', stateBefore('post'), {
      minutes,
      next: jobFor('post', meeting),
    });
    log.info('understood', { meetingId: meeting.id, rejected: minutes.rejected });
  }

  async function postMinutes(meeting: Meeting, signal: AbortSignal): Promise<void> {
    const platform = platforms.find((candidate) => candidate.name === meeting.origin.platform);
    const minutes = await meetings.minutes(meeting.id);
    if (platform === undefined || minutes === null) {
      throw new Error(
        `meeting ${meeting.id} cannot be posted: ${minutes === null ? 'no minutes' : 'no such platform'}`,
      );
    }
    const transcript = await meetings.transcript(meeting.id);
    const at = await platform.post(
      meeting.origin,
      { kind: 'minutes', meeting, minutes, transcript },
      { idempotencyKey: `${meeting.id}:minutes`, signal },
    );
    await meetings.advance(meeting.id, 'posting', { kind: 'posted', at }, {});
    log.info('posted', { meetingId: meeting.id, platform: platform.name });
  }

  async function forget(meetingId: MeetingId, signal: AbortSignal): Promise<JobOutcome> {
    const hold = await meetings.hold(meetingId);
    if (hold === null) return HELD_ELSEWHERE;
    try {
      const meeting = await meetings.get(meetingId);
      if (meeting === null) return 'done';
      const platform = platforms.find((candidate) => candidate.name === meeting.origin.platform);
      if (meeting.state.kind === 'posted') await platform?.unpost(meeting.state.at, signal);
      for (const ref of await meetings.ownMedia(meetingId)) await media.delete(ref);
      await meetings.erase(meetingId);
      log.info('forgotten', { meetingId });
      return 'done';
    } finally {
      await hold.release();
    }
  }

  return {
    handlers: {
      listen: ({ meetingId }, signal) => underHold(meetingId, 'listening', (meeting) => listenTo(meeting, signal)),
      understand: ({ meetingId }, signal) =>
        underHold(meetingId, 'understanding', (meeting) => understand(meeting, signal)),
      post: ({ meetingId }, signal) => underHold(meetingId, 'posting', (meeting) => postMinutes(meeting, signal)),
      forget: ({ meetingId }, signal) => forget(meetingId, signal),
    },
    async failed(job, fault) {
      if (job.name === 'forget') return;
      const { meetingId } = job.payload;
      await meetings.advance(meetingId, WORKING_STATE[job.name], { kind: 'failed', fault, resumeFrom: job.name }, {});
      log.warn('stage failed', { meetingId, stage: job.name, source: fault.source, kind: fault.kind });
    },
  };
}

function sampleResidentBytes(residentBytes: () => number): { take(): number } {
  let peak = 0;
  return {
    take() {
      peak = Math.max(peak, residentBytes());
      return peak;
    },
  };
}
