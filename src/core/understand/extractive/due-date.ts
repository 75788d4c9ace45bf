/**
 * The one day that a phrase such as "by Friday" or 月底前 names, counted from when and where the meeting was held.
 *
 * What is settled here: a deadline given with a day is that day ("before Thursday" is Thursday). A weekday is the next
 * one after the meeting's own day. The end of a month, a quarter or a year is its last day, since a calendar has only
 * one; the end of a week is no one day, since for some it is Friday and for others Sunday. A number of days, weeks or
 * months, as in "within three days", is the last day of the span. Spans ("this week", "next month", "in a few days"),
 * moments without a day ("soon", "after the call", "the next meeting"), days that are over and numeric dates that can
 * be read two ways (3/12) name no one day.
 */
import { calendarDay, wallClock, type WallClock } from '../../local-day.ts';
import type { Iso8601 } from '../../model.ts';
import type { DateReader } from '../../ports.ts';

export interface Held {
  readonly heldAt: Iso8601;
  /** IANA time zone name. */
  readonly timeZone: string;
  /** Language the phrase is in, ISO 639-1. */
  readonly language: string;
}

const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = String.raw`(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
const UNITS =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );
const NTH = String.raw`(?<nth>\d{1,2}(?:st|nd|rd|th)|(?:twenty|thirty)[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|twentieth|thirtieth|${UNITS.join('|')})`;

/** Today in other words. */
const SAME_DAY =
  /\b(?:today|tonight|this (?:morning|noon|afternoon|evening)|(?:eod|cob|close of business|(?:the )?end of (?:the )?(?:business )?day)(?! (?:tomorrow|on|mon|tue|wed|thu|fri|sat|sun)))\b|今天|今日|今晚|今早|今夜|当天|下班(?:之?前)/iu;
/** Stretches of several days, and moments that depend on something else. */
const NO_ONE_DAY =
  /\b(?:(?:this|next|the (?:coming|following|whole)|early (?:this|next)|late(?:r)? (?:this|next)|end of (?:the |this |next )?|mid(?:dle)?(?: of)?(?: the| this| next)?) ?(?:week|weekend|sprint|release|meeting|call|session|sync|stand-?up|quarter|month|year)|(?:the|over the) (?:weekend|holidays?)|(?:a few|a couple(?: of)?|several|some|the next (?:few|couple)) (?:\w+ )?(?:hours|days|weeks|months)|as soon as|asap|soon|right away|straight away|immediately|after (?:this|the)|by the time|(?:before|by|at) the (?:next )?(?:meeting|call|launch|release|demo|deadline|review))\b|(?:这|本|下|下个|这个|上)(?:周|星期|礼拜)(?![一二三四五六日天1-6])(?!之?内)|(?:下|下个|这个|本|这)(?:月|季度|年)(?!底|末|\d|[一二三四五六七八九十])|周末|周(?:初|内)|月(?:初|中)|[上中下]旬|尽快|马上|立刻|尽早|会后|会议后|下次|几(?:天|周|个)|最近/iu;

const ZH_DIGITS = new Map(Array.from('零一二三四五六七八九', (figure, value) => [figure, value]));
const ZH_NUMBER = String.raw`(?:\d{1,2}|[一二两三四五六七八九十]{1,3})`;

function digit(part: string | undefined, absent: number): number {
  return part === undefined || part === '' ? absent : (ZH_DIGITS.get(part) ?? Number.NaN);
}

/** 3, 三, 两, 十五, 二十一 as numbers; NaN for anything else. */
function chineseNumber(text: string): number {
  if (/^\d+$/u.test(text)) return Number(text);
  const plain = text.replaceAll('两', '二');
  const [tens, units] = plain.includes('十') ? plain.split('十') : ['零', plain];
  return digit(tens, plain.startsWith('十') ? 1 : 0) * 10 + digit(units, 0);
}

const SMALL_NUMBERS = new Map(
  'one two three four five six seven eight nine ten'.split(' ').map((word, at) => [word, at + 1]),
);

function ordinal(text: string): number {
  const word = text.toLowerCase();
  if (/^\d/u.test(word)) return Number.parseInt(word, 10);
  if (word === 'twentieth') return 20;
  if (word === 'thirtieth') return 30;
  const [first = '', second] = word.split(/[- ]/u);
  if (second !== undefined) return (first === 'twenty' ? 20 : 30) + UNITS.indexOf(second) + 1;
  return UNITS.indexOf(first) + 1;
}

function plusDays(today: WallClock, days: number): string {
  return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** `months` may run past the year's end; day 0 of a month is the last of the one before. */
function lastOfMonth(year: number, monthFromOne: number): string {
  return new Date(Date.UTC(year, monthFromOne, 0)).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The same day of the month so many months on; its last day where that month is shorter. */
function plusMonths(today: WallClock, months: number): string {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth() + 1 + months;
  const last = new Date(Date.UTC(year, month, 0));
  return last.getUTCDate() < today.getUTCDate()
    ? last.toISOString().slice(0, 'YYYY-MM-DD'.length)
    : new Date(Date.UTC(year, month - 1, today.getUTCDate())).toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** The next such day of a month, today included: of this month, or of the first after it that has such a day. */
function nextNth(today: WallClock, day: number): string | null {
  for (let on = 0; on <= 2; on++) {
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + on, 1));
    const found = calendarDay(first.getUTCFullYear(), first.getUTCMonth() + 1, day);
    if (found !== null && found >= plusDays(today, 0)) return found;
  }
  return null;
}

function spanEnd(today: WallClock, count: number, unit: string): string | null {
  if (!Number.isFinite(count) || count <= 0) return null;
  if (/^(?:day|天|日)/iu.test(unit)) return plusDays(today, count);
  if (/^(?:week|周|星期|礼拜)/iu.test(unit)) return plusDays(today, count * 7);
  return plusMonths(today, count);
}

/** `found`: the phrase was understood here; its day, or null for no one day. Null: for a reader of dates to say. */
type Read = { readonly found: string | null } | null;

function readEnglish(text: string, today: WallClock): Read {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth() + 1;
  const end = new RegExp(
    String.raw`\bend of (?:(?<which>the|this|next) )?(?:(?<unit>month|quarter|year)|${MONTH})\b`,
    'iu',
  ).exec(text)?.groups;
  if (end !== undefined) {
    const next = end['which']?.toLowerCase() === 'next' ? 1 : 0;
    const unit = end['unit']?.toLowerCase();
    if (unit === 'month') return { found: lastOfMonth(year, month + next) };
    if (unit === 'quarter') return { found: lastOfMonth(year, Math.ceil(month / 3) * 3 + next * 3) };
    if (unit === 'year') return { found: lastOfMonth(year + next, 12) };
    const named = MONTH_NAMES.indexOf(end['month']?.slice(0, 3).toLowerCase() ?? '') + 1;
    return { found: lastOfMonth(named < month ? year + 1 : year, named) };
  }
  const nth = new RegExp(
    String.raw`\bthe ${NTH}(?<next> of (?:next|the next|the following) month)?(?! (?:of )?(?!next|the|this)\p{L})`,
    'iu',
  ).exec(text);
  const day = nth?.groups?.['nth'];
  if (day !== undefined && !new RegExp(MONTH, 'iu').test(text)) {
    if (nth?.groups?.['next'] === undefined) return { found: nextNth(today, ordinal(day)) };
    const first = new Date(Date.UTC(year, month, 1));
    return { found: calendarDay(first.getUTCFullYear(), first.getUTCMonth() + 1, ordinal(day)) };
  }
  const span =
    /\b(?:in|within)(?: the next)? (?<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (?<unit>day|week|month)s?\b(?! (?:from|after|before))/iu.exec(
      text,
    )?.groups;
  if (span !== undefined) {
    const word = span['count']?.toLowerCase() ?? '';
    const count = /^an?$/u.test(word) ? 1 : (SMALL_NUMBERS.get(word) ?? Number(word));
    return { found: spanEnd(today, count, span['unit'] ?? '') };
  }
  // Day first in most of the world, month first in the United States: only a number above twelve tells.
  const numeric = /\b(\d{1,2})[/.](\d{1,2})\b(?![/.]?\d)/u.exec(text);
  if (numeric !== null && Number(numeric[1]) <= 12 && Number(numeric[2]) <= 12 && numeric[1] !== numeric[2])
    return { found: null };
  const hasWeekday = /\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b/iu.test(text);
  if (NO_ONE_DAY.test(text) && !hasWeekday) return { found: null };
  return null;
}

function readChinese(text: string, today: WallClock): Read {
  const year = today.getUTCFullYear();
  const month = today.getUTCMonth() + 1;
  const weekday = /(?<far>下下|下|这|本)?个?(?:周|星期|礼拜)(?<day>[一二三四五六日天1-6])/u.exec(text)?.groups;
  if (weekday !== undefined) {
    const name = weekday['day'] ?? '';
    const wanted = /[日天]/u.test(name) ? 7 : chineseNumber(name);
    const now = today.getUTCDay() === 0 ? 7 : today.getUTCDay();
    const far = weekday['far'] ?? '';
    // 下周五 is the Friday of the week after this one, however near this one's still is; weeks begin on Monday.
    const weeks = far.startsWith('下') ? far.length : 0;
    const ahead = wanted - now + 7 * weeks;
    if (far === '' && ahead <= 0) return { found: plusDays(today, ahead + 7) };
    return { found: ahead < 0 ? null : plusDays(today, ahead) };
  }
  const end = new RegExp(
    String.raw`(?:(?<named>${ZH_NUMBER})月|(?<which>下个?|这个?|本)?(?<unit>月|季度?|年))(?:底|末)`,
    'u',
  ).exec(text)?.groups;
  if (end !== undefined) {
    const next = end['which']?.startsWith('下') === true ? 1 : 0;
    if (end['named'] !== undefined) {
      const named = chineseNumber(end['named']);
      if (!(named >= 1 && named <= 12)) return { found: null };
      return { found: lastOfMonth(named < month ? year + 1 : year, named) };
    }
    if (end['unit'] === '月') return { found: lastOfMonth(year, month + next) };
    if (end['unit'] === '年') return { found: lastOfMonth(year + next, 12) };
    return { found: lastOfMonth(year, Math.ceil(month / 3) * 3 + next * 3) };
  }
  const span = new RegExp(
    String.raw`(?<count>${ZH_NUMBER})个?(?<unit>天|日|周|星期|礼拜|月)(?:之?内|以?后|之后)`,
    'u',
  ).exec(text)?.groups;
  if (span !== undefined) return { found: spanEnd(today, chineseNumber(span['count'] ?? ''), span['unit'] ?? '') };
  const dated = new RegExp(
    String.raw`(?:(?<year>\d{4})年)?(?:(?<month>${ZH_NUMBER})月|(?<which>下个?|这个?|本)月)?(?<day>${ZH_NUMBER})[号日]`,
    'u',
  ).exec(text)?.groups;
  if (dated !== undefined) {
    const day = chineseNumber(dated['day'] ?? '');
    if (dated['month'] !== undefined) {
      const named = chineseNumber(dated['month']);
      if (dated['year'] !== undefined) return { found: calendarDay(Number(dated['year']), named, day) };
      const thisYear = calendarDay(year, named, day);
      return {
        found: thisYear !== null && thisYear >= plusDays(today, 0) ? thisYear : calendarDay(year + 1, named, day),
      };
    }
    if (dated['which'] === undefined) return { found: nextNth(today, day) };
    const first = new Date(Date.UTC(year, month - 1 + (dated['which'].startsWith('下') ? 1 : 0), 1));
    return { found: calendarDay(first.getUTCFullYear(), first.getUTCMonth() + 1, day) };
  }
  const near = /大后天|后天|明(?:天|日|晚|早)/u.exec(text)?.[0];
  if (near !== undefined) return { found: plusDays(today, near === '大后天' ? 3 : near === '后天' ? 2 : 1) };
  return NO_ONE_DAY.test(text) ? { found: null } : null;
}

/**
 * `YYYY-MM-DD`, or null when the phrase names no one day, names one that was over, or the place's calendar is not
 * known. `dates` null: only what is understood here.
 */
export function dueDateOf(phrase: string, held: Held, dates: DateReader | null): string | null {
  const now = wallClock(held.heldAt, held.timeZone);
  if (now === null) return null;
  const today = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()));
  const text = phrase.replaceAll('’', "'");
  const isChinese = held.language !== 'ja' && /\p{Script=Han}/u.test(text);
  if (SAME_DAY.test(text)) return plusDays(today, 0);
  const read = isChinese ? readChinese(text, today) : readEnglish(text, today);
  const found = read === null ? (dates?.resolve(text, held) ?? null) : read.found;
  return found !== null && found >= plusDays(today, 0) ? found : null;
}
