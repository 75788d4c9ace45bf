/** Styled text broken into lines of shaped runs, left to right as they are drawn. Lengths are points. */
import bidiModule from 'bidi-js';
import { startsAtTheRight } from './direction.ts';
import { BOX, type Face, type Faces, type Weight } from './pdf-fonts.ts';

/** Where a piece of text leads to: a named place of the document. */
export interface TextStyle {
  readonly weight: Weight;
  readonly size: number;
  readonly color: string;
  readonly leadsTo?: string;
  /** How far above the line it stands. */
  readonly raised?: number;
}
export interface StyledText {
  readonly text: string;
  readonly style: TextStyle;
}
export interface Run {
  readonly text: string;
  readonly style: TextStyle;
  readonly face: Face;
  readonly width: number;
  readonly isRightToLeft: boolean;
}
export interface TextLine {
  readonly runs: readonly Run[];
  readonly width: number;
  /** The line starts at the right. */
  readonly fromRight: boolean;
}

export interface LineBreaker {
  /** At least one line; none is wider than `width` unless a single character is. */
  lines(parts: readonly StyledText[], width: number): readonly TextLine[];
  /** Characters met that no font has, each once: a box and its code stand for them. */
  readonly missing: ReadonlySet<number>;
}

const HAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]`;
// What may not begin a line stays with what it follows, what may not end one with what comes after (避头尾).
const OPENING = '[“‘（《「『【〈〔([{<]';
const CLOSING = '[，。、；：？！”’）》」』】〉〕…—,.;:?!)\\]}>％%～·]';
const TOKENS = new RegExp(`${OPENING}*${HAN}${CLOSING}*\\s*|(?:(?!${OPENING}*${HAN})\\S)+\\s*|\\s+`, 'gu');
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its types are those of an ES module, which it is not
const openBidi = bidiModule as unknown as (typeof bidiModule)['default'];

/** A character as it will be drawn. */
interface Glyph {
  readonly text: string;
  readonly style: TextStyle;
  readonly face: Face;
  /** Odd: right to left (Unicode Bidirectional Algorithm). */
  readonly level: number;
}

/** Width of text in thousandths of the font size, shaped as it will be drawn. */
export type Measure = (text: string, face: Face, weight: Weight) => number;

/** What is measured and remembered as one: Chinese and Japanese by character, everything else by word. */
const PIECES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])\S)+\s*|\s+/gu;

export function createLineBreaker(faces: Faces, measure: Measure): LineBreaker {
  const widths = new Map<string, number>();
  const bidi = openBidi();
  const missing = new Set<number>();
  const [latin] = faces.all;

  /** The characters in the order they were written, with what is missing spelled out. */
  function glyphsOf(parts: readonly StyledText[]): readonly Glyph[] {
    const composed = parts.map(({ text, style }) => ({ text: text.normalize('NFC'), style }));
    const whole = composed.map(({ text }) => text).join('');
    const isMixed = RIGHT_TO_LEFT.test(whole);
    const levels = isMixed ? bidi.getEmbeddingLevels(whole, 'auto') : null;
    const mirrored = levels === null ? null : bidi.getMirroredCharactersMap(whole, levels.levels);
    // Quotation marks and dashes are as wide as a character in Chinese text and narrow elsewhere.
    const han = /\p{Script=Han}/u.test(whole) ? (faces.all[1] ?? null) : null;
    let near: Face | null = han;
    let at = 0;
    const glyphs: Glyph[] = [];
    for (const { text, style } of composed) {
      for (const character of text) {
        const codePoint = character.codePointAt(0) ?? 0;
        const level = levels?.levels[at] ?? 0;
        const drawn = mirrored?.get(at) ?? character;
        at += character.length;
        const face = faces.of(drawn.codePointAt(0) ?? codePoint, near);
        if (face !== null) {
          near = face;
          glyphs.push({ text: drawn, style, face, level });
        } else if (!INVISIBLE.test(character)) {
          missing.add(codePoint);
          const code = `${BOX}${codePoint.toString(16).toUpperCase()}`;
          for (const stand of code)
            glyphs.push({ text: stand, style, face: faces.of(stand.codePointAt(0) ?? 0, null) ?? latin, level: 0 });
        }
      }
    }
    return glyphs;
  }

  function widthIn(text: string, face: Face, weight: Weight): number {
    let width = 0;
    for (const [piece] of text.matchAll(PIECES)) {
      const key = `${face.name} ${weight} ${piece}`;
      const known = widths.get(key) ?? measure(piece, face, weight);
      widths.set(key, known);
      width += known;
    }
    return width;
  }

  function runsOf(glyphs: readonly Glyph[]): (Run & { readonly level: number })[] {
    return sameStyle(glyphs).map((run) => {
      const isRightToLeft = run.level % 2 === 1;
      // Shaping turns right-to-left scripts around by itself, but not signs and spaces on their own.
      const isTurned = isRightToLeft && !RIGHT_TO_LEFT.test(run.text);
      const text = isTurned ? Array.from(run.text).toReversed().join('') : run.text;
      const width = (widthIn(text, run.face, run.style.weight) * run.style.size) / 1000;
      return { ...run, text, width, isRightToLeft };
    });
  }

  function widthOf(glyphs: readonly Glyph[]): number {
    return runsOf(glyphs).reduce((sum, { width }) => sum + width, 0);
  }

  return {
    missing,
    lines(parts, width) {
      const glyphs = glyphsOf(parts);
      const fromRight = startsAtTheRight(parts.map(({ text }) => text).join(''));
      const lines: TextLine[] = [];
      let start = 0;
      let end = 0;
      let taken = 0;
      const close = (): void => {
        lines.push(lineOf(runsOf(trimmed(glyphs.slice(start, end))), fromRight));
        start = end;
        taken = 0;
      };
      for (const token of tokensOf(glyphs)) {
        const kept = trimmed(token);
        const wide = widthOf(kept);
        if (taken + wide > width && end > start) close();
        if (wide > width) {
          // A word wider than the line is cut where the line ends.
          for (const glyph of token) {
            const step = widthOf([glyph]);
            if (taken + step > width && end > start) close();
            taken += step;
            end += 1;
          }
          continue;
        }
        taken += wide + widthOf(token.slice(kept.length));
        end += token.length;
      }
      if (end > start || lines.length === 0) close();
      return lines;
    },
  };
}

function tokensOf(glyphs: readonly Glyph[]): readonly (readonly Glyph[])[] {
  const text = glyphs.map((glyph) => glyph.text).join('');
  const tokens: Glyph[][] = [];
  let at = 0;
  for (const [match] of text.matchAll(TOKENS)) {
    const token: Glyph[] = [];
    for (let length = 0; length < match.length; at++) {
      const glyph = glyphs[at];
      if (glyph === undefined) break;
      token.push(glyph);
      length += glyph.text.length;
    }
    tokens.push(token);
  }
  return tokens;
}

function trimmed(glyphs: readonly Glyph[]): readonly Glyph[] {
  return glyphs.slice(0, glyphs.findLastIndex(({ text }) => text.trim() !== '') + 1);
}

/** Neighbours that are drawn alike, together. */
function sameStyle(glyphs: readonly Glyph[]): readonly Glyph[] {
  const runs: { text: string; style: TextStyle; face: Face; level: number }[] = [];
  for (const { text, style, face, level } of glyphs) {
    const last = runs.at(-1);
    if (last !== undefined && last.style === style && last.face === face && last.level === level) last.text += text;
    else runs.push({ text, style, face, level });
  }
  return runs;
}

/** Runs of one line in the order they are seen (rule L2): turned around from the deepest level up. */
function lineOf(written: readonly (Run & { readonly level: number })[], fromRight: boolean): TextLine {
  const runs = [...written];
  const deepest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = deepest; level > 0; level--) {
    for (let from = 0; from < runs.length; from++) {
      if ((runs[from]?.level ?? 0) < level) continue;
      let to = from;
      while (to < runs.length && (runs[to]?.level ?? 0) >= level) to++;
      runs.splice(from, to - from, ...runs.slice(from, to).toReversed());
      from = to;
    }
  }
  return { runs, width: runs.reduce((sum, { width }) => sum + width, 0), fromRight };
}
