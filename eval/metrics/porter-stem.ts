/** Word stems after M.F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980. */

const CONSONANT = '[^aeiou]';
const VOWEL = '[aeiouy]';
const CONSONANTS = `${CONSONANT}[^aeiouy]*`;
const VOWELS = `${VOWEL}[aeiou]*`;

/** The paper's m: how many vowel-consonant pairs the stem holds, here at least one, exactly one, at least two. */
const M_OVER_0 = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}`, 'u');
const M_IS_1 = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}(?:${VOWELS})?$`, 'u');
const M_OVER_1 = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}${VOWELS}${CONSONANTS}`, 'u');
const HAS_VOWEL = new RegExp(`^(?:${CONSONANTS})?${VOWEL}`, 'u');
const DOUBLED = /(?<letter>[^aeiouylsz])\k<letter>$/u;
/** Consonant, vowel, consonant other than w, x, y: a short syllable that wants its e back. */
const SHORT_END = new RegExp(`^${CONSONANTS}${VOWEL}[^aeiouwxy]$`, 'u');

const STEP_2: readonly (readonly [string, string])[] = [
  ['ational', 'ate'],
  ['ization', 'ize'],
  ['iveness', 'ive'],
  ['fulness', 'ful'],
  ['ousness', 'ous'],
  ['tional', 'tion'],
  ['biliti', 'ble'],
  ['entli', 'ent'],
  ['ousli', 'ous'],
  ['ation', 'ate'],
  ['alism', 'al'],
  ['aliti', 'al'],
  ['iviti', 'ive'],
  ['enci', 'ence'],
  ['anci', 'ance'],
  ['izer', 'ize'],
  ['abli', 'able'],
  ['alli', 'al'],
  ['ator', 'ate'],
  ['eli', 'e'],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ['icate', 'ic'],
  ['ative', ''],
  ['alize', 'al'],
  ['iciti', 'ic'],
  ['ical', 'ic'],
  ['ness', ''],
  ['ful', ''],
];
const STEP_4 =
  /^(?<stem>.+?)(?:al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$|^(?<stemBeforeIon>.+?[st])ion$/u;

const replaced = (word: string, endings: readonly (readonly [string, string])[]): string => {
  const rule = endings.find(([ending]) => word.endsWith(ending));
  if (rule === undefined) return word;
  const stem = word.slice(0, word.length - rule[0].length);
  return M_OVER_0.test(stem) ? stem + rule[1] : word;
};

const withoutPlural = (word: string): string => {
  if (/(?:ss|i)es$/u.test(word)) return word.slice(0, -2);
  return /[^s]s$/u.test(word) ? word.slice(0, -1) : word;
};

const withoutTense = (word: string): string => {
  if (word.endsWith('eed')) return M_OVER_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const stem = /^(?<stem>.+?)(?:ed|ing)$/u.exec(word)?.groups?.['stem'];
  if (stem === undefined || !HAS_VOWEL.test(stem)) return word;
  if (/(?:at|bl|iz)$/u.test(stem)) return `${stem}e`;
  if (DOUBLED.test(stem)) return stem.slice(0, -1);
  return SHORT_END.test(stem) ? `${stem}e` : stem;
};

/** Stem of a word in lower-case a–z; a word of one or two letters is its own. */
export const porterStem = (word: string): string => {
  if (word.length < 3) return word;
  // A leading y is a consonant.
  let stem = word.startsWith('y') ? `Y${word.slice(1)}` : word;
  stem = withoutTense(withoutPlural(stem));
  if (stem.endsWith('y') && HAS_VOWEL.test(stem.slice(0, -1))) stem = `${stem.slice(0, -1)}i`;
  stem = replaced(replaced(stem, STEP_2), STEP_3);
  const groups = STEP_4.exec(stem)?.groups;
  const shorter = groups?.['stem'] ?? groups?.['stemBeforeIon'];
  if (shorter !== undefined && M_OVER_1.test(shorter)) stem = shorter;
  if (stem.endsWith('e')) {
    const bare = stem.slice(0, -1);
    if (M_OVER_1.test(bare) || (M_IS_1.test(bare) && !SHORT_END.test(bare))) stem = bare;
  }
  if (stem.endsWith('ll') && M_OVER_1.test(stem)) stem = stem.slice(0, -1);
  return stem.toLowerCase();
};
