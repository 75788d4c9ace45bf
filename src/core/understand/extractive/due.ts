/** When something is due, in the words that were used. */

const DAY = String.raw`(?:mon|tues?|wednes|thurs?|fri|satur|sun)day`;
const MONTH = String.raw`(?:january|february|march|april|may|june|july|august|september|october|november|december)`;
const NTH = String.raw`(?:\d{1,2}(?:st|nd|rd|th)?|(?:twenty|thirty)[- ]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)`;
const COUNT = String.raw`(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|a few|a couple of|the next (?:few|two|three|couple of))`;
const SPAN = String.raw`(?:minutes?|hours?|days?|weeks?|months?|quarters?|sprints?)`;
const PART = String.raw`(?:morning|afternoon|evening|night|noon|midday|midnight|lunch(?:time)?|close of business|end of (?:the )?(?:day|business)|eod|cob)`;
const CLOCK = String.raw`(?:\d{1,2}(?::\d{2})?\s*(?:am|pm|a\.m\.|p\.m\.|o'clock)|\d{1,2}:\d{2}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:o'clock|am|pm))`;
const DATE = String.raw`(?:(?:the )?${NTH} (?:of )?${MONTH}|${MONTH} (?:the )?${NTH}(?:,? \d{4})?|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d{2}-\d{2}|the ${NTH}(?! (?:one|time|thing|part|point|item|step|version|draft|half|person|phase))|${MONTH}(?= (?:at|latest)|[.,;!?]|$))`;
const RELATIVE = String.raw`(?:(?:the )?(?:day after tomorrow|end of (?:the |this |next )?(?:day|week|month|quarter|year|sprint|meeting|${MONTH})|(?:the )?(?:next|following) (?:meeting|call|stand-?up|sync|session|sprint|release)|(?:this|next|the (?:coming|following)|early next|late next|later this|end of next) (?:week|month|quarter|year|weekend|sprint|${DAY}|${PART})|tomorrow|tonight|today|${DAY}))`;
const AT_PART = String.raw`(?:(?:,? (?:in the |at |at the )?${PART})|(?:,? at ${CLOCK})|(?: ${CLOCK}))?`;
const MOMENT = String.raw`(?:${RELATIVE}${AT_PART}|${DATE}${AT_PART}|${CLOCK}|${PART})`;

const ENGLISH = new RegExp(
  [
    String.raw`\b(?:by|before|until|till|no later than|not later than|at the latest by|latest)\s+(?:the |this |our )?${MOMENT}`,
    String.raw`\b(?:(?:by|on|before|until)\s+)?${DAY}\s+(?:or|and)\s+${DAY}\b`,
    String.raw`\b(?:(?:by|before|until|at|towards?)\s+)(?:the\s+)?(?:(?:end|start|beginning|middle) of |mid[- ])?(?:q[1-4]|${MONTH}|christmas|easter|thanksgiving|new year(?:'s(?: (?:day|eve))?)?)\b(?! (?:the )?${NTH})`,
    String.raw`\b${COUNT}\s+${SPAN}\s+from\s+(?:now|today|tomorrow|${DAY})\b`,
    String.raw`\bby\s+the\s+time\s+[^,.;]{3,40}`,
    String.raw`\b(?:before|by)\s+the\s+(?:next\s+)?(?:meeting|call|launch|release|demo|deadline|holidays?|weekend|review|stand-?up)\b`,
    String.raw`\bwithin\s+(?:the\s+)?${COUNT}\s+${SPAN}`,
    String.raw`\bin\s+${COUNT}\s+${SPAN}(?:' time)?`,
    String.raw`\b(?:on|at|for)\s+(?:the )?${MOMENT}`,
    String.raw`\b(?:first thing |early |late |later )?${RELATIVE}${AT_PART}`,
    String.raw`\b(?:this coming ${DAY}|the week after next|within the (?:hour|day|week|month))\b`,
    String.raw`\b(?:the ${NTH} of ${MONTH}|${MONTH} (?:the )?${NTH})\b`,
    String.raw`\b(?:this|next) (?:morning|afternoon|evening|time)\b`,
    String.raw`\bas soon as possible\b|\basap\b|\bright away\b|\bimmediately\b|\bstraight away\b|\bright after (?:this|the) (?:call|meeting)\b|\bafter (?:this|the) (?:call|meeting)\b`,
  ].join('|'),
  'giu',
);

const ZH_WEEKDAY = String.raw`(?:(?:这|本|下|下个|下下)?(?:周|星期|礼拜)[一二三四五六日天末])`;
const ZH_NUM = String.raw`[\d一二三四五六七八九十两半]+`;
const ZH_MOMENT = String.raw`(?:${ZH_WEEKDAY}|(?:今|明|后|大后)天|今晚|明晚|(?:${ZH_NUM}年)?${ZH_NUM}月(?:${ZH_NUM}[日号]|底|初|中旬)?|${ZH_NUM}[日号]|(?:这|本|下|下个|这个)(?:周|星期|礼拜|月|季度|年)(?:底|初|内)?|(?:月|年|周|季度)(?:底|末)|(?:${ZH_NUM}个?(?:小时|天|周|星期|月))(?:之?内|以?后|之后)?|下次(?:会议|例会|开会)|(?:会|会议)后|明早|今早|下班(?=之?前)|(?:[春年]|国庆|元旦|中秋|端午|清明)节?(?=之?前))`;
const CHINESE = new RegExp(
  String.raw`(?:最晚|最迟|争取|预计|不晚于|赶在)?(?:在|于|到)?${ZH_MOMENT}(?:的)?(?:早上|上午|中午|下午|晚上|下班)?(?:${ZH_NUM}点半?)?(?:之前|以前|前|之内|内|结束前)?|尽快|马上|立刻`,
  'gu',
);

/** Cheap to look for, and in every phrase that names a time: most sentences name none. */
const MAY_NAME_TIME =
  /\d|\p{Script=Han}|day|hour|minute|week|month|quarter|sprint|year|january|february|march|april|may|june|july|august|september|october|november|december|t[ou]night|tomorrow|morning|noon|evening|night|lunch|business|\b(?:eod|cob|am|pm|a\.m|p\.m)\b|o'clock|next|following|the time|after th|(?:the|next) (?:meeting|call|session|sync|launch|release|demo|deadline|review|stand)|asap|as soon as|right away|immediately|straight away|the \w*(?:first|second|third|th)\b|holiday|christmas|easter|thanksgiving|meeting|launch|release|demo|deadline|review/iu;

/** How firmly a phrase reads as a deadline; of several the firmest is taken. */
function firmness(phrase: string): number {
  if (
    /^(?:by|before|until|till|no later|not later|due|within|at the latest)/iu.test(phrase) ||
    /前|之内|内$|最晚|最迟/u.test(phrase)
  )
    return 3;
  if (/^(?:asap|as soon|right|immediately|straight|尽快|马上|立刻)/iu.test(phrase)) return 1;
  return 2;
}

/** "the Friday report", "today's notes", "every Monday": a day that names a thing or a habit, not a deadline. */
function isAttribute(text: string, at: number, phrase: string): boolean {
  if (/^['’]s\b/u.test(text.slice(at + phrase.length)) && !/^(?:by|before|until|on)\b/iu.test(phrase)) return true;
  if (!new RegExp(String.raw`^(?:the )?${DAY}$`, 'iu').test(phrase.trim())) return false;
  return /^the /iu.test(phrase) || /\b(?:the|every|each|our|my|last|past|a|since)\s+$/iu.test(text.slice(0, at));
}

/** Where what is to be done begins to be told: times before it may be of something else. */
const UNDERTAKES =
  /\b(?:will|shall|going to|gonna|please|need to|needs to|have to|has to|must|let me|let's)\b|['’]ll\b|\b(?:can|could) (?:i|you|he|she|they)\b|\b(?:i|you) can\b|我(?!们)|请|麻烦|负责/iu;
/** "next week, on Monday": two phrases as one, of which the later says more. */
const TOGETHER = /^[\s,，]*$/u;

/**
 * The phrase that says when, verbatim with its preposition ("by Friday", "周五之前"); null when none is there. Of equally
 * firm ones the first after the task begins, else the last before it.
 */
export function dueIn(text: string): string | null {
  if (!MAY_NAME_TIME.test(text)) return null;
  const begins = UNDERTAKES.exec(text)?.index ?? 0;
  for (const pattern of [ENGLISH, CHINESE]) {
    let best: { readonly phrase: string; readonly at: number; readonly end: number } | null = null;
    for (const match of text.matchAll(pattern)) {
      if (isAttribute(text, match.index, match[0])) continue;
      const phrase = match[0].trim().replace(/^for /iu, '');
      const firmer = best === null ? 1 : firmness(phrase) - firmness(best.phrase);
      const follows = best !== null && (best.at < begins || TOGETHER.test(text.slice(best.end, match.index)));
      if (firmer > 0 || (firmer === 0 && follows))
        best = { phrase, at: match.index, end: match.index + match[0].length };
    }
    if (best !== null) return best.phrase;
  }
  return null;
}
