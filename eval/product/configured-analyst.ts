import { readConfig } from '../../src/config.ts';
import type { Analyst } from '../../src/core/ports.ts';
import { analystOver, openLanguageModel } from '../../src/language.ts';
import { createChronoDates } from '../../src/providers/language/dates/chrono-dates.ts';
import { createLog } from '../../src/log.ts';

/** The analyst that writes, as the environment sets it up; null when it names no language model. */
export const configuredAnalyst = async (extractive: Analyst): Promise<Analyst | null> => {
  const model = await openLanguageModel(readConfig(process.env));
  return model === null ? null : analystOver(model, createChronoDates(), extractive, createLog('error'));
};
