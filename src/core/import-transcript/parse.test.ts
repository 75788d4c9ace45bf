import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';
import { parseTranscript } from './parse.ts';
import type { ParsedUtterance } from './parse.ts';

function read(name: string, content: string): readonly ParsedUtterance[] {
  const parsed = parseTranscript(name, content);
  if (parsed.kind === 'problem') throw new Error(parsed.message);
  return parsed.utterances;
}
const turns = (name: string, content: string): unknown[] =>
  read(name, content).map(({ speaker, startMs, endMs, text }) => [speaker, startMs, endMs, text]);
function problemIn(name: string, content: string): string {
  const parsed = parseTranscript(name, content);
  return parsed.kind === 'problem' ? parsed.message : `parsed ${parsed.utterances.length}`;
}

function cue(at: number, text: string): string {
  return `${at}\n00:00:0${at},000 --> 00:00:0${at},900\n${text}\n`;
}

describe('WebVTT', () => {
  it('of Teams names speakers in voice tags, several in one cue', () => {
    const content =
      '\uFEFFWEBVTT\r\n\r\nb3c1-0\r\n00:00:01.000 --> 00:00:03.500 align:start\r\n<v Ana Díaz>Tom &amp; Jerry\r\nare here.</v>\r\n<v Ben>No.</v>\r\n';
    expect(turns('a.vtt', content)).toEqual([
      ['Ana Díaz', 1000, 3500, 'Tom & Jerry are here.'],
      ['Ben', 1000, 3500, 'No.'],
    ]);
  });
  it('of Zoom names speakers before a colon', () => {
    const content =
      'WEBVTT\n\n1\n00:01.000 --> 00:03.000\nAna Díaz: Hello there.\n\n2\n00:04.000 --> 00:06.000\nBen: Note: it is 12:30 now.\n';
    expect(turns('a.vtt', content)).toEqual([
      ['Ana Díaz', 1000, 3000, 'Hello there.'],
      ['Ben', 4000, 6000, 'Note: it is 12:30 now.'],
    ]);
  });
  it('skips notes, styles and regions, and strips tags', () => {
    const content =
      'WEBVTT - title\nKind: captions\n\nNOTE a\nb --> c\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:fred\n\n01:00:00.000 --> 01:00:01.000\n<c.yellow>It is <i>fine</i></c> <00:00:00.500>now &lt;ok&gt;\n';
    expect(turns('a.vtt', content)).toEqual([[null, 3_600_000, 3_601_000, 'It is fine now <ok>']]);
  });
  it('keeps each word once where captions roll up, and real repeats elsewhere', () => {
    const lines = ['one two three four', 'five six seven eight', 'nine ten eleven twelve', 'and so on then'];
    const cues = lines.map(
      (line, at) => `00:0${at}.000 --> 00:0${at + 1}.000\n${at === 0 ? '' : `${lines[at - 1]}\n`}${line}\n`,
    );
    expect(read('a.vtt', `WEBVTT\n\n${cues.join('\n')}`).map(({ text }) => text)).toEqual(lines);
    const chorus = ['Go on now.', 'Go on now.', 'I will.'].map(
      (line, at) => `00:0${at}.000 --> 00:0${at + 1}.000\n${line}\n`,
    );
    expect(read('a.vtt', `WEBVTT\n\n${chorus.join('\n')}`)).toHaveLength(3);
  });
});

describe('SubRip', () => {
  it('reads numbered cues with comma times, with or without hours', () => {
    expect(
      turns('a.SRT', '1\n00:00:01,000 --> 00:00:02,000\nFirst\nline\n\n2\n00:03,500 --> 00:04,000\n<b>Second</b>\n'),
    ).toEqual([
      [null, 1000, 2000, 'First line'],
      [null, 3500, 4000, 'Second'],
    ]);
  });
  it('takes a prefix for a speaker when names come back, not when a sentence has a colon', () => {
    const named = [cue(1, 'Ana: Hello.'), cue(2, 'Ben: Hi.'), cue(3, 'Ana: So.')].join('\n');
    expect(read('a.srt', named).map(({ speaker }) => speaker)).toEqual(['Ana', 'Ben', 'Ana']);
    const plain = [cue(1, 'Remember: be kind.'), cue(2, 'Yes.'), cue(3, 'See https://example.org: it is 12:30.')].join(
      '\n',
    );
    expect(read('a.srt', plain).map(({ speaker }) => speaker)).toEqual([null, null, null]);
  });
});

describe('JSON', () => {
  it('reads speakers, text and times, and estimates what is missing in order', () => {
    const content = JSON.stringify({
      title: 'Weekly',
      utterances: [
        { speaker: 'Ana', text: 'We should go there now.' },
        { speaker: null, text: '我们现在出发吧' },
        { speaker: '__proto__', text: 'Yes.', startMs: 20_000 },
      ],
    });
    const parsed = parseTranscript('a.json', content);
    expect(parsed).toMatchObject({ kind: 'parsed', title: 'Weekly' });
    expect(turns('a.json', content)).toEqual([
      ['Ana', 0, 2000, 'We should go there now.'],
      [null, 2200, 3950, '我们现在出发吧'],
      ['__proto__', 20_000, 20_500, 'Yes.'],
    ]);
    expect(read('a.json', content).map(({ estimated, language }) => [estimated, language])).toEqual([
      [true, 'en'],
      [true, 'zh'],
      [true, undefined],
    ]);
  });
  it('reads times in seconds, in segments as Whisper writes them and in a list alone', () => {
    const list = [
      { speaker: 'Mia', start: 0, end: 5, text: 'Hello.' },
      { speaker: 'Ben', start: 5.5, end: 11.25, text: 'Yes.' },
    ];
    const expected = [
      ['Mia', 0, 5000, 'Hello.'],
      ['Ben', 5500, 11_250, 'Yes.'],
    ];
    for (const file of [list, { utterances: list }, { language: 'english', text: 'Hello. Yes.', segments: list }]) {
      expect(turns('a.json', JSON.stringify(file))).toEqual(expected);
      expect(read('a.json', JSON.stringify(file)).map(({ estimated }) => estimated)).toEqual([false, false]);
    }
  });
  it('squeezes what has no time before the next given time', () => {
    const content = JSON.stringify({
      utterances: [
        { text: 'A long sentence that takes quite some time to say.' },
        { text: 'Another one of the same kind.' },
        { text: 'Now.', startMs: 1000, endMs: 1500 },
      ],
    });
    const [first, second, third] = read('a.json', content);
    expect(first?.startMs).toBe(0);
    expect(second?.startMs).toBeGreaterThanOrEqual(first?.endMs ?? Number.NaN);
    expect(second?.endMs).toBeLessThanOrEqual(1001);
    expect(third).toMatchObject({ startMs: 1000, endMs: 1500, estimated: false });
  });
  it.each([
    ['{"utterances": [', 'not valid JSON'],
    ['7', 'The file must be an object'],
    ['{}', 'utterances must be an array of {speaker?, text, startMs?, endMs?}'],
    ['[{"text": "secret", "start": "1"}]', '[0].start must be a number of seconds'],
    ['[{"speaker": "secret"}]', '{speaker?, text, startMs?, endMs?}'],
    ['{"segments": [{"text": "secret", "start": 5, "end": 1}]}', 'segments[0].end must not be before'],
    ['{"utterances": {}}', 'utterances must be an array'],
    ['{"utterances": [{"text": "secret"}, {"text": 7}]}', 'utterances[1].text must be a string'],
    ['{"utterances": [{"text": "secret", "startMs": "1"}]}', 'utterances[0].startMs must be a number'],
    ['{"utterances": [{"text": "secret", "startMs": 5, "endMs": 1}]}', 'utterances[0].endMs must not be before'],
    ['{"utterances": []}', 'no words'],
  ])('names the first wrong place: %s', (content, message) => {
    expect(problemIn('a.json', content)).toContain(message);
    expect(problemIn('a.json', content)).not.toContain('secret');
  });
});

describe('text', () => {
  it('reads names, times in any of the usual places, and lines that go on', () => {
    expect(turns('a.txt', 'Weekly meeting\n\n[00:01:02] Ana: Hello\nto all.\n(1:10) Ben: Yes: it is 12:30.\n')).toEqual(
      [
        ['Ana', 62_000, 63_200, 'Hello to all.'],
        ['Ben', 70_000, 71_600, 'Yes: it is 12:30.'],
      ],
    );
    expect(
      read('a.txt', 'Ana Díaz  0:05\nHello there.\n\nBen  0:09\nHi.\n').map(({ speaker, startMs, text }) => [
        speaker,
        startMs,
        text,
      ]),
    ).toEqual([
      ['Ana Díaz', 5000, 'Hello there.'],
      ['Ben', 9000, 'Hi.'],
    ]);
    expect(read('a.txt', '王芳：大家好。\n李雷: 你好\n').map(({ speaker, text }) => [speaker, text])).toEqual([
      ['王芳', '大家好。'],
      ['李雷', '你好'],
    ]);
  });
  it.each([
    'https://example.org/x',
    '12:30 we meet again',
    'And then he told me: go.',
    'We start at 12:30',
    '- point: one',
  ])('takes for no speaker: %s', (line) => {
    expect(read('a.txt', `Ana: First.\n${line}\n`).map(({ speaker, text }) => [speaker, text])).toEqual([
      ['Ana', `First. ${line}`],
    ]);
  });
  it('of prose is by one person who is not named, a sentence each', () => {
    expect(read('a.txt', 'Once upon a time. There was a king.\n\nHe left.\n')).toMatchObject([
      { speaker: null, text: 'Once upon a time.', startMs: 0, estimated: true },
      { speaker: null, text: 'There was a king.', estimated: true },
      { speaker: null, text: 'He left.', estimated: true },
    ]);
  });
  it('that is half prose says what is wrong, and reads no half of it', () => {
    expect(problemIn('a.txt', 'Title\nOnce upon a time.\nAna: Hello.\n')).toContain('--speaker');
    expect(problemIn('a.txt', 'Title\nOnce upon a time.\nAna: Hello.\n')).toContain('Line 2 names no speaker');
  });
});

describe('names with a title or an initial', () => {
  it.each([
    'Prof. Lee',
    'Dr. Silva',
    'Mr. Jones',
    'J. Smith',
    'J. R. R. Tolkien',
    'Prof. Dr. Ana M. Díaz',
    'Dr.-Ing. Roth',
  ])('keep their words in text and in subtitles: %s', (name) => {
    const text = `Ana: We begin.\n${name}: Good.\nAna: So.\n${name}: Yes.\n`;
    const cues = [cue(1, 'Ana: We begin.'), cue(2, `${name}: Good.`), cue(3, 'Ana: So.'), cue(4, `${name}: Yes.`)];
    for (const [file, content] of [
      ['a.txt', text],
      ['a.srt', cues.join('\n')],
    ] as const) {
      expect(read(file, content).map((utterance) => [utterance.speaker, utterance.text])).toEqual([
        ['Ana', 'We begin.'],
        [name, 'Good.'],
        ['Ana', 'So.'],
        [name, 'Yes.'],
      ]);
    }
  });
  it.each(['I said. Then: go.', 'Yes. Then: go.', 'He met Dr. Silva. Then: go.', 'I met Dr. Silva: a doctor.'])(
    'are not seen in a sentence: %s',
    (line) => {
      expect(read('a.txt', `Ana: First.\n${line}\n`).map(({ speaker }) => speaker)).toEqual(['Ana']);
    },
  );
});

describe('noise', () => {
  const noises = ['[noise]', '(inaudible)', '♪♪♪', '[Music]', '[无法听清]'];
  it.each(noises)('is dropped, and alone leaves nothing said: %s', (noise) => {
    expect(read('a.srt', cue(1, noise))).toEqual([]);
    expect(read('a.srt', [cue(1, noise), cue(2, 'We begin.')].join('\n')).map(({ text }) => text)).toEqual([
      'We begin.',
    ]);
  });
  it.each(['(Yes.)', '[noise] We begin.', '♪ la la ♪', '[I agree]'])('is not seen in words: %s', (words) => {
    expect(read('a.srt', cue(1, words))).toHaveLength(1);
  });
});

describe('bad files', () => {
  it.each([
    ['a.vtt', '', 'empty'],
    ['a.txt', ' \n\t\n', 'empty'],
    ['a.docx', 'x', 'not known'],
    ['vtt', 'x', 'not known'],
    ['a.vtt', 'hello', 'Line 1'],
    ['a.vtt', 'WEBVTT\n\n00:00:01.000 --> 00:00\nsecret', 'line 3'],
    ['a.vtt', 'WEBVTT\n\n00:00:05.000 --> 00:00:01.000\nsecret', 'line 3 ends before it starts'],
    ['a.vtt', 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nok\n\nsecret\nsecret', 'Line 6'],
    ['a.srt', '1\n00:00:01,000 -> what\nsecret', 'Line 1'],
    ['a.srt', '1\n00:00:61,000 --> 00:00:62,000\nsecret', 'Line 2'],
    ['a.srt', '1\n00:00:01,000 --> 00:00:02,000\n\n', 'no words'],
    ['a.txt', 'Ana: a\u0000b', 'not text'],
  ])('%s %j', (name, content, message) => {
    expect(problemIn(name, content)).toContain(message);
    expect(problemIn(name, content)).not.toContain('secret');
  });

  it('whatever they hold are either read whole or refused with a sentence', () => {
    const content = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            'WEBVTT',
            '',
            '1',
            '00:00:01.000 --> 00:00:02.000',
            '00:03,5 --> 00:04,0',
            'Ana: hi',
            '<v __proto__>x',
            '{"utterances":[{"text":"a"}]}',
            'NOTE',
            '[0:07] B: c',
            '\uFEFF',
            '&#x110000;&constructor;',
          ),
        )
        .map((lines) => lines.join('\n')),
    );
    fc.assert(
      fc.property(fc.constantFrom('a.vtt', 'a.srt', 'a.json', 'a.txt', 'a'), content, (name, text) => {
        const parsed = parseTranscript(name, text);
        const utterances = parsed.kind === 'parsed' ? parsed.utterances : [];
        expect(parsed.kind === 'parsed' ? 'Read.' : parsed.message).toMatch(/^[A-Zu].*\.$/u);
        for (const [at, utterance] of utterances.entries()) {
          expect(utterance.text).toMatch(/^\S/u);
          expect(utterance.text).not.toMatch(/\p{Cc}/u);
          expect(utterance.endMs).toBeGreaterThanOrEqual(utterance.startMs);
          expect(utterance.startMs).toBeGreaterThanOrEqual(utterances[at - 1]?.startMs ?? 0);
          expect(utterance.speaker?.trim()).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('the language of a text', () => {
  it.each([
    ['We are going to move the launch to next week', 'en'],
    ['Wir haben das noch nicht entschieden', 'de'],
    ['Nous avons décidé de changer la date', 'fr'],
    ['Tenemos que cambiar la fecha de la reunión', 'es'],
    ['Non abbiamo ancora deciso la data della riunione', 'it'],
    ['Não vamos mudar a data da reunião', 'pt'],
    ['Мы ещё не решили', 'ru'],
    ['我们用 Kubernetes 部署 payment service', 'zh'],
    ['来週の会議を延期します', 'ja'],
    ['다음 주로 미룹시다', 'ko'],
    ['…', 'und'],
    ['42', 'und'],
    ['', 'und'],
  ])('%s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
