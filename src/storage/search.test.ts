import { describe } from 'vitest';
import { request } from '../../test/contract/meetings.ts';
import { searchContract } from '../../test/contract/search.ts';

import { systemClock } from '../clock.ts';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import { createMeetings } from './meetings.ts';
import { createSearch } from './search.ts';

const server = temporaryServer();

describe('search in PostgreSQL', () => {
  searchContract(async () => {
    const database = await server.emptied();
    const meetings = createMeetings(database, { enqueue: () => Promise.resolve(), clock: systemClock });
    let count = 0;
    return {
      search: createSearch(database),
      async say(lines) {
        count += 1;
        const utterances = lines.map(({ text, speaker }, index) => ({
          trackId: null,
          speaker: speaker ?? { kind: 'unnamed' as const },
          startMs: index * 1000,
          endMs: index * 1000 + 900,
          text,
          language: 'en',
        }));
        const { meeting } = await meetings.create(
          request({ requestKey: `request ${count}`, source: 'transcript', tracks: [], utterances }),
          (meetingId) => ({ name: 'understand', payload: { meetingId } }),
        );
        return meeting.id;
      },
    };
  });
});
