import type { Citation, Meeting, Minutes, Rendition, Transcript } from '../model.ts';
import { speakerName } from '../speaker.ts';
import { formatClock } from '../time.ts';
import { type Block, documentOf, type ExportOptions, type Span } from './document.ts';
import { mindMapOutline } from './mind-map.ts';
import { oneLine } from './printable.ts';
import { linesOf } from './renditions.ts';

/** A name that cannot be read as ending early: the first colon of a line ends it. */
function lineName(name: string): string {
  return name.replace(/\s*[:：]\s*/gu, ' - ').trim() || '-';
}

/**
 * One line per utterance: `[0:07] Name: text`, below it the translation, if there is one, indented. Empty when nothing
 * was said.
 */
export function toText(transcript: Transcript, options: { readonly rendition?: Rendition | null } = {}): string {
  return linesOf(transcript, options.rendition ?? null)
    .map(({ utterance: { speaker, startMs, text }, translation }) => {
      const said = `[${formatClock(startMs)}] ${lineName(speakerName(speaker))}: ${oneLine(text)}\n`;
      return translation === null ? said : `${said}    ${translation}\n`;
    })
    .join('');
}

/** Minutes as plain text, sections in their order, then the transcript as `toText` writes it unless left out. */
export function toTextDocument(
  meeting: Meeting,
  transcript: Transcript,
  minutes: Minutes,
  options: ExportOptions = {},
): string {
  const { title, facts, blocks, wording } = documentOf(meeting, transcript, minutes, { ...options, extent: 'minutes' });
  const said = options.extent === 'minutes' ? '' : toText(transcript, options);
  return [
    `${title}\n${facts.join(' · ')}\n`,
    ...blocks.map(blockText),
    ...(said === '' ? [] : [`\n${wording.transcript}\n${said}`]),
  ].join('');
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `\n${block.text}\n`;
    case 'paragraph':
      return `${inline(block.spans)}\n`;
    case 'item':
      return `${'  '.repeat(block.depth)}- ${inline(block.spans)}\n`;
    case 'mind-map':
      return mindMapOutline(block.root, oneLine);
    case 'turn':
      return `[${formatClock(block.startMs)}] ${lineName(block.speaker)}: ${block.text}\n`;
  }
}

function inline(spans: readonly Span[]): string {
  return spans
    .map((span) => (span.kind === 'text' ? span.text : moments(span.citations)))
    .join('')
    .trim();
}

function moments(citations: readonly Citation[]): string {
  return `[${[...new Set(citations.map(({ startMs }) => formatClock(startMs)))].join(', ')}]`;
}
