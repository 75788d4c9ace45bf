import { type Block, documentOf, type Span } from '../../core/export/document.ts';
import { toMarkdown } from '../../core/export/markdown.ts';
import { mindMapOutline } from '../../core/export/mind-map.ts';
import { toSrt } from '../../core/export/srt.ts';
import { toText } from '../../core/export/txt.ts';
import { toVtt } from '../../core/export/vtt.ts';
import type { Citation } from '../../core/model.ts';
import type { Post, ThreadMessage } from '../../core/ports.ts';
import { formatClock } from '../../core/time.ts';
import { plain } from './plain.ts';

/** The minutes as a thread: a headline, one message per section that has something in it, and the files. */
export function renderMinutes({ meeting, minutes, transcript }: Post): readonly [ThreadMessage, ...ThreadMessage[]] {
  const { title, facts, blocks } = documentOf(meeting, transcript, minutes, { extent: 'minutes' });
  const messages: string[] = [];
  let open = [plain(title), facts.map(plain).join(' · ')];
  let isInChapter = false;
  for (const block of blocks) {
    if (block.kind === 'heading') isInChapter = block.level === 2;
    if (block.kind === 'heading' && block.level === 1) {
      messages.push(open.join('\n'));
      open = [];
    }
    // What belongs to a chapter stands below its title like its text.
    open.push(isInChapter && block.kind === 'item' ? `  ${lineOf(block)}` : lineOf(block));
  }
  messages.push(open.join('\n'));
  const [headline = '', ...sections] = messages;
  return [
    { text: headline, files: [] },
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

function lineOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 1 ? plain(block.text) : `  ${plain(block.text)}`;
    case 'paragraph':
      return `    ${inline(block.spans)}`;
    case 'item':
      return `  ${'    '.repeat(block.depth)}• ${inline(block.spans)}`;
    case 'mind-map':
      return mindMapOutline(block.root, plain).trimEnd().replace(/^/gmu, '  ');
    case 'turn':
      return `  [${formatClock(block.startMs)}] ${plain(block.speaker)}: ${plain(block.text)}`;
  }
}

function inline(spans: readonly Span[]): string {
  return spans
    .map((span) => (span.kind === 'text' ? shown(span.text) : moments(span.citations)))
    .join('')
    .trim();
}

/** Nothing in it moves the cursor; the spaces at its ends stay, as it may be the middle of a line. */
function shown(text: string): string {
  const [, before = '', after = ''] = /^(\s*)[^]*?(\s*)$/u.exec(text) ?? [];
  return text.trim() === '' ? before : `${before}${plain(text)}${after}`;
}

/** Where it was said: the start of each citation. */
function moments(citations: readonly Citation[]): string {
  return `[${[...new Set(citations.map(({ startMs }) => formatClock(startMs)))].join(', ')}]`;
}
