/** Transcripts for tests: scripted ones, and any whatever. */
import * as fc from 'fast-check';
import type { MeetingId, Speaker, Transcript, Utterance, UtteranceId } from '../../src/core/model.ts';

export function meetingId(id: string): MeetingId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is only ever put on by assertion
  return id as MeetingId;
}

export function utteranceId(id: string): UtteranceId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand is only ever put on by assertion
  return id as UtteranceId;
}

const MEETING = meetingId('m-1');

export function person(name: string): Speaker {
  return { kind: 'person', person: { platform: 'terminal', id: name, displayName: name } };
}

/** Turns in order, `[speaker, text]`; speaker null: nobody was told apart. Each lasts as long as it takes to say. */
export function talk(turns: readonly (readonly [string | null, string])[], language = 'en'): Transcript {
  let startMs = 0;
  const utterances = turns.map(([name, text], index): Utterance => {
    const endMs = startMs + Math.max(600, text.length * (language === 'zh' ? 200 : 60));
    const utterance: Utterance = {
      id: utteranceId(`u${index}`),
      trackId: null,
      speaker: name === null ? { kind: 'unnamed' } : person(name),
      startMs,
      endMs,
      text,
      language,
    };
    startMs = endMs + 300;
    return utterance;
  });
  return { meetingId: MEETING, language: utterances.length === 0 ? 'und' : language, utterances };
}

export function durationOf(transcript: Transcript): number {
  return Math.max(0, ...transcript.utterances.map(({ endMs }) => endMs));
}

const PHRASES = [
  "I'll send the report to Dana by Friday.",
  'Shall we use Postgres?',
  'Agreed.',
  "Let's go with the second option, not the first.",
  'What is the budget for 2027?',
  'um, you know, the the plan is not ready yet',
  "No, we won't launch on March 3rd",
  'Dana, could you check the load test? ',
  'Yes, sure.',
  '我来整理会议纪要，周五之前发给大家。',
  '我们决定采用新方案。',
  '预算是多少？',
  '大概三百万左右吧',
  '이번 주에 끝내겠습니다',
  'לא נשיק את המוצר ביום שישי',
  'سأرسل التقرير غدا',
  '🎉🎉 👩‍👩‍👧 great!',
  'ok',
  '...',
  'Next topic, the hiring plan',
  'https://example.org/a?b=c&d=<e>',
  '-- <b>NOT</b> --> 12:30 & so on',
];

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(fc.constantFrom(...PHRASES), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const speaker: fc.Arbitrary<Speaker> = fc.oneof(
  fc
    .constantFrom(
      'Alice',
      'Dana Lee',
      '王小明',
      '__proto__',
      'constructor',
      'דנה',
      'x\ny: <b>',
      '',
      'ls-1688',
      'C++ (dev) [x]',
      '^.*$/\\',
    )
    .map(person),
  fc.constantFrom('Voice 1', 'Voice 2').map((label): Speaker => ({ kind: 'voice', label })),
  fc.constant<Speaker>({ kind: 'unnamed' }),
);

/** Any transcript: random scripts, emoji, right to left, speakers that overlap. In order, as the store gives it. */
export function anyTranscript(maxLength = 40): fc.Arbitrary<Transcript> {
  return fc
    .array(
      fc.record({
        text,
        speaker,
        gapMs: fc.integer({ min: -3000, max: 9000 }),
        lengthMs: fc.integer({ min: 0, max: 20_000 }),
      }),
      {
        maxLength,
        size: 'max',
      },
    )
    .map((turns) => {
      let atMs = 0;
      const utterances = turns.map((turn, index): Utterance => {
        const startMs = Math.max(0, atMs + turn.gapMs);
        const endMs = startMs + turn.lengthMs;
        atMs = endMs;
        return {
          id: utteranceId(`u${String(index).padStart(5, '0')}`),
          trackId: null,
          speaker: turn.speaker,
          startMs,
          endMs,
          text: turn.text,
          language: 'en',
        };
      });
      return {
        meetingId: MEETING,
        language: 'en',
        utterances: utterances.toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1)),
      };
    });
}
