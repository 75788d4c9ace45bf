import { oneLine } from './printable.ts';

/** Text as text on one line: nothing said, and no name, becomes markup, a link, a mention, a heading or a list. */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>|~#&@]/gu, String.raw`\$&`)
    .replace(/^([-+=])/u, String.raw`\$1`)
    .replace(/^(\d+)([.)])/u, String.raw`$1\$2`);
}
