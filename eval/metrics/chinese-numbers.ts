/** Ways to say a number written in digits in Mandarin: transcripts disagree about which of the two to write. */
const DIGITS = '零一二三四五六七八九';
const PLACES = ['', '十', '百', '千'];
const MYRIADS = ['', '万', '亿', '万亿'];

const digit = (character: string): string => DIGITS[Number(character)] ?? character;

const group = (digits: string): string => {
  let said = '';
  let gap = false;
  for (const [index, character] of Array.from(digits).entries()) {
    const place = PLACES[digits.length - 1 - index] ?? '';
    if (character === '0') {
      gap = said !== '';
      continue;
    }
    said += (gap ? '零' : '') + digit(character) + place;
    gap = false;
  }
  return said;
};

const cardinal = (digits: string): string => {
  const plain = digits.replace(/^0+(?=\d)/, '');
  if (plain === '0') return '零';
  const groups: string[] = [];
  for (let end = plain.length; end > 0; end -= 4) groups.unshift(plain.slice(Math.max(0, end - 4), end));
  let said = '';
  for (const [index, part] of groups.entries()) {
    const value = group(part);
    if (value === '') continue;
    const zero = said !== '' && part.startsWith('0') ? '零' : '';
    said += zero + value + (MYRIADS[groups.length - 1 - index] ?? '');
  }
  return said.replace(/^一十/, '十');
};

/**
 * All ways a number such as "29", "1.5", "20%" or "2014" may be said, most likely first: as a quantity, digit by digit,
 * and with 两 for a two that counts things.
 */
export const chineseReadings = (number: string): readonly string[] => {
  const percent = number.endsWith('%');
  const bare = percent ? number.slice(0, -1) : number;
  const [integer = '', fraction] = bare.split('.');
  const tail = fraction === undefined ? '' : `点${Array.from(fraction, digit).join('')}`;
  const quantity = cardinal(integer);
  const digitwise = Array.from(integer, digit).join('');
  const forms = [quantity, digitwise, quantity.replaceAll(/二(?=[百千万亿]|$)/g, '两')].map((form) => form + tail);
  return [...new Set(percent ? forms.map((form) => `百分之${form}`) : forms)];
};
