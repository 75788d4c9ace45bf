/**
 * How likely a new topic starts at each turn: words that stop being shared (lexical cohesion, Hearst 1997, at several
 * widths), what people say when they change the subject, pauses, and who takes over.
 */
import type { Sentence } from './sentences.ts';
import type { Weights } from './weights.ts';

/** Widths of the two stretches compared, in terms: from an exchange to a whole topic. */
const WIDTHS = [40, 100, 220, 450] as const;

/** Named outright: "next topic", "let's move on to". */
const ANNOUNCES =
  /\b(?:(?:next|last|final|first|second|third|fourth|fifth|other) (?:topic|item|agenda item|point on the agenda|subject|matter|chapter|section|speaker|presentation)|moving on|(?:let's|let us|we(?:'ll| will| can| should)?|i(?:'ll| will|'d like to)?) (?:now )?(?:move|go) on(?: to|\b)(?! with)|(?:let's|let us) (?:turn|switch|jump|go) to|turning (?:now )?to|on to the next|(?:that|this|which) brings us to|(?:let's|let us) (?:now )?(?:talk about|discuss|start with|begin with|look at the next)|item (?:number )?(?:\d+|one|two|three|four|five|six)\b|(?:switching|changing) (?:gears|topics?)|another (?:topic|subject|item|agenda item))/iu;
const ZH_ANNOUNCES =
  /(?:下一个|下个|最后一个|另外一个|第[一二三四五六七八九十]个)(?:议题|话题|问题|环节|部分|主题|事项|项目)|(?:接下来|下面|然后)(?:我们|咱们)?(?:请|来|有请|进入|看|聊|谈|讨论|想|就|是|的)|进入(?:到)?(?:第|下|今天|我们|圆桌|提问|正题|主题)|换(?:一)?个话题|(?:那)?我们(?:先)?(?:来)?(?:聊|谈|讨论)(?:一下|一聊|聊|谈)|第[二三四五六七八九十]个(?:是|问题|方面|话题)|我们先从|那么?(?:下面|接下来)/u;
/** The next matter or speaker by name, firm enough to open a chapter even in a few minutes of talk. */
const HANDS_OVER =
  /(?:^|[.,!?:]\s+)(?:(?:so|and|okay|ok|good|great|well|right|then|now)[,.]?\s+)*(?:(?:our|the|my) (?:next|last|final|first|second|third|fourth|fifth) (?:topic|item|point|subject|matter|speaker|guest|question)\b|(?:(?:the )?(?:next|last|final|second|third)|another) (?:topic|item|point|subject)\s*[,:.]|now (?:we|i)(?:'ll| will| want to| would like to| are going to|'re going to)? (?:talk|speak|hear|look|turn|come|move|go)\b|now (?:\p{L}+ ){1,3}is (?:here|with us)\b|(?:please )?welcome,? (?!back\b|everyone|everybody|all\b|to (?:the|our|this|today))\p{Lu}|(?:our|my) (?:next )?(?:guest|speaker) (?:is|today)|(?:over to|i(?:'ll| will)? (?:hand|give) (?:it |the floor )?(?:over )?to|the floor is (?:yours|for)) (?:you)?)/iu;
const ZH_HANDS_OVER =
  /(?:接下来|下面|那么?现在|现在)(?:我们|咱们)?(?:就)?(?:来)?(?:有请|请|欢迎|讨论|谈|聊|看一下|看看|进入)|(?:下一个|下个|最后一个|最后一[点项件])(?:议题|话题|问题|环节|部分|主题|事项|嘉宾)?(?:是|：|，)|(?:有请|欢迎)[\p{Script=Han}]{2,8}(?:老师|先生|女士|教授|博士|总|院长|主任)/u;
/** Looks back on a topic or lists those to come: nothing starts here. */
const NO_START =
  /\b(?:that|this|it|which)(?:'s| is| was| were| has been) (?:\w+ )?(?:our|the|my) (?:last|final|first|next|second|third|fourth)\b|^(?:.{0,12})(?:以上|刚才)(?:就)?是/iu;
/** "Our topics are …", "the agenda is …". */
const LISTS_TOPICS =
  /\b(?:topics?|agenda|items?) (?:(?:for )?(?:today|this meeting) )?(?:is|are|has|have)\b|\b(?:have|has|are) (?:\w+ )?(?:topics?|items?|agenda)\b|议题(?:是|有)|议程/iu;

/** Announces what will be talked about, and says nothing about it. */
export function announcesTopic(text: string): boolean {
  return (
    LISTS_TOPICS.test(text) ||
    /^(?:(?:so|and|now|then|good|okay|well)[,]? )*(?:today|this (?:morning|afternoon)),? (?:we|i)\b/iu.test(text) ||
    ((HANDS_OVER.test(text) || ANNOUNCES.test(text) || ZH_HANDS_OVER.test(text)) && text.length < 80)
  );
}

/** Whether the opening of a turn hands over to another matter or speaker outright. */
function handsOver(opening: string): boolean {
  return (HANDS_OVER.test(opening) || ZH_HANDS_OVER.test(opening)) && !NO_START.test(opening);
}

const OPENS =
  /^(?:(?:okay|ok|alright|all right|right|so|now|well|good|great|anyway|um|uh)[,.!]?\s+){1,3}(?:so|now|then|let|the|what|we|i|next|last|first|another|about|any)?/iu;
const CLOSES =
  /\b(?:thank you|thanks|that's (?:it|all)|that is all|any (?:other |more )?(?:questions|comments)|sounds good|agreed|moving on|okay good|very good|perfect)\b|谢谢|感谢|以上(?:就是)?|没有了|就这些|我就(?:说|讲)(?:这|到)/iu;

export interface Turn {
  readonly sentences: readonly [Sentence, ...Sentence[]];
  readonly words: number;
}

export interface Shift {
  /** In standard deviations above the meeting's usual, roughly −2 to 4. */
  readonly score: number;
  /** The change of topic was said outright. */
  readonly announced: boolean;
  /** It was handed over to another matter or speaker by name. */
  readonly outright: boolean;
}

/** Sentences by the utterance they start in. */
export function turnsOf(sentences: readonly Sentence[]): Turn[] {
  const turns: [Sentence, ...Sentence[]][] = [];
  for (const sentence of sentences) {
    const open = turns.at(-1);
    if (open !== undefined && open[0].turn === sentence.turn) open.push(sentence);
    else turns.push([sentence]);
  }
  return turns.map((own) => ({ sentences: own, words: own.reduce((sum, { length }) => sum + length, 0) }));
}

/** Cosine of the `width` terms before and after each turn's start, by weight. One pass: terms enter and leave once. */
function cohesion(turns: readonly Turn[], weights: Weights, width: number): number[] {
  const ids = new Map<string, number>();
  const squares: number[] = [];
  const stream: number[] = [];
  const starts: number[] = [];
  for (const { sentences } of turns) {
    starts.push(stream.length);
    for (const { terms } of sentences) {
      for (const term of terms) {
        let id = ids.get(term);
        if (id === undefined) {
          id = ids.size;
          ids.set(term, id);
          squares.push(weights.idf(term) ** 2);
        }
        stream.push(id);
      }
    }
  }
  const left = new Float64Array(ids.size);
  const right = new Float64Array(ids.size);
  let dot = 0;
  let leftNorm = 0;
  let rightNorm = 0;
  const shift = (side: Float64Array, id: number, by: 1 | -1): void => {
    const square = squares[id] ?? 0;
    const before = side[id] ?? 0;
    const other = (side === left ? right : left)[id] ?? 0;
    dot += by * other * square;
    const grown = (2 * by * before + 1) * square;
    if (side === left) leftNorm += grown;
    else rightNorm += grown;
    side[id] = before + by;
  };
  let leftFrom = 0;
  let middle = 0;
  let rightTo = 0;
  return starts.map((start) => {
    for (; rightTo < Math.min(stream.length, start + width); rightTo++) shift(right, stream[rightTo] ?? 0, 1);
    for (; middle < start; middle++) {
      shift(right, stream[middle] ?? 0, -1);
      shift(left, stream[middle] ?? 0, 1);
    }
    for (; leftFrom < start - width; leftFrom++) shift(left, stream[leftFrom] ?? 0, -1);
    const norm = Math.sqrt(Math.max(0, leftNorm) * Math.max(0, rightNorm));
    return norm <= 1e-9 ? 0 : dot / norm;
  });
}

/** How deep each point lies below the ridges on both sides (Hearst's depth score). */
function depths(values: readonly number[]): number[] {
  const climb = (from: number, step: 1 | -1): number => {
    let peak = values[from] ?? 0;
    for (let at = from + step; at >= 0 && at < values.length; at += step) {
      const value = values[at] ?? 0;
      if (value < peak - 1e-3) break;
      peak = Math.max(peak, value);
    }
    return peak;
  };
  return values.map((value, at) => climb(at, -1) + climb(at, 1) - 2 * value);
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length);
  const deviation = Math.sqrt(variance);
  return values.map((value) => (deviation < 1e-9 ? 0 : (value - mean) / deviation));
}

/** One per turn; the first turn's is of no use. */
export function shiftsOf(turns: readonly Turn[], weights: Weights): Shift[] {
  const valleys = WIDTHS.map((width) => {
    const values = cohesion(turns, weights, width);
    const low = standardised(values).map((value) => -value);
    const deep = standardised(depths(values));
    return low.map((value, at) => 0.5 * value + 0.5 * (deep[at] ?? 0));
  });
  const lexical = standardised(
    turns.map((_, at) => valleys.reduce((sum, values) => sum + (values[at] ?? 0), 0) / WIDTHS.length),
  );
  const pauses = standardised(
    turns.map((turn, at) => {
      const previous = turns[at - 1]?.sentences.at(-1);
      return previous === undefined ? 0 : Math.log1p(Math.max(0, turn.sentences[0].startMs - previous.endMs) / 1000);
    }),
  );
  return turns.map((turn, at) => {
    const opening = turn.sentences
      .slice(0, 3)
      .map(({ text }) => text)
      .join(' ');
    const closing = turns[at - 1]?.sentences.at(-1)?.text ?? '';
    const begin = opening.slice(0, 160);
    const outright = handsOver(begin);
    const announced = (ANNOUNCES.test(begin) || ZH_ANNOUNCES.test(opening.slice(0, 60))) && !NO_START.test(begin);
    const score =
      (lexical[at] ?? 0) +
      (announced ? 1.6 : 0) +
      (OPENS.test(opening) ? 0.5 : 0) +
      (CLOSES.test(closing) ? 0.4 : 0) +
      0.25 * Math.min(3, pauses[at] ?? 0) +
      (turn.words >= 25 ? 0.3 : turn.words < 4 ? -0.6 : 0);
    return { score, announced, outright };
  });
}
