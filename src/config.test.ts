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
});
