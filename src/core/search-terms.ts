/** What an utterance can be found by. The store stems `words`; the rest are compared as they are. */
export interface IndexTerms {
  readonly words: readonly string[];
  /** Words too common to be stemmed or weighed, kept because they are names and content words elsewhere (will, die, was). */
  readonly common: readonly string[];
  /** Single characters and pairs of neighbours, for scripts written without spaces. */
  readonly grams: readonly string[];
}

/** One thing to look for. A row has it when it has all `parts`. */
export interface QueryTerm {
  readonly kind: keyof IndexTerms;
  readonly parts: readonly [string, ...string[]];
  /** True when the word only carries the question ("did we decide about"): it may lift a row, never select it. */
  readonly frame: boolean;
}

/**
 * PostgreSQL's own English stop words (src/backend/snowball/stopwords/english.stop): its stemmer drops them, so they
 * must not be given to it.
 */
const ENGLISH_COMMON = new Set(
  (
    'i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself ' +
    'it its itself they them their theirs themselves what which who whom this that these those am is are was were be ' +
    'been being have has had having do does did doing a an the and but if or because as until while of at by for with ' +
    'about against between into through during before after above below to from up down in out on off over under again ' +
    'further then once here there when where why how all any both each few more most other some such no nor not only ' +
    'own same so than too very s t can will just don should now'
  ).split(' '),
);
/** Words a question is framed with; content only when nothing else is asked. Stems are compared, so all forms are listed. */
const FRAME = new Set(
  (
    'decide decided decides decision decisions say said says saying tell told talk talked talking discuss discussed ' +
    'discussing mention mentioned mentioning explain explained ask asked agree agreed conclude concluded happen ' +
    'happened meeting meetings anyone anybody someone somebody everyone please could would did didn doesn isn wasn ' +
    're ve ll d m know think thought remember show find give list summarize summarise regarding concerning'
  ).split(' '),
);
/** Function words and question words of Chinese and Japanese, as the segmenter cuts them. */
const UNSPACED_COMMON = new Set(
  (
    '的 了 着 过 是 在 我 你 您 他 她 它 们 吗 呢 吧 啊 呀 嘛 和 与 跟 就 都 也 还 又 很 这 那 有 没 不 没有 ' +
    '什么 怎么 怎样 怎么样 如何 谁 哪 哪些 哪个 哪里 为什么 为何 多少 几 何时 什么时候 关于 对于 我们 你们 他们 大家 请 ' +
    '把 被 给 对 从 到 会 能 可以 要 个 是否 有没有 ' +
    'は が を に の と も で へ や か ね よ な だ た て です ます でした ました ません する した して います いる ある ' +
    'こと もの これ それ あれ この その あの 何 なに 誰 だれ いつ どこ なぜ どう どの について まし ま い し れ'
  ).split(' '),
);
/** Words that frame a question in Chinese and Japanese. */
const UNSPACED_FRAME = new Set(
  '说 说过 讲 提到 请问 决定 讨论 会议 时候 最后 决定了 決定 決め 決まっ 話し 言い 言っ 会議'.split(' '),
);

/** Scripts whose words are not, or not reliably, set apart by spaces; Korean words carry their particles. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々〆';
const TOKEN = new RegExp(`([${UNSPACED}]+)|((?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])+)`, 'gu');
/** Accents of alphabets. Marks of other scripts are letters of their own and stay. */
const ACCENTS = /[\u0300-\u036f]/g;
/** PostgreSQL refuses index entries beyond 2046 bytes; no real word comes near. */
const MAX_WORD_LENGTH = 64;
/** A tsvector holds 1 MB at most; an imported paragraph is the only text that could get there. */
const MAX_TERMS = 20_000;
const MAX_QUERY_TERMS = 32;

interface Run {
  readonly text: string;
  readonly spaced: boolean;
}

function* runs(text: string): Iterable<Run> {
  const plain = text
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC');
  for (const match of plain.matchAll(TOKEN)) {
    const [, unspaced, word] = match;
    if (unspaced !== undefined) yield { text: unspaced, spaced: false };
    if (word !== undefined) yield { text: word.slice(0, MAX_WORD_LENGTH).toWellFormed(), spaced: true };
  }
}

function pairs(characters: readonly string[]): readonly string[] {
  return characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`);
}

/** Case, width and accents do not count. Each term is given once, in order of appearance. */
export function indexTerms(text: string): IndexTerms {
  const words = new Set<string>();
  const common = new Set<string>();
  const grams = new Set<string>();
  for (const run of runs(text)) {
    if (words.size + common.size + grams.size > MAX_TERMS) break;
    if (run.spaced) (ENGLISH_COMMON.has(run.text) ? common : words).add(run.text);
    else {
      const characters = Array.from(run.text);
      for (const gram of [...characters, ...pairs(characters)]) grams.add(gram);
    }
  }
  return { words: [...words], common: [...common], grams: [...grams] };
}

/**
 * What a query looks for, without repeats; empty when it holds no letter or digit. Text without spaces is cut into words
 * by the Unicode segmenter, and a word of several characters is all its neighbouring pairs. Common words are dropped
 * unless there is nothing else; words that frame a question are marked, unless there is nothing else.
 */
export function queryTerms(query: string): readonly QueryTerm[] {
  const terms = new Map<string, QueryTerm & { readonly common: boolean }>();
  const add = (kind: QueryTerm['kind'], parts: QueryTerm['parts'], frame: boolean, common: boolean): void => {
    if (terms.size < MAX_QUERY_TERMS) terms.set(`${kind} ${parts.join(' ')}`, { kind, parts, frame, common });
  };
  for (const run of runs(query)) {
    if (run.spaced) {
      const common = ENGLISH_COMMON.has(run.text);
      add(common ? 'common' : 'words', [run.text], FRAME.has(run.text), common);
      continue;
    }
    for (const word of segmented(run.text)) {
      const [first, ...others] = pairs(Array.from(word));
      const parts: QueryTerm['parts'] = first === undefined ? [word] : [first, ...others];
      add('grams', parts, UNSPACED_FRAME.has(word), UNSPACED_COMMON.has(word));
    }
  }
  const all = [...terms.values()];
  const telling = all.filter((term) => !term.common);
  const kept = telling.length > 0 ? telling : all;
  const onlyFrame = kept.every((term) => term.frame);
  return kept.map(({ kind, parts, frame }) => ({ kind, parts, frame: frame && !onlyFrame }));
}

function segmented(run: string): readonly string[] {
  const locale = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(run) ? 'ja' : 'zh';
  return [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(run)].map(({ segment }) => segment);
}
