import type { Cited, Meeting, Minutes, Transcript } from '../model.ts';
import { speakerName } from '../speaker.ts';
import { formatClock, formatDuration } from '../time.ts';
import { oneLine } from './printable.ts';

/** Text as text: nothing said, and no name, becomes markup, a link, a mention or a heading. */
function plain(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>|~#&@]/gu, String.raw`\$&`)
    .replace(/^([-+=]|\d+[.)])/u, String.raw`\$1`);
}

function moment(claim: Cited): string {
  return `(${[...new Set(claim.citations.map(({ startMs }) => formatClock(startMs)))].join(', ')})`;
}

function line(claim: Cited): string {
  return `${plain(claim.text)} ${moment(claim)}`;
}

function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${heading}\n\n${lines.map((text) => `- ${text}\n`).join('')}\n`;
}

/** Minutes and the whole transcript, every line with the moment it rests on. Sections without content are left out. */
export function toMarkdown(meeting: Meeting, transcript: Transcript, minutes: Minutes): string {
  const facts = [
    minutes.kind,
    formatDuration(meeting.durationMs),
    ...(transcript.language === 'und' ? [] : [`language ${plain(transcript.language)}`]),
    `minutes by ${plain(minutes.by.provider)} ${plain(minutes.by.model)}`,
  ];
  const spoken = transcript.utterances.filter(({ text }) => oneLine(text) !== '');
  const estimated = spoken.some((utterance) => utterance.estimated === true);
  return [
    `# ${plain(meeting.title ?? minutes.title)}\n\n${facts.join(' · ')}\n\n`,
    spoken.length === 0 ? 'Nobody said anything that could be made out.\n\n' : '',
    estimated ? 'The source gives no times for some lines; those are estimated from the length of the text.\n\n' : '',
    section('Summary', minutes.summary.map(line)),
    minutes.chapters.length === 0
      ? ''
      : `## Chapters\n\n${minutes.chapters
          .map((chapter) => {
            const span = `${formatClock(chapter.startMs)}–${formatClock(chapter.endMs)}`;
            return `### ${span} ${plain(chapter.title)}\n\n${line(chapter)}\n\n`;
          })
          .join('')}`,
    section('Decisions', minutes.decisions.map(line)),
    section(
      'Action items',
      minutes.actions.map((action) => {
        const due = action.dueText === null ? '' : `, ${plain(action.dueText)}`;
        return `**${action.owner === null ? 'Nobody named' : plain(action.owner)}**${due}: ${line(action)}`;
      }),
    ),
    section(
      'Questions',
      minutes.questions.map(
        ({ question, answer }) => `${line(question)} — ${answer === null ? '*left open*' : line(answer)}`,
      ),
    ),
    section(
      'Speakers',
      minutes.speakers.map(({ speaker, spokeMs, points }) => {
        const head = `**${plain(speakerName(speaker))}** (${formatDuration(spokeMs)})`;
        return points.length === 0 ? head : `${head}: ${points.map(line).join(' · ')}`;
      }),
    ),
    minutes.keywords.length === 0 ? '' : `## Keywords\n\n${minutes.keywords.map(plain).join(', ')}\n\n`,
    section(
      'Transcript',
      spoken.map(
        ({ speaker, startMs, text }) => `${formatClock(startMs)} **${plain(speakerName(speaker))}**: ${plain(text)}`,
      ),
    ),
  ].join('');
}
