import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Minutes, Template, Transcript } from '../../src/core/model.ts';
import type { Brief } from '../../src/core/ports.ts';
import { analystContract } from '../contract/analyst.ts';
import { briefFor } from '../contract/minutes.ts';
import { durationOf, talk } from '../contract/transcripts.ts';
import { openGenerative } from './generative-analyst.ts';
import { EMPTY_OUTCOMES, recordIn, spokenLines, takesMinutes, takesMinutesBut } from './minute-taker.ts';
import { fails, says, startScriptedServer } from './scripted-server.ts';
import type { ScriptedServer } from './scripted-server.ts';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reply(takesMinutes);
});

const MEETING = talk([
  ['Ana', 'Good morning. The load test of the payment system failed at 900 users.'],
  ['Ben', 'The connection pool was empty, we need a larger one.'],
  ['Ana', 'Then we decided to move the launch to March 10.'],
  ['Ben', "I'll enlarge the pool by Friday."],
  ['Ana', 'Who tells the customers?'],
  ['Cem Öz', "I'll write to the customers by Wednesday."],
  ['Ben', 'Next topic, the budget of the support team.'],
  ['Cem Öz', 'The budget is 50000 euros, and 30000 are spent.'],
]);

function minutesOf(transcript: Transcript, brief: Partial<Brief> = {}, more = {}): Promise<Minutes> {
  return openGenerative(server, more).minutes(transcript, briefFor(transcript, brief), new AbortController().signal);
}

function template(sections: Template['sections'], more: Partial<Template> = {}): Template {
  return { name: 'own', kind: null, sections, tone: null, length: 'medium', ...more };
}

/** Names of the passes asked for, in order. */
function passes(): (string | null)[] {
  return server.requests.map(({ schemaName }) => schemaName);
}

describe('the generative analyst', () => {
  analystContract(() => openGenerative(server), { deterministic: true, runs: 12 });
});

describe('minutes through a model', () => {
  it('take facts from the record, write once from them, and cite what was said', async () => {
    const minutes = await minutesOf(MEETING);
    expect(passes()).toEqual(['topics', 'outcomes', 'minutes']);
    expect(minutes.decisions.map(({ text, citations }) => [text, citations[0].utteranceIds])).toEqual([
      ['Then we decided to move the launch to March 10.', ['u2']],
    ]);
    expect(minutes.actions.map(({ owner, dueText, dueDate }) => [owner, dueText, dueDate])).toEqual([
      ['Ben', 'by Friday', '2026-01-09'],
      ['Cem Öz', 'by Wednesday', '2026-01-07'],
    ]);
    expect(minutes.questions.map(({ askedBy, answeredBy }) => [askedBy, answeredBy])).toMatchObject([
      [{ person: { displayName: 'Ana' } }, { person: { displayName: 'Cem Öz' } }],
    ]);
    expect(minutes.fallbacks).toEqual([]);
    expect(minutes.rejected).toBe(0);
    expect(minutes.by).toMatchObject({ model: 'gpt-4o-mini', promptVersion: 'minutes-1', usage: { calls: 3 } });
  });

  it('send the same instructions always, and the same record to every pass about it', async () => {
    await minutesOf(MEETING);
    const [topics, outcomes, minutes] = server.requests;
    expect(new Set(server.requests.map(({ instructions }) => instructions)).size).toBe(1);
    const record = topics?.user.slice(0, topics.user.indexOf('Task:')) ?? '';
    expect(outcomes?.user.startsWith(record)).toBe(true);
    expect(minutes?.user.startsWith('===== RECORD ')).toBe(true);
    expect(spokenLines(record)[3]).toEqual({ number: 4, name: 'Ben', text: "I'll enlarge the pool by Friday." });
  });

  it('ask only for what the template shows', async () => {
    const actions = await minutesOf(MEETING, {
      template: template([{ part: 'actions', heading: null }]),
      title: 'Sync',
    });
    expect(passes()).toEqual(['outcomes']);
    expect(server.requests[0]?.user).toContain('decisions: leave empty.');
    expect(actions).toMatchObject({ title: 'Sync', template: 'own', decisions: [], chapters: [], summary: [] });
    expect(actions.actions).toHaveLength(2);

    server.reply(takesMinutes);
    await minutesOf(MEETING, { template: template([{ part: 'summary', heading: null }]) });
    expect(passes()).toEqual(['topics', 'minutes']);
    expect(server.requests[1]?.user).toContain('chapters: leave empty.');
  });

  it("fill a template's own sections by its instructions, in its order, length and tone", async () => {
    const risks = { part: 'custom', heading: 'Risks', instruction: 'What could go wrong', cues: [] } as const;
    const wins = { part: 'custom', heading: 'Wins', instruction: 'What went well', cues: [] } as const;
    server.reply(
      takesMinutesBut({
        outcomes: () =>
          says({
            ...EMPTY_OUTCOMES,
            sections: [
              { section: 1, text: 'The load test failed at 900 users.', lines: [1] },
              { section: 2, text: 'Everybody was very happy with the cake.', lines: [2] },
              { section: 7, text: 'The pool was empty.', lines: [2] },
            ],
          }),
      }),
    );
    const own = template([risks, { part: 'summary', heading: 'In short' }, wins], { tone: 'sober', length: 'short' });
    const minutes = await minutesOf(MEETING, { template: own });
    expect(minutes.sections).toMatchObject([
      { heading: 'Risks', items: [{ text: 'The load test failed at 900 users.' }] },
      { part: 'summary', heading: 'In short' },
      { heading: 'Wins', items: [] },
    ]);
    const asked = server.requests.find(({ schemaName }) => schemaName === 'outcomes')?.user ?? '';
    expect(asked).toContain('1. Risks: What could go wrong');
    expect(asked).toContain('Tone: sober.');
    expect(server.requests.at(-1)?.user).toContain('one to three sentences');
  });

  it('are written in the language asked for, with names and due texts as they were said', async () => {
    server.reply(
      takesMinutesBut({
        outcomes: () =>
          says({
            ...EMPTY_OUTCOMES,
            decisions: [
              { text: '上线改到3月10日 。', lines: [3] },
              { text: '上线改到4月10日。', lines: [3] },
            ],
            actions: [{ text: 'Ben 将在周五前扩大连接池', owner: 'Ben', due: 'by Friday', lines: [4] }],
          }),
      }),
    );
    const minutes = await minutesOf(MEETING, { language: 'zh' });
    expect(minutes.language).toBe('zh');
    expect(minutes.decisions.map(({ text }) => text)).toEqual(['上线改到3月10日。']);
    expect(minutes.actions).toMatchObject([{ owner: 'Ben', dueText: 'by Friday', dueDate: '2026-01-09' }]);
    expect(server.requests[0]?.user).toContain('Write in Chinese');
  });

  it('of noise ask nothing, and say that nothing was said', async () => {
    const minutes = await minutesOf(
      talk([
        [null, '...'],
        ['Ana', 'um'],
        ['Ben', '🎉'],
      ]),
    );
    expect(server.requests).toEqual([]);
    expect(minutes).toMatchObject({ title: 'Nothing was said', summary: [], actions: [], by: { model: 'extractive' } });
  });

  it('drop and count what cites lines that are not there, or none', async () => {
    server.reply(
      takesMinutesBut({
        outcomes: () =>
          says({
            ...EMPTY_OUTCOMES,
            decisions: [
              { text: 'The launch moves to March 10.', lines: [3] },
              { text: 'The launch moves to March 10.', lines: [3, 99] },
              { text: 'The launch moves to March 10.', lines: [0] },
              { text: 'The launch moves to March 10.', lines: [2.5] },
              { text: 'The launch moves to March 10.', lines: [] },
            ],
          }),
      }),
    );
    const minutes = await minutesOf(MEETING);
    expect(minutes.decisions).toHaveLength(1);
    expect(minutes.rejected).toBe(4);
  });

  it('keep a decision and the one that overrules it, in order', async () => {
    server.reply(
      takesMinutesBut({
        outcomes: () =>
          says({
            ...EMPTY_OUTCOMES,
            decisions: [
              { text: 'The launch is on March 10 after all.', lines: [3] },
              { text: 'The launch is in April.', lines: [1] },
            ],
          }),
      }),
    );
    const april = talk([
      ['Ana', 'So the launch is in April.'],
      ['Ben', 'Wait, the fair is in March.'],
      ['Ana', 'Then the launch is on March 10 after all.'],
    ]);
    const { decisions } = await minutesOf(april);
    expect(decisions.map(({ citations }) => citations[0].utteranceIds)).toEqual([['u0'], ['u2']]);
  });
});

describe('a long meeting', () => {
  /** Three hours, 3,000 utterances, a fact of its own in every hundred. */
  const turns = Array.from({ length: 3000 }, (_, at): readonly [string, string] => {
    const name = ['Ana', 'Ben', 'Cem Öz'][at % 3] ?? 'Ana';
    if (at % 100 === 50) return [name, `FACT ${at}: depot ${at} has ${at + 1} trucks.`];
    if (at % 100 === 70) return [name, `I'll inspect depot ${at} by Friday.`];
    if (at % 100 === 90) return [name, `Then we decided to close gate ${at}.`];
    return [name, `And so the talk about part ${at % 37} of plan ${at % 41} went on for a while, as it does.`];
  });
  const long = talk(turns);

  it('fits into a small context window by window: facts of every window are there, each once', async () => {
    const minutes = await minutesOf(long, {}, { contextTokens: 8192 });
    expect(server.requests.filter(({ schemaName }) => schemaName === 'topics').length).toBeGreaterThan(10);
    expect(passes().filter((pass) => pass === 'minutes')).toEqual(['minutes']);
    const decided = minutes.decisions.map(({ text }) => /gate (\d+)/u.exec(text)?.[1]);
    expect(decided).toEqual(Array.from({ length: 30 }, (_, at) => String(at * 100 + 90)));
    expect(minutes.actions.map(({ text }) => /depot (\d+)/u.exec(text)?.[1])).toEqual(
      Array.from({ length: 30 }, (_, at) => String(at * 100 + 70)),
    );
    const told = minutes.chapters.flatMap(({ points }) => points.map(({ text }) => /FACT (\d+)/u.exec(text)?.[1]));
    expect(told.filter((fact) => fact !== undefined)).toEqual(
      Array.from({ length: 30 }, (_, at) => String(at * 100 + 50)),
    );
    expect(minutes.chapters.at(-1)?.endMs).toBe(durationOf(long));
    expect(minutes.fallbacks).toEqual([]);
    expect(minutes.rejected).toBe(0);
  });

  it('is read in one piece when it fits', async () => {
    await minutesOf({ ...long, utterances: long.utterances.slice(0, 800) });
    expect(passes()).toEqual(['topics', 'outcomes', 'minutes']);
  });

  it('with one utterance longer than a window is still read to its last word', async () => {
    const words = Array.from({ length: 4000 }, (_, at) => `word${at}`).join(' ');
    const speech = talk([
      ['Ana', 'Here comes the speech.'],
      ['Ben', `${words} and FACT the end.`],
    ]);
    await minutesOf(speech, {}, { contextTokens: 8192 });
    const read = server.requests
      .filter(({ schemaName }) => schemaName === 'topics')
      .flatMap(({ user }) => spokenLines(user));
    expect(new Set(read.map(({ number }) => number))).toEqual(new Set([1, 2]));
    expect(read.some(({ text }) => text.endsWith('FACT the end.'))).toBe(true);
    expect(read.map(({ text }) => text).join(' ')).toContain('word3999');
  });

  it('asks for less at once after a reply that was cut off', async () => {
    let cut = 0;
    server.reply(
      takesMinutesBut({
        outcomes: (request) => {
          if (spokenLines(request.user).length <= 4) return takesMinutes(request);
          cut++;
          return says('{"decisions":[{"te', { finish: 'length' });
        },
      }),
    );
    const minutes = await minutesOf(MEETING, {}, { contextTokens: 4096 });
    expect(cut).toBeGreaterThan(0);
    expect(minutes.fallbacks).toEqual([]);
    expect(minutes.actions).toHaveLength(2);
  });
});

describe('when the model fails', () => {
  it('at one pass twice, the extractive analyst stands in for its parts, and the minutes say so', async () => {
    server.reply(takesMinutesBut({ outcomes: () => says('Sure! Here you go: {') }));
    const minutes = await minutesOf(MEETING);
    expect(minutes.actions.map(({ owner }) => owner)).toEqual(['Ben', 'Cem Öz']);
    expect(minutes.fallbacks).toEqual(
      ['decisions', 'actions', 'questions', 'open-questions', 'speakers'].map((part) => ({
        part,
        reason: 'bad-output',
      })),
    );
    expect(minutes.by.provider).not.toBe('earshot');
  });

  it('at the write-up, summary, chapters and title come from what was said', async () => {
    server.reply(takesMinutesBut({ minutes: () => says('', { finish: 'content_filter' }) }));
    const minutes = await minutesOf(MEETING);
    expect(minutes.fallbacks).toEqual([
      { part: 'summary', reason: 'bad-output' },
      { part: 'chapters', reason: 'bad-output' },
    ]);
    expect(minutes.summary.length).toBeGreaterThan(0);
    expect(minutes.chapters.length).toBeGreaterThan(0);
    expect(minutes.decisions).toHaveLength(1);
  });

  it('once, it is asked again', async () => {
    let asked = 0;
    server.reply(
      takesMinutesBut({ outcomes: (request) => (asked++ === 1 ? takesMinutes(request) : says('not JSON')) }),
    );
    const { fallbacks, actions } = await minutesOf(MEETING);
    expect([fallbacks, actions.length]).toEqual([[], 2]);
  });

  it.each([
    ['refuses the key', 401, 'forbidden', 1],
    ['is out of credit', 402, 'forbidden', 1],
    ['is down', 503, 'unavailable', 4],
    ['is asked too often', 429, 'rate-limited', 4],
  ])('because the server %s, all minutes are extractive and say why', async (_, status, reason, requests) => {
    server.reply(() => fails(status, 'no'));
    const minutes = await minutesOf(MEETING);
    expect(minutes.fallbacks).toEqual([{ part: 'all', reason }]);
    expect(minutes.by.model).toBe('extractive');
    expect(minutes.actions.length).toBeGreaterThan(0);
    expect(server.requests).toHaveLength(requests);
  });

  it('because the key is refused, a long meeting asks once too', async () => {
    server.reply(() => fails(401, 'no'));
    const turns = Array.from({ length: 300 }, (_, at): readonly [string, string] => [
      'Ana',
      `Part ${at} of the plan concerns the depot and its many trucks.`,
    ]);
    const minutes = await minutesOf(talk(turns), {}, { contextTokens: 4096 });
    expect(minutes.fallbacks).toEqual([{ part: 'all', reason: 'forbidden' }]);
    expect(server.requests).toHaveLength(1);
  });

  it('half-way, what it gave stays and the rest is extractive', async () => {
    server.reply(takesMinutesBut({ minutes: () => fails(503, 'no') }));
    const minutes = await minutesOf(MEETING);
    expect(minutes.fallbacks).toEqual([
      { part: 'summary', reason: 'unavailable' },
      { part: 'chapters', reason: 'unavailable' },
    ]);
    expect(minutes.by.usage?.calls).toBe(2);
    expect(minutes.decisions).toHaveLength(1);
  });

  it('in one window only, that window alone is extractive', async () => {
    const tasks = ['repair the pump', 'call the landlord', 'order new tyres', 'paint gate four', 'book the hall'];
    const turns = Array.from({ length: 120 }, (_, at): readonly [string, string] => {
      const task = at % 24 === 12 ? tasks[Math.floor(at / 24)] : undefined;
      return [
        at % 2 === 0 ? 'Ana' : 'Ben',
        task === undefined
          ? `Part ${at} of the plan concerns the depot and its many trucks.`
          : `I'll ${task} by Friday.`,
      ];
    });
    server.reply(
      takesMinutesBut({
        outcomes: (request) =>
          spokenLines(request.user).some(({ number }) => number === 1) ? says('no') : takesMinutes(request),
      }),
    );
    const minutes = await minutesOf(talk(turns), {}, { contextTokens: 4096 });
    expect(server.requests.filter(({ schemaName }) => schemaName === 'topics').length).toBeGreaterThan(2);
    expect(minutes.fallbacks.map(({ part }) => part)).toContain('actions');
    expect(minutes.actions.map(({ text }) => text)).toEqual(tasks.map((task) => `I'll ${task} by Friday.`));
  });

  it('never at the cost of a cancellation, which ends everything at once', async () => {
    const stopping = new AbortController();
    server.reply(() => {
      stopping.abort(new Error('stopped'));
      return { kind: 'hangs' };
    });
    await expect(openGenerative(server).minutes(MEETING, briefFor(MEETING), stopping.signal)).rejects.toThrow(
      'stopped',
    );
    expect(server.requests).toHaveLength(1);
  });
});

describe('the record that a model reads', () => {
  it('holds facts for the writer within the context, however many there are', async () => {
    const turns = Array.from({ length: 700 }, (_, at): readonly [string, string] => [
      'Ana',
      `FACT ${at}: the depot number ${at} in the valley has ${at} trucks and needs ${at + 2} more of them.`,
    ]);
    const minutes = await minutesOf(talk(turns), {}, { contextTokens: 4096 });
    const written = server.requests.filter(({ schemaName }) => schemaName === 'minutes');
    expect(written).toHaveLength(1);
    const facts = recordIn(written[0]?.user ?? '');
    expect(facts.some((line) => line.startsWith('T1 '))).toBe(true);
    expect(minutes.fallbacks).toEqual([]);
    expect(minutes.chapters.flatMap(({ points }) => points).length).toBe(700);
  });
});
