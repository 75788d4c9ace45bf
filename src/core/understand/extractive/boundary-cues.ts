/**
 * What people say where the subject changes, in English and Chinese: whether a turn's opening, or the end of what went
 * before, sounds like a new matter. Each cue is weak; how much each counts is learned.
 */

/** Opens by calling for attention: "okay", "right", "so". */
const ATTENTION =
  /^(?:(?:um|uh|er|mm|yeah|yes|and|but|'?kay)[,.\s]+)*(?:okay|ok|alright|all right|right|so|now|well|anyway|anyhow|good|great|perfect|fine)\b|^(?:(?:嗯|呃|啊|哎)[，,。]?)*(?:好(?:的|了|吧)?|行|那么?|OK|ok|对)[，,。\s]/iu;
/** Two of them in a row, or one with a plan: "okay, so", "right, let's", "so now". */
const ATTENTION_TWICE =
  /^(?:(?:um|uh|er|mm|yeah|yes|and)[,.\s]+)*(?:okay|ok|alright|all right|right|well|good|great|perfect|fine|so|now|anyway)[\s,.!]+(?:(?:um|uh|er)[\s,.]+)*(?:so|now|then|let|well|next|um|uh|thank|thanks|the next|what|i think we|we)\b|^(?:好|行|嗯|OK|ok)(?:的|了)?[，,。]?\s*(?:那么?|接下来|下面|我们|然后|下一)/iu;
/** Says that there is an order and where it stands. */
const ORDER =
  /\b(?:next|first(?:ly| of all)?|last(?:ly)?|final(?:ly)?|to (?:start|begin|finish|conclude)|second(?:ly)?|third(?:ly)?|another|the other|one more|also have|move on|moving on|go on to|come to|back to|start with|turn to|turning to|continue)\b|首先|其次|第[一二三四五六七八九十]|最后|下一|另外|还有一个|再(?:来|有|就是)|接着|接下来|回到|继续|开始/iu;
/** Names the parts of a meeting or a document. */
const PARTS =
  /\b(?:agenda|topics?|items?|points?|presentations?|slides?|minutes|reports?|sections?|issues?|subjects?|matters?|questions?|chapter|part|parts|step|steps|update|overview|summary|introduction|discussion|session|break|schedule|plan|goals?|status|evaluation|proposals?|meeting|page|example|demo)\b|议题|话题|问题|环节|部分|主题|方面|议程|报告|介绍|发言|分享|汇报|讨论|会议|今天/iu;
/** Gives somebody the floor. */
const HANDING_OVER =
  /\b(?:go ahead|over to|your turn|who(?: wants|'d like| would like|'s (?:next|first)| is (?:next|first))|do you (?:want|wanna|like)|would you like|you (?:want|wanna) (?:to )?(?:go|start|begin|say|present)|you can (?:start|go|begin)|(?:we|i)(?:'ll| will| would|'d)?(?: like to| now)* (?:call|invite|welcome|introduce|hear|bring|go (?:back |on |over )?to|move (?:on )?to|turn to|start with|begin with|come (?:back )?to)|the floor|is next|please go|questions? (?:is |are )?from|goes to|bring in)\b|(?:请|有请|欢迎|交给|先从|轮到|想(?:请|听)|麻烦|邀请)(?!问)|(?:先|来)(?:说|讲|谈|聊|介绍|分享)/iu;
/** Says what the speaker is about to say or ask. */
const SETTING_OUT =
  /\b(?:i(?:'d| would)? (?:just )?(?:like|want|wanna|wanted|have|need|got|will|am going|'m going|'m gonna|'ll|thought)(?: to)? (?:to )?(?:talk|ask|show|tell|start|begin|present|mention|discuss|raise|know|turn|go|move|a (?:question|couple|few|presentation)|some|two|three|one)|my (?:first |next |last |second )?(?:question|presentation|part|job|point|name)|i have (?:a|some|another|two|one|three)|(?:talk|talking|speak|hear|think|thinking|know|wondering) about|in this (?:video|lesson|section|part)|we(?:'re| are) (?:going to|gonna)|what (?:we|i)(?:'ll| will|'re| are|'d)|here (?:is|are|we)|can you (?:tell|explain|give|talk|outline|describe))\b|我(?:想|要|先|来|再|这边|觉得今天|就)(?:说|讲|谈|聊|问|介绍|分享|请|补充|先)|请问|想问|我的(?:问题|观点|分享)|我是/iu;
/** Brings a matter up: "what about", "regarding", "by the way". */
const BRINGING_UP =
  /\b(?:what about|how about|regarding|concerning|with regards? to|in terms of|on the (?:issue|subject|question|topic|matter) of|as for|speaking of|by the way|the other (?:thing|question|point|issue)|another (?:thing|question|point|issue)|one (?:other|more|thing)|the (?:next|first|last|only|main|second) (?:thing|question|point|issue|one)|let's|let us|shall we|why don't we|we (?:should|need to|have to|could|can|'ll|will) (?:now |also |maybe |just )?(?:talk|discuss|decide|look|move|go|start|think|do|continue|take|get))\b|关于|至于|说到|谈到|提到|刚才|刚刚|那(?:您|你)|(?:您|你|各位|大家)(?:觉得|认为|怎么看|怎么)|我们(?:来|再|就|先|也|看)|针对|对于/iu;
/** Ends a matter: thanks, assent to all of it, "that's it", "any questions?". */
const ENDING =
  /\b(?:thank you|thanks|that's (?:it|all|about it|everything|me|my|basically)|that is all|that was (?:it|all|my)|any (?:other |more |further )?(?:questions|comments|thoughts|remarks)|sounds good|agreed|we'?re done|we are done|i'm done|done with|finished|wrap (?:it |this )?up|to sum|in conclusion|good point|see you|excellent|very good|okay good|okay great|very clear|that's fine|that's clear|no more)\b|谢谢|感谢|以上|没有了|就这些|就这样|这么多|到这里?|完了|非常好|讲得|掌声|总结/iu;
const THANKS = /\b(?:thank you|thanks|great|excellent|perfect|very good)\b|谢谢|感谢|非常好/iu;
/** Speaks of the clock, as those do who keep a meeting on time. */
const CLOCK =
  /\b(?:minutes?|time|o'clock|later|today|hours?|schedule|quick(?:ly)?|running out|break|lunch|tomorrow|next (?:week|meeting|time))\b|分钟|时间|时候不早|今天|稍后|待会/iu;
/** Points at what was just said: the same matter goes on. */
const POINTS_BACK =
  /^(?:(?:yeah|yes|no|but|and|or|because|which|that|it|they|he|she|exactly|mm|hmm|oh|uh-huh|mm-hmm|'cause|if|then)\b|对对|是的|因为|但是|所以|而且|它|他|就是说|比如)/iu;
const ADDRESS = /\b(?:mr|mrs|ms|madam|minister|honou?rable|doctor|dr|professor|chair)\b|老师|教授|先生|女士|博士|总/iu;

/** What an opening is looked at for; the order is that of the values below. */
const OPENING_CUES = [
  ['attention', ATTENTION],
  ['attentionTwice', ATTENTION_TWICE],
  ['order', ORDER],
  ['parts', PARTS],
  ['handingOver', HANDING_OVER],
  ['settingOut', SETTING_OUT],
  ['bringingUp', BRINGING_UP],
  ['thanks', THANKS],
  ['clock', CLOCK],
  ['pointsBack', POINTS_BACK],
  ['address', ADDRESS],
] as const;

export const OPENING_CUE_NAMES = OPENING_CUES.map(([name]) => name);

/** 1 for each cue in the opening words of a turn, else 0; aligned with {@link OPENING_CUE_NAMES}. */
export function openingCues(opening: string): number[] {
  return OPENING_CUES.map(([, cue]) => (cue.test(opening) ? 1 : 0));
}

/** Whether a turn sounds like the end of a matter. */
export function endsMatter(closing: string): boolean {
  return ENDING.test(closing);
}
