import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTranscript, talk } from '../../../test/contract/transcripts.ts';
import type { Rendition, Transcript } from '../model.ts';
import { oneLine } from './printable.ts';
import { toSrt } from './srt.ts';
import { type Cue, cuesOf } from './subtitle-cues.ts';
import { toVtt } from './vtt.ts';

/** The rules' own count: Chinese, Japanese, Korean and emoji are two columns a character, marks on others none. */
function columns(line: string): number {
  return Array.from(line).reduce((sum, character) => {
    if (/[\p{M}\p{Cf}\ufe00-\ufe0f]|\p{Default_Ignorable_Code_Point}/u.test(character)) return sum;
    const isWide =
      /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60\p{Emoji_Presentation}]/u;
    return sum + (isWide.test(character) ? 2 : 1);
  }, 0);
}

/** The time a reader needs, by the rules. */
function neededMs({ lines, translated }: Cue): number {
  const widest = Math.max(...[lines, translated].map((own) => own.reduce((sum, line) => sum + columns(line), 0)));
  return Math.min(7000, Math.max(1000, (widest * 1000) / 20));
}

/** What is on screen when this cue goes, beside it: the reason why it cannot stay. */
function followed(cue: Cue, cues: readonly Cue[]): boolean {
  return cues.some((other) => other !== cue && other.startMs <= cue.endMs && other.endMs >= cue.endMs);
}

function translationOf(transcript: Transcript, texts: readonly (string | null)[]): Rendition {
  return {
    meetingId: transcript.meetingId,
    kind: 'translation',
    language: 'zh',
    lines: transcript.utterances.flatMap(({ id }, at) => {
      const text = texts[at] ?? null;
      return text === null ? [] : [{ utteranceIds: [id] as const, text }];
    }),
    missing: transcript.utterances.filter((_, at) => (texts[at] ?? null) === null).map(({ id }) => id),
    by: { provider: 'test', model: 'none', at: '2026-01-05T09:00:00.000Z' },
  };
}

function squeezed(text: string): string {
  return oneLine(text).replace(/\s+/gu, '');
}

function sorted(text: string): string {
  return Array.from(text).toSorted().join('');
}

describe('every cue of any transcript', () => {
  it('has at most two lines of 42 columns, and stays no longer than 7 seconds', () => {
    fc.assert(
      fc.property(anyTranscript(), (transcript) => {
        for (const { lines, startMs, endMs } of cuesOf(transcript)) {
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(42);
          expect(endMs - startMs).toBeLessThanOrEqual(7000);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stays for a second and until it can be read, unless another one is on screen when it goes', () => {
    fc.assert(
      fc.property(anyTranscript(), (transcript) => {
        const cues = cuesOf(transcript);
        const hasty = cues.filter((cue) => cue.endMs - cue.startMs < neededMs(cue));
        expect(hasty.filter((cue) => !followed(cue, cues))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('is on screen with another only while two people talk at once', () => {
    fc.assert(
      fc.property(anyTranscript(), (transcript) => {
        let freeMs = 0;
        const inTurn = transcript.utterances.map((utterance) => {
          const startMs = Math.max(freeMs, utterance.startMs);
          freeMs = Math.max(startMs, utterance.endMs);
          return { ...utterance, startMs, endMs: freeMs };
        });
        const cues = cuesOf({ ...transcript, utterances: inTurn.filter(({ startMs, endMs }) => endMs > startMs) });
        for (const [at, cue] of cues.entries()) expect(cue.startMs).toBeGreaterThanOrEqual(cues[at - 1]?.endMs ?? 0);
      }),
      { numRuns: 150 },
    );
  });
});

describe('cues of ordinary talk', () => {
  const chat = talk([
    ['Ana', 'Yes.'],
    ['Ana', 'Fine.'],
    ['Ben', 'Let us look at the numbers of the second quarter before we decide anything about the hall.'],
    ['Ana', 'No.'],
    ['Ben', 'Then on Monday.'],
  ]);

  it('obey every rule', () => {
    const cues = cuesOf(chat);
    expect(cues.filter((cue) => cue.endMs - cue.startMs < neededMs(cue))).toEqual([]);
    for (const [at, cue] of cues.entries()) expect(cue.startMs).toBeGreaterThanOrEqual(cues[at - 1]?.endMs ?? 0);
  });

  it('join short words of one speaker where one of them alone could not be read', () => {
    const [first, second, third] = talk([
      ['Ana', 'Yes.'],
      ['Ana', 'Fine.'],
      ['Ana', 'And then?'],
    ]).utterances;
    if (first === undefined || second === undefined || third === undefined) throw new Error('utterances expected');
    const utterances = [
      { ...first, startMs: 0, endMs: 200 },
      { ...second, startMs: 250, endMs: 500 },
      { ...third, startMs: 5000, endMs: 5400 },
    ];
    expect(cuesOf({ ...chat, utterances }).map(({ lines, startMs, endMs }) => [lines, startMs, endMs])).toEqual([
      [['Yes. Fine.'], 0, 1000],
      [['And then?'], 5000, 6000],
    ]);
  });

  it('do not join over what somebody else says in between', () => {
    const [first, second, third] = talk([
      ['Ana', 'Yes.'],
      ['Ben', 'What?'],
      ['Ana', 'Fine.'],
    ]).utterances;
    if (first === undefined || second === undefined || third === undefined) throw new Error('utterances expected');
    const utterances = [
      { ...first, startMs: 0, endMs: 100 },
      { ...second, startMs: 100, endMs: 200 },
      { ...third, startMs: 200, endMs: 300 },
    ];
    expect(cuesOf({ ...chat, utterances }).map(({ lines }) => lines)).toEqual([['Yes.'], ['What?'], ['Fine.']]);
  });

  it('come half a second late at most, so that the one before can be read', () => {
    const [first, second] = talk([
      ['Ana', 'Yes.'],
      ['Ben', 'No.'],
    ]).utterances;
    if (first === undefined || second === undefined) throw new Error('two utterances expected');
    const utterances = [
      { ...first, startMs: 0, endMs: 300 },
      { ...second, startMs: 400, endMs: 700 },
    ];
    expect(cuesOf({ ...chat, utterances }).map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [0, 900],
      [900, 1900],
    ]);
  });

  it('go on into the silence after speech that is too fast to read', () => {
    const [first, second] = talk([
      ['Ana', 'A whole sentence of sixty columns that took but one second.'],
      ['Ben', 'Later.'],
    ]).utterances;
    if (first === undefined || second === undefined) throw new Error('two utterances expected');
    const utterances = [
      { ...first, startMs: 0, endMs: 1000 },
      { ...second, startMs: 9000, endMs: 9500 },
    ];
    const [cue] = cuesOf({ ...chat, utterances });
    expect(cue?.endMs).toBeGreaterThanOrEqual(2900);
  });

  it('cut a word that is wider than a line, and keep all of it', () => {
    const word = 'x'.repeat(100);
    const cues = cuesOf(talk([['Ana', word]]));
    expect(cues.flatMap(({ lines }) => lines).join('')).toBe(word);
  });
});

describe('subtitles in two languages', () => {
  const said = talk([
    ['Ana', 'We have to look at the numbers of the second quarter again before anybody decides.'],
    ['Ben', 'Agreed.'],
    ['Ana', 'Good.'],
  ]);
  const chinese = translationOf(said, ['在任何人做决定之前，我们必须再看一遍第二季度的数字。', '同意。', null]);

  it('have the original above the translation, and the original alone where there is none', () => {
    const blocks = toSrt(said, { rendition: chinese }).trimEnd().split('\n\n');
    expect(blocks.map((block) => block.split('\n').slice(2))).toEqual([
      ['We have to look at the numbers', '在任何人做决定之前，'],
      ['of the second quarter again', '我们必须再看一遍'],
      ['before anybody decides.', '第二季度的数字。'],
      ['Agreed.', '同意。'],
      ['Good.'],
    ]);
  });

  it('name the language in WebVTT', () => {
    expect(toVtt(said, { rendition: chinese })).toContain('<v Ben>Agreed.\n<lang zh>同意。</lang></v>');
  });

  it('have one line of each that fits, and lose nothing of either, whatever was said', () => {
    const texts = fc.array(
      fc.option(
        fc.constantFrom(
          '好的。',
          '我们决定采用新方案，周五之前发给大家，请确认。'.repeat(4),
          'Ja, das machen wir dann am Freitag.',
          '  ',
        ),
      ),
      {
        minLength: 12,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(anyTranscript(12), texts, (transcript, translations) => {
        const rendition = translationOf(transcript, translations);
        const cues = cuesOf(transcript, rendition);
        for (const cue of cues) {
          expect(cue.lines.length + cue.translated.length).toBeLessThanOrEqual(2);
          for (const line of [...cue.lines, ...cue.translated]) expect(columns(line)).toBeLessThanOrEqual(42);
          expect(cue.endMs - cue.startMs).toBeLessThanOrEqual(7000);
        }
        const both = (pick: (cue: Cue) => readonly string[]): string => sorted(squeezed(cues.flatMap(pick).join('')));
        expect(both(({ lines }) => lines)).toBe(
          sorted(squeezed(transcript.utterances.map(({ text }) => text).join(''))),
        );
        expect(both(({ translated }) => translated)).toBe(
          sorted(squeezed(rendition.lines.map(({ text }) => text).join(''))),
        );
      }),
      { numRuns: 150 },
    );
  });
});
