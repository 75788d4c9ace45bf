/** What is derived from a meeting and kept beside it: vectors, passages, renditions. All of it goes with the meeting. */
import { beforeEach, describe, expect, it } from 'vitest';
import { listen, request } from '../../test/contract/meetings.ts';
import { minutesWith } from '../../test/contract/minutes.ts';
import { temporaryServer } from '../../test/contract/temporary-database.ts';
import { systemClock } from '../clock.ts';
import { Fault } from '../core/faults.ts';
import type { MeetingId, Rendition, UtteranceId } from '../core/model.ts';
import type { Embedder, Meetings } from '../core/ports.ts';
import type { Database } from './database.ts';
import { createEmbeddings } from './embeddings.ts';
import { createMeetings } from './meetings.ts';
import { createPassageIndex } from './passage-index.ts';
import { createRenditions } from './renditions.ts';

const server = temporaryServer();
const { signal } = new AbortController();
let database: Database;
let meetings: Meetings;
let id: MeetingId;
beforeEach(async () => {
  database = await server.emptied();
  meetings = createMeetings(database, { enqueue: () => Promise.resolve(), clock: systemClock });
  id = (await meetings.create(request(), listen)).meeting.id;
});
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an id that no meeting has
const GONE = 'gone' as MeetingId;

const unit = (values: readonly number[]): Float32Array => {
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
};

/** Letters as dimensions, and a count of what it was asked to embed. */
function letterEmbedder(name = 'letters'): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    name,
    dimensions: 26,
    asked,
    covers: (language) => language === 'en',
    embed: async (texts) => {
      asked.push(...texts);
      return texts.map((text) =>
        unit(Array.from({ length: 26 }, (_, at) => 0.1 + text.split(String.fromCharCode(97 + at)).length)),
      );
    },
    close: () => Promise.resolve(),
  };
}

async function rowsOf(table: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]?.count ?? -1;
}

describe('embeddings', () => {
  it('are made once per meeting and text, and are the same whether remembered or new', async () => {
    const embedder = letterEmbedder();
    const embeddings = createEmbeddings(database, embedder);
    const fresh = await embeddings.of(id, ['apple', 'pear', 'apple'], signal);
    expect(embedder.asked).toEqual(['apple', 'pear']);
    expect(fresh[0]).toEqual(fresh[2]);
    expect(await embeddings.of(id, ['pear', 'plum', 'apple'], signal)).toEqual([fresh[1], expect.anything(), fresh[0]]);
    expect(embedder.asked).toEqual(['apple', 'pear', 'plum']);
    const [unkept] = await embeddings.of(null, ['apple'], signal);
    expect(unkept).toEqual(fresh[0]);
    expect(Math.hypot(...(unkept ?? []))).toBeCloseTo(1, 2);
  });

  it('of another embedder or another meeting are never taken for one’s own', async () => {
    const first = letterEmbedder('first');
    const second = letterEmbedder('second');
    await createEmbeddings(database, first).of(id, ['apple'], signal);
    await createEmbeddings(database, second).of(id, ['apple'], signal);
    expect(second.asked).toEqual(['apple']);
    const other = (await meetings.create(request({ requestKey: 'other' }), listen)).meeting.id;
    await createEmbeddings(database, first).of(other, ['apple'], signal);
    expect(first.asked).toEqual(['apple', 'apple']);
  });

  it('hold no words, keep nothing of a question or of a meeting that is gone, and go with their meeting', async () => {
    const embeddings = createEmbeddings(database, letterEmbedder());
    await embeddings.of(null, ['a question'], signal);
    await embeddings.of(GONE, ['something said'], signal);
    expect(await rowsOf('vectors')).toBe(0);
    await embeddings.of(id, ['something said', ''], signal);
    expect(await rowsOf('vectors')).toBe(2);
    const { rows } = await database.pool.query('select * from vectors');
    expect(JSON.stringify(rows)).not.toContain('something');
    await meetings.erase(id);
    expect(await rowsOf('vectors')).toBe(0);
  });

  it('keep nothing when the embedder fails', async () => {
    const failing: Embedder = {
      ...letterEmbedder(),
      embed: () => Promise.reject(new Fault('test', 'unavailable', 'No.')),
    };
    await expect(createEmbeddings(database, failing).of(id, ['apple'], signal)).rejects.toThrow('No.');
    expect(await rowsOf('vectors')).toBe(0);
  });
});

const vector = (at: number): Float32Array => unit(Array.from({ length: 384 }, (_, d) => Math.sin((d + 1) * (at + 1))));

describe('the passage index', () => {
  it('finds the likest passages of all meetings or of some, likest first', async () => {
    const index = createPassageIndex(database);
    const other = (await meetings.create(request({ requestKey: 'other' }), listen)).meeting.id;
    await index.put(id, 'e', [vector(0), vector(1), vector(2)]);
    await index.put(other, 'e', [vector(3), vector(1)]);
    await index.put(other, 'another embedder', [vector(2)]);
    const nearest = (meetingIds: readonly MeetingId[] | null, limit: number) =>
      index.nearest(vector(1), { embedder: 'e', meetingIds, limit });
    expect(new Set(await nearest(null, 2))).toEqual(
      new Set([
        { meetingId: id, number: 1 },
        { meetingId: other, number: 1 },
      ]),
    );
    expect(await nearest([id], 1)).toEqual([{ meetingId: id, number: 1 }]);
    expect(await nearest([], 5)).toEqual([]);
    expect(await nearest(null, 0)).toEqual([]);
  });

  it('replaces what it knew of a meeting, and forgets it with the meeting', async () => {
    const index = createPassageIndex(database);
    await index.put(id, 'e', [vector(0), vector(1)]);
    await index.put(id, 'e', [vector(2)]);
    expect(await index.nearest(vector(0), { embedder: 'e', meetingIds: null, limit: 9 })).toEqual([
      { meetingId: id, number: 0 },
    ]);
    await index.put(GONE, 'e', [vector(2)]);
    await meetings.erase(id);
    expect(await rowsOf('passage_codes')).toBe(0);
  });
});

const translation = (text: string): Rendition => ({
  meetingId: id,
  kind: 'translation',
  language: 'zh',
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are plain strings in tests
  lines: [{ utteranceIds: ['u1' as UtteranceId], text }],
  missing: [],
  by: { provider: 'test', model: 'none', at: '2026-01-05T09:00:00.000Z' },
});

describe('renditions', () => {
  it('are kept per kind and language, the last one of each', async () => {
    const renditions = createRenditions(database);
    await renditions.keep(translation('你好'));
    await renditions.keep(translation('您好'));
    await renditions.keep({ ...translation('Hello.'), kind: 'polish', language: 'en' });
    expect(await renditions.find(id, 'translation', 'zh')).toEqual(translation('您好'));
    expect(await renditions.find(id, 'polish', 'en')).toMatchObject({ kind: 'polish' });
    expect(await renditions.find(id, 'translation', 'en')).toBeNull();
  });

  it('include minutes in further languages', async () => {
    const renditions = createRenditions(database);
    const minutes = minutesWith({ meetingId: id, language: 'zh', title: '发布' });
    await renditions.keepMinutes(minutes);
    expect(await renditions.minutes(id, 'zh')).toEqual(minutes);
    expect(await renditions.minutes(id, 'de')).toBeNull();
  });

  it('go with their meeting, and are not kept for one that is gone', async () => {
    const renditions = createRenditions(database);
    await renditions.keep(translation('你好'));
    await renditions.keepMinutes(minutesWith({ meetingId: id }));
    await meetings.erase(id);
    await renditions.keep(translation('你好'));
    await renditions.keepMinutes(minutesWith({ meetingId: id }));
    expect(await rowsOf('renditions')).toBe(0);
    expect(await rowsOf('translated_minutes')).toBe(0);
  });
});
