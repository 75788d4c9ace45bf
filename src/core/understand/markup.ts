/** Mentions, links and markup in a text: what a chat client would make live, and so must have been said to be shown. */

const LIVE: readonly RegExp[] = [
  // Mentions of people, roles, groups and channels as Discord, Slack and people write them: @everyone, <@U1>, <!channel>.
  /<[@#!:/a-z|][^>\s]*>?/giu,
  /(?<![\p{L}\p{N}])[@#](?=\p{L})[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*/gu,
  // Links with and without a scheme, and schemes that run or carry content.
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S*/giu,
  /\b(?:javascript|data|mailto|tel|file|vbscript):\S+/giu,
  /\b(?:www\.)?(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S*/giu,
  /\bwww\.\S+/giu,
  /\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|io|dev|app|ai|co|me|info|biz|xyz|ru|cn|de|uk|fr|jp|eu|us|gg|ly|link|site|online|top|example|test|invalid)\b/giu,
  // Markdown, mrkdwn, HTML and the marks around roles, templates and tool calls.
  /!?\[[^\]]*\]\s*\([^)]*\)?/gu,
  /!\[/gu,
  /`+[^`]*`*/gu,
  /\*\*|~~|\|\|/gu,
  /(?<![\p{L}\p{N}])__(?=\S)/gu,
  /[{}]+|\[\[|\]\]|<\||\|>|\[\/?[A-Z]{2,}\]/gu,
  // Names of files, and addresses with an ending that is not listed above.
  /(?<![\p{L}\p{N}.])[\p{L}\p{N}_-]{2,}\.[a-z][a-z0-9]{1,4}(?![\p{L}\p{N}])/gu,
];

/** What ends the sentence, not the address. */
const ENDING = /[.,;:!?。，；：！？'"”’]+$/u;

/** The text without what hides such things from being recognised: invisible characters, other forms of the same signs. */
export function unmasked(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[‹〈⟨]/gu, '<')
    .replace(/[›〉⟩]/gu, '>');
}

/** Every mention, link and piece of markup, as written; empty for plain text. */
export function liveMarkup(text: string): readonly string[] {
  const plain = unmasked(text);
  return LIVE.flatMap((pattern) => [...plain.matchAll(pattern)].map(([found]) => found.replace(ENDING, '')));
}
