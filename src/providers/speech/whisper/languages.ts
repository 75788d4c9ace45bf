/**
 * Languages Whisper was trained on, as ISO 639-1 codes where there is one (`haw` and `yue` have none).
 * https://github.com/openai/whisper/blob/main/whisper/tokenizer.py
 */
export const whisperLanguages: ReadonlySet<string> = new Set(
  (
    'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id ' +
    'is it ja jv ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl nn no oc pa pl ps pt ro ru sa sd ' +
    'si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh'
  ).split(' '),
);

/** Whisper calls Javanese by its withdrawn code. */
export function languageToken(language: string): string {
  return `<|${language === 'jv' ? 'jw' : language}|>`;
}
