/** Text on one line, so that no format's line structure can be broken from within. */

// Control characters, and the line and paragraph separators that many readers take for line ends.
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu;

/** One line without control characters; runs of spaces become one. Words stay as they are. */
export function oneLine(text: string): string {
  return text.replace(BREAKS, ' ').replace(/\s+/gu, ' ').trim();
}
