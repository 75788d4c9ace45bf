import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asCount, asDecimal, type Cell, type Table } from '../../eval/tables/table.ts';
import { systemClock } from '../../src/clock.ts';
import type { MeetingId, Person, Place } from '../../src/core/model.ts';
import type { Embedder } from '../../src/core/ports.ts';
import { findEvidence } from '../../src/core/retrieval/find-evidence.ts';
import { createMeaning } from '../../src/core/retrieval/meaning.ts';
import { createLog } from '../../src/log.ts';
import { createMiniLm } from '../../src/providers/language/minilm/minilm.ts';
import { chooseDataDir } from '../../src/storage/account.ts';
import { openDatabase } from '../../src/storage/database.ts';
import { createEmbeddings } from '../../src/storage/embeddings.ts';
import { createMeetings } from '../../src/storage/meetings.ts';
import { createPassageIndex } from '../../src/storage/passage-index.ts';
import { createSearch } from '../../src/storage/search.ts';
import { median } from '../medians.ts';
import { madeUpLines } from '../transcript.ts';

/** About an hour of talk each. */
const MEETING_UTTERANCES = 500;
const FULL_SIZES = [250, 1000];
const QUICK_SIZES = [20, 60];
const EVERY_MS = 7_000;
const DIMENSIONS = 384;

const HERE: Place = { platform: 'bench', workspaceId: 'w', channelId: 'c' };
const SPEAKERS: readonly Person[] = ['Ana', 'Ben', 'Mia'].map((name) => ({
  platform: 'bench',
  id: name,
  displayName: name,
}));
const QUESTIONS = [
  'What is the budget for the prototype?',
  'When will the shipment to the warehouse arrive?',
  'What did Mia say about the contract at the end?',
  'Why did the migration fail?',
  'Who takes care of the invoice?',
  'What was decided about hiring?',
  'How much does the battery cost?',
  'What is the forecast for the next quarter?',
  'What did Ben propose for the dashboard?',
  'Is the release before or after the review?',
];
const ROUNDS = 4;

/**
 * Half a million made-up sentences would take the real model half an hour. What is timed costs the same whatever the
 * vectors are; the real model's time for a question is added by asking it too.
 */
const madeUpEmbedder = (real: Embedder): Embedder => ({
  ...real,
  embed: async (texts, signal) => {
    if (texts.length === 1) await real.embed(texts, signal);
    return texts.map((text) => {
      let state = 7;
      for (let at = 0; at < text.length; at += 1) state = (Math.imul(state, 31) + text.charCodeAt(at)) | 0;
      const vector = new Float32Array(DIMENSIONS);
      for (let at = 0; at < DIMENSIONS; at += 1) {
        state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + at;
        vector[at] = state / 2 ** 31;
      }
      return vector;
    });
  },
});

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const readable = (): Promise<boolean> => Promise.resolve(true);

/** The best lines by how many of the question's words they hold, in plain SQL. */
const plainStatement = (question: string): { readonly sql: string; readonly patterns: readonly string[] } => {
  const words = question.toLowerCase().match(/[a-z]{4,}/gu) ?? [];
  const matches = words.map((_, index) => `text ilike $${index + 1}`);
  return {
    sql: `select id, text from utterances where ${matches.join(' or ')}
      order by ${matches.map((one) => `(${one})::int`).join(' + ')} desc, length(text) limit 48`,
    patterns: words.map((word) => `%${word}%`),
  };
};

/** From a question to the passages an analyst reads, over all meetings and in one, beside plain SQL in the same database. */
export const retrievalTable = async (quick: boolean): Promise<Table> => {
  const folder = mkdtempSync(join(tmpdir(), 'earshot-bench-'));
  // The account that PostgreSQL runs under when the benchmark runs as root has to get through.
  chmodSync(folder, 0o711);
  const log = createLog('error');
  const dataDir = await chooseDataDir({ cwd: folder, uid: process.getuid?.(), explicit: join(folder, 'data') });
  const database = await openDatabase({ url: null, dataDir, log, clock: systemClock });
  const real = createMiniLm();
  const { signal } = new AbortController();
  try {
    const meetings = createMeetings(database, { enqueue: async () => {}, clock: systemClock });
    const passages = createPassageIndex(database);
    const embeddings = createEmbeddings(database, madeUpEmbedder(real));
    const meaning = createMeaning({ embeddings, passages, log });
    const ports = { meetings, search: createSearch(database), passages, embeddings, log };
    const ids: MeetingId[] = [];
    const add = async (): Promise<void> => {
      const { meeting } = await meetings.create(
        {
          requestKey: `bench-${ids.length}`,
          origin: HERE,
          requestedBy: { platform: 'bench', id: 's', displayName: 'S' },
          source: 'transcript',
          title: null,
          language: 'en',
          wishes: { template: null, language: null },
          heldAt: null,
          timeZone: 'UTC',
          durationMs: MEETING_UTTERANCES * EVERY_MS,
          tracks: [],
          utterances: madeUpLines(MEETING_UTTERANCES, ids.length).map((text, line) => ({
            trackId: null,
            speaker: { kind: 'person', person: SPEAKERS[line % SPEAKERS.length] ?? HERE_NOBODY },
            startMs: line * EVERY_MS,
            endMs: (line + 1) * EVERY_MS,
            text: `${text}.`,
            language: 'en',
          })),
        },
        (meetingId) => ({ name: 'understand', payload: { meetingId } }),
      );
      ids.push(meeting.id);
      await meaning.index(await meetings.transcript(meeting.id), signal);
    };
    const timed = async (work: (question: string) => Promise<unknown>): Promise<readonly number[]> => {
      const taken: number[] = [];
      for (let round = 0; round <= ROUNDS; round += 1) {
        for (const question of QUESTIONS) {
          const startedAt = performance.now();
          await work(question);
          // The first round fills caches and is not counted.
          if (round > 0) taken.push(performance.now() - startedAt);
        }
      }
      return taken;
    };
    const rows: Cell[][] = [];
    for (const size of quick ? QUICK_SIZES : FULL_SIZES) {
      while (ids.length < size) await add();
      await database.pool.query('analyze');
      const [first] = ids;
      const all = await timed((question) => findEvidence(ports, question, { meetingId: null, readable }, signal));
      const one = await timed((question) =>
        findEvidence(ports, question, { meetingId: first ?? null, readable }, signal),
      );
      const plain = await timed((question) => {
        const { sql, patterns } = plainStatement(question);
        return database.pool.query(sql, [...patterns]);
      });
      for (const [what, taken] of [
        ['over all meetings', all],
        ['in one meeting', one],
        ['plain SQL, over all', plain],
      ] as const) {
        rows.push([size, what, median(taken), percentile(taken, 0.95), median(plain) / median(taken)]);
      }
    }
    return {
      title: `Passages for a question, meetings of ${MEETING_UTTERANCES} utterances`,
      columns: [
        { name: 'meetings', format: asCount },
        { name: 'what' },
        { name: 'median ms', format: asDecimal(1) },
        { name: 'p95 ms', format: asDecimal(1) },
        { name: 'ratio', format: asDecimal(2) },
      ],
      rows,
      notes: [
        `${QUESTIONS.length} questions, ${ROUNDS} rounds, in the embedded server; the local model embeds each question.`,
        'Plain SQL is ILIKE over all utterances, those with most of the question\u2019s words first; it reads no meeting and ranks',
        'no passages. Ratio: its median over the row\u2019s.',
      ],
    };
  } finally {
    await real.close();
    await database.close();
    rmSync(folder, { recursive: true });
  }
};

const HERE_NOBODY: Person = { platform: 'bench', id: 'nobody', displayName: 'Nobody' };
