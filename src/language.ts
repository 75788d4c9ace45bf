/** The language model of the settings, and what stands on it. */
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Analyst, DateReader, LanguageModel, Log } from './core/ports.ts';
import { createGenerative } from './core/understand/generative/generative.ts';

/** The language model that is set; null: none is. Throws Fault `bad-input` about a price table that cannot be used. */
export async function openLanguageModel(config: Config): Promise<LanguageModel | null> {
  if (config.languageModel === null) return null;
  const { model, apiKey, baseUrl, contextTokens, prices, timeoutMs } = config.languageModel;
  // Loaded only where one is set: its table of tokens takes longer than most commands.
  const { createOpenAiChat } = await import('./providers/language/openai-chat.ts');
  const { readPriceTable } = await import('./providers/language/price-table.ts');
  return createOpenAiChat({
    apiKey,
    model,
    clock: systemClock,
    ...(baseUrl === null ? {} : { baseUrl }),
    ...(contextTokens === null ? {} : { contextTokens }),
    ...(prices === null ? {} : { prices: await readPriceTable(prices) }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
  });
}

/** The analyst that writes, with `extractive` to stand in for it; `extractive` itself where there is no model. */
export function analystOver(model: LanguageModel | null, dates: DateReader, extractive: Analyst, log: Log): Analyst {
  return model === null
    ? extractive
    : createGenerative({ model, fallback: extractive, clock: systemClock, dates, log });
}
