import type { Citation, Meeting, Minutes, Transcript } from '../model.ts';
import { formatClock } from '../time.ts';
import { type Block, documentOf, type ExportOptions, type Span } from './document.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { mindMapMermaid } from './mind-map.ts';

/**
 * Minutes and transcript as CommonMark, every line with the moments it rests on; the mind map as a Mermaid diagram.
 * `minutes` null: the transcript alone. A translation stands below what was said.
 */
export function toMarkdown(
  meeting: Meeting,
  transcript: Transcript,
  minutes: Minutes | null,
  options: ExportOptions = {},
): string {
  const { title, facts, blocks } = documentOf(meeting, transcript, minutes, options);
  const head = `# ${escapeMarkdown(title)}\n\n${facts.map(escapeMarkdown).join(' · ')}\n`;
  return [
    head,
    ...blocks.map((block, at) => `${isListed(blocks[at - 1]) && isListed(block) ? '' : '\n'}${rendered(block)}`),
  ].join('');
}

/** Items of one list follow each other without an empty line. */
function isListed(block: Block | undefined): boolean {
  return block?.kind === 'item' || block?.kind === 'turn';
}

function rendered(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${escapeMarkdown(block.text)}\n`;
    case 'paragraph':
      return `${inline(block.spans)}\n`;
    case 'item':
      return `${'  '.repeat(block.depth)}- ${inline(block.spans)}\n`;
    case 'mind-map':
      return `\`\`\`mermaid\n${mindMapMermaid(block.root)}\`\`\`\n`;
    case 'turn': {
      const said = `- ${formatClock(block.startMs)} **${escapeMarkdown(block.speaker)}**: ${escapeMarkdown(block.text)}`;
      // A backslash at the end of a line is a line break inside the item.
      return block.translation === null ? `${said}\n` : `${said}\\\n  ${escapeMarkdown(block.translation.text)}\n`;
    }
  }
}

function inline(spans: readonly Span[]): string {
  return spans
    .map((span, at) => spanText(span, spans[at + 1]))
    .join('')
    .trim();
}

function spanText(span: Span, next: Span | undefined): string {
  if (span.kind === 'evidence') return moments(span.citations);
  const escaped = escapedInside(span.text);
  return span.style === 'strong' && closesBefore(next, span.text)
    ? escaped.replace(/^(\s*)(.*?)(\s*)$/u, '$1**$2**$3')
    : escaped;
}

/**
 * Whether `**` would end strong text there: between punctuation and a letter it would not, and stand as asterisks
 * (CommonMark 0.31, right-flanking delimiter runs). Chinese has no spaces that would help.
 */
function closesBefore(next: Span | undefined, strong: string): boolean {
  const following = next?.kind === 'text' ? next.text : '';
  return /\s$/u.test(strong) || !/[\p{P}\p{S}]$/u.test(strong) || /^(?:$|[\s\p{P}\p{S}])/u.test(following);
}

/** Escaped, with the spaces at its ends: it may be the middle of a line. */
function escapedInside(text: string): string {
  const [, before = '', after = ''] = /^(\s*)[^]*?(\s*)$/u.exec(text) ?? [];
  return `${before}${escapeMarkdown(text)}${text.trim() === '' ? '' : after}`;
}

/** Where it was said: the start of each citation, once. */
function moments(citations: readonly Citation[]): string {
  return `(${[...new Set(citations.map(({ startMs }) => formatClock(startMs)))].join(', ')})`;
}
