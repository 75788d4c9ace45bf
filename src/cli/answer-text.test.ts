import { describe, expect, it } from 'vitest';
import { talk } from '../../test/contract/transcripts.ts';
import type { Answer } from '../core/model.ts';
import { answerText, printedClaims } from './answer-text.ts';

const MEETING = talk([
  ['Dana', 'The fence is finished.'],
  ['Tom', 'The gate is not.'],
]);
const [first, second] = MEETING.utterances;
if (first === undefined || second === undefined) throw new Error('the talk has two utterances');
const quote: Answer = {
  kind: 'answered',
  question: 'Is the gate finished?',
  claims: [
    {
      text: 'The gate is not.',
      meetingId: MEETING.meetingId,
      citations: [{ utteranceIds: [second.id], startMs: 98_000, endMs: 99_000 }],
    },
  ],
  by: { provider: 'earshot', model: 'extractive', at: '2026-01-05T09:00:00.000Z' },
};
const [claim] = quote.claims;
const written: Answer = {
  ...quote,
  claims: [{ ...claim, citations: [{ utteranceIds: [first.id, second.id], startMs: 98_000, endMs: 99_000 }] }],
  by: { ...quote.by, promptVersion: '1' },
};
const unsaid: Answer = { kind: 'not-said', question: 'Is it?', searched: 2, by: quote.by };
const here = { meetingId: MEETING.meetingId };

describe('an answer at the terminal', () => {
  it('says who said each quotation, and when', () => {
    expect(answerText(quote, [MEETING], here)).toBe('• Tom: “The gate is not.” [1:38]\n');
  });

  it('names the meeting where all of them were asked', () => {
    expect(answerText(quote, [MEETING], { meetingId: null })).toContain(`[${MEETING.meetingId} 1:38]`);
  });

  it('puts what a model wrote into nobody’s mouth', () => {
    expect(answerText(written, [MEETING], here)).toBe('• The gate is not. [Dana, Tom, 1:38]\n');
  });

  it('stands without a name when the transcript is gone', () => {
    expect(answerText(quote, [], here)).toBe('• “The gate is not.” [1:38]\n');
    expect(printedClaims(quote, [])).toMatchObject([{ speaker: null }]);
  });

  it('says that nobody said so', () => {
    expect(answerText(unsaid, [MEETING], here)).toBe('Not said in this meeting.\n');
    expect(answerText(unsaid, [MEETING], { meetingId: null })).toBe('Not said in any meeting here.\n');
  });

  it.each([quote, unsaid])('says when the language model failed: $kind', (answer) => {
    const text = answerText({ ...answer, fallback: 'unavailable' }, [MEETING], here);
    expect(text).toContain('The language model failed: unavailable.');
  });

  it('keeps control characters of a name off the terminal', () => {
    const odd = talk([['Da\u001B[31mna', 'The gate is not.']]);
    const [only] = odd.utterances;
    if (only === undefined) throw new Error('the talk has one utterance');
    const meetingId = odd.meetingId;
    const answer = {
      ...quote,
      claims: [{ ...claim, meetingId, citations: [{ utteranceIds: [only.id], startMs: 0, endMs: 1 }] }],
    } as const satisfies Answer;
    expect(answerText(answer, [odd], here)).not.toContain('\u001B');
  });
});
