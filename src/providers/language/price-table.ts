/** What models cost, as the operator says: prices change too often to be kept in a program. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { Fault } from '../../core/faults.ts';

/** US dollars for a million tokens. */
const price = z.strictObject({
  input: z.number().nonnegative(),
  /** Input that the provider had cached; absent: as other input. */
  cachedInput: z.number().nonnegative().optional(),
  output: z.number().nonnegative(),
});
const table = z.record(z.string().min(1), price);
/** By model name. A name also covers its dated versions: `gpt-5-mini` is the price of `gpt-5-mini-2025-08-07`. */
export type PriceTable = Readonly<Record<string, z.infer<typeof price>>>;

/**
 * `setting` is the JSON itself or the path of a file that holds it:
 * `{ "gpt-5-mini": { "input": 0.25, "cachedInput": 0.025, "output": 2 } }`. Throws Fault `bad-input`.
 */
export async function readPriceTable(setting: string): Promise<PriceTable> {
  const isInline = setting.trimStart().startsWith('{');
  let parsed: unknown;
  try {
    parsed = JSON.parse(isInline ? setting : await readFile(setting, 'utf8'));
  } catch (cause) {
    const what = isInline ? 'is not JSON' : 'names a file that cannot be read as JSON';
    throw new Fault('config', 'bad-input', `EARSHOT_PRICES ${what}: see docs/models.md for its form.`, { cause });
  }
  const checked = table.safeParse(parsed);
  if (checked.success) return checked.data;
  const where = checked.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Fault(
    'config',
    'bad-input',
    `EARSHOT_PRICES has prices that cannot be used (${where}): see docs/models.md.`,
  );
}

const MILLION = 1e6;

/** Null when the table has no price for the model. */
export function costUsd(
  prices: PriceTable,
  model: string,
  tokens: { readonly input: number; readonly cachedInput: number; readonly output: number },
): number | null {
  const found = priceOf(prices, model);
  if (found === undefined) return null;
  const fresh = tokens.input - tokens.cachedInput;
  const total =
    fresh * found.input + tokens.cachedInput * (found.cachedInput ?? found.input) + tokens.output * found.output;
  return total / MILLION;
}

function priceOf(prices: PriceTable, model: string): PriceTable[string] | undefined {
  if (Object.hasOwn(prices, model)) return prices[model];
  const undated = model.replace(/-(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4}|latest)$/u, '');
  return Object.hasOwn(prices, undated) ? prices[undated] : undefined;
}
