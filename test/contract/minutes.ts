import type { Meeting, Minutes, Transcript } from '../../src/core/model.ts';
import type { Brief } from '../../src/core/ports.ts';
import { NO_STATS } from '../../src/storage/meeting-rows.ts';
import { STANDARD_TEMPLATES } from '../../src/core/understand/standard-template.ts';

const NOW = '2026-01-05T09:00:00.000Z';

/** Minutes in which nothing was found, but for the parts given. */
export function minutesWith(parts: Partial<Minutes> & Pick<Minutes, 'meetingId'>): Minutes {
  return {
    kind: 'meeting',
    language: 'en',
    template: 'meeting',
    sections: STANDARD_TEMPLATES.meeting.sections.filter((section) => section.part !== 'custom'),
    title: 'Launch',
    summary: [],
    keyMoments: [],
    chapters: [],
    decisions: [],
    actions: [],
    questions: [],
    speakers: [],
    keywords: [],
    rejected: 0,
    fallbacks: [],
    by: { provider: 'test', model: 'none', at: NOW },
    ...parts,
  };
}

/** A brief for this transcript that wishes for nothing in particular, but for the parts given. */
export function briefFor(transcript: Transcript, parts: Partial<Brief> = {}): Brief {
  return {
    title: null,
    durationMs: Math.max(0, ...transcript.utterances.map(({ endMs }) => endMs)),
    now: NOW,
    heldAt: NOW,
    timeZone: 'UTC',
    language: null,
    template: null,
    templates: STANDARD_TEMPLATES,
    ...parts,
  };
}

export { NO_STATS as NOTHING_MEASURED };

/** A file's meeting about to be posted, but for the parts given. */
export function meetingWith(parts: Partial<Meeting> & Pick<Meeting, 'id'>): Meeting {
  return {
    origin: { platform: 'terminal', workspaceId: 'local', channelId: 'local' },
    requestedBy: { platform: 'terminal', id: 'operator', displayName: 'Operator' },
    source: 'file',
    title: null,
    language: null,
    wishes: { template: null, language: null },
    heldAt: NOW,
    timeZone: 'UTC',
    durationMs: 0,
    createdAt: NOW,
    state: { kind: 'posting' },
    stats: NO_STATS,
    ...parts,
  };
}
