/**
 * Tokens that request and reply may have together, for models whose servers cannot be asked. Only hosted models have a
 * window of their own; what runs at home has the window its server was started with.
 */

/** The window of a server that nobody has told us about: vLLM, llama.cpp and the like are hardly ever started with less. */
const UNKNOWN_SERVER_TOKENS = 8192;
/** Ollama's on machines with less than 24 GB of video memory; longer prompts it cuts without a word. https://docs.ollama.com/context-length */
const OLLAMA_TOKENS = 4096;
const OLLAMA_PORT = '11434';
/** Longer windows exist, but models read worse in them, and a call that long takes minutes. */
const MOST_TOKENS = 256_000;

const HOSTED: readonly { readonly host: RegExp; readonly windows: readonly (readonly [RegExp, number])[] }[] = [
  {
    // https://platform.openai.com/docs/models
    host: /(?:^|\.)openai\.com$/u,
    windows: [
      [/^gpt-[5-9]/u, 400_000],
      [/^gpt-4\.1/u, 1_047_576],
      [/^(?:gpt-4o|chatgpt-4o|gpt-4-turbo|gpt-4-\d{4}-preview|gpt-4\.5)/u, 128_000],
      [/^o[1-9](?!-mini)/u, 200_000],
      [/^o[3-9]-mini/u, 200_000],
      [/^o1-mini/u, 128_000],
      [/^gpt-4-32k/u, 32_768],
      [/^gpt-4/u, 8192],
      [/^gpt-3\.5/u, 16_385],
    ],
  },
  {
    // https://help.aliyun.com/zh/model-studio/models
    host: /(?:^|\.)aliyuncs\.com$/u,
    windows: [
      [/^qwen3-max/u, 262_144],
      [/^qwen-(?:plus|flash|turbo)/u, 131_072],
      [/^qwen3(?:\.\d)?-(?:plus|flash)/u, 262_144],
      [/^qwen-max/u, 32_768],
      [/^(?:qwen|deepseek)/u, 32_768],
    ],
  },
  // https://console.groq.com/docs/models
  { host: /(?:^|\.)groq\.com$/u, windows: [[/./u, 131_072]] },
  // https://api-docs.deepseek.com/quick_start/pricing
  { host: /(?:^|\.)deepseek\.com$/u, windows: [[/./u, 65_536]] },
];

export function contextTokensFor(baseUrl: string, model: string): number {
  const { hostname, port } = new URL(baseUrl);
  if (port === OLLAMA_PORT) return OLLAMA_TOKENS;
  const bare = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const hosted = HOSTED.find(({ host }) => host.test(hostname));
  const known = hosted?.windows.find(([names]) => names.test(bare))?.[1];
  return Math.min(known ?? UNKNOWN_SERVER_TOKENS, MOST_TOKENS);
}
