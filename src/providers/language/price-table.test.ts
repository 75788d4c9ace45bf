import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { costUsd, readPriceTable } from './price-table.ts';

const table = { 'gpt-5-mini': { input: 2, cachedInput: 1, output: 4 }, local: { input: 0, output: 0 } };
const tokens = { input: 1_000_000, cachedInput: 500_000, output: 250_000 };
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-prices-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('prices', () => {
  it('are read from the setting itself or from the file it names', async () => {
    const file = join(folder, 'prices.json');
    await writeFile(file, JSON.stringify(table));
    expect(await readPriceTable(` ${JSON.stringify(table)}`)).toEqual(table);
    expect(await readPriceTable(file)).toEqual(table);
  });

  it.each([
    ['{"gpt": ', 'is not JSON'],
    ['/nowhere/prices.json', 'names a file'],
    ['{"gpt": {"input": -1, "output": 1}}', 'gpt.input'],
    ['{"gpt": {"input": 1}}', 'gpt.output'],
  ])('are refused with the reason when they read %s', async (setting, told) => {
    await expect(readPriceTable(setting)).rejects.toMatchObject({ kind: 'bad-input' });
    await expect(readPriceTable(setting)).rejects.toThrow(told);
  });

  it('cover the dated versions of a model and no other model', () => {
    expect(costUsd(table, 'gpt-5-mini-2025-08-07', tokens)).toBe(1 + 0.5 + 1);
    expect(costUsd(table, 'gpt-5-mini-pro', tokens)).toBeNull();
    expect(costUsd(table, 'constructor', tokens)).toBeNull();
  });

  it('may be zero, which is not unknown', () => {
    expect(costUsd(table, 'local', tokens)).toBe(0);
  });

  it('take cached input as other input when they name no other price', () => {
    expect(costUsd({ m: { input: 2, output: 0 } }, 'm', tokens)).toBe(2);
  });
});
