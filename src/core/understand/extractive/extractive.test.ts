import { describe, expect, it } from 'vitest';
import { analystContract } from '../../../../test/contract/analyst.ts';
import { briefFor } from '../../../../test/contract/minutes.ts';
import { silent } from '../../../../test/contract/surroundings.ts';
import { talk } from '../../../../test/contract/transcripts.ts';
import type { Cited, Minutes, Transcript } from '../../model.ts';
import { clean } from './clean.ts';
import { createExtractive } from './extractive.ts';
import { tokenise } from './words.ts';

const clock = { now: () => new Date('2026-01-05T09:00:00.000Z') };

function minutesOf(transcript: Transcript): Promise<Minutes> {
  return createExtractive({ clock, embeddings: null, dates: null, log: silent }).minutes(
    transcript,
    briefFor(transcript),
    new AbortController().signal,
  );
}

describe('the extractive analyst', () => {
  analystContract(() => createExtractive({ clock, embeddings: null, dates: null, log: silent }), {
    deterministic: true,
    runs: 60,
  });

  it('quotes: the words of every claim were said, in that order, by what it cites', async () => {
    const transcript = talk([
      ['Ana', 'Um, good morning. Today we will talk about the depot and, uh, the new routes.'],
      ['Ben', 'The the depot is full, so we cannot take more trucks before, you know, April.'],
      ['Ana', 'Could we rent the hall next door? It has space for twelve trucks.'],
      ['Ben', "I think that's expensive, but it might work."],
      ['Ana', "Let's rent the hall for three months."],
      ['Ben', 'Agreed. I will call the owner tomorrow.'],
    ]);
    const minutes = await minutesOf(transcript);
    const byId = new Map(transcript.utterances.map((utterance) => [utterance.id, utterance.text]));
    const claims: Cited[] = [...minutes.summary, ...minutes.chapters, ...minutes.decisions, ...minutes.actions];
    expect(claims.length).toBeGreaterThan(3);
    for (const { text, citations } of claims) {
      const evidence = citations.flatMap(({ utteranceIds }) => utteranceIds.map((id) => byId.get(id) ?? '')).join(' ');
      const said = [...tokenise(evidence), ...tokenise(clean(evidence))].map(({ norm }) => norm);
      let at = 0;
      for (const { norm } of tokenise(text)) {
        at = said.indexOf(norm, at) + 1;
        expect(at, `"${norm}" of "${text}"`).toBeGreaterThan(0);
      }
    }
    expect(minutes.decisions.map(({ text }) => text)).toEqual(["Let's rent the hall for three months."]);
    expect(minutes.actions.map(({ owner, dueText }) => [owner, dueText])).toEqual([['Ben', 'tomorrow']]);
    expect(minutes.rejected).toBe(0);
  });

  it('writes the minutes of a Chinese meeting from what was said in it', async () => {
    const transcript = talk(
      [
        ['王芳', '今天我们讨论两个议题，第一个是支付系统的上线时间，第二个是客服系统的预算。'],
        ['李雷', '支付系统的压力测试还没有通过，数据库连接池是瓶颈。'],
        ['王芳', '那什么时候可以修好？'],
        ['李雷', '下周二之前可以修好，我来负责扩容。'],
        ['王芳', '好的，那我们决定把支付系统的上线时间推迟到三月十号。'],
        ['李雷', '同意。'],
        ['王芳', '下一个议题，客服系统的预算。'],
        ['韩梅', '客服系统的预算是五十万，目前已经用了三十万。'],
        ['王芳', '韩梅，请你在周五之前把预算表发给大家。'],
        ['韩梅', '没问题。'],
        ['王芳', '还有谁要补充吗？'],
        ['李雷', '没有了。'],
      ],
      'zh',
    );
    const minutes = await minutesOf(transcript);
    expect(minutes.decisions.map(({ text }) => text)).toEqual(['好的，那我们决定把支付系统的上线时间推迟到三月十号。']);
    expect(minutes.actions.map(({ owner, dueText }) => [owner, dueText])).toEqual([
      ['李雷', '下周二之前'],
      ['韩梅', '在周五之前'],
    ]);
    const asked = minutes.questions.find(({ question }) => question.text.includes('什么时候'));
    expect(asked?.answer?.text).toContain('下周二之前可以修好');
    expect(minutes.keywords.some((keyword) => keyword.includes('支付系统'))).toBe(true);
    expect(minutes.rejected).toBe(0);
  });

  it('never guesses an owner when nobody was told apart', async () => {
    const minutes = await minutesOf(
      talk([
        [null, 'The report is late again.'],
        [null, "I'll send the report by Friday."],
      ]),
    );
    expect(minutes.actions.map(({ owner, dueText }) => [owner, dueText])).toEqual([[null, 'by Friday']]);
  });

  it('tells a lecture and an interview from a meeting by who talks and who asks', async () => {
    const fact = 'The river carries sand and clay down to the delta, where the water slows and the sand settles first.';
    const lecture = talk(Array.from({ length: 12 }, (): [string, string] => ['Teacher', fact]));
    expect((await minutesOf(lecture)).kind).toBe('lecture');
    const interview = talk(
      Array.from({ length: 12 }, (_, at): [string, string] =>
        at % 2 === 0 ? ['Host', 'How did you find the first year on the river?'] : ['Guest', fact],
      ),
    );
    expect((await minutesOf(interview)).kind).toBe('interview');
    const meeting = talk(Array.from({ length: 12 }, (_, at): [string, string] => [`Person ${at % 4}`, fact]));
    expect((await minutesOf(meeting)).kind).toBe('meeting');
  });

  it('counts speaking time once where a speaker overlaps themselves', async () => {
    const transcript = talk([
      ['Ana', 'One thing about the depot.'],
      ['Ana', 'Another thing about the depot.'],
    ]);
    const [first, second] = transcript.utterances;
    if (first === undefined || second === undefined) throw new Error('two utterances expected');
    const overlapping = {
      ...transcript,
      utterances: [
        { ...first, startMs: 0, endMs: 5000 },
        { ...second, startMs: 3000, endMs: 6000 },
      ],
    };
    expect((await minutesOf(overlapping)).speakers.map(({ spokeMs }) => spokeMs)).toEqual([6000]);
  });
});
