/** Turns, and those at which somebody says outright that another topic begins. */
import type { Sentence } from './sentences.ts';

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

export interface Turn {
  readonly sentences: readonly [Sentence, ...Sentence[]];
  readonly words: number;
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

/** What sets a subject stands in a turn's first sentences. */
const OPENING_SENTENCES = 3;
const OPENING_CHARACTERS = 180;

export function openingOf({ sentences }: Turn): string {
  return sentences
    .slice(0, OPENING_SENTENCES)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, OPENING_CHARACTERS);
}

/** What the opening words of a turn say about the topic to come. */
export function announcement(opening: string): {
  /** That there is another one. */
  readonly announced: boolean;
  /** It is handed over to another matter or speaker by name. */
  readonly outright: boolean;
} {
  const begin = opening.slice(0, 160);
  return {
    announced: (ANNOUNCES.test(begin) || ZH_ANNOUNCES.test(opening.slice(0, 60))) && !NO_START.test(begin),
    outright: handsOver(begin),
  };
}
