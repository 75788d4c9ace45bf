import { beforeEach, describe, expect, it } from 'vitest';
import { minutesWith } from '../../test/contract/minutes.ts';
import { talk } from '../../test/contract/transcripts.ts';
import type { Minutes, Rendition, Usage } from './model.ts';
import type { Renditions, Rewriter } from './ports.ts';
import { createRewording } from './rewording.ts';

const TRANSCRIPT = talk([
  ['Ana', 'The depot is full.'],
  ['Ben', 'We rent the hall.'],
]);
const USAGE: Usage = { calls: 1, inputTokens: 100, cachedInputTokens: 0, outputTokens: 40, costUsd: 0.01 };
const BY = { provider: 'test', model: 'm', at: '2026-01-05T10:00:00.000Z', usage: USAGE };
const { signal } = new AbortController();
const ignore = (): void => undefined;

let asked: string[];
let counted: Usage[];
let kept: Map<string, Rendition>;
let keptMinutes: Map<string, Minutes>;
let missing: boolean;
beforeEach(() => {
  asked = [];
  counted = [];
  kept = new Map();
  keptMinutes = new Map();
  missing = false;
});

function rendition(kind: Rendition['kind'], language: string): Rendition {
  asked.push(`${kind} ${language}`);
  const [first, second] = TRANSCRIPT.utterances;
  if (first === undefined || second === undefined) throw new Error('two people spoke');
  const line = (id: typeof first.id) => ({ utteranceIds: [id] as const, text: `${language} line` });
  return {
    meetingId: TRANSCRIPT.meetingId,
    kind,
    language,
    lines: missing ? [line(first.id)] : [line(first.id), line(second.id)],
    missing: missing ? [second.id] : [],
    by: BY,
  };
}
const rewriter: Rewriter = {
  name: 'test/m',
  translate: async (_, language) => rendition('translation', language),
  polish: async ({ language }) => rendition('polish', language),
  translateMinutes: async (minutes, _, language) => {
    asked.push(`minutes ${language}`);
    return { ...minutes, language, title: '仓库', by: BY };
  },
};
const renditions: Renditions = {
  keep: async (made) => void kept.set(`${made.kind} ${made.language}`, made),
  find: async (_, kind, language) => kept.get(`${kind} ${language}`) ?? null,
  keepMinutes: async (made) => void keptMinutes.set(made.language, made),
  minutes: async (_, language) => keptMinutes.get(language) ?? null,
};

function rewording(given: Rewriter | null = rewriter) {
  const meetings = {
    measured: async (_: unknown, { usage }: { usage?: Usage }) => void (usage && counted.push(usage)),
  };
  return createRewording({ meetings, renditions, rewriter: given });
}
const minutesAt = (at: string): Minutes =>
  minutesWith({
    meetingId: TRANSCRIPT.meetingId,
    title: 'Depot',
    by: { provider: 'earshot', model: 'extractive', at },
  });
const translated = (minutes: Minutes | null) =>
  rewording().translate({ transcript: TRANSCRIPT, minutes }, 'zh', ignore, signal);

describe('a translation', () => {
  it('is made once, kept, and what it took is counted for the meeting', async () => {
    const minutes = minutesAt('2026-01-05T09:00:00.000Z');
    const first = await translated(minutes);
    expect(first.minutes).toMatchObject({ language: 'zh', title: '仓库' });
    expect(asked).toEqual(['translation zh', 'minutes zh']);
    expect(counted).toEqual([USAGE, USAGE]);
    expect(await translated(minutes)).toEqual(first);
    expect(asked).toHaveLength(2);
    expect(counted).toHaveLength(2);
  });

  it('of minutes that were written anew since is made anew', async () => {
    await translated(minutesAt('2026-01-05T09:00:00.000Z'));
    await translated(minutesAt('2026-01-06T09:00:00.000Z'));
    expect(asked).toEqual(['translation zh', 'minutes zh', 'minutes zh']);
  });

  it('that lacks a line is tried again the next time', async () => {
    missing = true;
    expect((await translated(null)).rendition.missing).toHaveLength(1);
    missing = false;
    expect((await translated(null)).rendition.missing).toEqual([]);
    expect(asked).toEqual(['translation zh', 'translation zh']);
  });

  it('into the language the minutes are in leaves them as they are', async () => {
    const minutes = { ...minutesAt('2026-01-05T09:00:00.000Z'), language: 'zh' };
    expect((await translated(minutes)).minutes).toBe(minutes);
    expect(asked).toEqual(['translation zh']);
  });

  it('needs a language model, and says what to set', async () => {
    const attempt = rewording(null).translate({ transcript: TRANSCRIPT, minutes: null }, 'zh', ignore, signal);
    await expect(attempt).rejects.toMatchObject({
      kind: 'bad-input',
      message: expect.stringContaining('EARSHOT_MODEL'),
    });
  });

  it('that is kept is given without a language model', async () => {
    const { rendition: made } = await translated(null);
    expect(await rewording(null).translate({ transcript: TRANSCRIPT, minutes: null }, 'zh', ignore, signal)).toEqual({
      rendition: made,
      minutes: null,
    });
  });
});

describe('polishing', () => {
  it('keeps the language, is made once and kept', async () => {
    const first = await rewording().polish(TRANSCRIPT, ignore, signal);
    expect(await rewording(null).polish(TRANSCRIPT, ignore, signal)).toEqual(first);
    expect(asked).toEqual(['polish en']);
  });
});
