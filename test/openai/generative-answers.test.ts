import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Transcript } from '../../src/core/model.ts';
import type { Inquiry } from '../../src/core/ports.ts';
import { meetingId, talk, utteranceId } from '../contract/transcripts.ts';
import { openGenerative } from './generative-analyst.ts';
import { recordIn, spokenLines } from './minute-taker.ts';
import { fails, says, startScriptedServer } from './scripted-server.ts';
import type { ScriptedReply, ScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const MEETING = talk([
  ['Ana', 'The launch is on March 10.'],
  ['Ben', 'The pool is empty at 900 users.'],
  ['Ana', 'Sorry, I meant March 17 for the launch.'],
  ['Cem', 'I still have the launch on March 10 in my calendar.'],
]);

type Role = 'answers' | 'corrects' | 'contradicts';
function replies(
  claims: readonly (readonly [string, readonly number[], Role?])[],
  more: { readonly exhaustive?: boolean; readonly answered?: boolean } = {},
): ScriptedReply {
  return says({
    claims: claims.map(([text, lines, role = 'answers']) => ({ text, lines, role })),
    exhaustive: false,
    answered: true,
    ...more,
  });
}

function ask(inquiry: Partial<Inquiry>, more = {}): Promise<Answer> {
  return openGenerative(server, more).answer(
    { question: 'When is the launch?', evidence: [MEETING], complete: true, ...inquiry },
    new AbortController().signal,
  );
}

function textsOf(answer: Answer): readonly string[] {
  return answer.kind === 'answered' ? answer.claims.map(({ text }) => text) : [answer.kind];
}

describe('an answer through a model', () => {
  it('is cited claim by claim, with what corrects or contradicts it after it', async () => {
    server.reply(() =>
      replies([
        ['Cem still has the launch on March 10.', [4], 'contradicts'],
        ['The launch is on March 17.', [3]],
      ]),
    );
    const answer = await ask({});
    expect(textsOf(answer)).toEqual(['The launch is on March 17.', 'Cem still has the launch on March 10.']);
    expect(answer).toMatchObject({
      claims: [{ citations: [{ utteranceIds: ['u2'] }] }, {}],
      by: { usage: { calls: 1 } },
    });
  });

  it('has five claims at most, what stands against them among them', async () => {
    const answers = Array.from(
      { length: 8 },
      (_, at) => [`The launch is on March 1${at === 0 ? 0 : 7}${' or so'.repeat(at)}.`, [at === 0 ? 1 : 3]] as const,
    );
    server.reply(() => replies([...answers, ['The launch is on March 10 in the calendar.', [4], 'contradicts']]));
    const texts = textsOf(await ask({}));
    expect(texts.length).toBeLessThanOrEqual(5);
    expect(texts).toContain('The launch is on March 10 in the calendar.');
  });

  it.each<[string, ScriptedReply]>([
    ['the model says so', replies([['The launch is on March 10.', [1]]], { answered: false })],
    [
      'nothing it gives is borne out',
      replies([
        ['The launch is in April.', [1]],
        ['It rains.', [2]],
      ]),
    ],
    [
      'it cites lines that are not there',
      replies([
        ['The launch is on March 10.', [99]],
        ['The launch is on March 10.', []],
      ]),
    ],
    ['it gives nothing', replies([])],
  ])('is "not said" when %s', async (_, reply) => {
    server.reply(() => reply);
    expect(await ask({})).toMatchObject({ kind: 'not-said', searched: 4 });
  });

  it('to how often, all or whether at all needs everything that was said', async () => {
    const given = replies([['The launch is on March 10.', [1]]]);
    server.reply(() => given);
    expect((await ask({ question: 'How often was the launch mentioned?', complete: false })).kind).toBe('not-said');
    expect((await ask({ question: '有没有人提到上线？', complete: false })).kind).toBe('not-said');
    expect((await ask({ question: 'How often was the launch mentioned?' })).kind).toBe('answered');
    expect((await ask({ complete: false })).kind).toBe('answered');
    server.reply(() => replies([['The launch is on March 10.', [1]]], { exhaustive: true }));
    expect((await ask({ complete: false })).kind).toBe('not-said');
  });

  it('is in the language of the question, whatever the record is in', async () => {
    server.reply(() =>
      replies([
        ['上线时间是 3月17日 。', [3]],
        ['上线时间是4月1日。', [3]],
      ]),
    );
    expect(textsOf(await ask({ question: '什么时候上线？' }))).toEqual(['上线时间是 3月17日。']);
    // The same in a language that nobody asked for is nothing that code could compare.
    expect((await ask({})).kind).toBe('not-said');
  });

  it('over several meetings rests each claim on its own, by numbers that run over all passages', async () => {
    const other: Transcript = {
      ...talk([['Dana', 'The launch of the shop was on May 3.']]),
      meetingId: meetingId('m-2'),
    };
    const evidence = [
      MEETING,
      { ...other, utterances: other.utterances.map((utterance) => ({ ...utterance, id: utteranceId('w0') })) },
    ];
    server.reply((request) => {
      expect(recordIn(request.user).at(-1)).toBe('[5] M2 00:00:00 Dana: The launch of the shop was on May 3.');
      return replies([
        ['The shop was launched on May 3.', [5]],
        ['The launch is on March 17.', [3]],
      ]);
    });
    const answer = await ask({ evidence });
    expect(answer).toMatchObject({
      claims: [
        { meetingId: 'm-2', citations: [{ utteranceIds: ['w0'] }] },
        { meetingId: 'm-1', citations: [{ utteranceIds: ['u2'] }] },
      ],
    });
  });

  it('without evidence or a question asks nobody', async () => {
    server.reply(() => fails(500, 'not to be asked'));
    expect(await ask({ evidence: [] })).toMatchObject({ kind: 'not-said', searched: 0 });
    expect(await ask({ question: ' ' })).toMatchObject({ kind: 'not-said' });
    expect(server.requests).toEqual([]);
  });
});

describe('more evidence than a model reads at once', () => {
  const long = talk(
    Array.from({ length: 600 }, (_, at): readonly [string, string] => [
      'Ana',
      at % 200 === 100
        ? `The launch of product ${at} is on March ${at / 100}.`
        : `Part ${at} of the plan concerns the depot and its trucks.`,
    ]),
  );

  it('is read window by window when it is everything, and the answer is written once from what they gave', async () => {
    server.reply((request) => {
      const found = spokenLines(request.user).filter(({ text }) => text.includes('launch'));
      if (found.length > 0) return replies(found.map(({ text, number }) => [text, [number]]));
      const facts = recordIn(request.user).filter((line) => /^\(\d+\)/u.test(line));
      return replies(
        facts.map((line) => [line.replace(/^\(\d+\) /u, ''), [Number(/\d+/u.exec(line)?.[0])]]),
        { answered: facts.length > 0 },
      );
    });
    const answer = await ask({ evidence: [long] }, { contextTokens: 4096 });
    expect(server.requests.length).toBeGreaterThan(4);
    expect(textsOf(answer)).toEqual([1, 3, 5].map((day) => `The launch of product ${day * 100} is on March ${day}.`));
  });

  it('is cut to the best passages otherwise', async () => {
    server.reply(() => replies([['Part 0 of the plan concerns the depot.', [1]]]));
    const answer = await ask({ evidence: [long], complete: false }, { contextTokens: 4096 });
    expect(server.requests).toHaveLength(1);
    expect(textsOf(answer)).toEqual(['Part 0 of the plan concerns the depot.']);
  });
});

describe('when the model fails', () => {
  it.each<[string, ScriptedReply]>([
    ['refuses the key', fails(401, 'no')],
    ['is down', fails(503, 'no')],
    ['gives no JSON, twice', says('I think it is in March!')],
    ['declines', says('', { finish: 'content_filter' })],
  ])('because the server %s, the answer is a quotation', async (_, reply) => {
    server.reply(() => reply);
    const answer = await ask({ question: 'How many users empty the pool?' });
    expect(answer.by.model).toBe('extractive');
    expect(textsOf(answer)).toEqual(['The pool is empty at 900 users.']);
    expect(answer.fallback).toMatch(/^(?:forbidden|unavailable|bad-output|quota|declined)$/u);
  });

  it('a cancellation is not answered', async () => {
    const stopping = new AbortController();
    server.reply(() => {
      stopping.abort(new Error('stopped'));
      return { kind: 'hangs' };
    });
    await expect(
      openGenerative(server).answer({ question: 'When?', evidence: [MEETING], complete: true }, stopping.signal),
    ).rejects.toThrow('stopped');
  });
});
