import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fault } from './faults.ts';
import { listen } from './listen.ts';
import type { ListenInput, ListenResult, TrackToHear } from './listen.ts';
import { languageSoFar } from './listening/evidence.ts';
import type { MeetingId, Ms, Track, TrackId, Utterance } from './model.ts';
import type { Clock, Hearing, TranscribeOptions, Transcriber } from './ports.ts';

/** A track is written as runs: seconds of speech (positive) and of silence (negative). */
type Runs = readonly number[];
const RATE = 16_000;
const never = new AbortController().signal;
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are only names here
const meetingId = 'm' as MeetingId;

function soundOf(runs: Runs): Float32Array {
  const samples = Math.round(runs.reduce((sum, run) => sum + Math.abs(run), 0) * RATE);
  const pcm = new Float32Array(samples);
  let at = 0;
  for (const run of runs) {
    const length = Math.round(Math.abs(run) * RATE);
    if (run > 0) for (let i = at; i < at + length; i++) pcm[i] = 0.1 * Math.sin(i / 5);
    at += length;
  }
  return pcm;
}

/** Loud is speech. */
const detector = {
  frameSamples: 512,
  open: () => ({
    accept: (frame: Float32Array) =>
      Promise.resolve(frame.reduce((sum, sample) => sum + sample * sample, 0) / frame.length > 1e-4 ? 0.95 : 0.02),
  }),
};

/** `paths` to sound; counts the samples that were read. */
function decoderOf(tracks: Readonly<Record<string, Runs>>, chunkSamples = 4_000) {
  const seen = { samples: 0, open: 0 };
  const sounds = new Map(Object.entries(tracks).map(([path, runs]) => [path, soundOf(runs)]));
  return {
    seen,
    probe: () => Promise.resolve({ durationMs: null, hasVideo: false }),
    async *decode(path: string, signal: AbortSignal) {
      seen.open++;
      try {
        const pcm = sounds.get(path) ?? new Float32Array(0);
        for (let at = 0; at < pcm.length; at += chunkSamples) {
          signal.throwIfAborted();
          const chunk = pcm.subarray(at, at + chunkSamples);
          seen.samples += chunk.length;
          yield chunk;
        }
      } finally {
        seen.open--;
      }
    },
  };
}

/** Time passes at once and is written down. */
function scriptedClock(): Clock & { readonly slept: Ms[] } {
  const slept: Ms[] = [];
  return {
    slept,
    now: () => new Date(0),
    sleep: (ms) => {
      slept.push(ms);
      return Promise.resolve();
    },
  };
}

const describeSegment = (pcm: Float32Array, options: TranscribeOptions): Hearing => ({
  text: `heard ${pcm.length} samples ${options.language ?? options.likelyLanguage ?? 'unhinted'}`,
  language: options.language ?? 'en',
  confidence: 0.9,
});

function transcriberOf(
  transcribe: (
    pcm: Float32Array,
    options: TranscribeOptions,
    call: number,
  ) => Hearing | Promise<Hearing> = describeSegment,
  concurrency = 2,
): Transcriber & { readonly calls: TranscribeOptions[]; readonly most: () => number } {
  const calls: TranscribeOptions[] = [];
  let running = 0;
  let most = 0;
  return {
    name: 'scripted',
    maxSegmentMs: 11_500,
    concurrency,
    calls,
    most: () => most,
    async transcribe(pcm, options) {
      calls.push(options);
      running++;
      most = Math.max(most, running);
      try {
        return await transcribe(pcm, options, calls.length);
      } finally {
        running--;
      }
    },
    close: () => Promise.resolve(),
  };
}

function trackOf(index: number, change: Partial<Track> = {}): Track {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ids are only names here
  const id = `t${index}` as TrackId;
  const media = { key: `${index}`, mediaType: 'audio/ogg', bytes: 1, sha256: '' };
  const speaker = { platform: 'test', id: `${index}`, displayName: `Person ${index}` };
  return { id, meetingId, index, speaker, media, startMs: 0, durationMs: null, heardMs: 0, ...change };
}

/** What the database would hold. */
function notebook() {
  const utterances = new Map<string, Utterance>();
  const heardMs = new Map<string, Ms>();
  const durationMs = new Map<string, Ms>();
  const batches: { readonly trackId: TrackId; readonly heardMs: Ms; readonly utterances: readonly Utterance[] }[] = [];
  return {
    utterances,
    heardMs,
    durationMs,
    batches,
    said: () => [...utterances.values()].toSorted((a, b) => a.startMs - b.startMs || a.id.localeCompare(b.id)),
    heard(
      trackId: TrackId,
      batch: { readonly utterances: readonly Utterance[]; readonly heardMs: Ms; readonly durationMs?: Ms },
    ): Promise<void> {
      batches.push({ trackId, ...batch });
      for (const one of batch.utterances) if (!utterances.has(one.id)) utterances.set(one.id, one);
      heardMs.set(trackId, Math.max(heardMs.get(trackId) ?? 0, batch.heardMs));
      if (batch.durationMs !== undefined) durationMs.set(trackId, batch.durationMs);
      return Promise.resolve();
    },
  };
}

const input = (tracks: readonly TrackToHear[], language: string | null = null): ListenInput => ({
  meetingId,
  language,
  tracks,
});
const fresh = (index: number, change: Partial<Track> = {}): TrackToHear => ({
  track: trackOf(index, change),
  path: `${index}`,
  lastLanguage: null,
});

async function hear(
  tracks: Readonly<Record<string, Runs>>,
  options: {
    readonly transcriber?: Transcriber;
    readonly entries?: readonly TrackToHear[];
    readonly language?: string;
    readonly chunkSamples?: number;
    readonly clock?: Clock;
  } = {},
): Promise<{ readonly book: ReturnType<typeof notebook>; readonly result: ListenResult }> {
  const book = notebook();
  const result = await listen(
    {
      decoder: decoderOf(tracks, options.chunkSamples),
      detector,
      transcriber: options.transcriber ?? transcriberOf(),
      clock: options.clock ?? scriptedClock(),
    },
    input(options.entries ?? Object.keys(tracks).map((_, index) => fresh(index)), options.language ?? null),
    book,
    never,
  );
  return { book, result };
}

const spoken = (pcm: Float32Array, options: TranscribeOptions): Hearing => ({
  ...describeSegment(pcm, options),
  language: options.language ?? (pcm.length > 100_000 ? 'de' : 'en'),
  confidence: pcm.length % 3 === 0 ? 0.4 : 0.9,
});

const distant = (pcm: Float32Array, options: TranscribeOptions): Hearing => {
  const isDoubtful = pcm.length > 110_000;
  if (!isDoubtful) return { text: 'clear', language: 'en', confidence: 0.9 };
  return options.language === 'en'
    ? { text: 'heard again', language: 'en', confidence: 0.7 }
    : { text: '', language: 'cy', confidence: 0.3, suppressed: 'repetition' };
};

const failing = (fault: Fault, times: number) =>
  transcriberOf((pcm, options, call) => {
    if (call <= times) throw fault;
    return describeSegment(pcm, options);
  }, 1);

/** Six segments, two of them short. */
const talk: Runs = [-1, 5, -2, 1, -3, 6, -2, 20, -1.5, 2, -2];

describe('what is heard', () => {
  it('is stored in order with the watermark, to the end of the recording', async () => {
    const { book, result } = await hear({ 0: talk });
    expect(book.said().length).toBeGreaterThanOrEqual(6);
    const marks = book.batches.map((batch) => batch.heardMs);
    expect(marks).toEqual(marks.toSorted((a, b) => a - b));
    for (const batch of book.batches)
      for (const said of batch.utterances) expect(said.endMs).toBeLessThanOrEqual(batch.heardMs);
    expect(book.durationMs.get('t0')).toBe(44_500 + 1_000);
    expect(result).toMatchObject({ audioMs: 45_500, segments: book.said().length, unheard: [] });
    expect(result.tracks).toEqual([{ trackId: 't0', durationMs: 45_500 }]);
    expect(Math.abs(result.speechMs - 34_000)).toBeLessThan(500);
  });

  it('lies where the speech was, on the meeting clock, and names its track and speaker', async () => {
    const { book } = await hear({ 0: [-3, 5, -3] }, { entries: [fresh(0, { startMs: 60_000 })] });
    const [said] = book.said();
    expect(said).toMatchObject({ trackId: 't0', language: 'en', confidence: 0.9, speaker: { kind: 'person' } });
    expect(said?.id).toBe(`m-0-${said?.startMs}`);
    expect(said?.startMs).toBeGreaterThan(62_000);
    expect(said?.startMs).toBeLessThanOrEqual(63_000);
    expect(said?.endMs).toBeGreaterThanOrEqual(68_000);
    expect(said?.endMs).toBeLessThan(69_000);
  });

  it('does not depend on how the sound arrives', async () => {
    const whole = await hear({ 0: talk });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 300, max: 50_000 }), async (chunkSamples) => {
        const pieces = await hear({ 0: talk }, { chunkSamples });
        expect(pieces.book.said()).toEqual(whole.book.said());
      }),
      { numRuns: 5 },
    );
  });

  it('has an utterance for each sentence when the words have times', async () => {
    const words = ['We', 'meet', 'on', 'Monday.', 'Bring', 'the', 'new', 'plan.'];
    const transcriber = transcriberOf(() => ({
      text: words.join(' '),
      language: 'en',
      confidence: 0.8,
      words: words.map((text, i) => ({ text, startMs: 500 + 500 * i, endMs: 900 + 500 * i })),
    }));
    const { book } = await hear({ 0: [-2, 5, -2] }, { transcriber });
    const [first, second, ...rest] = book.said();
    expect(rest).toEqual([]);
    expect(first?.text).toBe('We meet on Monday.');
    expect(second?.text).toBe('Bring the new plan.');
    expect(second?.startMs).toBe(first?.endMs);
    expect(second?.words?.[0]?.startMs).toBeGreaterThanOrEqual(second?.startMs ?? 0);
  });

  it('leaves out and counts what the recogniser withheld', async () => {
    const transcriber = transcriberOf(() => ({ text: '', language: 'en', confidence: 0.1, suppressed: 'no-speech' }));
    const { book, result } = await hear({ 0: talk }, { transcriber });
    expect(book.said()).toEqual([]);
    expect(result.suppressed['no-speech']).toBe(result.segments);
    expect(book.heardMs.get('t0')).toBe(45_500);
  });

  it('is nothing for silence and for a recording without samples', async () => {
    const { book, result } = await hear({ 0: [-100], 1: [] });
    expect(book.said()).toEqual([]);
    expect(result).toMatchObject({ audioMs: 100_000, segments: 0, speechMs: 0 });
    // Long silence moves the watermark, so that progress is seen.
    expect(book.batches.filter((batch) => batch.trackId === 't0').length).toBeGreaterThan(2);
  });
});

describe('several tracks', () => {
  it('share the places at the transcriber and take turns by the meeting clock', async () => {
    const order: number[] = [];
    const transcriber = transcriberOf((pcm, options) => {
      order.push(pcm.length > 110_000 ? 1 : 0);
      return describeSegment(pcm, options);
    }, 1);
    const tracks = { 0: [-1, 5, -20, 5, -20, 5, -5], 1: [-10, 7, -20, 7, -20, 7, -5] };
    const { book } = await hear(tracks, { transcriber, language: 'en' });
    expect(order).toEqual([0, 1, 0, 1, 0, 1]);
    expect(new Set(book.said().map((said) => said.trackId))).toEqual(new Set(['t0', 't1']));
  });

  it('are heard in parallel, never more at once than the transcriber takes', async () => {
    const transcriber = transcriberOf(async (pcm, options) => {
      await new Promise((resolve) => setImmediate(resolve));
      return describeSegment(pcm, options);
    }, 3);
    await hear({ 0: talk, 1: talk, 2: talk, 3: talk }, { transcriber });
    expect(transcriber.most()).toBe(3);
  });

  it('give the same whatever order the transcriber finishes in', async () => {
    const plain = await hear({ 0: talk, 1: [-2, 8, -1.5, 3, -4, 9, -1] });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const transcriber = transcriberOf(
          (pcm, options) => scheduler.schedule(Promise.resolve(describeSegment(pcm, options))),
          3,
        );
        const running = hear({ 0: talk, 1: [-2, 8, -1.5, 3, -4, 9, -1] }, { transcriber });
        const { book } = await scheduler.waitFor(running);
        expect(book.said()).toEqual(plain.book.said());
      }),
      { numRuns: 6 },
    );
  });
});

describe('stopped and started again', () => {
  it('at any watermark, ends with the same utterances and transcribes nothing twice', async () => {
    const tracks = { 0: talk, 1: [-2, 8, -1.5, 3, -4, 9, -1] };
    const whole = await hear(tracks, { transcriber: transcriberOf(spoken) });
    for (let stopAfter = 1; stopAfter <= whole.book.batches.length; stopAfter++) {
      const book = notebook();
      const controller = new AbortController();
      const first = transcriberOf(spoken);
      const stopping = {
        heard: async (...args: Parameters<typeof book.heard>) => {
          await book.heard(...args);
          if (book.batches.length === stopAfter) controller.abort(new Error('killed'));
        },
      };
      const ears = { decoder: decoderOf(tracks), detector, transcriber: first, clock: scriptedClock() };
      await expect(listen(ears, input([fresh(0), fresh(1)]), stopping, controller.signal)).rejects.toThrow('killed');
      expect(book.batches.length).toBe(stopAfter);

      const again = [0, 1].map((index) => {
        const track = trackOf(index, { heardMs: book.heardMs.get(`t${index}`) ?? 0 });
        return { track, path: `${index}`, lastLanguage: languageSoFar(book.said(), track.id) };
      });
      const stored = book.batches.flatMap((batch) => batch.utterances).length;
      const second = transcriberOf(spoken);
      const result = await listen({ ...ears, transcriber: second }, input(again), book, never);
      expect(book.said()).toEqual(whole.book.said());
      expect(book.batches.flatMap((batch) => batch.utterances).length).toBe(whole.book.utterances.size);
      expect(stored).toBeLessThanOrEqual(whole.book.utterances.size);
      expect(result).toMatchObject({ segments: whole.result.segments, speechMs: whole.result.speechMs });
    }
  });

  it('stops promptly although the transcriber does not, stores nothing afterwards and closes its recordings', async () => {
    const book = notebook();
    const controller = new AbortController();
    const stuck = transcriberOf(() => {
      controller.abort(new Error('enough'));
      return new Promise<Hearing>(() => undefined);
    });
    const decoder = decoderOf({ 0: talk, 1: talk });
    const ears = { decoder, detector, transcriber: stuck, clock: scriptedClock() };
    await expect(listen(ears, input([fresh(0), fresh(1)]), book, controller.signal)).rejects.toThrow('enough');
    expect(book.said()).toEqual([]);
    expect(decoder.seen.open).toBe(0);
  });

  it('does not begin when it is stopped already', async () => {
    const transcriber = transcriberOf();
    const ears = { decoder: decoderOf({ 0: talk }), detector, transcriber, clock: scriptedClock() };
    const reason = new Error('no');
    await expect(listen(ears, input([fresh(0)]), notebook(), AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(transcriber.calls).toEqual([]);
  });

  it('cuts a stretch that an older watermark lies inside of', async () => {
    const { book } = await hear({ 0: [-1, 8, -2] }, { entries: [fresh(0, { heardMs: 4_000 })] });
    expect(book.said()).toMatchObject([{ startMs: 4_000 }]);
  });
});

describe('memory', () => {
  it('holds a bounded part of the recordings however slow the transcriber is', async () => {
    const long = Array.from({ length: 40 }, () => [6, -2]).flat();
    const controller = new AbortController();
    const decoder = decoderOf({ 0: long, 1: long });
    const stuck = transcriberOf(() => new Promise<Hearing>(() => undefined));
    const running = listen(
      { decoder, detector, transcriber: stuck, clock: scriptedClock() },
      input([fresh(0), fresh(1)], 'en'),
      notebook(),
      controller.signal,
    );
    running.catch(() => undefined);
    let before = -1;
    // Reading has come to rest when nothing more is read in many turns.
    for (let still = 0; still < 200; still = decoder.seen.samples === before ? still + 1 : 0) {
      before = decoder.seen.samples;
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Seven segments of 8 s in line per track, one found, one growing.
    expect(decoder.seen.samples).toBeLessThan(2 * 10 * 8 * RATE);
    controller.abort(new Error('done'));
    await expect(running).rejects.toThrow('done');
  });
});

describe('languages', () => {
  it('are the requested one for every segment', async () => {
    const transcriber = transcriberOf();
    await hear({ 0: talk }, { transcriber, language: 'zh' });
    expect(transcriber.calls.every((call) => call.language === 'zh' && call.likelyLanguage === undefined)).toBe(true);
  });

  it('are told from the one before for short segments only', async () => {
    const transcriber = transcriberOf((pcm, options) => ({ ...describeSegment(pcm, options), language: 'es' }));
    await hear({ 0: [-1, 6, -2, 1, -2, 6, -1] }, { transcriber });
    expect(transcriber.calls.flatMap((call) => call.likelyLanguage ?? [])).toEqual(['es']);
    expect(transcriber.calls).toHaveLength(3);
  });

  it('in doubt are heard again in the one surely spoken before', async () => {
    const { book } = await hear({ 0: [-1, 5, -2, 8, -2] }, { transcriber: transcriberOf(distant) });
    expect(book.said().map(({ text }) => text)).toEqual(['clear', 'heard again']);
  });

  it('in doubt at the beginning are heard again in the one spoken next', async () => {
    const { book } = await hear({ 0: [-1, 8, -2, 5, -2] }, { transcriber: transcriberOf(distant) });
    expect(book.said().map(({ text }) => text)).toEqual(['heard again', 'clear']);
  });

  it('stay as they were heard when the second hearing is no better', async () => {
    const transcriber = transcriberOf((pcm, options) =>
      options.language === 'en'
        ? { text: 'wrong', language: 'en', confidence: 0.2 }
        : {
            text: 'heard',
            language: pcm.length > 110_000 ? 'zh' : 'en',
            confidence: pcm.length > 110_000 ? 0.45 : 0.9,
          },
    );
    const { book } = await hear({ 0: [-1, 5, -2, 8, -2] }, { transcriber });
    expect(book.said().map(({ text, language }) => [text, language])).toEqual([
      ['heard', 'en'],
      ['heard', 'zh'],
    ]);
  });

  it('in doubt everywhere keep nobody waiting for ever', async () => {
    const transcriber = transcriberOf(() => ({ text: 'hm', language: 'cy', confidence: 0.3 }), 1);
    const many = Array.from({ length: 12 }, () => [6, -2]).flat();
    const { book } = await hear({ 0: many, 1: many, 2: many }, { transcriber });
    expect(book.said()).toHaveLength(36);
  });
});

describe('a transcriber in trouble', () => {
  it('is tried again after the pause it asked for, or a growing one', async () => {
    const clock = scriptedClock();
    const busy = new Fault('x', 'rate-limited', 'Wait.', { retryAfterMs: 7_000 });
    await hear({ 0: [-1, 5, -2] }, { transcriber: failing(busy, 2), clock });
    expect(clock.slept).toEqual([7_000, 7_000]);
    const down = scriptedClock();
    await hear({ 0: [-1, 5, -2] }, { transcriber: failing(new Fault('x', 'unavailable', 'Down.'), 3), clock: down });
    expect(down.slept).toEqual([1_000, 2_000, 4_000]);
  });

  it.each([
    ['stays away', new Fault('x', 'unavailable', 'Down.'), 5],
    ['refuses the key', new Fault('x', 'unauthorized', 'Key.'), 1],
    ['asks for an hour', new Fault('x', 'rate-limited', 'Wait.', { retryAfterMs: 3_600_000 }), 1],
    ['has a defect', new TypeError('defect'), 1],
  ])('that %s ends it with its own error, and what was stored stays', async (_, error, calls) => {
    const transcriber = transcriberOf((pcm, options) => {
      if (transcriber.calls.length > 2) throw error;
      return describeSegment(pcm, options);
    }, 1);
    const book = notebook();
    const ears = { decoder: decoderOf({ 0: talk }), detector, transcriber, clock: scriptedClock() };
    await expect(listen(ears, input([fresh(0)], 'en'), book, never)).rejects.toBe(error);
    expect(transcriber.calls.length - 2).toBe(calls);
    expect(book.said()).toHaveLength(2);
    expect(book.heardMs.get('t0')).toBe(book.said().at(-1)?.endMs);
  });

  it.each(['bad-output', 'bad-input'] as const)('misses one segment for %s, says which, and goes on', async (kind) => {
    const clean = await hear({ 0: talk }, { language: 'en' });
    const target = clean.book.said()[1];
    const transcriber = transcriberOf((pcm, options) => {
      if (target?.text.includes(` ${pcm.length} `) === true) throw new Fault('x', kind, 'Nonsense.');
      return describeSegment(pcm, options);
    });
    const { book, result } = await hear({ 0: talk }, { transcriber, language: 'en' });
    expect(result.unheard).toEqual([{ trackId: 't0', startMs: target?.startMs, endMs: target?.endMs }]);
    expect(book.said()).toEqual(clean.book.said().filter((said) => said.id !== target?.id));
    expect(book.heardMs.get('t0')).toBe(45_500);
  });

  it.each([1, 2, 6])('that hears none of %i segments fails, and nothing passes for done', async (count) => {
    const fault = new Fault('x', 'bad-output', 'Nonsense.');
    const transcriber = transcriberOf(() => {
      throw fault;
    });
    const book = notebook();
    const runs = Array.from({ length: count }, () => [5, -2]).flat();
    const ears = { decoder: decoderOf({ 0: runs }), detector, transcriber, clock: scriptedClock() };
    await expect(listen(ears, input([fresh(0)], 'en'), book, never)).rejects.toBe(fault);
    expect(book.heardMs.get('t0') ?? 0).toBe(0);
  });
});

describe('other parts in trouble', () => {
  it('a recording that cannot be opened ends it with the decoder’s own error', async () => {
    const fault = new Fault('ffmpeg', 'bad-input', 'Not a recording.');
    const decoder = {
      ...decoderOf({}),
      // oxlint-disable-next-line require-yield -- it fails before the first sample
      async *decode(): AsyncGenerator<Float32Array> {
        throw fault;
      },
    };
    const ears = { decoder, detector, transcriber: transcriberOf(), clock: scriptedClock() };
    await expect(listen(ears, input([fresh(0)]), notebook(), never)).rejects.toBe(fault);
  });

  it('a database that goes away ends it at once', async () => {
    const fault = new Fault('postgres', 'unavailable', 'Gone.');
    const transcriber = transcriberOf();
    const ears = { decoder: decoderOf({ 0: talk }), detector, transcriber, clock: scriptedClock() };
    await expect(listen(ears, input([fresh(0)]), { heard: () => Promise.reject(fault) }, never)).rejects.toBe(fault);
  });
});
