/** The fonts that PDF files embed, and which of them has which character. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create } from 'fontkit';
import { Fault } from '../../core/faults.ts';

export type Weight = 'regular' | 'bold';
/** A typeface in two weights that cover the same characters. */
export interface Face {
  readonly name: string;
  readonly has: (codePoint: number) => boolean;
  readonly files: Readonly<Record<Weight, Buffer>>;
}
export interface Faces {
  /** Those that the text needs, the Latin one first. */
  readonly all: readonly [Face, ...Face[]];
  /** Null when no font here has it. `near`: the face of the text around, kept where it will do. */
  readonly of: (codePoint: number, near: Face | null) => Face | null;
}

/** In the order asked; all under the SIL Open Font License. Noto Sans Hans has the 27,000 characters of GB 18030. */
const SHELF = [
  { from: '@embedpdf/fonts-latin', regular: 'NotoSans-Regular.ttf', bold: 'NotoSans-Bold.ttf' },
  { from: '@embedpdf/fonts-sc', regular: 'NotoSansHans-Regular.otf', bold: 'NotoSansHans-Bold.otf' },
  { from: '@embedpdf/fonts-hebrew', regular: 'NotoSansHebrew-Regular.ttf', bold: 'NotoSansHebrew-Bold.ttf' },
  { from: '@embedpdf/fonts-arabic', regular: 'NotoNaskhArabic-Regular.ttf', bold: 'NotoNaskhArabic-Bold.ttf' },
] as const;

/** Stands for a character that no font here has; the Chinese font draws it. */
export const BOX = '□';

/**
 * Opens the fonts that are needed for these characters, and no more: the Chinese ones alone are 17 MB. Throws Fault
 * `unavailable` when they are not where they were installed.
 */
export async function openFaces(codePoints: ReadonlySet<number>): Promise<Faces> {
  const [latin, ...others] = SHELF;
  const first = await openFace(latin);
  const all: [Face, ...Face[]] = [first];
  let missing = [...codePoints].filter((codePoint) => !first.has(codePoint));
  for (const font of others) {
    if (missing.length === 0) break;
    const face = await openFace(font);
    const left = missing.filter((codePoint) => !face.has(codePoint));
    // The Chinese font comes along whenever something is missing: it has the box.
    if (left.length < missing.length || font.from === '@embedpdf/fonts-sc') all.push(face);
    missing = left;
  }
  return {
    all,
    of: (codePoint, near) => (near?.has(codePoint) === true ? near : (all.find((face) => face.has(codePoint)) ?? null)),
  };
}

async function openFace({ from, regular, bold }: (typeof SHELF)[number]): Promise<Face> {
  const [regularFile, boldFile] = await Promise.all([fontFile(from, regular), fontFile(from, bold)]);
  const font = create(regularFile);
  if (!('hasGlyphForCodePoint' in font)) throw new Fault('documents', 'unavailable', MISSING);
  return {
    name: from,
    files: { regular: regularFile, bold: boldFile },
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
  };
}

const MISSING = 'The fonts for PDF files cannot be read. Run "npm ci" again, or choose --format docx.';

async function fontFile(from: string, name: string): Promise<Buffer> {
  try {
    const entry = createRequire(import.meta.url).resolve(from);
    return await readFile(join(dirname(dirname(entry)), 'fonts', name));
  } catch (error) {
    throw new Fault('documents', 'unavailable', MISSING, { cause: error });
  }
}
