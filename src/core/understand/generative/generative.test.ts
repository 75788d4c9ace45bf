import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefFor } from '../../../../test/contract/minutes.ts';
import { anyTranscript, durationOf } from '../../../../test/contract/transcripts.ts';
import { checkAnswer, checkMinutes } from '../../cite.ts';
import { Fault } from '../../faults.ts';
import type { FaultKind } from '../../faults.ts';
import type { Analyst, Completed, Completion, LanguageModel, Log } from '../../ports.ts';
import { createExtractive } from '../extractive/extractive.ts';
import { createGenerative } from './generative.ts';

const clock = { now: () => new Date('2026-01-05T09:00:00.000Z') };
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const usage = { calls: 1, inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, costUsd: null };

const line = fc.oneof(fc.integer({ min: -1, max: 25 }), fc.double({ noNaN: true, min: -2, max: 30 }));
const lines = fc.array(line, { maxLength: 4 });
const text = fc.oneof(
  fc.constantFrom(
    'Agreed.',
    "I'll send the report to Dana by Friday.",
    '我们决定采用新方案。',
    'ok',
    '',
    '@everyone',
    'Shall we use Postgres?',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const item = fc.record({ text, lines });
const claim = fc.record({ text, lines, role: fc.constantFrom('answers', 'corrects', 'contradicts') });
/** Anything of the right shape, for any pass. */
const anyReply = fc.record({
  topics: fc.array(fc.record({ title: text, first_line: line, points: fc.array(item, { maxLength: 3 }) }), {
    maxLength: 5,
  }),
  moments: fc.array(fc.record({ text, lines, weight: fc.double() }), { maxLength: 3 }),
  keywords: fc.array(text, { maxLength: 4 }),
  decisions: fc.array(item, { maxLength: 3 }),
  actions: fc.array(fc.record({ text, lines, owner: fc.option(text), due: fc.option(text) }), { maxLength: 3 }),
  questions: fc.array(fc.record({ question: text, asked: lines, answer: fc.option(text), answered: lines }), {
    maxLength: 3,
  }),
  speakers: fc.array(fc.record({ name: text, points: fc.array(item, { maxLength: 2 }) }), { maxLength: 3 }),
  sections: fc.array(fc.record({ section: line, text, lines }), { maxLength: 2 }),
  title: text,
  summary: fc.array(item, { maxLength: 3 }),
  chapters: fc.array(fc.record({ topic: line, title: text, text, lines }), { maxLength: 5 }),
  claims: fc.array(claim, { maxLength: 8 }),
  exhaustive: fc.boolean(),
  answered: fc.boolean(),
});
type Turn =
  | { readonly kind: 'says'; readonly reply: unknown }
  | { readonly kind: 'truncated' | 'malformed' | 'refused' }
  | { readonly kind: 'fails'; readonly fault: FaultKind };
const anyTurn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 8, arbitrary: anyReply.map((reply): Turn => ({ kind: 'says', reply })) },
  { weight: 2, arbitrary: fc.constantFrom('truncated', 'malformed', 'refused').map((kind): Turn => ({ kind })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<FaultKind[]>('unavailable', 'forbidden', 'rate-limited', 'bad-input', 'timeout')
      .map((fault): Turn => ({ kind: 'fails', fault })),
  },
);

/** A model that does one of these after the other, whatever it is asked. */
function analystOver(turns: readonly Turn[], contextTokens: number): Analyst {
  let at = 0;
  const model: LanguageModel = {
    name: 'test/any',
    contextTokens,
    countTokens: (counted) => Math.ceil(counted.length / 3),
    complete: <T>(request: Completion<T>): Promise<Completed<T>> => {
      const turn = turns[at++ % turns.length] ?? { kind: 'malformed' };
      if (turn.kind === 'fails') return Promise.reject(new Fault('test', turn.fault, 'It does not work.'));
      if (turn.kind !== 'says') return Promise.resolve({ kind: turn.kind, usage });
      const read = request.schema.safeParse(turn.reply);
      return Promise.resolve(
        read.success ? { kind: 'complete', value: read.data, usage } : { kind: 'malformed', usage },
      );
    },
  };
  const fallback = createExtractive({ clock, embeddings: null, dates: null, log });
  return createGenerative({ model, fallback, clock, log });
}

describe('whatever a model replies', () => {
  const script = fc.array(anyTurn, { minLength: 1, maxLength: 8 });
  const context = fc.constantFrom(3000, 128_000);

  it('minutes come, they stand, and chapters tile the meeting', async () => {
    await fc.assert(
      fc.asyncProperty(script, context, anyTranscript(25), async (turns, contextTokens, transcript) => {
        const durationMs = durationOf(transcript);
        const brief = briefFor(transcript, { durationMs });
        const minutes = await analystOver(turns, contextTokens).minutes(
          transcript,
          brief,
          new AbortController().signal,
        );
        expect(checkMinutes(minutes, transcript, brief)).toEqual(minutes);
        expect(minutes.title.trim()).not.toBe('');
        expect(new Set(minutes.keywords).size).toBe(minutes.keywords.length);
        const { chapters } = minutes;
        expect(chapters.map(({ startMs }) => startMs)).toEqual(
          [0, ...chapters.map(({ endMs }) => endMs)].slice(0, chapters.length),
        );
        expect(chapters.length === 0 || chapters.at(-1)?.endMs === durationMs).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it('an answer comes, and it stands', async () => {
    await fc.assert(
      fc.asyncProperty(
        script,
        context,
        anyTranscript(25),
        fc.boolean(),
        async (turns, contextTokens, transcript, complete) => {
          const inquiry = { question: 'What was decided?', evidence: [transcript], complete };
          const answer = await analystOver(turns, contextTokens).answer(inquiry, new AbortController().signal);
          expect(checkAnswer(answer, [transcript])).toEqual(answer);
          expect(answer.kind === 'not-said' || answer.claims.length <= 5).toBe(true);
        },
      ),
      { numRuns: 80 },
    );
  });
});
