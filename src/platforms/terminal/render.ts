import { toMarkdown } from '../../core/export/markdown.ts';
import { toSrt } from '../../core/export/srt.ts';
import { toText } from '../../core/export/txt.ts';
import { toVtt } from '../../core/export/vtt.ts';
import type { Citation, Cited, Minutes, SuppressionReason, Transcript, Utterance } from '../../core/model.ts';
import type { Post, ThreadMessage } from '../../core/ports.ts';
import { speakerName } from '../../core/speaker.ts';
import { formatClock, formatDuration } from '../../core/time.ts';
import { plain } from './plain.ts';

/** The minutes as a thread: a headline, one message per section that has something in it, and the files. */
export function renderMinutes(post: Post): readonly [ThreadMessage, ...ThreadMessage[]] {
  const { meeting, minutes, transcript } = post;
  const sections = [
    section('Summary', minutes.summary.map(bullet)),
    section(
      'Chapters',
      minutes.chapters.flatMap((chapter) => [
        `  ${formatClock(chapter.startMs)}–${formatClock(chapter.endMs)}  ${plain(chapter.title)}`,
        `      ${plain(chapter.text)} ${moments(chapter)}`,
      ]),
    ),
    section('Decisions', minutes.decisions.map(bullet)),
    section(
      'Action items',
      minutes.actions.map((action) => {
        const owner = action.owner === null ? 'no owner named' : plain(action.owner);
        const due = action.dueText === null ? 'no date given' : `due “${plain(action.dueText)}”`;
        return `  ☐ ${plain(action.text)} — ${owner}, ${due} ${moments(action)}`;
      }),
    ),
    section(
      'Questions',
      minutes.questions.flatMap(({ question, answer }) => [
        `  ? ${saidBy(question, transcript)}${plain(question.text)} ${moments(question)}`,
        answer === null
          ? '      left open'
          : `      ${saidBy(answer, transcript)}${plain(answer.text)} ${moments(answer)}`,
      ]),
    ),
    section('Speakers', speakerLines(minutes, transcript)),
    section('Keywords', minutes.keywords.length === 0 ? [] : [`  ${keywordLine(minutes.keywords, transcript)}`]),
    section('Good to know', remarks(post)),
  ].filter((text) => text !== '');
  return [
    { text: headline(post), files: [] },
    ...sections.map((text) => ({ text, files: [] })),
    {
      text: 'Files',
      files: [
        { name: 'minutes.md', mediaType: 'text/markdown', content: toMarkdown(meeting, transcript, minutes) },
        { name: 'transcript.txt', mediaType: 'text/plain', content: toText(transcript) },
        { name: 'subtitles.srt', mediaType: 'application/x-subrip', content: toSrt(transcript) },
        { name: 'subtitles.vtt', mediaType: 'text/vtt', content: toVtt(transcript) },
      ],
    },
  ];
}

const KIND_NAMES = { meeting: 'Meeting', interview: 'Interview', lecture: 'Lecture' } as const;

function headline({ meeting, minutes, transcript }: Post): string {
  const facts = [KIND_NAMES[minutes.kind], formatDuration(meeting.durationMs), ...languages(transcript)];
  return `${plain(minutes.title)}\n${facts.join(' · ')} · minutes by ${minutes.by.provider}/${minutes.by.model}`;
}

/** Languages by the share of utterances, most first; names in English. */
function languages(transcript: Transcript): readonly string[] {
  const counts = Map.groupBy(transcript.utterances, (utterance) => utterance.language);
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  const ranked = [...counts].toSorted(([, a], [, b]) => b.length - a.length).map(([code]) => code);
  const named = ranked.filter((code) => code !== 'und').map((code) => names.of(code) ?? code);
  return named.length === 0 ? [] : [named.join(', ')];
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [title, ...lines].join('\n');
}

function bullet(cited: Cited): string {
  return `  • ${plain(cited.text)} ${moments(cited)}`;
}

/** Where a claim was said: the start of each citation. */
function moments(cited: { readonly citations: readonly Citation[] }): string {
  return `[${[...new Set(cited.citations.map((citation) => formatClock(citation.startMs)))].join(', ')}]`;
}

function saidBy(cited: Cited, transcript: Transcript): string {
  const first = cited.citations[0].utteranceIds[0];
  const speaker = transcript.utterances.find((utterance) => utterance.id === first)?.speaker;
  return speaker === undefined || speaker.kind === 'unnamed' ? '' : `${plain(speakerName(speaker))}: `;
}

function speakerLines(minutes: Minutes, transcript: Transcript): readonly string[] {
  return minutes.speakers.flatMap((summary) => {
    const name = speakerName(summary.speaker);
    const first = transcript.utterances.find((utterance) => speakerName(utterance.speaker) === name);
    const since = first === undefined ? '' : ` [${formatClock(first.startMs)}]`;
    return [
      `  ${plain(name)} — spoke ${formatDuration(summary.spokeMs)}${since}`,
      ...summary.points.map((point) => `    ${bullet(point)}`),
    ];
  });
}

/** Each keyword with the moment it was first said. */
function keywordLine(keywords: readonly string[], transcript: Transcript): string {
  const said = transcript.utterances.map((utterance) => ({ utterance, text: utterance.text.toLocaleLowerCase('en') }));
  return keywords
    .map((keyword) => {
      const wanted = keyword.toLocaleLowerCase('en');
      const first: Utterance | undefined = said.find(({ text }) => text.includes(wanted))?.utterance;
      return first === undefined ? plain(keyword) : `${plain(keyword)} [${formatClock(first.startMs)}]`;
    })
    .join(', ');
}

const WITHHELD: Readonly<Record<SuppressionReason, string>> = {
  'no-speech': 'held no speech',
  'low-confidence': 'could not be made out',
  repetition: 'came out as a repetition',
  empty: 'gave no words',
};

/** What a reader should know about how far to trust this thread. */
function remarks({ meeting, transcript }: Post): readonly string[] {
  const lines: string[] = [];
  if (transcript.utterances.length === 0) lines.push('  Nobody said anything that could be made out.');
  if (transcript.utterances.some((utterance) => utterance.speaker.kind === 'unnamed')) {
    lines.push('  This recording is one track without names: who said what was not told apart.');
  }
  if (transcript.utterances.some((utterance) => utterance.estimated === true)) {
    lines.push(
      '  The imported transcript had no times for some lines: theirs are estimated from the length of the text.',
    );
  }
  const withheld = Object.entries(WITHHELD).flatMap(([reason, meaning]) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a Record over SuppressionReason
    const count = meeting.stats.suppressed[reason as SuppressionReason];
    return count > 0 ? [`${count} ${meaning}`] : [];
  });
  if (withheld.length > 0) lines.push(`  Stretches of sound without words here: ${withheld.join(', ')}.`);
  const unheard = meeting.stats.unheard.map(({ startMs, endMs }) => `${formatClock(startMs)}–${formatClock(endMs)}`);
  if (unheard.length > 0)
    lines.push(`  What was said at ${unheard.join(', ')} could not be transcribed and is missing.`);
  return lines;
}
