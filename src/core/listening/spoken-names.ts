/** More than this is no table of people who talk to each other, and takes room from the words. */
const MOST_NAMES = 24;
/** A word that people say as a name: capitalised letters, or two to four Han characters. */
const SAID_AS_NAME = /^(?:\p{Lu}[\p{L}\p{M}'’]+|\p{Script=Han}{2,4})$/u;

/**
 * The names among display names that a transcriber should expect to hear. Handles such as `xx_dragon-1688` are nobody's
 * name aloud, and a recogniser that is told to expect them repeats them instead of hearing words.
 */
export function spokenNames(displayNames: readonly string[]): readonly string[] {
  const names = displayNames.flatMap((name) => {
    const words = name.split(/\s+/u).filter((word) => SAID_AS_NAME.test(word));
    return words.length === 0 ? [] : [words.join(' ')];
  });
  return [...new Set(names)].slice(0, MOST_NAMES);
}
