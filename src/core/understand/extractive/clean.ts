/**
 * Light cleaning of spoken text: fillers, cut-off words and immediate repetitions go; everything that carries meaning,
 * hedges, tense, negation and order, stays. Words are only ever left out, never added or changed.
 */

/** Marks that transcribers put in for sounds, such as `[laughter]`, `{vocalsound}` or `<unk>`. */
const SOUND_MARKS =
  /\{[a-z_ ]{2,30}\}|\[(?:laugh\w*|music|applause|noise|silence|inaudible|crosstalk|sighs?|coughs?)\]|<unk>/giu;

const FILLER_WORD =
  /(?<![\p{L}\p{N}'’-])(?:u+m+|u+h+m*|e+rm*|hm+|mm+|ah+m)(?![\p{L}\p{N}'’-])[ ]*[,，、]?(?:\s*\.{2,}|…)?/giu;
/** Only between commas or at an edge: elsewhere "you know" and "I mean" are the clause itself. */
const FILLER_PHRASE = /(^|[,.;!?，。])\s*(?:you know|i mean|you see|like)\s*(?=,)/giu;
const ZH_FILLER = /(^|[\s，。,、！？!?])(?:(?:嗯+|呃+|额+|唔+|哎+)[\s，,、]*)+(?=[^\s，。,、！？!?]|$)/gu;
const ZH_THAT = /(^|[，。,、])(?:(?:那个|这个)[，,、\s]+)+(?=\S)/gu;
const ZH_DOUBLED = /(我们|你们|他们|这个|那个|然后|就是|因为|所以|但是|如果|我|你|他|就|这|那|在)(?:[，,、]?\1)+/gu;
const CUT_OFF = /(?<![\p{L}\p{N}-])[\p{L}]{1,12}-(?=\s|$)\s*/gu;

/** A word broken off after its first consonants and begun again: "th the plan", "cr criteria". Never a word by itself. */
const BROKEN_OFF =
  /(?<![\p{L}\p{N}'’.-])(?!(?:mr|ms|dr|st|vs|pc|tv)\b)(?<start>[b-df-hj-np-tv-xz]{1,3}),? (?=\k<start>\p{L})/giu;

/** Doubled on purpose, or by grammar. */
const MAY_REPEAT: ReadonlySet<string> = new Set(
  'very really so much more no yes yeah never long far had that is bye ha please go well too again many'.split(' '),
);

const HAS_DIGIT = /\p{N}/u;
const NUMBER_WORD =
  /^(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|not|never)$/iu;

/** Longest repetition taken for a restart rather than for something said twice on purpose, in words. */
const LONGEST_RESTART = 4;

function bare(word: string): string {
  return word.toLowerCase().replace(/[,，.…]+$/u, '');
}

function mayDrop(words: readonly string[]): boolean {
  if (words.length === 1) {
    const [word = ''] = words;
    return !MAY_REPEAT.has(word) && !NUMBER_WORD.test(word) && !HAS_DIGIT.test(word) && /\p{L}/u.test(word);
  }
  return !words.some((word) => HAS_DIGIT.test(word) || NUMBER_WORD.test(word));
}

/** "we we need the, the plan" → "we need the plan". The later of two equal runs stays. */
function dropRestarts(text: string): string {
  const words = text.split(' ');
  const bares = words.map(bare);
  for (let length = LONGEST_RESTART; length >= 1; length--) {
    for (let at = 0; at + 2 * length <= words.length;) {
      if (bares[at] === bares[at + length] && isRestart(words, bares, at, length)) {
        words.splice(at, length);
        bares.splice(at, length);
      } else at++;
    }
  }
  return words.join(' ');
}

/** Whether the words from `at` are said again at once, by accident. */
function isRestart(words: readonly string[], bares: readonly string[], at: number, length: number): boolean {
  const first = bares.slice(at, at + length);
  // A sentence that ended in between was said twice on purpose.
  const ended = words.slice(at, at + length).some((word) => /[.!?;:。！？]$/u.test(word));
  return !ended && first.every((word, i) => word !== '' && word === bares[at + length + i]) && mayDrop(first);
}

/** Spaces that transcribers put before punctuation and around apostrophes: "it 's fine ." → "it's fine." */
function closeUp(text: string): string {
  return text
    .replace(/[^\S ]+/gu, ' ')
    .replace(/ {2,}/gu, ' ')
    .replace(/ +([,.;:!?，。；：！？、%])/gu, '$1')
    .replace(/ (['’](?:s|re|ve|ll|d|m|t)|n['’]t)(?![\p{L}\p{N}])/giu, '$1')
    .replace(/([,，、])(?:\s*[,，、])+/gu, '$1')
    .replace(/([.!?。！？])\s*[,，、]\s*/gu, '$1 ')
    .trim();
}

/**
 * The text without fillers and false starts, on one line. Empty when nothing else was said. Idempotent in meaning:
 * what is left is a subsequence of the words that were there.
 */
export function clean(text: string): string {
  const spoken = closeUp(text.replace(SOUND_MARKS, ' '));
  const unfilled = closeUp(
    spoken
      .replace(FILLER_WORD, ' ')
      .replace(CUT_OFF, ' ')
      .replace(BROKEN_OFF, '')
      .replace(/\s{2,}/gu, ' ')
      .replace(FILLER_PHRASE, '$1')
      .replace(ZH_FILLER, '$1')
      .replace(ZH_THAT, '$1')
      .replace(ZH_DOUBLED, '$1'),
  );
  const restarted = dropRestarts(unfilled)
    .replace(/^[\s,，、;；:：.。…\-–—]+/u, '')
    .trim();
  const first = /^\p{Ll}/u.exec(restarted)?.[0];
  // Only what lost its beginning needs a new capital; text that came without capitals keeps its style.
  return first !== undefined && /^\p{Lu}/u.test(text.trim()) ? first.toUpperCase() + restarted.slice(1) : restarted;
}

const INTERJECTION =
  /^(?:great|good|perfect|okay|ok|alright|all right|right|sure|yes|yeah|yep|fine|cool|excellent|wonderful|thank you(?: (?:very|so) much)?|thanks(?: a lot)?|got it|no problem|of course)(?: (?:\p{Lu}[\p{L}-]+|both|all|everyone)(?: and \p{Lu}[\p{L}-]+)?)?[,.!]\s+(?=\p{L})/iu;
const ZH_INTERJECTION = /^(?:好的?|好吧|嗯|行|可以|没问题|太好了|很好|谢谢[^，。！]{0,4})[，。！、]\s*(?=\S)/u;

/** The text from where it comes to the matter: "Great, I will finish it" → "I will finish it". Words are only left out. */
export function withoutInterjection(text: string): string {
  let rest = text;
  for (let next = rest; ; rest = next) {
    next = rest.replace(INTERJECTION, '').replace(ZH_INTERJECTION, '');
    if (next === rest) break;
  }
  return /^\p{Lu}/u.test(text) ? asSentence(rest) : rest;
}

const OPENER =
  /^(?:(?:and|so(?! (?:far|that|many|much|long|few|little|as|what|on|called)\b)|okay|ok|yeah|alright|oh|anyway)(?:,\s*|\s+)|(?:well|right|you know|i mean),\s+)+(?=\p{L})/iu;
const ZH_OPENER = /^(?:(?:然后(?:的话)?|那么(?![多大高久长远好难快])|嗯|好的?(?=[，,]))[，,、\s]*)+(?=\S)/u;
/** What is left of a sentence must still say something. */
const LEAST_LEFT = 3;

/** The text without the words that only tie it to what was said before: "And so we wait for spring" → "We wait for spring". */
export function withoutOpener(text: string): string {
  const rest = text.replace(OPENER, '').replace(ZH_OPENER, '');
  const left = /\p{Script=Han}/u.test(rest) ? Array.from(rest).length / 2 : rest.split(/\s+/u).length;
  return left < LEAST_LEFT ? text : asSentence(rest);
}

/** With a capital in front; nothing else is changed. */
export function asSentence(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}
