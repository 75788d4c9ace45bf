/** What was talked about, in words and phrases as they were said. */
import { isNamed, speakerName } from '../../speaker.ts';
import type { Sentence } from './sentences.ts';
import { isCounting, isStopWord } from './stop-words.ts';
import { contentTerms, normalise, stem, tokenise } from './words.ts';
import type { Token } from './words.ts';

export interface Phrase {
  /** As most often said; lower case unless it is a name. */
  readonly text: string;
  /** Stems, in order. */
  readonly stems: readonly string[];
  readonly count: number;
  readonly score: number;
  /** Whether it was written with a capital where none was due. */
  readonly isName: boolean;
}

/** Longest phrase, in words. */
const LONGEST = 3;
/** Longest phrase of a script without spaces, in characters; longer ones are clauses. */
const LONGEST_JOINED = 6;
/** Most keywords of a meeting; more is a word list. */
const MOST_KEYWORDS = 20;
/** How much being worth a mention counts beside being said often and in so many words. */
const WORTH_POWER = 0.5;

/** Words for the meeting itself, not for its matter. */
const DISCOURSE: ReadonlySet<string> = new Set(
  `topic topics point points question questions answer decide decided decides decision decisions agenda item items agree
  agreed agreement discuss discussion meeting meetings plan plans planned idea ideas problem problems issue issues welcome
  morning everyone talk talks 议题 话题 决定 环节 会议 议程 讨论 同意 建议 问题 主题`.split(/\s+/u),
);
/** Chinese words that name no matter at either end of a phrase: function words and verbs of saying a stop list leaves out. */
const ZH_EDGES: ReadonlySet<string> = new Set(
  `也是 的是 都是 还是 就是 或者是 而是 但是 于是 能够 提到 谈到 讲到 说到 听到 看到 想到 遇到 提出 表示 指出 回答 介绍 它的 我的 你的 他的
  我们的 他们的 大家的 这是 那是 才是 也好 来说 来讲 起到 得到 达到 拿到 到了 有了 做了 有的 是否 不够 不是 之间 一次 本身 左右 昨天 明天 请到
  一共 打算 之一 比较 特别 这样的 那样的 什么样 怎么样 所有 所以说 实际上 其实 方面 角度 样子 那么 这么 再说 完成 提交 认识到 什么时候 大概 大概是 主要 当时 剩下 只剩下 接受 选择 一条`.split(
    /\s+/u,
  ),
);
/** Characters of a run of single characters, which the segmenter could not join, that do not end or begin a noun. */
const ZH_EDGE_CHARACTER =
  /^[的了着过是在有和与及或就都而也还又很不没这那我你他她它您谁到把被给对从向往跟让使会能要想得地来去以为上下里中外前后再最更请提说讲问谈做用易转各每该其此并且由于将可等第]$/u;
const BEFORE_VERB =
  /^(?:will|would|can|could|should|must|shall|may|might|cannot|please|let's|do|does|did|(?:i|we|you|they|he|she|it)(?:'(?:ll|d|ve|re|m))?|who|\w+n't)$/u;

const IRREGULAR_PARTICIPLE =
  /^(?:lost|sent|built|made|done|written|chosen|sold|bought|brought|spent|frozen|held|paid|broken)$/u;
/** What is left of an ordinal whose figure was written apart: "16 th", "16th". */
const ORDINAL_END = /^(?:st|nd|rd|th)$/u;

/** Whether the word stands where a verb does: after a modal or a pronoun, after "to" with something following, or as a participle. */
function isVerb(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  const before = tokens[at - 1];
  if (token?.kind !== 'word' || /^\p{Lu}/u.test(token.text)) return false;
  if (before !== undefined && BEFORE_VERB.test(before.norm)) return true;
  if (before?.norm === 'to' && tokens[at + 1] !== undefined && !token.norm.endsWith('s')) return true;
  return (
    /^(?:am|is|are|was|were|been?|has|have|had)$/u.test(before?.norm ?? '') &&
    (token.norm.endsWith('ed') || IRREGULAR_PARTICIPLE.test(token.norm))
  );
}

interface Tally {
  readonly stems: readonly string[];
  readonly forms: Map<string, number>;
  count: number;
  capitals: number;
  midSentence: number;
}

/** Words that cannot begin or end a phrase, beyond stop words: adverbs, and bare numbers. */
function isEdge(token: Token): boolean {
  if (token.kind === 'number' || DISCOURSE.has(token.norm) || isStopWord(token.norm) || isCounting(token.norm))
    return false;
  if (token.kind === 'joined')
    return /[\p{L}]/u.test(token.norm) && !ZH_EDGES.has(token.norm) && !ZH_EDGE_CHARACTER.test(token.norm);
  return (
    token.norm.length >= 2 &&
    !ORDINAL_END.test(token.norm) &&
    !/..ly$/u.test(token.norm) &&
    !/'(?:ll|re|ve|d|m)$|n't$/u.test(token.norm)
  );
}

function isSingle(token: Token | undefined): boolean {
  return token?.kind === 'joined' && Array.from(token.norm).length === 1 && isEdge(token);
}

function touches(left: Token | undefined, right: Token | undefined): boolean {
  return left !== undefined && left.end === right?.start && isSingle(left) && isSingle(right);
}

/** Neighbouring single characters are one word the segmenter does not know: a phrase has all of them or none. */
function cutsRun(tokens: readonly Token[], from: number, to: number): boolean {
  return touches(tokens[from - 1], tokens[from]) || touches(tokens[to], tokens[to + 1]);
}

function tally(sentences: readonly Sentence[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { text, tokens } of sentences) {
    for (let from = 0; from < tokens.length; from++) {
      const first = tokens[from];
      if (first === undefined || !isEdge(first) || isVerb(tokens, from)) continue;
      for (let to = from; to < Math.min(tokens.length, from + LONGEST); to++) {
        const last = tokens[to];
        const before = tokens[to - 1];
        if (last === undefined || isStopWord(last.norm)) break;
        if (to > from && before !== undefined) {
          const between = text.slice(before.end, last.start);
          if (
            !/^ ?$/u.test(between) ||
            (last.kind === 'joined') !== (before.kind === 'joined') ||
            (last.kind === 'joined' && between !== '')
          )
            break;
        }
        if (!isEdge(last) || isVerb(tokens, to) || cutsRun(tokens, from, to)) continue;
        if (to === from && first.kind === 'joined' && Array.from(first.norm).length < 2) continue;
        if (first.kind === 'joined' && Array.from(text.slice(first.start, last.end)).length > LONGEST_JOINED) break;
        if (
          to > from &&
          first.kind === 'joined' &&
          tokens.slice(from, to + 1).every(({ norm }) => Array.from(norm).length < 2)
        )
          continue;
        const words = tokens.slice(from, to + 1);
        const stems = words.map(({ norm }) => stem(norm));
        const key = stems.join(' ');
        let entry = tallies.get(key);
        if (entry === undefined) {
          entry = { stems, forms: new Map(), count: 0, capitals: 0, midSentence: 0 };
          tallies.set(key, entry);
        }
        const form = text.slice(first.start, last.end);
        entry.forms.set(form, (entry.forms.get(form) ?? 0) + 1);
        entry.count++;
        if (from > 0) {
          entry.midSentence++;
          if (words.every((word) => /^\p{Lu}/u.test(word.text))) entry.capitals++;
        }
      }
    }
  }
  return tallies;
}

function mostSaid(forms: ReadonlyMap<string, number>): string {
  let best = '';
  let most = 0;
  for (const [form, count] of forms) {
    if (count > most) {
      best = form;
      most = count;
    }
  }
  return best;
}

function isName(entry: Tally): boolean {
  return entry.midSentence > 0 && entry.capitals * 2 > entry.midSentence;
}

/** Candidate phrases, best first; equal scores in the order first said. `atLeast`: how often a phrase must occur. */
export function phrasesOf(sentences: readonly Sentence[], atLeast: number): Phrase[] {
  const phrases: Phrase[] = [];
  for (const entry of tally(sentences).values()) {
    const name = isName(entry);
    if (entry.count < atLeast && !(name && atLeast <= 2)) continue;
    // A capitalised form first said at a sentence's start is shown as it is written elsewhere.
    const forms = name ? new Map([...entry.forms].filter(([form]) => /^\p{Lu}/u.test(form))) : entry.forms;
    const said = mostSaid(forms);
    const text = name || /\p{Lu}.*\p{Lu}|\p{Ll}\p{Lu}/u.test(said) ? said : said.toLowerCase();
    const words = entry.stems.length;
    const characters = Array.from(entry.stems.join('')).length;
    // Phrases say more than their words; very short words say less.
    const score =
      Math.log(1 + entry.count) * (1 + 0.45 * (words - 1)) * (name ? 1.15 : 1) * Math.min(1, 0.55 + characters / 12);
    phrases.push({ text, stems: entry.stems, count: entry.count, score, isName: name });
  }
  return phrases.toSorted((a, b) => b.score - a.score);
}

/** Whether every stem of the one is in the other. */
function within(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((word) =>
    outer.some((other) => other === word || (/\p{Script=Han}/u.test(word) && other.includes(word))),
  );
}

/** The best phrases of which none repeats another: a word inside a chosen phrase is dropped, and so is the reverse. */
export function distinct(phrases: readonly Phrase[], count: number): Phrase[] {
  const chosen: Phrase[] = [];
  for (const phrase of phrases) {
    if (chosen.length >= count) break;
    const clash = chosen.findIndex((other) => within(phrase.stems, other.stems) || within(other.stems, phrase.stems));
    const other = chosen[clash];
    if (other === undefined) chosen.push(phrase);
    // The longer phrase stands for the word where it accounts for most of the word's use.
    else if (phrase.stems.length > other.stems.length && phrase.count * 2 > other.count) {
      const rest = chosen.filter((kept, at) => at !== clash && within(kept.stems, phrase.stems));
      if (rest.length === 0) chosen[clash] = phrase;
    }
  }
  return chosen;
}

/** Mean likelihood that a summary names the phrase's terms. */
function worthOf({ text }: Phrase, worth: (term: string) => number): number {
  const terms = contentTerms(tokenise(text));
  return terms.reduce((sum, term) => sum + worth(term), 0) / Math.max(1, terms.length);
}

/** At most 20, best first, none a stop word, none within another. `worth`: likelihood, 0 to 1, that a summary names a term. */
export function findKeywords(sentences: readonly Sentence[], worth: (term: string) => number = () => 1): string[] {
  const words = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  // In a short talk everything is said once; in a long one what matters comes back.
  const atLeast = words < 150 ? 1 : words < 4000 ? 2 : 3;
  const most = Math.min(MOST_KEYWORDS, Math.max(3, Math.round(Math.sqrt(words))));
  const seen = new Set<string>();
  const names = new Set(
    sentences
      .filter(({ speaker }) => isNamed(speaker))
      .flatMap(({ speaker }) => [
        normalise(speakerName(speaker)),
        ...tokenise(speakerName(speaker)).map(({ norm }) => norm),
      ]),
  );
  // What is said often matters more when a summary would name it.
  const phrases = phrasesOf(sentences, atLeast)
    .filter(({ text }) => !names.has(text.toLowerCase()))
    .map((phrase) => Object.assign({}, phrase, { score: phrase.score * worthOf(phrase, worth) ** WORTH_POWER }))
    .toSorted((a, b) => b.score - a.score);
  return distinct(phrases, most)
    .map(({ text }) => text)
    .filter((text) => {
      const key = text.toLowerCase();
      const fresh = !seen.has(key);
      seen.add(key);
      return fresh;
    });
}
