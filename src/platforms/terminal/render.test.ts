import { array, assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cited, Meeting, MeetingId, Minutes, Transcript, Utterance, UtteranceId } from '../../core/model.ts';
import { meetingWith, minutesWith, NOTHING_MEASURED } from '../../../test/contract/minutes.ts';
import { plain } from './plain.ts';
import { renderMinutes } from './render.ts';

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand
const id = 'm1' as MeetingId;

function meeting(suppressed = 0): Meeting {
  const counts = { ...NOTHING_MEASURED.suppressed, 'no-speech': suppressed };
  return meetingWith({ id, durationMs: 180_000, stats: { ...NOTHING_MEASURED, suppressed: counts } });
}

function utterance(startMs: number, text: string, name: string | null): Utterance {
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand
    id: `${id}-0-${startMs}` as UtteranceId,
    trackId: null,
    speaker:
      name === null
        ? { kind: 'unnamed' }
        : { kind: 'person', person: { platform: 'terminal', id: name, displayName: name } },
    startMs,
    endMs: startMs + 1_000,
    text,
    language: 'en',
  };
}

function claim(text: string, startMs: number): Cited {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand
  return {
    text,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand
    citations: [{ utteranceIds: [`${id}-0-${startMs}` as UtteranceId], startMs, endMs: startMs + 1_000 }],
  };
}

function minutes(parts: Partial<Minutes>): Minutes {
  return minutesWith({ meetingId: id, ...parts });
}

function transcript(utterances: readonly Utterance[]): Transcript {
  return { meetingId: id, language: 'en', utterances };
}

const mia = utterance(0, '', 'Mia').speaker;
const tom = utterance(0, '', 'Tom').speaker;

function textOf(parts: Partial<Minutes>, utterances: readonly Utterance[], suppressed = 0): string {
  const messages = renderMinutes({
    kind: 'minutes',
    meeting: meeting(suppressed),
    minutes: minutes(parts),
    transcript: transcript(utterances),
  });
  return messages.map((message) => message.text).join('\n');
}

/** Without spaces: runs of them become one. */
function solid(words: string): string {
  return words.replace(/\s/gu, '');
}

describe('the terminal thread', () => {
  it('shows every claim with the moment it rests on', () => {
    const text = textOf(
      {
        summary: [claim('We launch in March.', 61_000)],
        decisions: [claim('We launch on the 16th.', 62_000)],
        actions: [
          { ...claim('I will call the bank.', 63_000), owner: 'Tom', dueText: 'by Friday', dueDate: null },
          { ...claim('Somebody has to pay.', 64_000), owner: null, dueText: null, dueDate: null },
        ],
        questions: [
          { question: claim('Who signs?', 65_000), askedBy: mia, answer: claim('I do.', 66_000), answeredBy: tom },
          { question: claim('How much?', 67_000), askedBy: mia, answer: null, answeredBy: null },
        ],
        keywords: ['bank'],
      },
      [
        utterance(63_000, 'I will call the bank.', 'Tom'),
        utterance(65_000, 'Who signs?', 'Mia'),
        utterance(66_000, 'I do.', 'Tom'),
      ],
    );
    for (const line of [
      '• We launch in March. [1:01]',
      '• We launch on the 16th. [1:02]',
      '• Tom, by Friday: I will call the bank. [1:03]',
      '• Nobody named: Somebody has to pay. [1:04]',
      '• Mia asks: Who signs? [1:05]',
      '    • Tom answers: I do. [1:06]',
      'Open questions\n  • Mia asks: How much? [1:07]',
      'bank [1:03]',
    ]) {
      expect(text).toContain(line);
    }
  });

  it('has what belongs to a chapter below its title, and what follows where it always is', () => {
    const text = textOf(
      {
        chapters: [
          { ...claim('The bank.', 0), title: 'Money', points: [claim('Tom calls.', 1_000)], startMs: 0, endMs: 9_000 },
        ],
        decisions: [claim('We launch.', 2_000)],
      },
      [],
    );
    expect(text).toContain('\n  0:00–0:09 Money\n    The bank. [0:00]\n    • Tom calls. [0:01]\n');
    expect(text).toContain('\n  • We launch. [0:02]');
  });

  it('says that nobody was told apart rather than guess who spoke', () => {
    expect(textOf({}, [utterance(0, 'Hello.', null)])).toContain('who said what was not told apart');
    expect(textOf({}, [utterance(0, 'Hello.', 'Mia')])).not.toContain('told apart');
  });

  it('says so when nobody said anything, and counts the sounds that gave no words', () => {
    const text = textOf({}, [], 3);
    expect(text).toContain('Nobody said anything that could be made out.');
    expect(text).toContain('3 held no speech');
  });

  it('never truncates: every word of every claim is there, however long and however many', () => {
    const texts = array(string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), {
      minLength: 1,
      maxLength: 60,
    });
    assert(
      property(texts, (claims) => {
        const text = textOf(
          {
            summary: claims.map((words, index) => claim(words, index * 1_000)),
            decisions: claims.map((words, index) => claim(words, index * 1_000)),
          },
          [],
        );
        for (const words of claims) expect(solid(text).split(solid(plain(words))).length).toBeGreaterThan(2);
      }),
      { numRuns: 50 },
    );
  });

  it('lets nothing that was said or named move the cursor or reorder the line', () => {
    const evil = 'a\u001b[2J\u0007\r\nb\u202ec\u009b31m';
    const text = textOf({ title: evil, summary: [claim(evil, 0)] }, [utterance(0, evil, evil)]);
    // oxlint-disable-next-line no-control-regex -- looking for control characters is the test
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/u);
  });

  it('carries the minutes, the transcript and the subtitles as files', () => {
    const messages = renderMinutes({
      kind: 'minutes',
      meeting: meeting(),
      minutes: minutes({}),
      transcript: transcript([utterance(0, 'Hello there.', 'Mia')]),
    });
    const files = messages.flatMap((message) => message.files);
    expect(files.map((file) => file.name)).toEqual(['minutes.md', 'transcript.txt', 'subtitles.srt', 'subtitles.vtt']);
    for (const file of files) expect(file.content).toContain('Hello there.');
  });
});
