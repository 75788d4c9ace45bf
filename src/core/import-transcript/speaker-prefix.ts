/** `Name: text`, and what only looks like it: links, clock times, lists, and sentences with a colon. */

/** Longer than any name with title and affiliation; then it is a sentence. */
const LONGEST_NAME = 60;
const MOST_NAME_WORDS = 7;

const PREFIX = /^(?<name>[^:：]{1,80}?)\s*(?:：\s*|:(?=\s|$|[^\s/\d])\s*)(?<text>.*)$/u;

const CERTAIN_PREFIX = /^(?<name>[^:：]{1,200}?)\s*(?:：\s*|:(?:\s+|$))(?<text>.*)$/u;

/** "Prof.", "Dr.-Ing.", "J.", "J.R.": a full stop that shortens a title or a name, with a name after it. */
const SHORTENED =
  /(?<=^|\s)(?:(?:prof|dr|dra|mr|mrs|ms|mx|rev|hon|sen|rep|gov|gen|col|maj|capt|cpt|cmdr|lt|sgt|st|fr|sr|sra|jr|ing|dipl|mag|hr|sig|dott|avv|mme|mlle)\.(?:-ing\.)?|(?:\p{Lu}\.-?)+)(?=\s+\S)/giu;

/** Whether the text could be what somebody is called. */
export function isNameLike(text: string): boolean {
  const name = text.trim();
  if (name === '' || name.length > LONGEST_NAME || name.split(/\s+/u).length > MOST_NAME_WORDS) return false;
  // A name holds a letter, is no time or link, and is not punctuated like a sentence.
  if (!/\p{L}/u.test(name) || /^\d{1,2}$/u.test(name) || /^(?:https?|ftp|mailto|file|tel|www)$/iu.test(name))
    return false;
  return !/[!?;。！？，；、"“”<>]|\.\s|,\s.*,\s|^[-–—*•#]|-->/u.test(name.replace(SHORTENED, ''));
}

/**
 * The line's speaker and what follows; null when the line does not open with a name and a colon. `isCertain`: the line
 * is known to open with a name if it has a colon at all, because it stands after a time in brackets.
 */
export function splitPrefix(line: string, isCertain = false): { readonly name: string; readonly text: string } | null {
  const groups = (isCertain ? CERTAIN_PREFIX : PREFIX).exec(line.trim())?.groups;
  const name = groups?.['name']?.trim();
  const text = groups?.['text']?.trim();
  if (name === undefined || text === undefined) return null;
  if (!isCertain && (!isNameLike(name) || !(isWrittenAsName(name) || !/\s/u.test(name)))) return null;
  return { name, text };
}

/** Whether a word before a colon is written as names are: capital first letters, or a script without capitals. */
export function isWrittenAsName(name: string): boolean {
  return name
    .split(/\s+/u)
    .every((word) => /^[^\p{Ll}]/u.test(word) || /^(?:de|da|di|van|von|der|den|la|le|el|al|bin|ibn|y|e)$/u.test(word));
}

/**
 * Whether the texts of a subtitle file open with speakers: names come back, or are on most texts. A colon in a single
 * sentence ("Note: …") is part of what was said.
 */
export function namesInPrefixes(texts: readonly string[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  let prefixed = 0;
  for (const text of texts) {
    const name = splitPrefix(text)?.name;
    if (name === undefined) continue;
    prefixed++;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const isUsual = prefixed * 2 > texts.length;
  const names = new Set<string>();
  for (const [name, count] of counts) if (isWrittenAsName(name) && (isUsual || count >= 2)) names.add(name);
  return names;
}
