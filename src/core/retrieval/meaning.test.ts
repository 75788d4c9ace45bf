import { beforeEach, describe, expect, it } from 'vitest';
import { silent } from '../../../test/contract/surroundings.ts';
import { talk } from '../../../test/contract/transcripts.ts';
import { Fault } from '../faults.ts';
import type { Embeddings, Log, PassageIndex } from '../ports.ts';
import { createMeaning } from './meaning.ts';
import { passageRuns } from './passages.ts';

const { signal } = new AbortController();
const LONG = Array.from({ length: 40 }, (_, at) => `Truck number ${at} takes the long way round the harbour`).join(
  ', ',
);
let put: (readonly Float32Array[])[];
let asked: string[];
let faults: unknown[];
let embed: (texts: readonly string[]) => Promise<readonly Float32Array[]>;
beforeEach(() => {
  put = [];
  asked = [];
  faults = [];
  embed = async (texts) => texts.map((text) => Float32Array.of(text.length, 1));
});

function meaning() {
  const embeddings: Embeddings = {
    name: 'test',
    dimensions: 2,
    covers: (language) => language === 'en',
    of: async (_, texts) => {
      asked.push(...texts);
      return embed(texts);
    },
  };
  const passages: PassageIndex = {
    put: async (_, embedder, vectors) => {
      expect(embedder).toBe('test');
      put.push(vectors);
    },
    nearest: () => Promise.resolve([]),
  };
  const log: Log = { ...silent, error: (_, fault) => void faults.push(fault) };
  return createMeaning({ embeddings, passages, log });
}

describe('what was said', () => {
  const transcript = talk([
    ['Ana', LONG],
    ['Ben', 'We should rent the hall.'],
    ['Ana', LONG],
  ]);

  it('is embedded sentence by sentence as it comes in, in the languages that are known', async () => {
    const [first] = talk([['Ana', 'Good morning to you. The depot is full.']]).utterances;
    if (first === undefined) throw new Error('somebody spoke');
    await meaning().heard(transcript.meetingId, [first, { ...first, language: 'zh', text: '仓库满了。' }], signal);
    expect(asked).toEqual(['Good morning to you.', 'The depot is full.']);
  });

  it('is found by passages, one vector for each', async () => {
    await meaning().index(transcript, signal);
    expect(put.map((vectors) => vectors.length)).toEqual([passageRuns(transcript.utterances).length]);
    expect(put[0]?.every((vector) => vector.length === 2 && (vector[0] ?? 0) > 0)).toBe(true);
  });

  it('in a language that is not known is left alone, as is silence', async () => {
    await meaning().index({ ...transcript, language: 'zh' }, signal);
    await meaning().index(talk([]), signal);
    await meaning().heard(transcript.meetingId, [], signal);
    expect([put, asked]).toEqual([[], []]);
  });

  it('is kept all the same when it cannot be embedded', async () => {
    embed = () => Promise.reject(new Fault('test', 'unavailable', 'The model is broken.'));
    await meaning().index(transcript, signal);
    await meaning().heard(transcript.meetingId, transcript.utterances, signal);
    expect(faults).toHaveLength(2);
  });

  it('is left when the work is stopped', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    embed = () => Promise.reject(new Error('stopped'));
    await expect(meaning().index(transcript, stopped)).rejects.toThrow('stopped');
  });
});
