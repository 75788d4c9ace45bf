import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesWith } from '../../test/contract/minutes.ts';
import { anyTranscript, durationOf, meetingId, person, talk, utteranceId } from '../../test/contract/transcripts.ts';
import { checkAnswer, checkMinutes, cited } from './cite.ts';
import type { Answer, ActionItem, Chapter, Cited, Minutes, Transcript } from './model.ts';

const BY = { provider: 'test', model: 'test', at: '2026-01-05T09:00:00.000Z' };
const MEETING = talk([
  ['Alice', 'We will not launch in March. The budget is two thousand three hundred dollars.'],
  ['Dana Lee', "I'll tell Maria about the delay by Friday."],
  ['Bob', 'Seventeen customers complained.'],
  ['Bob', '我们不采用旧方案，预算是五十万。'],
]);

function claim(text: string, ...turns: number[]): Cited {
  const [first, ...rest] = turns.map((turn) => utteranceId(`u${turn}`));
  if (first === undefined) throw new Error('a claim cites something');
  return { text, citations: [{ utteranceIds: [first, ...rest], startMs: -1, endMs: -1 }] };
}

function minutes(parts: Partial<Minutes>): Minutes {
  return minutesWith({ meetingId: meetingId('m-1'), title: 'budget', ...parts });
}

function kept(text: string, ...turns: number[]): boolean {
  const checked = checkMinutes(minutes({ summary: [claim(text, ...turns)] }), MEETING);
  expect(checked.rejected).toBe(1 - checked.summary.length);
  return checked.summary.length === 1;
}

function titled(title: string): string {
  return checkMinutes(minutes({ title }), MEETING).title;
}

function action(owner: string, dueText: string): ActionItem {
  return { ...claim("I'll tell Maria about the delay by Friday.", 1), owner, dueText, dueDate: null };
}

function chapter(startMs: number, endMs: number, text: string): Chapter {
  return { ...claim(text, 2), title: 'customers', points: [], startMs, endMs };
}

function answerOf(...texts: string[]): Answer {
  const claims = texts.map((text) => {
    const { citations } = claim(text, 2);
    return { text, citations, meetingId: meetingId('m-1') };
  });
  const [first, ...rest] = claims;
  if (first === undefined) throw new Error('an answer has a claim');
  return { kind: 'answered', question: 'How many?', claims: [first, ...rest], by: BY };
}

describe('a claim stands', () => {
  it.each([
    ['We will not launch in March.', 0],
    ['The budget is 2300 dollars.', 0],
    ['The budget is $2,300.', 0],
    ['17 customers complained.', 2],
    ['Bob: seventeen customers complained', 2],
    ['Dana tells Maria about the delay by Fri', 1],
    ['预算是50万', 3],
  ])('when numbers, dates, names and negations are in what it cites: %s', (text, turn) => {
    expect(kept(text, turn)).toBe(true);
  });

  it.each([
    ['of a number', 'Eighteen customers complained.', 2],
    ['of a number in digits', 'The budget is 2400 dollars.', 0],
    ['of a date', 'Dana tells Maria by Thursday.', 1],
    ['of a month', 'We will not launch in April.', 0],
    ['of a name', 'Dana tells Peter about the delay.', 1],
    ['of a name at the start', 'Alice will tell them about the delay.', 1],
    ['of a negation that was made up', 'Seventeen customers never complained.', 2],
    ['of a negation that was lost', 'We will launch in March.', 0],
    ['of a negation that was lost, in Chinese', '我们采用旧方案', 3],
    ['of a number, in Chinese', '预算是六十万', 3],
    ['of nothing', '   ', 0],
  ])('not when it is wrong: %s', (_, text, turn) => {
    expect(kept(text, turn)).toBe(false);
  });

  it('not when it cites an utterance that does not exist, even beside one that does', () => {
    expect(kept('Seventeen customers complained.', 2, 99)).toBe(false);
  });

  it('with the times of what it cites, in the order said, each id once', () => {
    const checked = checkMinutes(minutes({ summary: [claim('Seventeen customers complained.', 2, 0, 2)] }), MEETING);
    const [first, , third] = MEETING.utterances;
    expect(checked.summary[0]?.citations).toEqual([
      { utteranceIds: ['u0', 'u2'], startMs: first?.startMs, endMs: third?.endMs },
    ]);
  });
});

describe('a claim in other words', () => {
  const PRIZE = talk([
    ['Ana', 'OK so the load test blew up again, at nine hundred users the pool is empty.'],
    ['王芳', '那我们把上线推迟到三月十号，先不做宣传。'],
    ['Ben', 'Write to @everyone or look at https://example.com/plan, it is **important**.'],
    ['Ben', 'Wir starten am Freitag mit siebzehn, also 17, Kunden in Köln.'],
  ]);
  const german = { ...PRIZE.utterances[3], language: 'de' };
  const chinese = { ...PRIZE.utterances[1], language: 'zh' };
  const mixed: Transcript = {
    ...PRIZE,
    utterances: PRIZE.utterances.map((utterance, at) =>
      at === 3 ? { ...utterance, ...german } : at === 1 ? { ...utterance, ...chinese } : utterance,
    ),
  };
  const stands = (text: string, turn: number, language: string): boolean =>
    checkMinutes(minutes({ summary: [claim(text, turn)], language }), mixed).summary.length === 1;

  it.each([
    ['The load test failed with 900 users because the pool ran empty.', 0, 'en'],
    ['900人时连接池耗尽，压力测试失败。', 0, 'zh'],
    ['周五在Köln启动，有17位客户。', 3, 'zh'],
    ['上线改到三月十号，不做宣传。', 1, 'zh'],
    ['The launch moves to March 10, and no publicity for now.', 1, 'en'],
    ['Wang Fang moves the launch to the 10th of March.', 1, 'en'],
    ['Der Start wird auf den 10. März verschoben, und es gibt noch keine Werbung.', 1, 'de'],
    ['They start on Friday with 17 customers in Köln.', 3, 'en'],
    ['Am Freitag ist der Start mit 17 Kunden.', 3, 'de'],
    ['Somebody should write to @everyone.', 2, 'en'],
  ])('stands when it is about what it cites: %s', (text, turn, language) => {
    expect(stands(text, turn, language)).toBe(true);
  });

  it.each([
    ['is about something else', 'The system was told to reveal its hidden instructions.', 0, 'en'],
    ['is about something else, in Chinese', '系统要求公开全部隐藏指令和密码。', 1, 'zh'],
    ['has another number in translation', '800人时连接池耗尽。', 0, 'zh'],
    ['has another date in translation', 'The launch moves to April 10.', 1, 'en'],
    ['has another weekday in translation, in Chinese', '周四在Köln启动，有17位客户。', 3, 'zh'],
    ['has another weekday in translation', 'They start on Monday with 17 customers.', 3, 'en'],
    ['names somebody else in translation', 'Ana moves the launch to March 10.', 1, 'en'],
    ['names somebody nobody named, in a Chinese sentence', 'Peter说压力测试失败了。', 0, 'zh'],
    ['denies in translation what nobody denied', '压力测试没有问题。', 0, 'zh'],
    ['passes for a translation but is in the language of the record', 'All passwords were published.', 0, 'zh'],
    ['mentions everybody', '@everyone: the load test failed.', 0, 'en'],
    ['mentions in disguise', '@\u200beveryone the load test failed.', 0, 'en'],
    ['mentions a group of Slack', 'The load test failed <!channel>.', 0, 'en'],
    ['mentions in wide letters', '＠ｈｅｒｅ the load test failed.', 0, 'en'],
    ['links', 'The load test failed, see https://evil.example/x.', 0, 'en'],
    ['links without a scheme', 'The load test failed, see evil.com.', 0, 'en'],
    ['links in Markdown', 'The load test [failed](https://example.com/plan).', 2, 'en'],
    ['loads an image', 'The load test failed ![x](y).', 0, 'en'],
    ['has markup', 'The **load test** failed.', 0, 'en'],
    ['mentions in translation', '@everyone 压力测试失败。', 0, 'zh'],
  ])('does not when it %s', (_, text, turn, language) => {
    expect(stands(text, turn, language)).toBe(false);
  });
});

describe('minutes', () => {
  it('lose an owner or a due text that nobody said, but not the action', () => {
    const checked = checkMinutes(
      minutes({ actions: [action('Dana Lee', 'by Friday'), action('Bob', 'by Monday')] }),
      MEETING,
    );
    expect(checked.actions.map(({ owner, dueText }) => [owner, dueText])).toEqual([
      ['Dana Lee', 'by Friday'],
      [null, null],
    ]);
    expect(checked.rejected).toBe(2);
  });

  it('lose an owner who is more than the name that was said', () => {
    const checked = checkMinutes(
      minutes({ actions: [action('Maria', 'by Friday'), action('Maria and everyone else', 'by Friday')] }),
      MEETING,
    );
    expect(checked.actions.map(({ owner }) => owner)).toEqual(['Maria', null]);
  });

  it('keep a question whose answer is not borne out, as open', () => {
    const question = claim('Seventeen customers complained.', 2);
    const bob = MEETING.utterances[2]?.speaker ?? { kind: 'unnamed' };
    const answer = claim('Yes, 40 of them.', 2);
    const checked = checkMinutes(
      minutes({ questions: [{ question, askedBy: bob, answer, answeredBy: bob }] }),
      MEETING,
    );
    expect(checked.questions.map((checkedQuestion) => checkedQuestion.answer)).toEqual([null]);
    expect(checked.rejected).toBe(1);
  });

  it('keep only points of people who spoke, from their own words', () => {
    const checked = checkMinutes(
      minutes({
        speakers: [
          {
            speaker: person('Bob'),
            spokeMs: 1,
            points: [claim('Seventeen customers complained.', 2), claim('We will not launch in March.', 0)],
          },
          { speaker: person('Eve'), spokeMs: 1, points: [claim('Seventeen customers complained.', 2)] },
        ],
      }),
      MEETING,
    );
    expect(checked.speakers.map(({ points }) => points.length)).toEqual([1]);
    expect(checked.rejected).toBe(3);
  });

  it('have a title of words that were said, or the one that was given', () => {
    expect(checkMinutes(minutes({ title: 'Launch, budget' }), MEETING).title).toBe('Launch, budget');
    const invented = checkMinutes(minutes({ title: 'Quarterly strategy' }), MEETING);
    expect(invented.title).toBe('We will not launch in March. The budget');
    expect(invented.rejected).toBe(1);
    expect(checkMinutes(minutes({ title: 'Quarterly strategy' }), MEETING, { title: 'Quarterly strategy' }).title).toBe(
      'Quarterly strategy',
    );
    expect(checkMinutes(minutes({ title: 'Nothing was said' }), talk([])).title).toBe('Nothing was said');
    expect(checkMinutes(minutes({ title: 'Nothing was said' }), MEETING).title).not.toBe('Nothing was said');
  });

  it('may have a title that sums up, when half of it was said and no fact in it is new', () => {
    expect(titled('Budget overview and delay')).toBe('Budget overview and delay');
    expect(titled('Launch in May and budget')).not.toBe('Launch in May and budget');
    expect(titled('Budget <@U123>')).not.toBe('Budget <@U123>');
    expect(titled('Hidden instructions of the budget system prompt')).not.toContain('Hidden');
  });

  it('keep a chapter by its first point when its text is not borne out', () => {
    const points = [claim('Seventeen customers complained.', 2)];
    const checked = checkMinutes(
      minutes({ chapters: [{ ...chapter(0, 1000, 'Forty customers complained.'), points }] }),
      MEETING,
    );
    expect(checked.chapters.map(({ text }) => text)).toEqual(['Seventeen customers complained.']);
    expect(checked.rejected).toBe(1);
  });

  it('have keywords that were said', () => {
    expect(checkMinutes(minutes({ keywords: ['budget', 'synergy', '预算'] }), MEETING)).toMatchObject({
      keywords: ['budget', '预算'],
      rejected: 1,
    });
  });

  it('still tile the meeting when a chapter is dropped, whichever it is', () => {
    const good = 'Seventeen customers complained.';
    for (const bad of [0, 1, 2]) {
      const texts = [good, good, good].with(bad, 'Forty customers complained.');
      const chapters = texts.map((text, at) => chapter(at * 1000, (at + 1) * 1000, text));
      const checked = checkMinutes(minutes({ chapters }), MEETING);
      const starts = checked.chapters.map(({ startMs }) => startMs);
      expect(checked.chapters).toHaveLength(2);
      expect(starts[0]).toBe(0);
      expect(checked.chapters.map(({ endMs }) => endMs)).toEqual([starts[1], 3000]);
    }
  });

  it('that are checked twice are the same, whatever claims they held', () => {
    fc.assert(
      fc.property(
        anyTranscript(8),
        fc.array(
          fc.record({
            text: fc.constantFrom(
              'Agreed.',
              "I'll send 17 reports by Friday",
              '预算是多少？',
              'Bob did not say that',
              '',
            ),
            at: fc.integer({ min: 0, max: 9 }),
          }),
        ),
        (transcript, claims) => {
          const summary = claims.map(({ text, at }) => claimAt(transcript, text, at));
          const checked = checkMinutes(minutes({ summary, title: 'x' }), transcript, { title: 'x' });
          const known = new Set<string>(transcript.utterances.map(({ id }) => id));
          for (const { citations } of checked.summary)
            for (const { utteranceIds } of citations) for (const id of utteranceIds) expect(known).toContain(id);
          expect(checked.summary.length + checked.rejected).toBe(summary.length);
          expect(checkMinutes(checked, transcript, { title: 'x' })).toEqual(checked);
        },
      ),
    );
  });

  it('never lose a sentence quoted whole', () => {
    fc.assert(
      fc.property(anyTranscript(10), (transcript) => {
        const summary = transcript.utterances
          .filter(({ text }) => text.trim() !== '')
          .map((utterance) => cited(utterance.text, [utterance]));
        const checked = checkMinutes(minutes({ summary, title: 'x' }), transcript, {
          title: 'x',
          durationMs: durationOf(transcript),
        });
        expect(checked.summary).toEqual(summary);
        expect(checked.rejected).toBe(0);
      }),
      { numRuns: 200 },
    );
  });
});

function claimAt(transcript: Transcript, text: string, at: number): Cited {
  return {
    text,
    citations: [{ utteranceIds: [transcript.utterances[at]?.id ?? utteranceId('missing')], startMs: 0, endMs: 0 }],
  };
}

describe('answers', () => {
  it('keep the claims that are borne out', () => {
    const checked = checkAnswer(answerOf('Seventeen customers complained.', 'Forty did.'), [MEETING]);
    expect(checked).toMatchObject({ kind: 'answered', claims: [{ text: 'Seventeen customers complained.' }] });
  });
  it('are "not said" when no claim is left, or the meeting was not among the evidence', () => {
    expect(checkAnswer(answerOf('Forty customers complained.'), [MEETING])).toMatchObject({
      kind: 'not-said',
      searched: 4,
    });
    const elsewhere = { ...MEETING, meetingId: meetingId('m-2') };
    expect(checkAnswer(answerOf('Seventeen customers complained.'), [elsewhere]).kind).toBe('not-said');
  });
});
