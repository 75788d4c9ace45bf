/** The few words that exported documents add to what was said and found. */
import type { FaultKind } from '../faults.ts';
import type { Fallback, MeetingKind, Minutes, Ms, SuppressionReason, Usage } from '../model.ts';
import { formatClock, formatDuration } from '../time.ts';
import { headingOf } from './headings.ts';

export interface Wording {
  /** BCP 47; what the words below are in. */
  readonly language: 'en' | 'zh';
  readonly kinds: Readonly<Record<MeetingKind, string>>;
  readonly transcript: string;
  /** Heading of the notes that quote what the minutes rest on. */
  readonly sources: string;
  readonly goodToKnow: string;
  readonly nobody: string;
  readonly nobodyNamed: string;
  readonly unnamedSpeaker: string;
  /** Between keywords, and between other short things in a row. */
  readonly comma: string;
  /** Between a name and what is said of it. */
  readonly pause: string;
  readonly colon: string;
  /** A recording of several voices without names. */
  readonly notToldApart: string;
  /** Stretches of sound that gave no words, by reason. */
  readonly withheld: (counts: Readonly<Record<SuppressionReason, number>>) => string;
  readonly estimated: string;
  /** After the name of who asks, with the space that the language has there. */
  readonly asks: string;
  readonly answers: string;
  readonly due: (text: string, date: string | null) => string;
  readonly duration: (ms: Ms) => string;
  readonly spoke: (ms: Ms) => string;
  readonly minutesBy: (by: Minutes['by']) => string;
  readonly unheard: (spans: readonly { readonly startMs: Ms; readonly endMs: Ms }[]) => string;
  readonly rejected: (count: number) => string;
  readonly fallback: (fallback: Fallback) => string;
  readonly usage: (usage: Usage) => string;
  readonly missing: (count: number) => string;
  /** For formats whose fonts do not cover everything that people write. */
  readonly withoutGlyphs: (count: number) => string;
  readonly page: (page: number, pages: number) => string;
}

/** A closing digit more than whole cents, because most meetings cost less than one. */
function dollars(usd: number): string {
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

function spansOf(spans: readonly { readonly startMs: Ms; readonly endMs: Ms }[]): string[] {
  return spans.map(({ startMs, endMs }) => `${formatClock(startMs)}–${formatClock(endMs)}`);
}

function partName(part: Fallback['part'], language: string): string | null {
  return part === 'all' || part === 'custom' ? null : headingOf({ part, heading: null }, language);
}

const ENGLISH_REASONS: Readonly<Record<SuppressionReason, string>> = {
  'no-speech': 'held no speech',
  'low-confidence': 'could not be made out',
  repetition: 'came out as a repetition',
  empty: 'gave no words',
};
const CHINESE_REASONS: Readonly<Record<SuppressionReason, string>> = {
  'no-speech': '没有语音',
  'low-confidence': '未能听清',
  repetition: '识别结果重复',
  empty: '没有得到文字',
};

/** What went wrong, by kind of Fault, as the end of "because …". */
const ENGLISH_FAILURES: ReadonlyMap<string, string> = new Map<FaultKind, string>([
  ['forbidden', 'the language model refused the key or the account'],
  ['unauthorized', 'the language model refused the key or the account'],
  ['payment-required', 'the account of the language model has no credit left'],
  ['rate-limited', 'the language model was asked too often'],
  ['unavailable', 'the language model could not be reached or said nothing'],
  ['timeout', 'the language model could not be reached or said nothing'],
  ['not-found', 'the language model is not known to its server'],
  ['bad-input', 'the language model did not take the request'],
  ['bad-output', 'the replies of the language model could not be used'],
]);
const CHINESE_FAILURES: ReadonlyMap<string, string> = new Map<FaultKind, string>([
  ['forbidden', '语言模型拒绝了密钥或账户'],
  ['unauthorized', '语言模型拒绝了密钥或账户'],
  ['payment-required', '语言模型的账户余额不足'],
  ['rate-limited', '语言模型的调用过于频繁'],
  ['unavailable', '无法连接语言模型或其没有答复'],
  ['timeout', '无法连接语言模型或其没有答复'],
  ['not-found', '服务器上没有所设的语言模型'],
  ['bad-input', '语言模型没有接受请求'],
  ['bad-output', '语言模型的答复无法采用'],
]);

function counted(
  counts: Readonly<Record<SuppressionReason, number>>,
  reasons: Readonly<Record<SuppressionReason, string>>,
  phrase: (count: number, reason: string) => string,
  separator: string,
): string {
  return Object.entries(counts)
    .flatMap(([reason, count]) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a Record over SuppressionReason
      count > 0 ? [phrase(count, reasons[reason as SuppressionReason])] : [],
    )
    .join(separator);
}

const ENGLISH: Wording = {
  language: 'en',
  kinds: { meeting: 'Meeting', interview: 'Interview', lecture: 'Lecture' },
  transcript: 'Transcript',
  sources: 'Sources',
  goodToKnow: 'Good to know',
  nobody: 'Nobody said anything that could be made out.',
  nobodyNamed: 'Nobody named',
  unnamedSpeaker: 'Unnamed speaker',
  comma: ', ',
  pause: ', ',
  colon: ': ',
  notToldApart: 'This recording is one track without names: who said what was not told apart.',
  withheld: (counts) =>
    `Stretches of sound without words here: ${counted(counts, ENGLISH_REASONS, (count, reason) => `${count} ${reason}`, ', ')}.`,
  estimated: 'The source gives no times for some lines; those are estimated from the length of the text.',
  asks: ' asks: ',
  answers: ' answers: ',
  due: (text, date) => (date === null || date === text ? text : `${text} (${date})`),
  duration: formatDuration,
  spoke: (ms) => `spoke ${formatDuration(ms)}`,
  minutesBy({ provider, model, original }) {
    const writer = original ?? { provider, model };
    const translator = original === undefined ? '' : `, translated by ${provider} ${model}`;
    return `minutes by ${writer.provider} ${writer.model}${translator}`;
  },
  unheard: (spans) => `What was said at ${spansOf(spans).join(', ')} could not be transcribed and is missing.`,
  rejected: (count) =>
    `${count} ${count === 1 ? 'item was' : 'items were'} left out, because what ${count === 1 ? 'it cites' : 'they cite'} does not bear ${count === 1 ? 'it' : 'them'} out.`,
  fallback({ part, reason }) {
    const what =
      part === 'all'
        ? 'Everything here'
        : part === 'custom'
          ? 'What the template adds'
          : `“${partName(part, 'en') ?? part}”`;
    return `${what} is quoted by the built-in analyst, because ${ENGLISH_FAILURES.get(reason) ?? 'the language model failed'}.`;
  },
  usage({ calls, inputTokens, cachedInputTokens, outputTokens, costUsd }) {
    const cost = costUsd === null ? 'price not known' : dollars(costUsd);
    return `The language model was asked ${calls} ${calls === 1 ? 'time' : 'times'}: ${inputTokens} tokens in (${cachedInputTokens} of them cached), ${outputTokens} out, ${cost}.`;
  },
  missing: (count) =>
    `${count} ${count === 1 ? 'line' : 'lines'} could not be put into other words and stand as they were said.`,
  withoutGlyphs: (count) =>
    `The fonts of this file lack ${count} of the characters used: □ with a code stands for each. The Word and Markdown files have them.`,
  page: (page, pages) => `${page} / ${pages}`,
};

const CHINESE: Wording = {
  language: 'zh',
  kinds: { meeting: '会议', interview: '访谈', lecture: '讲座' },
  transcript: '逐字稿',
  sources: '出处',
  goodToKnow: '说明',
  nobody: '没有听清任何人说的话。',
  nobodyNamed: '未指定负责人',
  unnamedSpeaker: '未具名发言人',
  comma: '、',
  pause: '，',
  colon: '：',
  notToldApart: '本录音为单一音轨且无姓名，未能区分发言人。',
  withheld: (counts) =>
    `以下声音片段没有文字：${counted(counts, CHINESE_REASONS, (count, reason) => `${count} 段${reason}`, '、')}。`,
  estimated: '来源未给出部分语句的时间，这些时间由文本长度估算。',
  asks: '问：',
  answers: '答：',
  due: (text, date) => (date === null || date === text ? text : `${text}（${date}）`),
  duration: (ms) =>
    formatDuration(ms).replace(/ ?(h|min|s)\b ?/gu, (_, unit: string) =>
      unit === 'h' ? '小时' : unit === 'min' ? '分钟' : '秒',
    ),
  spoke: (ms) => `发言${CHINESE.duration(ms)}`,
  minutesBy({ provider, model, original }) {
    const writer = original ?? { provider, model };
    const translator = original === undefined ? '' : `，由 ${provider} ${model} 翻译`;
    return `纪要由 ${writer.provider} ${writer.model} 生成${translator}`;
  },
  unheard: (spans) => `${spansOf(spans).join('、')} 的内容未能转写，此处缺失。`,
  rejected: (count) => `有 ${count} 项因所引原话不足以佐证而未列出。`,
  fallback({ part, reason }) {
    const what =
      part === 'all' ? '全部内容' : part === 'custom' ? '模板附加的部分' : `“${partName(part, 'zh') ?? part}”`;
    return `因${CHINESE_FAILURES.get(reason) ?? '语言模型出错'}，${what}由内置分析器摘录原话。`;
  },
  usage({ calls, inputTokens, cachedInputTokens, outputTokens, costUsd }) {
    const cost = costUsd === null ? '价格未知' : dollars(costUsd);
    return `共调用语言模型 ${calls} 次：输入 ${inputTokens} 个词元（其中缓存 ${cachedInputTokens} 个），输出 ${outputTokens} 个，${cost}。`;
  },
  missing: (count) => `有 ${count} 句未能改写，保留原话。`,
  withoutGlyphs: (count) =>
    `本文件的字体缺少所用字符中的 ${count} 个，以 □ 加编码代替；Word 与 Markdown 文件中完整保留。`,
  page: (page, pages) => `${page} / ${pages}`,
};

/** Words in the language (ISO 639-1), English where there are none in it. */
export function wordingIn(language: string): Wording {
  return language.toLowerCase().split(/[-_]/u, 1)[0] === 'zh' ? CHINESE : ENGLISH;
}
