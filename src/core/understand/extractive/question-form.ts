/** Whether a sentence asks something, by its form; punctuation from a recogniser is a hint, no more. */
import type { Sentence } from './sentences.ts';

const LEAD = String.raw`^(?:(?:so|and|but|or|well|okay|ok|now|then|also|right|yeah|yes|no|sorry|alright|oh|hey|just|actually|because)[,.]?\s+)*(?:\p{Lu}[\p{L}'-]+,\s+)?`;
const AUX = String.raw`(?:is|are|am|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|can't|couldn't|won't|wouldn't|shouldn't)`;
const SUBJECT = String.raw`(?:i|we|you|he|she|it|they|there|this|that|these|those|the|a|an|my|our|your|his|her|its|their|any|anyone|anybody|everyone|everybody|someone|somebody|all|people|\p{Lu}[\p{L}'-]+)`;
/** "is there", "do you", "can we": an auxiliary before its subject. */
const INVERTED = new RegExp(String.raw`${LEAD}${AUX}\s+${SUBJECT}\b`, 'iu');
/** The same where no mark helps: the subject is a pronoun, an article or a name, or "might have been good" would ask. */
const INVERTED_UNMARKED = new RegExp(
  String.raw`${LEAD}${AUX}\s+${SUBJECT.replace(String.raw`|\p{Lu}[\p{L}'-]+`, String.raw`|(?-i:\p{Lu})[\p{L}'-]+`)}\b`,
  'iu',
);
/** Clauses that open with a question word and ask nothing: "what I'm saying is", "how we could", "which is a pity". */
const CLAUSE = new RegExp(
  String.raw`${LEAD}(?:(?:what|who|where|when|why|how|which)\s+(?:(?!${AUX}\b)[\p{L}'-]+\s+){0,3}?(?:i|we|you|he|she|it|they|that|there|this|i'm|we're|you're|he's|she's|it's|they're|i've|we've|they've|there's|that's)\b|which\s+(?:is|was|are|were|means|would)\b|(?:when|where)\s+(?:the|a|an|my|our|your|people)\b)`,
  'iu',
);
const ASKS_AFTER_ALL = new RegExp(String.raw`${LEAD}(?:what|who|where|when|why|how|whose)(?:'s|\s+${AUX})\s`, 'iu');
/** Broken off, or joined to what follows: nobody can tell what was asked. */
const UNFINISHED =
  /(?:[,，]|\b(?:and|or|but|the|a|an|of|to|that|is|are|in|for|with|people|so|because|if|we're|i'm|it's))\s*$/iu;

/** "what is", "how many", "who sends": a question word in front and no clause it could open. */
const QUESTION_WORD = new RegExp(
  String.raw`${LEAD}(?:(?:what|who|which|where|when|why|how|whose)(?:'s|'re)?\s+(?:[\p{L}'-]+\s+){0,3}?${AUX}\b|how\s+(?:many|much|long|often|far|soon|about|come)\b|what\s+(?:about|if|time|kind|sort|else)\b|why\s+(?:not|don't)\b|who\s+(?!i\b|we\b|you\b|he\b|she\b|they\b)[\p{L}]+s\b|any\s+(?:questions|comments|thoughts|news|idea))`,
  'iu',
);
/** Enough where a question mark stands too: "What went well?" */
const OPENS_WITH_QUESTION_WORD = new RegExp(
  String.raw`${LEAD}(?:what|who|which|where|when|why|how|whose)\s+\p{L}+\s+\p{L}+`,
  'iu',
);
const ZH_PARTICLE = /(?:吗|么|呢)[？?。.!！]?$/u;
const ZH_WORDS =
  /为什么|怎么(?!样都)|什么时候|多少|多久|多大|哪(?:个|些|里|儿|位|天|一)|谁(?!都|也)|是不是|有没有|能不能|可不可以|会不会|要不要|行不行|好不好|对不对|是否|几(?:个|点|天|号|月|位|次)/u;
const ZH_NOT_ASKED =
  /不知道|知道|不管|无论|不论|没什么|什么的|告诉|看看|取决于|讲(?:一)?下|说(?:一)?下|介绍|解释|怎么说/u;

/** Ends in a question mark, Western or Eastern. */
function hasQuestionMark(text: string): boolean {
  return /[?？][)\]"'”’」』]*\s*$/u.test(text);
}

/** Interrogative by its mark or, where recognisers left the mark out, by word order and question words. */
export function isQuestion(sentence: Sentence): boolean {
  const { text } = sentence;
  if (hasQuestionMark(text)) return true;
  if (/\p{Script=Han}/u.test(text)) {
    if (ZH_PARTICLE.test(text) && !/什么的|那么[。.]?$|这么[。.]?$|什么[。.]?$|要么[。.]?$/u.test(text))
      return sentence.length <= 25;
    // Long sentences hold question words inside clauses.
    return ZH_WORDS.test(text) && !ZH_NOT_ASKED.test(text) && sentence.length <= 12 && !/[。.!！]$/u.test(text);
  }
  if (/[.!]$/u.test(text))
    return (
      /^(?:so,?\s+|and,?\s+)?(?:what|who|when|where|why|how)\s+(?:is|are|was|were|do|does|did|should|can|will|many|much)\s+(?:the|we|you|it|they|your|our|this|that)\b/iu.test(
        text,
      ) && sentence.length <= 16
    );
  if (sentence.length > 30 || UNFINISHED.test(text)) return false;
  return (
    INVERTED_UNMARKED.test(text) || (QUESTION_WORD.test(text) && (!CLAUSE.test(text) || ASKS_AFTER_ALL.test(text)))
  );
}

const CHECKS_CONTACT =
  /\b(?:can|could|do|did)\s+(?:you|everyone|everybody|anyone|people|we)\s+(?:guys\s+|all\s+)?(?:hear|see)\s+(?:me|us|that|this|it|my screen|the screen|you)\b|\bam i (?:on mute|muted|audible)\b|\b(?:are you|you) (?:there|with me|still there)\b|\bis (?:this|it|that) (?:thing )?(?:on|working|recording)\b|\b(?:can|could|may) i (?:go (?:first|next|ahead|on|back)|start|begin|just|ask|say|come in|add|share my|interrupt)\b|\bhow are you\b|\bhow('s| is) it going\b|\bmay i\b|\bshall (?:we|i) (?:start|begin|go|get started|move on|continue)\b|\bare we (?:ready|recording|all here)\b|\bany(?:body|one)?(?: (?:other|more|further|else))* (?:questions|comments|remarks|thoughts)\b|\banything else\b|\banybody else\b|\banyone else\b|\b(?:do|would) you (?:want|like) to (?:go|start|begin|add|say|comment|continue|share)\b|\bwho(?:'s| is| wants to go| would like to go| goes) (?:next|first)\b|\bhow (?:was|is) your (?:week|weekend|day|trip|holiday|vacation|morning)\b|\bhow(?:'s| is| are) (?:everyone|everybody|things|life)\b|\bis (?:everyone|everybody) (?:here|ready)\b|\bdid you (?:find|get) (?:us|it|here|in|home)(?: \w+){0,2} (?:all right|alright|okay|ok|well|safely|easily)\b|\bare you ready\b|\b(?:can|could|would) you (?:please )?(?:repeat|say (?:that|it) again|speak up|go (?:back|on|ahead)|scroll|share your screen|move on|mute|unmute)\b|\bnext slide\b|听得?(?:到|清)(?:楚)?吗|看得?到吗|能听到|听得见|可以开始|听清|谁先(?:来|说|讲)|还有(?:什么|其他|别的)?(?:问题|补充)吗|(?:大家)?(?:准备)?好了吗|最近(?:怎么样|好吗)|吃了吗/iu;
/** About cables, seats and whose turn it is: of the room, not of the matter. */
const ABOUT_THE_ROOM =
  /\bplug (?:me|this|it|that|us|mine|yours)?\s?(?:in|out|come|reach|fit)\b|\b(?:switch|swap|change) (?:places|seats)\b|\b(?:can|could|may) i (?:\w+ )?(?:steal|borrow|grab|pinch)\b|\bgo (?:up )?(?:behind|round|around) (?:me|you)\b|\b(?:give|show|do|start|begin|finish|finish up) (?:us |me )?(?:your|my|the) (?:whole )?(?:presentation|slides?|bit|talk|part)\b|\bare (?:you|we) (?:all |nearly |almost )?(?:done|finished)\b|\b(?:want|wanna|like)(?: me| you)?(?: to)? recap\b|\bok(?:ay)? with (?:any of )?(?:that|this)\b/iu;
const RHETORICAL =
  /\b(?:you know what i mean|does that make sense|make sense|know what i mean|you know|isn't it|aren't they|don't you think|who knows|why not|guess what|is that (?:right|okay|ok|correct)|are you (?:sure|okay|ok|serious|kidding)|what do you mean|say again|pardon|how (?:do|can|shall|should) i (?:say|put|explain)|what was i|what's (?:it|the word|that) called|where was i|who cares|what(?:'s| is) that)\s*[?？.]?$/iu;
const ZH_RHETORICAL =
  /(?:对吧|对吗|是吧|好吧|好吗|是吗|对不对|是不是|行吗|明白吗|懂吗|知道吗|怎么说呢|怎么讲呢|可以吗|不是吗|难道)[？?]?$|^难道|何必|何尝|岂/u;

/** Content a question needs to be worth writing down by itself: below, it may be a check, an echo or a tag ("right?"). */
const LEAST_TERMS = 1;
const LEAST_WORDS = 4;
/** A statement with a tag asks for assent only: "it works, right?" */
const TAG = /[,，]\s*(?:right|okay|ok|yeah|yes|no|huh|correct|eh|you know)\s*[?？]$/iu;
/** What shows an argument or a story, not the meeting's own wish to know: `he said "what is it?"`, "the question is why". */
const TOLD = /\b(?:says?|said|asks?|asked|like|goes|wonder(?:ed|ing)?),? ["“]/iu;

/** A question by a name or a word of its own; without one ("would you do it again?") only the answer gives it weight. */
export function namesItsMatter({ terms }: Sentence): boolean {
  return terms.length >= LEAST_TERMS;
}

/** A question that wants an answer about the matter: no tag, echo, sound check, courtesy or rhetoric. */
export function isRealQuestion(sentence: Sentence): boolean {
  if (!isQuestion(sentence)) return false;
  const { text, terms, length, tokens } = sentence;
  if (CHECKS_CONTACT.test(text) || ABOUT_THE_ROOM.test(text) || RHETORICAL.test(text) || TOLD.test(text)) return false;
  if (/\p{Script=Han}/u.test(text)) {
    if (ZH_RHETORICAL.test(text))
      return terms.length >= 6 && /[？?]$/u.test(text) && /是不是|对不对/u.test(text.slice(0, -4));
    return length >= 2.5;
  }
  if (TAG.test(text)) return false;
  // "About the conference, can I go?" asks in its last clause.
  const last = /^.*[,;]\s+(?<clause>[^,;]+[?？])\s*$/u.exec(text)?.groups?.['clause'];
  const formed =
    INVERTED.test(text) ||
    QUESTION_WORD.test(text) ||
    (last !== undefined && (INVERTED.test(last) || QUESTION_WORD.test(last))) ||
    (hasQuestionMark(text) && OPENS_WITH_QUESTION_WORD.test(text));
  if (length < (formed && terms.length >= LEAST_TERMS ? LEAST_WORDS - 1 : LEAST_WORDS)) return false;
  // Without inversion or a question word the mark may be intonation: an echo of what was just said is short.
  return formed || (length >= 5 && tokens.length > 0 && terms.length >= 2);
}
