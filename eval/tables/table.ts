/** A cell's raw value, as `--json` prints it; null where a figure does not apply. */
export type Cell = string | number | null;

interface Column {
  readonly name: string;
  /** How a number is written in plain text; text cells are printed as they are. */
  readonly format?: (value: number) => string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Sentences printed below: what a figure means, what was left out. */
  readonly notes?: readonly string[];
}

export const asPercent = (value: number): string => (Number.isFinite(value) ? (value * 100).toFixed(1) : '∞');
export const asCount = (value: number): string => String(Math.round(value));
export const asDecimal =
  (places: number) =>
  (value: number): string =>
    value.toFixed(places);

const NO_VALUE = '–';

/** Chinese characters take two places in a terminal. */
const width = (text: string): number =>
  Array.from(text).reduce((sum, character) => sum + (/\p{Script=Han}|[\uFF00-\uFFEF]/u.test(character) ? 2 : 1), 0);

const written = (cell: Cell, column: Column): string => {
  if (cell === null) return NO_VALUE;
  return typeof cell === 'number' ? (column.format ?? String)(cell) : cell;
};

/** Aligned plain text: text to the left, figures to the right, a rule below the heads. */
export const renderTable = (table: Table): string => {
  const cells = table.rows.map((row) => table.columns.map((column, index) => written(row[index] ?? null, column)));
  const heads = table.columns.map((column) => column.name);
  const widths = heads.map((head, index) => Math.max(width(head), ...cells.map((row) => width(row[index] ?? ''))));
  const isText = table.columns.map((_, index) => table.rows.some((row) => typeof row[index] === 'string'));
  const line = (row: readonly string[]): string =>
    row
      .map((text, index) => {
        const padding = ' '.repeat((widths[index] ?? 0) - width(text));
        return isText[index] === true ? text + padding : padding + text;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((columns) => '─'.repeat(columns)).join('  ');
  return [table.title, line(heads), rule, ...cells.map(line), ...(table.notes ?? [])].join('\n');
};
