/** A meeting as a PDF file: tagged, with embedded fonts, bookmarks, and notes that lead to and from what they bear out. */
import type { ExportDocument } from '../../core/export/document.ts';
import { BOX, openFaces } from './pdf-fonts.ts';
import { createPages } from './pdf-pages.ts';
import { composed } from './pdf-composition.ts';

/** What the layout adds by itself; not the box, which comes with the Chinese font when one is needed. */
const ALWAYS_SHOWN = '0123456789ABCDEF[]/–·:“”• ';

/**
 * The file's bytes. Characters that no embedded font has show as a box with their code, and a line at the end says so.
 * Throws Fault `unavailable` when the fonts are not installed.
 */
export async function toPdf(source: ExportDocument): Promise<Uint8Array> {
  const parts = composed(source);
  const text = [
    ALWAYS_SHOWN,
    source.wording.withoutGlyphs(0).replace(BOX, ''),
    ...parts.flatMap((part) => [part.label?.text ?? '', ...part.text.map((piece) => piece.text)]),
  ].join('');
  const faces = await openFaces(
    new Set(Array.from(text.normalize('NFC'), (character) => character.codePointAt(0) ?? 0)),
  );
  const pages = createPages(source, faces);
  for (const part of parts) pages.add(part);
  return pages.finish();
}
