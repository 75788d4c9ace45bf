/** A meeting as a Word file (Office Open XML, ECMA-376), with headings, lists and footnotes as Word knows them. */
import {
  AlignmentType,
  Bookmark,
  Document,
  Footer,
  FootnoteReferenceRun,
  HeadingLevel,
  InternalHyperlink,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Tab,
  TextRun,
} from 'docx';
import type { Block, ExportDocument, Quote, Span } from '../../core/export/document.ts';
import type { MindMapNode } from '../../core/export/mind-map.ts';
import type { Citation, UtteranceId } from '../../core/model.ts';
import { formatClock } from '../../core/time.ts';
import { startsAtTheRight } from './direction.ts';
import { documentStyles, runLanguage } from './docx-styles.ts';

/** Word's lists have nine levels. */
const DEEPEST = 8;

/**
 * The file's bytes. Evidence becomes footnotes that quote what was said and lead to its place in the transcript, where
 * the document has one. Fonts are named, not embedded.
 */
export async function toDocx(source: ExportDocument): Promise<Uint8Array> {
  const notes = createFootnotes(source);
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, ...content(source.title, [run(source.title)]) }),
    new Paragraph({ style: 'Facts', children: [run(source.facts.join(' · '))] }),
    ...source.blocks.flatMap((block) => paragraphsOf(block, notes)),
  ];
  const file = new Document({
    title: source.title,
    creator: 'Earshot',
    lastModifiedBy: 'Earshot',
    subject: source.facts.join(' · '),
    keywords: source.keywords.join(', '),
    styles: documentStyles(source.language),
    footnotes: notes.all(),
    sections: [{ footers: { default: pageNumbers() }, children }],
  });
  return new Uint8Array(await Packer.pack(file, 'uint8array'));
}

interface Footnotes {
  /** The mark of a new footnote for this evidence; nothing when none of it is known. */
  mark(citations: readonly Citation[]): ParagraphChild[];
  /** Where a footnote leads to; null for turns that no footnote names. */
  anchor(id: UtteranceId): string | null;
  all(): Record<string, { readonly children: Paragraph[] }>;
}

function createFootnotes(source: ExportDocument): Footnotes {
  const notes: Record<string, { readonly children: Paragraph[] }> = {};
  const turns = new Set(source.blocks.flatMap((block) => (block.kind === 'turn' ? [block.id] : [])));
  const anchors = new Map<UtteranceId, string>();
  for (const id of new Set(citedIn(source.blocks))) if (turns.has(id)) anchors.set(id, `turn-${anchors.size + 1}`);
  const colon = source.wording.colon;
  let count = 0;
  return {
    mark(citations) {
      const quotes = quotesOf(citations, source);
      if (quotes.length === 0) return [];
      count += 1;
      notes[String(count)] = { children: quotes.map((quote) => quoteParagraph(quote, anchors.get(quote.id), colon)) };
      return [new FootnoteReferenceRun(count)];
    },
    anchor: (id) => anchors.get(id) ?? null,
    all: () => notes,
  };
}

function citedIn(blocks: readonly Block[]): readonly UtteranceId[] {
  return blocks
    .flatMap((block) => (block.kind === 'paragraph' || block.kind === 'item' ? block.spans : []))
    .flatMap((span) => (span.kind === 'evidence' ? span.citations : []))
    .flatMap(({ utteranceIds }) => utteranceIds);
}

function quotesOf(citations: readonly Citation[], { quotes }: ExportDocument): readonly Quote[] {
  const ids = new Set(citations.flatMap(({ utteranceIds }) => utteranceIds));
  return [...ids].flatMap((id) => quotes.get(id) ?? []);
}

function quoteParagraph({ startMs, speaker, text }: Quote, anchor: string | undefined, colon: string): Paragraph {
  const clock = run(formatClock(startMs), anchor === undefined ? {} : { style: 'Hyperlink' });
  const moment = anchor === undefined ? clock : new InternalHyperlink({ anchor, children: [clock] });
  return new Paragraph({
    style: 'FootnoteText',
    ...content(text, [run(' '), moment, run(` ${speaker}${colon}`), run(`“${text}”`)]),
  });
}

function paragraphsOf(block: Block, notes: Footnotes): Paragraph[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          ...content(block.text, [run(block.text)]),
        }),
      ];
    case 'paragraph':
      return [new Paragraph(content(words(block.spans), inline(block.spans, notes)))];
    case 'item':
      return [
        new Paragraph({
          bullet: { level: Math.min(block.depth, DEEPEST) },
          ...content(words(block.spans), inline(block.spans, notes)),
        }),
      ];
    case 'mind-map':
      return nodeParagraphs(block.root, 0);
    case 'turn':
      return turnParagraphs(block, notes);
  }
}

function nodeParagraphs(node: MindMapNode, depth: number): Paragraph[] {
  return [
    new Paragraph({ bullet: { level: Math.min(depth, DEEPEST) }, ...content(node.text, [run(node.text)]) }),
    ...node.children.flatMap((child) => nodeParagraphs(child, depth + 1)),
  ];
}

function turnParagraphs(turn: Extract<Block, { readonly kind: 'turn' }>, notes: Footnotes): Paragraph[] {
  const clock = run(formatClock(turn.startMs), { color: '595959' });
  const anchor = notes.anchor(turn.id);
  const language = runLanguage(turn.language);
  return [
    new Paragraph({
      style: 'Turn',
      ...content(turn.text, [
        anchor === null ? clock : new Bookmark({ id: anchor, children: [clock] }),
        new TextRun({ children: [new Tab()] }),
        run(`${turn.speaker} `, { bold: true, boldComplexScript: true }),
        run(turn.text, { language }),
        ...(turn.translation === null
          ? []
          : [
              new TextRun({ break: 1 }),
              run(turn.translation.text, { color: '404040', language: runLanguage(turn.translation.language) }),
            ]),
      ]),
    }),
  ];
}

function inline(spans: readonly Span[], notes: Footnotes): ParagraphChild[] {
  return spans.flatMap((span): ParagraphChild[] => {
    if (span.kind === 'evidence') return notes.mark(span.citations);
    if (span.style === 'strong') return [run(span.text, { bold: true, boldComplexScript: true })];
    return [run(span.text, span.style === 'quiet' ? { color: '595959' } : {})];
  });
}

function words(spans: readonly Span[]): string {
  return spans.map((span) => (span.kind === 'text' ? span.text : '')).join('');
}

/** Children of a paragraph that runs the way its words do. */
function content(
  text: string,
  children: readonly ParagraphChild[],
): { readonly bidirectional?: true; readonly children: readonly ParagraphChild[] } {
  return startsAtTheRight(text) ? { bidirectional: true, children } : { children };
}

function run(text: string, options: Omit<ConstructorParameters<typeof TextRun>[0] & object, 'text'> = {}): TextRun {
  return new TextRun({ text, ...(startsAtTheRight(text) ? { rightToLeft: true } : {}), ...options });
}

function pageNumbers(): Footer {
  const children = [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES], color: '595959' })];
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] });
}
