/** What a model wrote, made fit to be shown: one line of visible characters, set as its language is set. */

// Line ends and control characters would break formats; invisible format characters disguise what a text says.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
// Joiners shape letters (Persian, Hindi) and emoji; anywhere else they only hide something.
const FORMAT =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\ufe0f])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{Extended_Pictographic}])|(?![\u200c\u200d])\p{Cf}/gu;
const LATIN_JOINED = /(?<=\p{Script=Latin})[\u200c\u200d]|[\u200c\u200d](?=\p{Script=Latin})/gu;
const LIST_MARK = /^(?:[-*•·–—]|#{1,6}|\d{1,2}[.)])\s+(?=\S)/u;
const EMPHASIS = /(\*\*|__)(?=\S)([^*_]+?)(?<=\S)\1/gu;
/** Line numbers that a model repeats in its text although it was asked for them beside it. */
const TRAILING_NUMBERS = /\s*[[(（【](?:lines?\s*)?\d+(?:\s*[,、–-]\s*\d+)*[\])）】](?=[.。]?$)/iu;

/** One printable line in Unicode's composed form, without list marks, emphasis or repeated line numbers. */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(UNSEEN, ' ')
    .replace(LATIN_JOINED, '')
    .replace(FORMAT, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(LIST_MARK, '')
    .replace(EMPHASIS, '$2')
    .replace(TRAILING_NUMBERS, '')
    .trim();
}

const HAN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〇]`;
const CLOSED = String.raw`[，。！？；：、（）《》「」『』“”…]`;
const BETWEEN_HAN = new RegExp(String.raw`(?<=${HAN})\s+(?=${HAN})`, 'gu');
const AROUND_CLOSED = new RegExp(String.raw`\s*(?<mark>[，。！？；：、（）《》「」『』])\s*`, 'gu');
const HALF_WIDTH = new RegExp(String.raw`(?<=${HAN}|${CLOSED})(?:\s*[,;:!?])+(?=\s|${HAN}|${CLOSED}|$)`, 'gu');
const BEFORE_HAN = new RegExp(String.raw`(?<=[\p{Script=Latin}\d%])(?:\s*[,;:!?])+\s*(?=${HAN})`, 'gu');
const FULL_STOP = new RegExp(String.raw`(?<=${HAN})\s*\.(?=\s|$|${HAN})`, 'gu');
const BRACKETS = new RegExp(String.raw`\((?<inside>[^()]*${HAN}[^()]*)\)`, 'gu');
const BRACKETS_AFTER = new RegExp(String.raw`(?<=${HAN})\s*\((?<inside>[^()]*)\)`, 'gu');
const FULL_WIDTH: Readonly<Record<string, string>> = { ',': '，', ';': '；', ':': '：', '!': '！', '?': '？' };

function wide(marks: string): string {
  return marks.replace(/\s/gu, '').replace(/[,;:!?]/gu, (mark) => FULL_WIDTH[mark] ?? mark);
}

/**
 * Chinese and Japanese with full-width marks and no stray spaces (W3C, Requirements for Chinese Text Layout §3.1);
 * numbers, times, addresses and words in Latin letters keep their own. Other languages come back as they are.
 */
export function typeset(text: string, language: string): string {
  if (!/^(?:zh|ja)\b/u.test(language)) return text;
  return text
    .replace(BRACKETS, '（$<inside>）')
    .replace(BRACKETS_AFTER, '（$<inside>）')
    .replace(HALF_WIDTH, wide)
    .replace(BEFORE_HAN, wide)
    .replace(FULL_STOP, '。')
    .replace(AROUND_CLOSED, '$<mark>')
    .replace(BETWEEN_HAN, '')
    .trim();
}
