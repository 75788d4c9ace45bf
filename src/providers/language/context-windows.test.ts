import { describe, expect, it } from 'vitest';
import { contextTokensFor } from './context-windows.ts';

describe('the window of a model', () => {
  it.each([
    ['https://api.openai.com/v1', 'gpt-5-mini', 256_000],
    ['https://api.openai.com/v1', 'gpt-4o-mini-2024-07-18', 128_000],
    ['https://api.openai.com/v1', 'o3-mini', 200_000],
    ['https://api.openai.com/v1', 'gpt-4', 8192],
    ['https://dashscope.aliyuncs.com/compatible-mode/v1', 'qwen-plus', 131_072],
    ['https://api.groq.com/openai/v1', 'openai/gpt-oss-20b', 131_072],
  ])('is known at %s for %s', (baseUrl, model, tokens) => {
    expect(contextTokensFor(baseUrl, model)).toBe(tokens);
  });

  it('is that of the server, not of the model, on machines of your own', () => {
    expect(contextTokensFor('http://localhost:8000/v1', 'gpt-4o')).toBe(8192);
    expect(contextTokensFor('http://localhost:11434/v1', 'qwen3:8b')).toBe(4096);
  });

  it('is not taken from a host that only looks like a known one', () => {
    expect(contextTokensFor('https://api.openai.com.example.org/v1', 'gpt-5')).toBe(8192);
    expect(contextTokensFor('https://notopenai.com/v1', 'gpt-5')).toBe(8192);
  });
});
