import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { Fault } from './core/faults.ts';

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('readConfig', () => {
  it('needs nothing: the local model, the embedded database, a thread per core', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      databaseUrl: null,
      mediaUrl: null,
      whisper: 'small',
      transcription: null,
      platformTokens: [],
    });
    expect(config.threads).toBeGreaterThan(0);
  });

  it('takes an empty value for an unset one, as .env.example has it', () => {
    expect(
      readConfig({ EARSHOT_DATA: '', DATABASE_URL: '', EARSHOT_LOG: '', EARSHOT_THREADS: '', OPENAI_BASE_URL: '' }),
    ).toEqual(readConfig({}));
  });

  it('names every wrong variable at once and says what each must be', () => {
    const message = refusal({ DATABASE_URL: 'mysql://x', EARSHOT_THREADS: 'many', EARSHOT_LOG: 'loud' });
    expect(message).toContain('DATABASE_URL must start with postgres://');
    expect(message).toContain('EARSHOT_THREADS must be a whole number');
    expect(message).toContain('EARSHOT_LOG must be silent, error, warn or info');
  });

  it('never repeats a value, which may hold a password', () => {
    expect(refusal({ DATABASE_URL: 'mysql://user:hunter2@host/db' })).not.toContain('hunter2');
  });

  it('asks for a key or a server when a remote transcription model is named', () => {
    expect(refusal({ EARSHOT_TRANSCRIBE_MODEL: 'whisper-1' })).toContain('OPENAI_API_KEY');
    expect(
      readConfig({ EARSHOT_TRANSCRIBE_MODEL: 'whisper-1', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }).transcription
        ?.model,
    ).toBe('whisper-1');
  });

  it('asks no language model because of a key alone: what was said stays here until a model is named', () => {
    const server = { OPENAI_API_KEY: 'key-1', OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
    expect(readConfig({ ...server, EARSHOT_CONTEXT_TOKENS: '32000' }).languageModel).toBeNull();
    expect(readConfig({ ...server, EARSHOT_MODEL: 'qwen3' }).languageModel).toEqual({
      model: 'qwen3',
      apiKey: 'key-1',
      baseUrl: 'http://127.0.0.1:1/v1',
      contextTokens: null,
      prices: null,
      timeoutMs: null,
    });
  });

  it('asks for a key or a server when a language model is named', () => {
    expect(refusal({ EARSHOT_MODEL: 'gpt-5-mini' })).toContain('EARSHOT_MODEL needs OPENAI_API_KEY');
    expect(readConfig({ EARSHOT_MODEL: 'gpt-5-mini', OPENAI_API_KEY: 'k' }).languageModel?.baseUrl).toBeNull();
  });

  it('takes window, patience and prices of the language model, and says what they must be', () => {
    const set = { EARSHOT_MODEL: 'm', OPENAI_API_KEY: 'k', EARSHOT_PRICES: 'prices.json' };
    const more = { EARSHOT_CONTEXT_TOKENS: '32768', EARSHOT_LANGUAGE_TIMEOUT: '90' };
    expect(readConfig({ ...set, ...more }).languageModel).toMatchObject({
      contextTokens: 32_768,
      timeoutMs: 90_000,
      prices: 'prices.json',
    });
    const message = refusal({ ...set, EARSHOT_CONTEXT_TOKENS: '8k', EARSHOT_LANGUAGE_TIMEOUT: '291' });
    expect(message).toContain('EARSHOT_CONTEXT_TOKENS must be a whole number');
    expect(message).toContain('EARSHOT_LANGUAGE_TIMEOUT must be a whole number of seconds from 1 to 290');
  });
});
