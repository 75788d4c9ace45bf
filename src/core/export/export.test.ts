import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefFor, meetingWith, NOTHING_MEASURED } from '../../../test/contract/minutes.ts';
import { silent } from '../../../test/contract/surroundings.ts';
import { anyTranscript, durationOf, meetingId, talk } from '../../../test/contract/transcripts.ts';
import { parseTranscript } from '../import-transcript/parse.ts';
import type { Meeting, MeetingStats, Minutes, Transcript, Utterance } from '../model.ts';
import { speakerName } from '../speaker.ts';
import { createExtractive } from '../understand/extractive/extractive.ts';
import { publicMeeting, toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import { oneLine } from './printable.ts';
import { toSrt } from './srt.ts';
import { cuesOf } from './subtitle-cues.ts';
import { toText } from './txt.ts';
import { toVtt } from './vtt.ts';

function wordsOf(text: string): string {
  return oneLine(text).replace(/\s+/gu, '');
}

/** By speaker, everything they said without spaces: cues of several people interleave. */
function saidBy(parts: readonly { readonly speaker: string; readonly text: string }[]): Map<string, string> {
  const said = new Map<string, string>();
  for (const { speaker, text } of parts)
    if (wordsOf(text) !== '') said.set(speaker, (said.get(speaker) ?? '') + wordsOf(text));
  return said;
}

function columns(line: string): number {
  return Array.from(line).reduce((sum, character) => sum + (/\p{Script=Han}|[，。！？]/u.test(character) ? 2 : 1), 0);
}

const STATS: MeetingStats = {
  ...NOTHING_MEASURED,
  audioMs: 9000,
  speechMs: 5000,
  listenMs: 3000,
  understandMs: 5,
  peakRssBytes: 1,
  segments: 2,
  suppressed: { ...NOTHING_MEASURED.suppressed, 'no-speech': 1 },
};

function meetingOf(transcript: Transcript): Meeting {
  return meetingWith({ id: meetingId('m-1'), durationMs: durationOf(transcript), stats: STATS });
}

function minutesOf(transcript: Transcript): Promise<Minutes> {
  const clock = { now: () => new Date('2026-01-05T09:00:00.000Z') };
  return createExtractive({ clock, embeddings: null, dates: null, log: silent }).minutes(
    transcript,
    briefFor(transcript),
    new AbortController().signal,
  );
}

function sortedCharacters(text: string): string {
  return Array.from(text).toSorted().join('');
}

/** What the importer makes of it; nothing where the transcript holds nothing to read. */
function reading(
  name: string,
  content: string,
  transcript: Transcript,
): readonly { readonly speaker: string | null; readonly text: string }[] {
  const parsed = parseTranscript(name, content);
  if (parsed.kind === 'parsed') return parsed.utterances;
  const anything = transcript.utterances.some(({ text }) => /[\p{L}\p{N}\p{S}]/u.test(oneLine(text)));
  if (anything) throw new Error(parsed.message);
  return [];
}

/** All letters and digits, whatever their order: utterances that overlap come back in the order of their cues. */
function letters(parts: readonly { readonly text: string }[]): string {
  return sortedCharacters(
    parts
      .map(({ text }) => text)
      .join('')
      .replace(/[^\p{L}\p{N}]/gu, ''),
  );
}

describe('cues', () => {
  it('hold every word once, on at most two lines, and never overlap for one speaker', () => {
    fc.assert(
      fc.property(anyTranscript(), (transcript) => {
        const cues = cuesOf(transcript);
        // Two people may share a name; their words then share an entry on both sides, in no fixed order.
        const expected = saidBy(
          transcript.utterances.map(({ speaker, text }) => ({ speaker: speakerName(speaker), text })),
        );
        const actual = saidBy(cues.map(({ speaker, lines }) => ({ speaker, text: lines.join(' ') })));
        expect([...actual.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
        for (const [speaker, text] of expected)
          expect(sortedCharacters(actual.get(speaker) ?? '')).toBe(sortedCharacters(text));
        for (const { lines, startMs, endMs } of cues) {
          expect(lines.length === 1 || lines.length === 2).toBe(true);
          for (const line of lines) expect(columns(line) <= 42 || !line.includes(' ')).toBe(true);
          expect(startMs).toBeGreaterThanOrEqual(0);
          expect(endMs).toBeGreaterThan(startMs);
          expect(endMs - startMs).toBeLessThanOrEqual(7000);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('of one speaker follow one another', () => {
    fc.assert(
      fc.property(anyTranscript(), (transcript) => {
        const alone = {
          ...transcript,
          utterances: transcript.utterances.map((utterance): Utterance => ({
            ...utterance,
            speaker: { kind: 'unnamed' },
          })),
        };
        const cues = cuesOf(alone);
        for (const [at, { startMs }] of cues.entries())
          expect(startMs).toBeGreaterThanOrEqual(cues[at - 1]?.endMs ?? 0);
        expect(
          cues
            .flatMap(({ lines }) => lines)
            .map(wordsOf)
            .join(''),
        ).toBe(alone.utterances.map(({ text }) => wordsOf(text)).join(''));
      }),
      { numRuns: 100 },
    );
  });

  it('of ordinary talk last one to seven seconds', () => {
    const long =
      'The river carries sand and clay down to the delta, where the water slows and the sand settles first of all.';
    const cues = cuesOf(
      talk([
        ['Ana', long],
        ['Ben', 'Yes.'],
        ['Ana', long],
      ]),
    );
    expect(cues.length).toBeGreaterThan(4);
    for (const { startMs, endMs, lines } of cues) {
      expect(endMs - startMs).toBeGreaterThanOrEqual(900);
      expect(Math.max(...lines.map(columns))).toBeLessThanOrEqual(42);
    }
  });

  it('start with the words they show, where word times are known', () => {
    const [utterance] = talk([['Ana', 'One two three.']]).utterances;
    if (utterance === undefined) throw new Error('one utterance expected');
    const words = [
      { text: 'One', startMs: 100, endMs: 300 },
      { text: 'two', startMs: 300, endMs: 500 },
      { text: 'three.', startMs: 4000, endMs: 4600 },
    ];
    const cues = cuesOf({
      meetingId: meetingId('m'),
      language: 'en',
      utterances: [{ ...utterance, startMs: 0, endMs: 5000, words }],
    });
    expect(cues.map(({ startMs, lines }) => [startMs, lines])).toEqual([
      [100, ['One two']],
      [4000, ['three.']],
    ]);
  });

  it('count Chinese characters double', () => {
    const text = '我们决定把支付系统的上线时间推迟到三月十号，因为数据库的连接池还没有扩容完成，压力测试也没有通过。';
    for (const { lines } of cuesOf(talk([['王芳', text]], 'zh')))
      for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(42);
  });
});

describe('what the exporters write, the importers read', () => {
  it('as WebVTT: words and names, whatever is in them', () => {
    fc.assert(
      fc.property(anyTranscript(12), (transcript) => {
        const read = reading('a.vtt', toVtt(transcript), transcript);
        expect(letters(read)).toBe(letters(transcript.utterances));
        const names = new Set(transcript.utterances.map(({ speaker }) => speakerName(speaker)));
        for (const { speaker } of read) expect(names).toContain(speaker);
      }),
      { numRuns: 150 },
    );
  });

  it('as SubRip: words', () => {
    fc.assert(
      fc.property(anyTranscript(12), (transcript) => {
        expect(
          letters(
            reading('a.srt', toSrt(transcript), transcript).map(({ speaker, text }) => ({
              text: `${speaker ?? ''}${text}`,
            })),
          ),
        ).toBe(letters(transcript.utterances));
      }),
      { numRuns: 150 },
    );
  });

  it('as text: one turn a line, words and names', () => {
    fc.assert(
      fc.property(anyTranscript(12), (transcript) => {
        const content = toText(transcript);
        const spoken = transcript.utterances.filter(({ text }) => oneLine(text) !== '');
        expect(content.split('\n')).toHaveLength(spoken.length + 1);
        const words = spoken.filter(({ text }) => /[\p{L}\p{N}\p{S}]/u.test(oneLine(text)));
        const read = reading('a.txt', content, transcript);
        expect(read.map(({ text }) => wordsOf(text)).toSorted()).toEqual(
          words.map(({ text }) => wordsOf(text)).toSorted(),
        );
        const names = new Set(words.map(({ speaker }) => speakerName(speaker).replace(/\s*[:：]\s*/gu, ' - ')));
        for (const { speaker } of read) expect(names).toContain(speaker);
      }),
      { numRuns: 150 },
    );
  });

  it('as JSON: everything', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(12), async (transcript) => {
        const json = toJson(meetingOf(transcript), transcript, await minutesOf(transcript));
        const read = reading('a.json', JSON.stringify(json), transcript);
        expect(letters(read)).toBe(letters(transcript.utterances));
      }),
      { numRuns: 40 },
    );
  });
});

describe('the formats', () => {
  const transcript = talk([
    ['A & <B>', 'Is 1 < 2 --> true?'],
    [null, 'Yes.\n\n2\n00:00:01,000 --> 00:00:02,000\nNo.'],
  ]);

  it('WebVTT escapes what would be markup', () => {
    expect(toVtt(transcript).split('\n').slice(0, 4)).toEqual([
      'WEBVTT',
      '',
      '00:00:00.000 --> 00:00:01.080',
      '<v A &amp; &lt;B&gt;>Is 1 &lt; 2 --&gt; true?</v>',
    ]);
  });
  it('SubRip cannot be broken from within', () => {
    const times = toSrt(transcript)
      .split('\n')
      .filter((line) => line.includes('-->'));
    expect(times).toEqual(['00:00:00,000 --> 00:00:01,080', expect.stringMatching(/^00:00:01,380 --> /u)]);
  });
  it('text names the moment and the speaker', () => {
    expect(toText(transcript)).toBe(
      '[0:00] A & <B>: Is 1 < 2 --> true?\n[0:01] Unnamed speaker: Yes. 2 00:00:01,000 --> 00:00:02,000 No.\n',
    );
  });
  it('are empty of what was not said', () => {
    const unspoken = talk([]);
    expect([toSrt(unspoken), toText(unspoken), toVtt(unspoken)]).toEqual(['', '', 'WEBVTT\n']);
  });
});

describe('Markdown', () => {
  it('shows every part with its moments, and turns nothing said into markup', async () => {
    const transcript = talk([
      ['*Ana*', 'We decided to move the launch to <@U123> **June**.'],
      ['Ben', "I'll send the [invoice](http://x) to @everyone by Friday."],
      ['Ben', 'What is the budget for the hall?'],
    ]);
    const text = toMarkdown(meetingOf(transcript), transcript, await minutesOf(transcript));
    for (const heading of [
      '## Summary',
      '## Chapters',
      '## Decisions',
      '## Action items',
      '## Open questions',
      '## Speakers',
      '## Transcript',
    ])
      expect(text).toContain(heading);
    expect(text).toContain(
      String.raw`**Ben**, by Friday: I'll send the \[invoice\](http://x) to \@everyone by Friday. (0:03)`,
    );
    expect(text).toContain('**Ben** asks: What is the budget for the hall? (0:07)');
    expect(text).not.toMatch(/(?<!\\)<@|(?<!\\)@everyone|\]\(http(?<!\\\]\(http)/u);
  });
  it('of a silent recording says so and has no empty sections', async () => {
    const unspoken = talk([]);
    const text = toMarkdown(meetingOf(unspoken), unspoken, await minutesOf(unspoken));
    expect(text).toContain('Nobody said anything that could be made out.');
    expect(text.match(/^##.*$/gmu)).toEqual(['## Good to know']);
    expect(text).toContain('1 held no speech');
  });
});

describe('public JSON', () => {
  it('has the published shape, whatever the meeting', async () => {
    await fc.assert(
      fc.asyncProperty(anyTranscript(12), async (transcript) => {
        const json = toJson(meetingOf(transcript), transcript, await minutesOf(transcript));
        expect(publicMeeting.parse(JSON.parse(JSON.stringify(json)))).toEqual(json);
      }),
      { numRuns: 40 },
    );
  });
  it('says null where nobody knows, and counts speed as times real time', async () => {
    const transcript = talk([
      [null, 'What is the budget for the hall?'],
      [null, "I'll send the report by Friday."],
    ]);
    const json = toJson(meetingOf(transcript), transcript, await minutesOf(transcript));
    expect(json.utterances[0]).toEqual({
      id: 'u0',
      speaker: 'Unnamed speaker',
      startMs: 0,
      endMs: 1920,
      text: 'What is the budget for the hall?',
      language: 'en',
      confidence: null,
    });
    expect(json.minutes.actions.map(({ owner }) => owner)).toEqual([null]);
    expect(json.stats.realTimeFactor).toBeCloseTo(1 / 3);
    expect(json.meeting.title).toBe(json.minutes.title);
  });
});
