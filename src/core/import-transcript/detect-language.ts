/** Which language a text is in: by script, and among languages that share one, by their most frequent words. */
import { FUNCTION_WORDS } from '../understand/extractive/stop-words.ts';
import { tokenise } from '../understand/extractive/words.ts';

/** Scripts that one language of many speakers writes; the order matters: kana and hangul come with Han. */
const BY_SCRIPT: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Devanagari}/gu, 'hi'],
];
const LATIN = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl'] as const;
/** Languages told apart by their words, because their letters are the same. */
export const LATIN_LANGUAGES: ReadonlySet<string> = new Set(LATIN);
/** Letters that settle it where short texts have few frequent words. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  de: /[ßäöü]/giu,
  fr: /[èêëçœùâî]/giu,
  es: /[ñ¿¡]/giu,
  pt: /[ãõ]/giu,
  it: /[ìò]/giu,
};
/** Fewer letters than this are a name or a sound, in any language. */
const LEAST_LETTERS = 2;
/** Texts longer than this are judged by their beginning: it is enough, and time stays bounded. */
const ENOUGH_CHARACTERS = 20_000;

const WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(FUNCTION_WORDS).map(([language, words]) => [language, new Set(words)]),
);

/** ISO 639-1 code, or `und` when the text does not tell. */
export function detectLanguage(text: string): string {
  const sample = text.slice(0, ENOUGH_CHARACTERS);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters < LEAST_LETTERS) return 'und';
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
  for (const [script, language] of BY_SCRIPT) {
    const count = sample.match(script)?.length ?? 0;
    // A character of these scripts is worth several Latin letters of an embedded English term.
    const weight = language === 'zh' || language === 'ja' ? 3 : 1;
    // A few kana in a text of Han are enough to tell Japanese from Chinese.
    if (
      language === 'ja'
        ? count * 8 > letters - latin && count > 0 && count * weight * 2 > latin
        : count * weight > letters / 2
    )
      return language;
  }
  const cyrillic = sample.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  if (cyrillic * 2 > letters) return /[іїєґ]/iu.test(sample) ? 'uk' : 'ru';
  if (latin * 2 <= letters) return 'und';
  const tokens = tokenise(sample);
  let best = 'und';
  let most = 0;
  for (const language of LATIN) {
    const words = WORDS.get(language);
    let score = 0;
    for (const { norm } of tokens) if (words?.has(norm) === true) score++;
    const special = LETTERS[language];
    if (special !== undefined) score += (sample.match(special)?.length ?? 0) * 0.5;
    if (score > most) {
      best = language;
      most = score;
    }
  }
  return best;
}
