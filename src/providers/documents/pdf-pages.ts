/** Paragraphs on pages. Lengths are points, from the top left. */
import PdfDocument from 'pdfkit';
import type { ExportDocument } from '../../core/export/document.ts';
import { remark, type Part, type Role } from './pdf-composition.ts';
import type { Faces } from './pdf-fonts.ts';
import { createLineBreaker, type Run, type StyledText, type TextLine, type TextStyle } from './pdf-lines.ts';

/** Characters that no font has show as a box with their code; `finish` says how many at the end of the document. */
export interface Pages {
  add(part: Part): void;
  finish(): Promise<Uint8Array>;
}

const MARGIN = 56;
const FOOTER: TextStyle = { weight: 'regular', size: 8.5, color: '#595959' };
const LIST_STEP = 16;

/** Space above, indent of the text, line height as a share of the font size, and the tag of PDF's standard structure. */
const SHAPES: Readonly<Record<Role, { readonly above: number; readonly indent: number; readonly tag: string }>> = {
  title: { above: 0, indent: 0, tag: 'H1' },
  facts: { above: 4, indent: 0, tag: 'P' },
  section: { above: 16, indent: 0, tag: 'H2' },
  subsection: { above: 9, indent: 0, tag: 'H3' },
  paragraph: { above: 4, indent: 0, tag: 'P' },
  item: { above: 3, indent: LIST_STEP, tag: 'LI' },
  turn: { above: 4, indent: 46, tag: 'P' },
  note: { above: 2, indent: 24, tag: 'Note' },
};
const LINE_HEIGHT = 1.45;
/** Share of the font size between the top of a line and its baseline. */
const ASCENT = 1.1;
/** A heading goes to the next page unless this much fits below it. */
const LINES_AFTER_HEADING = 3;

export function createPages(source: ExportDocument, faces: Faces): Pages {
  const language = source.language === 'und' ? 'en' : source.language;
  const doc = new PdfDocument({
    size: 'A4',
    margin: MARGIN,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    // None by default: the library's own would be referred to but not embedded.
    font: '',
    info: {
      Title: source.title,
      Author: 'Earshot',
      Subject: source.facts.join(' · '),
      Keywords: source.keywords.join(', '),
      CreationDate: creationDate(source.heldAt),
    },
  });
  const chunks: Uint8Array[] = [];
  doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  for (const face of faces.all) {
    doc.registerFont(`${face.name} regular`, face.files.regular);
    doc.registerFont(`${face.name} bold`, face.files.bold);
  }
  const breaker = createLineBreaker(faces, (text, face, weight) =>
    doc.font(`${face.name} ${weight}`).fontSize(1000).widthOfString(text),
  );
  const left = MARGIN;
  const right = doc.page.width - MARGIN;
  const bottom = doc.page.height - MARGIN;
  let y = MARGIN;
  let list: PDFKit.PDFStructureElement | null = null;
  let section: PDFKit.PDFOutline = doc.outline;

  function drawRun(run: Run, x: number, baseline: number): void {
    const { style, face, text, isRightToLeft } = run;
    const base = baseline - (style.raised ?? 0);
    // A list of features, even an empty one, makes the library shape the run as a whole, as words from the right need;
    // without one it shapes word by word and remembers them, which is many times faster.
    doc
      .font(`${face.name} ${style.weight}`)
      .fontSize(style.size)
      .fillColor(style.color)
      .text(text, x, base, { lineBreak: false, baseline: 'alphabetic', ...(isRightToLeft ? { features: [] } : {}) });
    if (style.leadsTo !== undefined) {
      doc.goTo(x, base - style.size, run.width, style.size * 1.25, destination(style.leadsTo), { Border: [0, 0, 0] });
    }
  }

  function drawLine(line: TextLine, from: number, to: number, baseline: number): void {
    let x = line.fromRight ? to - line.width : from;
    for (const run of line.runs) {
      drawRun(run, x, baseline);
      x += run.width;
    }
  }

  function tagFor(part: Part): PDFKit.PDFStructureElement {
    const { tag } = SHAPES[part.role];
    if (tag !== 'LI') {
      list?.end();
      list = null;
      const element = doc.struct(tag);
      doc.addStructure(element);
      return element;
    }
    const items = list ?? doc.struct('L');
    if (list === null) doc.addStructure(items);
    list = items;
    const element = doc.struct('LI');
    items.add(element);
    const body = doc.struct('LBody');
    element.add(body);
    return body;
  }

  /** `lines` with what stands before the first of them, tagged as one. */
  function draw(part: Part, lines: readonly TextLine[], label: TextLine | null): void {
    const { above, indent } = SHAPES[part.role];
    const from = left + indent + part.depth * LIST_STEP;
    const height = lineHeight(part);
    const isHeading = part.role === 'section' || part.role === 'subsection';
    if (y > MARGIN) y += above;
    const needed = height * Math.min(lines.length, 2) + (isHeading ? LINES_AFTER_HEADING * 16 : 0);
    if (y + needed > bottom) breakPage();
    for (const name of part.names) doc.addNamedDestination(destination(name), 'XYZ', left, y, null);
    if (isHeading) bookmark(part);
    const element = tagFor(part);
    for (const [at, line] of lines.entries()) {
      if (y + height > bottom) breakPage();
      const content = doc.markStructureContent(element === null ? 'P' : SHAPES[part.role].tag);
      element.add(content);
      const baseline = y + (height / LINE_HEIGHT) * ASCENT;
      if (at === 0 && label !== null) drawLabel(label, line.fromRight, from, indent, baseline);
      drawLine(
        line,
        line.fromRight ? left : from,
        line.fromRight ? right - indent - part.depth * LIST_STEP : right,
        baseline,
      );
      doc.endMarkedContent();
      y += height;
    }
    if (part.role !== 'item') element.end();
  }

  /** In the margin of its paragraph: at the left, or at the right of one that runs from there. */
  function drawLabel(label: TextLine, fromRight: boolean, from: number, indent: number, baseline: number): void {
    const start = fromRight ? right - (from - left) + Math.max(4, indent - label.width - 2) : from - indent;
    let x = start;
    for (const run of label.runs) {
      drawRun(run, x, baseline);
      x += run.width;
    }
  }

  function breakPage(): void {
    doc.addPage();
    y = MARGIN;
  }

  function bookmark(part: Part): void {
    const title = part.text.map(({ text }) => text).join('');
    if (part.role === 'section') section = doc.outline.addItem(title);
    else section.addItem(title);
  }

  function add(part: Part): void {
    const indent = SHAPES[part.role].indent + part.depth * LIST_STEP;
    const lines = breaker.lines(part.text, right - left - indent);
    const label = part.label === null ? null : (oneLine(part.label) ?? null);
    draw(part, lines, label);
  }

  function oneLine(text: StyledText): TextLine | undefined {
    return breaker.lines([text], right - left)[0];
  }

  function numberPages(): void {
    const { start, count } = doc.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      doc.switchToPage(start + page);
      // Below the margin, where the library would begin a new page.
      doc.page.margins.bottom = 0;
      const line = oneLine({ text: source.wording.page(page + 1, count), style: FOOTER });
      if (line === undefined) continue;
      doc.markContent('Artifact', { type: 'Pagination' });
      drawLine(line, (left + right - line.width) / 2, right, doc.page.height - MARGIN / 2);
      doc.endMarkedContent();
    }
  }

  return {
    add,
    async finish() {
      if (breaker.missing.size > 0) add(remark(source.wording.withoutGlyphs(breaker.missing.size)));
      list?.end();
      numberPages();
      doc.end();
      await ended;
      return new Uint8Array(Buffer.concat(chunks));
    },
  };
}

function lineHeight(part: Part): number {
  return Math.max(...part.text.map(({ style }) => style.size), 9) * LINE_HEIGHT;
}

/** Names in PDF are bytes; utterance ids are letters, digits and dashes, and anything else is spelled out. */
function destination(name: string): string {
  return name.replace(/[^\w-]/gu, (character) => `_${character.codePointAt(0) ?? 0}_`);
}

function creationDate(heldAt: string): Date {
  const at = new Date(heldAt);
  return Number.isNaN(at.getTime()) ? new Date(0) : at;
}
