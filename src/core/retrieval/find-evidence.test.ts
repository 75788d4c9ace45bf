import { beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../../test/contract/surroundings.ts';
import { meetingId, talk } from '../../../test/contract/transcripts.ts';
import { Fault } from '../faults.ts';
import type { MeetingId, Transcript } from '../model.ts';
import type { SearchHit } from '../ports.ts';
import { type Evidence, type EvidencePorts, findEvidence } from './find-evidence.ts';
import { passageRuns } from './passages.ts';

const { signal } = new AbortController();
const FILLER = 'the trucks took the long way round the harbour because the gate by the old mill was closed that week';
const LINES = Array.from({ length: 60 }, (_, at): readonly [string, string] => [
  at % 2 === 0 ? 'Ana' : 'Ben',
  at === 41 ? 'The pension contribution rises to nine percent in autumn.' : `Part ${at}: ${FILLER}.`,
]);
const FIRST = talk(LINES);
const SECOND: Transcript = { ...talk([['Mia', 'The pension contribution stays.']]), meetingId: meetingId('m-2') };

let read: MeetingId[];
let embedded: string[];
let faults: unknown[];
let hits: readonly SearchHit[];
let nearest: readonly { readonly meetingId: MeetingId; readonly number: number }[];
let embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
beforeEach(() => {
  read = [];
  embedded = [];
  faults = [];
  hits = [];
  nearest = [];
  embed = async (texts) => texts.map((text) => Float32Array.of(/pension/iu.test(text) ? 1 : 0, 1));
});

const ports: EvidencePorts = {
  meetings: {
    transcript: async (id) => {
      read.push(id);
      return id === SECOND.meetingId ? SECOND : FIRST;
    },
  },
  search: { search: async () => hits },
  passages: { nearest: async () => nearest },
  embeddings: {
    name: 'test',
    dimensions: 2,
    covers: (language) => language === 'en',
    of: async (_, texts) => {
      embedded.push(...texts);
      return embed(texts);
    },
  },
  log: { ...silent, error: (_, fault) => void faults.push(fault) },
};
const hit = (transcript: Transcript, at: number): SearchHit => {
  const said = transcript.utterances[at];
  if (said === undefined) throw new Error('nothing was said there');
  return { meetingId: transcript.meetingId, utteranceIds: [said.id], startMs: said.startMs, text: said.text, score: 1 };
};
const inOne = (question: string, readable = true): Promise<Evidence> =>
  findEvidence(ports, question, { meetingId: FIRST.meetingId, readable: async () => readable }, signal);
const overAll = (question: string, unreadable: readonly MeetingId[] = []): Promise<Evidence> =>
  findEvidence(ports, question, { meetingId: null, readable: async (id) => !unreadable.includes(id) }, signal);
const textsOf = ({ passages }: Evidence): string[] =>
  passages.map(({ utterances }) => utterances.map(({ text }) => text).join(' '));

describe('evidence for a question', () => {
  it('about one meeting has the likeliest passage first, with its neighbours, and none twice', async () => {
    const evidence = await inOne('How much is the pension contribution?');
    expect(textsOf(evidence)[0]).toContain('nine percent');
    expect(evidence.complete).toBe(false);
    const ids = evidence.passages.flatMap(({ utterances }) => utterances.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('that only everything said can answer is the whole meeting', async () => {
    const evidence = await inOne('How many times was the pension mentioned?');
    expect(evidence).toEqual({ passages: [FIRST], complete: true });
  });

  it('over all meetings comes from those that words or meanings point to', async () => {
    hits = [hit(FIRST, 41)];
    nearest = [{ meetingId: SECOND.meetingId, number: 0 }];
    const texts = textsOf(await overAll('What about the pension contribution?'));
    expect(texts.some((text) => text.includes('nine percent'))).toBe(true);
    expect(texts).toContain('The pension contribution stays.');
    expect(texts.join(' ').length).toBeLessThan(FIRST.utterances.map(({ text }) => text).join(' ').length);
  });

  it('nobody may read is not even looked at: nobody reads what they may not', async () => {
    hits = [hit(SECOND, 0), hit(FIRST, 41)];
    nearest = [{ meetingId: SECOND.meetingId, number: 0 }];
    const texts = textsOf(await overAll('What about the pension contribution?', [SECOND.meetingId]));
    expect(texts.join(' ')).not.toContain('stays');
    expect(read).toEqual([FIRST.meetingId]);
    expect(await inOne('What about the pension contribution?', false)).toEqual({ passages: [], complete: false });
    expect(read).toHaveLength(1);
  });

  it('is found by words alone when the embedder fails', async () => {
    embed = () => Promise.reject(new Fault('test', 'unavailable', 'The model is broken.'));
    expect(textsOf(await inOne('How much is the pension contribution?'))[0]).toContain('nine percent');
    expect(faults).toHaveLength(1);
  });

  it('is found by words alone when the embedder fails on the way', async () => {
    embed = (texts) =>
      texts.length === 1
        ? Promise.resolve([Float32Array.of(1, 0)])
        : Promise.reject(new Fault('test', 'unavailable', 'The model is broken.'));
    expect(textsOf(await inOne('How much is the pension contribution?'))[0]).toContain('nine percent');
    expect(faults).toHaveLength(1);
  });

  it('is not sought by the meaning of a question in a script the embedder does not know', async () => {
    await inOne('养老金缴费是多少？');
    expect(embedded).toEqual([]);
  });

  it('is nothing where nothing was found', async () => {
    expect(await overAll('What about the pension?')).toEqual({ passages: [], complete: false });
    expect(read).toEqual([]);
  });

  it('is cut into passages of which each utterance is in one', () => {
    const runs = passageRuns(FIRST.utterances);
    expect(runs[0]?.from).toBe(0);
    expect(runs.at(-1)?.to).toBe(FIRST.utterances.length);
    for (const [at, run] of runs.entries()) expect(run.from).toBe(runs[at - 1]?.to ?? 0);
  });
});
