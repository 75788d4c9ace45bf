/** Meetings as documents, for the tests of file formats. */
import { meetingWith, minutesWith, NOTHING_MEASURED } from './minutes.ts';
import { durationOf, meetingId, person, talk } from './transcripts.ts';
import { documentOf, type ExportDocument, type ExportOptions } from '../../src/core/export/document.ts';
import type { Citation, Cited, Minutes, Rendition, Transcript } from '../../src/core/model.ts';

export const SAID = talk([
  ['Ana', 'Who writes to the hall?'],
  ['王芳', '我们决定把上线推迟到三月十号，因为压力测试没有通过。'],
  ['דנה', 'לא נשיק את המוצר ביום שישי (12 במרץ)'],
  ['Сергей', 'Тесты не прошли.'],
  ['Ελένη', 'Συμφωνώ.'],
  ['Minh', 'Tôi sẽ gửi báo cáo. 🎉'],
]);

function cite(index: number): Citation {
  const utterance = SAID.utterances[index];
  if (utterance === undefined) throw new Error('no such utterance');
  return { utteranceIds: [utterance.id], startMs: utterance.startMs, endMs: utterance.endMs };
}

/** A claim on the utterances of these positions. */
export function claimOn(text: string, ...at: readonly [number, ...number[]]): Cited {
  const [first, ...rest] = at;
  return { text, citations: [cite(first), ...rest.map(cite)] };
}

export const MINUTES: Minutes = minutesWith({
  meetingId: meetingId('m-1'),
  title: 'Launch 上线',
  sections: [
    { part: 'summary', heading: null },
    { part: 'actions', heading: null },
    { part: 'chapters', heading: null },
    { part: 'mind-map', heading: null },
  ],
  summary: [claimOn('The launch moves to 三月.', 1, 3)],
  actions: [{ ...claimOn('Write to the hall.', 0), owner: 'Ana', dueText: 'by Friday', dueDate: '2026-01-09' }],
  chapters: [
    {
      ...claimOn('推迟到三月十号。', 1),
      title: 'Date & <time>',
      points: [claimOn('לא ביום שישי', 2)],
      startMs: 0,
      endMs: durationOf(SAID),
    },
  ],
  keywords: ['launch', '上线'],
});

export const TRANSLATION: Rendition = {
  meetingId: meetingId('m-1'),
  kind: 'translation',
  language: 'en',
  lines: SAID.utterances.slice(1, 2).map(({ id }) => ({ utteranceIds: [id], text: 'We move the launch to March 10.' })),
  missing: [],
  by: { provider: 'test', model: 'none', at: '2026-01-05T09:00:00.000Z' },
};

export function documentWith(
  transcript: Transcript,
  minutes: Minutes | null,
  options: ExportOptions = {},
): ExportDocument {
  const stats = NOTHING_MEASURED;
  return documentOf(
    meetingWith({ id: meetingId('m-1'), durationMs: durationOf(transcript), stats }),
    transcript,
    minutes,
    options,
  );
}

/** A long meeting: turns of ordinary length by four people, with minutes that cite all over it. */
export function longMeeting(turns: number): ExportDocument {
  const words =
    'we have to look at the numbers again before anybody decides on the second quarter 然后再看预算。'.split(' ');
  const transcript = talk(
    Array.from({ length: turns }, (_, turn) => {
      const text = Array.from({ length: 20 + (turn % 25) }, (__, at) => words[(turn + at * 7) % words.length]).join(
        ' ',
      );
      return [`Speaker ${turn % 4}`, `${turn}: ${text}`] as const;
    }),
  );
  const claim = (turn: number): Cited => {
    const utterance = transcript.utterances[turn];
    if (utterance === undefined) throw new Error('no such utterance');
    const { id, startMs, endMs, text } = utterance;
    return { text, citations: [{ utteranceIds: [id], startMs, endMs }] };
  };
  const every = (step: number): Cited[] =>
    Array.from({ length: Math.floor((turns - 1) / step) + 1 }, (_, at) => claim(at * step));
  return documentWith(
    transcript,
    minutesWith({
      meetingId: meetingId('m-1'),
      sections: [
        { part: 'summary', heading: null },
        { part: 'chapters', heading: null },
        { part: 'speakers', heading: null },
      ],
      summary: every(300),
      chapters: every(100).map((claimed, at) => ({
        ...claimed,
        title: `Chapter ${at}`,
        points: every(500),
        startMs: at,
        endMs: at + 1,
      })),
      speakers: [{ speaker: person('Speaker 1'), spokeMs: 1, points: every(200) }],
    }),
  );
}
