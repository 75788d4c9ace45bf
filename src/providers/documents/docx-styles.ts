/** How a Word file looks. Sizes are half points, spacings twentieths of a point, as the format has them. */
import type { IBaseParagraphStyleOptions, IPropertiesOptions } from 'docx';

/**
 * Fonts that come with Word and have a stand-in in LibreOffice; they are named, not embedded: one Chinese font alone
 * is 8 MB. Word picks by script, so Chinese within English text gets its own font and the other way round.
 */
const EAST_ASIAN_FONTS: ReadonlyMap<string, string> = new Map([
  ['ja', 'Yu Gothic'],
  ['ko', 'Malgun Gothic'],
]);
const EAST_ASIAN_LANGUAGES: ReadonlyMap<string, string> = new Map([
  ['ja', 'ja-JP'],
  ['ko', 'ko-KR'],
]);

export interface RunLanguage {
  readonly value?: string;
  readonly eastAsia?: string;
  readonly bidirectional?: string;
}

/** The attribute that a language belongs in: Word keeps three, by script. `und` and what is no code give none. */
export function runLanguage(language: string): RunLanguage {
  if (language === 'zh') return { eastAsia: 'zh-CN' };
  const eastAsia = EAST_ASIAN_LANGUAGES.get(language);
  if (eastAsia !== undefined) return { eastAsia };
  if (['ar', 'fa', 'he', 'ur', 'yi'].includes(language)) return { bidirectional: language };
  return /^[a-z]{2,3}$/u.test(language) && language !== 'und' ? { value: language } : {};
}

function heading(size: number, before: number): IBaseParagraphStyleOptions {
  return {
    run: { size, bold: true, boldComplexScript: true, color: '1F3864' },
    paragraph: { spacing: { before, after: 80 }, keepNext: true, keepLines: true },
  };
}

export function documentStyles(language: string): NonNullable<IPropertiesOptions['styles']> {
  return {
    default: {
      document: {
        run: {
          font: {
            ascii: 'Calibri',
            hAnsi: 'Calibri',
            eastAsia: EAST_ASIAN_FONTS.get(language) ?? 'Microsoft YaHei',
            cs: 'Arial',
          },
          size: 21,
          language: { value: 'en-US', eastAsia: 'zh-CN', bidirectional: 'ar-SA', ...runLanguage(language) },
        },
        paragraph: { spacing: { after: 80, line: 276, lineRule: 'auto' } },
      },
      // Stated, not inherited: lines of a long title keep apart by its own size, whatever reads the file.
      title: {
        run: { size: 40, bold: true, boldComplexScript: true },
        paragraph: { spacing: { after: 60, line: 240, lineRule: 'auto' } },
      },
      heading1: heading(28, 280),
      heading2: heading(23, 200),
      footnoteText: { run: { size: 18 }, paragraph: { spacing: { after: 0, line: 240 } } },
    },
    paragraphStyles: [
      {
        id: 'Facts',
        name: 'Facts',
        basedOn: 'Normal',
        next: 'Normal',
        run: { color: '595959' },
        paragraph: { spacing: { after: 200 } },
      },
      {
        id: 'Turn',
        name: 'Turn',
        basedOn: 'Normal',
        next: 'Turn',
        // The clock stands in the margin of its turn.
        paragraph: { indent: { left: 850, hanging: 850 }, spacing: { after: 60 } },
      },
    ],
  };
}
