import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkAnswer, checkMinutes } from '../../src/core/cite.ts';
import type { Cited, Minutes, Transcript } from '../../src/core/model.ts';
import type { Analyst, Inquiry } from '../../src/core/ports.ts';
import { speakerKey } from '../../src/core/speaker.ts';
import { briefFor } from './minutes.ts';
import { anyTranscript, durationOf, talk } from './transcripts.ts';

const inquire = (question: string, evidence: readonly Transcript[]): Inquiry => ({
  question,
  evidence,
  complete: false,
});

function claimsOf(minutes: Minutes): Cited[] {
  return [
    ...minutes.summary,
    ...minutes.keyMoments,
    ...minutes.sections.flatMap((section) => (section.part === 'custom' ? section.items : [])),
    ...minutes.chapters,
    ...minutes.chapters.flatMap(({ points }) => points),
    ...minutes.decisions,
    ...minutes.actions,
    ...minutes.questions.flatMap(({ question, answer }) => (answer === null ? [question] : [question, answer])),
    ...minutes.speakers.flatMap(({ points }) => points),
  ];
}

/** Every claim cites utterances that are there, with their own times. */
function expectCited(claims: readonly Cited[], transcript: Transcript): void {
  const byId = new Map(transcript.utterances.map((utterance) => [utterance.id, utterance]));
  for (const claim of claims) {
    expect(claim.text.trim()).not.toBe('');
    expect(claim.citations.length).toBeGreaterThan(0);
    for (const { utteranceIds, startMs, endMs } of claim.citations) {
      expect(utteranceIds.length).toBeGreaterThan(0);
      const cited = utteranceIds.map((id) => byId.get(id));
      expect(cited).not.toContain(undefined);
      expect(startMs).toBe(Math.min(...cited.map((utterance) => utterance?.startMs ?? Number.NaN)));
      expect(endMs).toBe(Math.max(...cited.map((utterance) => utterance?.endMs ?? Number.NaN)));
    }
  }
}

/** No gap, no overlap, nothing empty; none at all only when nothing was said. */
function expectTiled(minutes: Minutes, durationMs: number): void {
  const { chapters } = minutes;
  if (chapters.length === 0) return;
  expect(chapters[0]?.startMs).toBe(0);
  expect(chapters.at(-1)?.endMs).toBe(durationMs);
  for (const [at, chapter] of chapters.entries()) {
    expect(chapter.title.trim()).not.toBe('');
    const next = chapters[at + 1];
    if (next === undefined) continue;
    expect(chapter.endMs).toBe(next.startMs);
    expect(next.startMs).toBeGreaterThan(chapter.startMs);
  }
}

/** What every analyst promises. `deterministic`: the same transcript gives the same minutes. */
export function analystContract(
  open: () => Analyst,
  options: { readonly deterministic: boolean; readonly runs: number },
): void {
  /** As the pipeline stores them: written by the analyst, then checked. */
  const minutesOf = async (
    transcript: Transcript,
    durationMs: number,
    title: string | null = null,
  ): Promise<Minutes> => {
    const brief = briefFor(transcript, { title, durationMs });
    return checkMinutes(await open().minutes(transcript, brief, new AbortController().signal), transcript, brief);
  };

  describe('minutes', () => {
    it('cite utterances that exist and tile the meeting with chapters, whatever was said', async () => {
      await fc.assert(
        fc.asyncProperty(anyTranscript(), fc.integer({ min: 0, max: 5000 }), async (transcript, tailMs) => {
          const durationMs = durationOf(transcript) + tailMs;
          const minutes = await minutesOf(transcript, durationMs);
          expectCited(claimsOf(minutes), transcript);
          expectTiled(minutes, durationMs);
          expect(minutes.title.trim()).not.toBe('');
          expect(new Set(minutes.keywords).size).toBe(minutes.keywords.length);
        }),
        { numRuns: options.runs },
      );
    });

    it('stand when they are checked again', async () => {
      await fc.assert(
        fc.asyncProperty(anyTranscript(20), async (transcript) => {
          const durationMs = durationOf(transcript);
          const minutes = await minutesOf(transcript, durationMs);
          expect(checkMinutes(minutes, transcript, { title: null, durationMs })).toEqual(minutes);
        }),
        { numRuns: options.runs },
      );
    });

    it('name nobody as owner who did not take part or was not named', async () => {
      await fc.assert(
        fc.asyncProperty(anyTranscript(20), async (transcript) => {
          const minutes = await minutesOf(transcript, durationOf(transcript));
          for (const { owner, dueText, citations } of minutes.actions) {
            const ids = new Set(citations.flatMap(({ utteranceIds }) => utteranceIds));
            const evidence = transcript.utterances.filter(({ id }) => ids.has(id));
            expect(owner).not.toBe('Unnamed speaker');
            expect(evidence.map(({ text }) => text).join(' ')).toContain(dueText ?? '');
          }
          const spoke = new Set(transcript.utterances.map(({ speaker }) => speakerKey(speaker)));
          for (const { speaker } of minutes.speakers) expect(spoke).toContain(speakerKey(speaker));
        }),
        { numRuns: options.runs },
      );
    });

    it('of silence say that nothing was said, and nothing else', async () => {
      const minutes = await minutesOf(talk([]), 60_000);
      expect(minutes.title).toBe('Nothing was said');
      expect(claimsOf(minutes)).toEqual([]);
      expect(minutes.keywords).toEqual([]);
      expect(minutes.speakers).toEqual([]);
    });

    it('of one utterance are one chapter that cites it', async () => {
      const transcript = talk([['Alice', 'The parcel will arrive on Monday.']]);
      const minutes = await minutesOf(transcript, 4000);
      expect(minutes.chapters.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([[0, 4000]]);
      expectCited(claimsOf(minutes), transcript);
    });

    it('of five thousand utterances cover the end as well as the start', async () => {
      const turns = Array.from({ length: 5000 }, (_, at): readonly [string, string] => [
        at % 2 === 0 ? 'Alice' : 'Bob',
        at === 4990
          ? "I'll send the closing statement by Friday."
          : `Part ${at % 90} of the plan concerns depot ${at % 70} and its trucks.`,
      ]);
      const transcript = talk(turns);
      const minutes = await minutesOf(transcript, durationOf(transcript));
      expectTiled(minutes, durationOf(transcript));
      expect(minutes.actions.map(({ owner, dueText }) => [owner, dueText])).toContainEqual(['Alice', 'by Friday']);
    });

    it('keep the title the requester gave', async () => {
      const minutes = await minutesOf(talk([['Alice', 'The parcel will arrive on Monday.']]), 4000, 'Weekly ☕');
      expect(minutes.title).toBe('Weekly ☕');
    });

    it('are not written once the signal is aborted', async () => {
      const hello = talk([['Alice', 'Hello there.']]);
      const aborted = AbortSignal.abort(new Error('stopped'));
      await expect(open().minutes(hello, briefFor(hello), aborted)).rejects.toThrow('stopped');
    });

    it.runIf(options.deterministic)('are the same for the same transcript', async () => {
      await fc.assert(
        fc.asyncProperty(anyTranscript(20), async (transcript) => {
          const durationMs = durationOf(transcript);
          expect(await minutesOf(transcript, durationMs)).toEqual(await minutesOf(transcript, durationMs));
        }),
        { numRuns: Math.ceil(options.runs / 4) },
      );
    });
  });

  describe('answers', () => {
    it('cite what was given as evidence, or say that it was not said', async () => {
      const question = fc.oneof(
        fc.constantFrom(
          'When is the launch?',
          'What is the budget?',
          '预算是多少？',
          'Who sends the report?',
          'What was decided?',
          '?',
        ),
        fc.string({ unit: 'grapheme', maxLength: 60 }),
      );
      await fc.assert(
        fc.asyncProperty(question, anyTranscript(20), async (asked, transcript) => {
          const given = await open().answer(inquire(asked, [transcript]), new AbortController().signal);
          const answer = checkAnswer(given, [transcript]);
          expect(answer.question).toBe(asked);
          const claims = answer.kind === 'answered' ? answer.claims : [];
          expect(claims.length).toBeLessThanOrEqual(5);
          expectCited(claims, transcript);
          expect(claims.every((claim) => claim.meetingId === transcript.meetingId)).toBe(true);
          const searched = answer.kind === 'answered' ? transcript.utterances.length : answer.searched;
          expect(searched).toBe(transcript.utterances.length);
          expect(checkAnswer(answer, [transcript])).toEqual(answer);
        }),
        { numRuns: options.runs },
      );
    });

    it('are "not said" without evidence', async () => {
      const answer = await open().answer(inquire('When is the launch?', []), new AbortController().signal);
      expect(answer).toMatchObject({ kind: 'not-said', searched: 0 });
    });
  });
}
