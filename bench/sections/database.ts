import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCount, asDecimal, type Cell, type Table } from '../../eval/tables/table.ts';
import { systemClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import type { MeetingId, Person, Place } from '../../src/core/model.ts';
import { chooseDataDir } from '../../src/storage/account.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createMeetings } from '../../src/storage/meetings.ts';
import { createSearch } from '../../src/storage/search.ts';
import { medianMs } from '../medians.ts';
import { madeUpLines } from '../transcript.ts';

/** A day of talk without a break has about this many. */
const MEETING_UTTERANCES = 10_000;
const FULL_MEETINGS = 20;
const QUICK_MEETINGS = 2;
const TIMES = 15;
const LIMIT = 10;
const EVERY_MS = 5_000;

const HERE: Place = { platform: 'bench', workspaceId: 'w', channelId: 'c' };
const SPEAKER: Person = { platform: 'bench', id: 's', displayName: 'Speaker' };
/** From common to rare, alone and together. */
const QUERIES = ['time', 'budget', 'shipment', 'budget review', 'customer payment deadline'];

interface PlainSearch {
  /** Any ten that match. */
  readonly first: string;
  /** The ten with most of the words, short ones first. */
  readonly best: string;
  readonly patterns: readonly string[];
}

const plainSearch = (query: string, match: 'all' | 'any'): PlainSearch => {
  const patterns = query.split(' ').map((word) => `%${word}%`);
  const matches = patterns.map((_, index) => `text ilike $${index + 1}`);
  const where = matches.join(match === 'all' ? ' and ' : ' or ');
  const score = matches.map((one) => `(${one})::int`).join(' + ');
  const select = `select id, text from utterances where ${where}`;
  return {
    patterns,
    first: `${select} limit ${LIMIT}`,
    best: `${select} order by ${score} desc, length(text) limit ${LIMIT}`,
  };
};

/** Reading and searching, each beside the plainest statement of SQL that would do, in the same database. */
export const databaseTable = async (quick: boolean): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  // The account that PostgreSQL runs under when the benchmark runs as root has to get through.
  chmodSync(folder, 0o711);
  const log = createLog('error');
  const dataDir = await chooseDataDir({ cwd: folder, uid: process.getuid?.(), explicit: join(folder, 'data') });
  const database = await openDatabase({ url: null, dataDir, log, clock: systemClock });
  try {
    const meetings = createMeetings(database, { enqueue: async () => {}, clock: systemClock });
    const search = createSearch(database);
    const count = quick ? QUICK_MEETINGS : FULL_MEETINGS;
    const ids: MeetingId[] = [];
    const fillStartedAt = performance.now();
    for (let index = 0; index < count; index += 1) {
      const { meeting } = await meetings.create(
        {
          requestKey: `bench-${index}`,
          origin: HERE,
          requestedBy: SPEAKER,
          source: 'transcript',
          title: null,
          language: 'en',
          wishes: { template: null, language: null },
          heldAt: null,
          timeZone: 'UTC',
          durationMs: MEETING_UTTERANCES * EVERY_MS,
          tracks: [],
          utterances: madeUpLines(MEETING_UTTERANCES, index).map((text, line) => ({
            trackId: null,
            speaker: { kind: 'person', person: SPEAKER },
            startMs: line * EVERY_MS,
            endMs: (line + 1) * EVERY_MS,
            text,
            language: 'en',
          })),
        },
        (meetingId) => ({ name: 'understand', payload: { meetingId } }),
      );
      ids.push(meeting.id);
    }
    const fillMs = performance.now() - fillStartedAt;
    await database.pool.query('analyze utterances');

    const [first] = ids;
    if (first === undefined) throw new Error('The benchmark made no meeting.');
    const rows: Cell[][] = [];
    const readMs = await medianMs(TIMES, () => meetings.transcript(first));
    const selectMs = await medianMs(TIMES, () =>
      database.pool.query('select * from utterances where meeting_id = $1 order by start_ms, id', [first]),
    );
    rows.push([`read a meeting of ${MEETING_UTTERANCES} utterances`, readMs, selectMs, null, selectMs / readMs]);
    for (const match of ['all', 'any'] as const) {
      for (const query of QUERIES) {
        const plain = plainSearch(query, match);
        const oursMs = await medianMs(TIMES, () => search.search(query, { meetingIds: null, match, limit: LIMIT }));
        const firstMs = await medianMs(TIMES, () => database.pool.query(plain.first, [...plain.patterns]));
        const bestMs = await medianMs(TIMES, () => database.pool.query(plain.best, [...plain.patterns]));
        rows.push([`search "${query}", ${match} words`, oursMs, firstMs, bestMs, bestMs / oursMs]);
      }
    }
    return {
      title: `Database: ${count * MEETING_UTTERANCES} utterances in ${count} meetings`,
      columns: [
        { name: 'what' },
        { name: 'Earshot ms', format: asDecimal(1) },
        { name: 'plain SQL ms', format: asDecimal(1) },
        { name: 'plain, best first ms', format: asDecimal(1) },
        { name: 'ratio', format: asDecimal(2) },
      ],
      rows,
      notes: [
        `Medians of ${TIMES} runs in the embedded server. Written in ${asCount(fillMs)} ms, ${asCount((count * MEETING_UTTERANCES) / (fillMs / 1000))} utterances a second.`,
        'Plain search is ILIKE: any ten that match, which for common words are found at once; or the ten best, which have the',
        'most of the words and are short. Earshot answers with the best. Ratio: plain best-first time over Earshot\u2019s.',
      ],
    };
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
};
