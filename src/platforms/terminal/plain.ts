/** Control characters, and the ones that reorder text: a recording's title must not move the cursor or hide words. */
// oxlint-disable-next-line no-control-regex -- matching control characters is what it is for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** One line of text that a terminal shows as it is. */
export function plain(text: string): string {
  return text.replace(UNPRINTABLE, ' ').trim();
}
