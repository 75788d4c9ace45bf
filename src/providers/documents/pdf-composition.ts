/** What a PDF file shows, paragraph by paragraph, before it is laid out on pages. */
import type { Block, ExportDocument, Quote, Span } from '../../core/export/document.ts';
import type { MindMapNode } from '../../core/export/mind-map.ts';
import type { Citation, UtteranceId } from '../../core/model.ts';
import { formatClock } from '../../core/time.ts';
import type { StyledText, TextStyle } from './pdf-lines.ts';

export type Role = 'title' | 'facts' | 'section' | 'subsection' | 'paragraph' | 'item' | 'turn' | 'note';
export interface Part {
  readonly role: Role;
  /** Of a list item, from 0. */
  readonly depth: number;
  /** Stands before the first line: a bullet, a time, the number of a note. */
  readonly label: StyledText | null;
  readonly text: readonly StyledText[];
  /** Names under which this place can be led to. */
  readonly names: readonly string[];
}

const INK = '#1a1a1a';
const QUIET = '#595959';
const LINK = '#1f4e9c';
const BODY: TextStyle = { weight: 'regular', size: 10.5, color: INK };
const STYLES = {
  title: { weight: 'bold', size: 20, color: INK },
  facts: { weight: 'regular', size: 9.5, color: QUIET },
  section: { weight: 'bold', size: 14, color: '#1f3864' },
  subsection: { weight: 'bold', size: 11.5, color: '#1f3864' },
  strong: { ...BODY, weight: 'bold' },
  quiet: { ...BODY, color: QUIET },
  plain: BODY,
  note: { ...BODY, size: 9 },
} as const satisfies Record<string, TextStyle>;

/** Paragraphs in order; the notes stand before the transcript. */
export function composed(source: ExportDocument): readonly Part[] {
  const notes = createNotes(source);
  const firstTurn = source.blocks.findIndex(({ kind }) => kind === 'turn');
  const heading = firstTurn === -1 ? source.blocks.length : Math.max(0, firstTurn - 1);
  const minutes = source.blocks.slice(0, heading).flatMap((block) => partsOf(block, notes));
  return [
    part('title', [{ text: source.title, style: STYLES.title }]),
    part('facts', [{ text: source.facts.join(' · '), style: STYLES.facts }]),
    ...minutes,
    ...notes.parts(),
    ...source.blocks.slice(heading).flatMap((block) => partsOf(block, notes)),
  ];
}

/** The remark that stands at the end of the document. */
export function remark(text: string): Part {
  return part('facts', [{ text, style: STYLES.facts }]);
}

function part(role: Role, text: readonly StyledText[], more: Partial<Part> = {}): Part {
  return { role, depth: 0, label: null, text, names: [], ...more };
}

interface Notes {
  /** The number of the note for this evidence; null when none of it is known. Equal evidence has one note. */
  number(citations: readonly Citation[]): { readonly number: number; readonly isNew: boolean } | null;
  /** The name of a turn that notes lead to. */
  turnName(id: UtteranceId): string | null;
  parts(): readonly Part[];
}

function createNotes(source: ExportDocument): Notes {
  const turns = new Set(source.blocks.flatMap((block) => (block.kind === 'turn' ? [block.id] : [])));
  const numbers = new Map<string, number>();
  const quoted: (readonly Quote[])[] = [];
  const cited = new Set<UtteranceId>();
  const turnName = (id: UtteranceId): string | null => (cited.has(id) && turns.has(id) ? `turn-${id}` : null);
  return {
    turnName,
    number(citations) {
      const ids = [...new Set(citations.flatMap(({ utteranceIds }) => utteranceIds))];
      const quotes = ids.flatMap((id) => source.quotes.get(id) ?? []);
      if (quotes.length === 0) return null;
      const key = JSON.stringify(ids);
      const known = numbers.get(key);
      if (known !== undefined) return { number: known, isNew: false };
      numbers.set(key, numbers.size + 1);
      quoted.push(quotes);
      for (const { id } of quotes) cited.add(id);
      return { number: numbers.size, isNew: true };
    },
    parts() {
      if (quoted.length === 0) return [];
      const notes = quoted.flatMap((quotes, at) =>
        quotes.map((quote, index) => {
          const name = turnName(quote.id);
          const clock = { ...STYLES.note, ...(name === null ? {} : { color: LINK, leadsTo: name }) };
          const words = `  ${quote.speaker}${source.wording.colon}“${quote.text}”`;
          const number = { text: String(at + 1), style: { ...STYLES.note, color: LINK, leadsTo: `claim-${at + 1}` } };
          const text = [
            { text: formatClock(quote.startMs), style: clock },
            { text: words, style: STYLES.note },
          ];
          return part('note', text, index === 0 ? { label: number, names: [`note-${at + 1}`] } : {});
        }),
      );
      return [part('section', [{ text: source.wording.sources, style: STYLES.section }]), ...notes];
    },
  };
}

function partsOf(block: Block, notes: Notes): Part[] {
  switch (block.kind) {
    case 'heading': {
      const role = block.level === 1 ? 'section' : 'subsection';
      return [part(role, [{ text: block.text, style: STYLES[role] }])];
    }
    case 'paragraph':
      return [withNotes('paragraph', block.spans, notes, {})];
    case 'item':
      return [withNotes('item', block.spans, notes, { depth: block.depth, label: BULLET })];
    case 'mind-map':
      return nodeParts(block.root, 0);
    case 'turn': {
      const name = notes.turnName(block.id);
      const said = [
        { text: `${block.speaker}  `, style: STYLES.strong },
        { text: block.text, style: STYLES.plain },
      ];
      const label = { text: formatClock(block.startMs), style: { ...STYLES.quiet, size: 9 } };
      const turn = part('turn', said, { label, names: name === null ? [] : [name] });
      return block.translation === null
        ? [turn]
        : [turn, part('turn', [{ text: block.translation.text, style: STYLES.quiet }])];
    }
  }
}

const BULLET: StyledText = { text: '•', style: BODY };

function nodeParts(node: MindMapNode, depth: number): Part[] {
  const style = node.claim === null ? STYLES.strong : STYLES.plain;
  return [
    part('item', [{ text: node.text, style }], { depth, label: BULLET }),
    ...node.children.flatMap((child) => nodeParts(child, depth + 1)),
  ];
}

function withNotes(role: Role, spans: readonly Span[], notes: Notes, more: Partial<Part>): Part {
  const names: string[] = [];
  const text = spans.flatMap((span): StyledText[] => {
    if (span.kind === 'text') return [{ text: span.text, style: STYLES[span.style] }];
    const note = notes.number(span.citations);
    if (note === null) return [];
    if (note.isNew) names.push(`claim-${note.number}`);
    const style = { ...BODY, size: 7.5, color: LINK, raised: 3, leadsTo: `note-${note.number}` };
    return [{ text: `[${note.number}]`, style }];
  });
  return part(role, text, { ...more, names });
}
