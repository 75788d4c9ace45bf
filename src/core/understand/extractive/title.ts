/** Titles in words that were said: what a speaker announced, else the phrases that set the stretch apart. */
import { announcesTopic } from './topic-shifts.ts';
import { contentTerms, hasJoinedScript, tokenise } from './words.ts';
import { distinct, phrasesOf } from './keywords.ts';
import type { Phrase } from './keywords.ts';
import type { Sentence } from './sentences.ts';

const ANNOUNCED =
  /\b(?:(?:next|last|final|first|second|third|fourth|other|another) (?:topic|item|agenda item|subject|matter)(?: (?:is|on the agenda is|will be|would be))?|(?:moving|move|moved) on to|(?:let's|let us) (?:talk about|discuss|turn to|start with|begin with)|turning (?:now )?to|brings us to|topic (?:today|of today) is|now (?:we|i)(?:'ll| will| want to)? (?:talk|speak|hear|look) (?:about|with|to|from|at))[\s,:]+(?<topic>[^.;!?]{3,60})/iu;
const ZH_ANNOUNCED =
  /(?:(?:下一个|最后一个|第[一二三四五]个)(?:议题|话题|环节|部分|主题)(?:是|就是|，|：)|(?:讨论|聊聊?|谈谈?)(?:一下|的是)?)(?:关于)?(?<topic>[\p{Script=Han}\p{L}\p{N} ]{2,16})/u;

/** An announced topic is a short noun phrase; more words are a sentence. */
const LONGEST_TOPIC_WORDS = 6;
const LONGEST_OPENING_WORDS = 8;
/** How much more a phrase belongs to its own stretch than to the rest, for a title of its own. */
const TITLE_PHRASES = 2;

function capitalised(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

const CLAUSE_WORD = /^(?:what|how|who|i|we|you|they|it|is|are|if|because|that|this|things?|some|lot|bit)$/u;

function announced(sentences: readonly Sentence[]): string | null {
  for (const { text } of sentences.slice(0, 3)) {
    const topic = (ANNOUNCED.exec(text) ?? ZH_ANNOUNCED.exec(text))?.groups?.['topic']
      ?.trim()
      .replace(/^(?:the|our|a|an)\s+(?=\S)/iu, '')
      .replace(/[,，].*$/u, '');
    if (topic === undefined || topic === '') continue;
    const tokens = tokenise(topic);
    const isClause = tokens.some(({ norm }) => CLAUSE_WORD.test(norm));
    if (
      tokens.length > 0 &&
      tokens.length <= LONGEST_TOPIC_WORDS &&
      !isClause &&
      /\p{L}{3}|\p{Script=Han}{2}/u.test(topic)
    )
      return topic;
  }
  return null;
}

function listed(phrases: readonly Phrase[], sentences: readonly Sentence[]): string {
  const joined =
    sentences.some(({ text }) => hasJoinedScript(text)) && phrases.every(({ text }) => hasJoinedScript(text));
  return capitalised(phrases.map(({ text }) => text).join(joined ? '、' : ', '));
}

/** The first words that carry meaning, for stretches too short to have phrases. */
function opening(sentences: readonly Sentence[]): string {
  const first = sentences.find(({ terms }) => terms.length >= 2) ?? sentences[0];
  if (first === undefined) return '';
  const limit = hasJoinedScript(first.text) ? 2 * LONGEST_OPENING_WORDS : LONGEST_OPENING_WORDS;
  const last = first.tokens.slice(0, limit).at(-1);
  return last === undefined ? first.text : first.text.slice(first.tokens[0]?.start ?? 0, last.end);
}

/** Phrases by how much more they are said here than elsewhere. */
function distinctive(own: readonly Sentence[], others: readonly Sentence[]): Phrase[] {
  const elsewhere = new Map(phrasesOf(others, 1).map(({ stems, count }) => [stems.join(' '), count]));
  const words = own.reduce((sum, { length }) => sum + length, 0);
  const ownRate = 1 / Math.max(1, words);
  const otherRate =
    1 /
    Math.max(
      1,
      others.reduce((sum, { length }) => sum + length, 0),
    );
  return phrasesOf(own, words > 300 ? 2 : 1)
    .map((phrase) => {
      const here = phrase.count * ownRate;
      const there = (elsewhere.get(phrase.stems.join(' ')) ?? 0) * otherRate;
      return Object.assign({}, phrase, { score: phrase.score * (here / (here + there)) ** 2 });
    })
    .toSorted((a, b) => b.score - a.score);
}

/** Share of the sentences that use any of the terms, announcements aside. */
function rate(sentences: readonly Sentence[], terms: ReadonlySet<string>): number {
  const speaking = sentences.filter(
    (sentence) => sentence.terms.some((term) => terms.has(term)) && !announcesTopic(sentence.text),
  );
  return speaking.length / Math.max(1, sentences.length);
}

/** The matter on the agenda that this stretch speaks of more than the others do; null when it speaks of none. */
function listedTopic(
  own: readonly Sentence[],
  others: readonly Sentence[],
  used: ReadonlySet<string>,
  topics: readonly string[],
): string | null {
  let best: string | null = null;
  let most = 0;
  for (const topic of topics) {
    const terms = new Set(contentTerms(tokenise(topic)));
    const here = rate(own, terms);
    if (used.has(topic.toLowerCase()) || here <= most || here <= rate(others, terms)) continue;
    best = topic;
    most = here;
  }
  return best;
}

/** Title of one stretch. `used`: titles already given, lower case; `topics`: the agenda. Only words said in the meeting. */
export function chapterTitle(
  own: readonly Sentence[],
  others: readonly Sentence[],
  used: ReadonlySet<string>,
  topics: readonly string[] = [],
): string {
  const topic = announced(own) ?? listedTopic(own, others, used, topics);
  if (topic !== null && !used.has(topic.toLowerCase())) return capitalised(topic);
  const ranked = distinctive(own, others);
  for (let skip = 0; skip < 3; skip++) {
    const phrases = distinct(ranked.slice(skip), TITLE_PHRASES);
    if (phrases.length === 0) break;
    const title = listed(phrases, own);
    if (!used.has(title.toLowerCase())) return title;
  }
  return opening(own);
}

const AGENDA =
  /\b(?:(?:topics?|items?|things?|points?)(?: on (?:the|our|today's) agenda)?(?: today| for today| to (?:discuss|cover))?|agenda(?: today| for today)?(?: is)?|(?:talk about|discuss|cover|go over|go through))\s*[.:,]?\s*$/iu;
const AGENDA_INLINE =
  /\b(?:agenda (?:today )?(?:is|has)|topics (?:today )?are|(?:today|going to|we'll|we will)(?: \w+){0,3} (?:talk about|discuss|cover|go over))[:,]?\s+(?<list>.+)$/iu;

/** The matters to come as a speaker listed them at the start, in order; null when nobody did. */
export function agendaOf(sentences: readonly Sentence[]): readonly string[] | null {
  for (const [at, { text }] of sentences.slice(0, 10).entries()) {
    const next = sentences[at + 1];
    const bare = text.replace(/[.!。]$/u, '');
    const list = AGENDA.test(bare) && next !== undefined ? next.text : AGENDA_INLINE.exec(text)?.groups?.['list'];
    const items = (list ?? '')
      .split(/,\s*(?:and\s+)?|\s+and\s+|[、;；.。]/u)
      .map((item) => item.trim().replace(/^(?:the|our|a|an|and)\s+/iu, ''))
      .filter((item) => item !== '');
    const isList =
      items.length >= 2 &&
      items.every((item) => {
        const tokens = tokenise(item);
        return (
          tokens.length > 0 &&
          tokens.length <= LONGEST_TOPIC_WORDS + 1 &&
          !tokens.some(({ norm }) => /^(?:i|we|you|they|it|is|are|will|was)$/u.test(norm))
        );
      });
    if (isList) return items;
  }
  return null;
}

const PURPOSE =
  /\b(?:(?:today|this (?:morning|afternoon)),? (?:we|i)(?: \w+){0,2}? (?:plan|prepare|review|discuss|talk about)|(?:the )?(?:purpose|goal|aim|topic|subject) of (?:this|today's|the) (?:meeting|call|session|talk) is(?: to (?:plan|prepare|review|discuss|talk about))?|this (?:meeting|call|session) is about|we(?:'re| are) here(?: today)? to (?:plan|prepare|review|discuss|talk about))\s+(?<topic>[^,.;:!?]{3,70})/iu;
const ZH_PURPOSE =
  /(?:(?:今天|这次|本次)(?:我们)?(?:主要|来|要|一起)*(?:讨论|谈|聊|规划|计划|准备)(?:一下)?(?:的是)?|(?:今天|这次|本次)(?:会议|讨论)的?(?:主题|议题|目的|内容)是)(?:关于)?(?<topic>[\p{Script=Han}\p{L}\p{N} ]{2,20})/u;

/** What a speaker said at the start that the meeting is for; null when nobody did. */
function purposeOf(sentences: readonly Sentence[]): string | null {
  for (const { text } of sentences.slice(0, 10)) {
    const topic = (PURPOSE.exec(text) ?? ZH_PURPOSE.exec(text))?.groups?.['topic']?.trim();
    if (topic === undefined || /^.{0,3}(?:[两三四五六七八九几]|\d)+个/u.test(topic)) continue;
    const bare = topic.replace(/^(?:the|our|a|an)\s+/iu, '');
    const tokens = tokenise(bare);
    const isClause = tokens.some(({ norm }) => CLAUSE_WORD.test(norm));
    if (
      tokens.length > 0 &&
      tokens.length <= LONGEST_TOPIC_WORDS + 1 &&
      !isClause &&
      /\p{L}{3}|\p{Script=Han}{2}/u.test(bare)
    )
      return bare;
  }
  return null;
}

/** Title of the whole: what it was said to be for, else the agenda as it was listed, else what came up most, in words that were said; the opening words where nothing came up twice. */
export function meetingTitle(sentences: readonly Sentence[]): string {
  const purpose = purposeOf(sentences);
  if (purpose !== null) return capitalised(purpose);
  const announcedTopics = agendaOf(sentences);
  if (announcedTopics !== null) return capitalised(announcedTopics.slice(0, 4).join(', '));
  const words = sentences.reduce((sum, { length }) => sum + length, 0);
  const phrases = distinct(phrasesOf(sentences, words < 150 ? 1 : 2), 3);
  if (words < 12 || phrases.length === 0) return opening(sentences);
  return listed(phrases, sentences);
}
