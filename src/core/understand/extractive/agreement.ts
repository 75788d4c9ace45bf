/** Short replies: assent, refusal, not knowing, and mere signs of listening. */

const STRONG =
  /^(?:(?:yes|yeah|yep|okay|ok|right|great|good|well|oh|alright|all right|perfect|cool)[,.!]?\s+)*(?:agreed?|i agree|we agree|i(?:'d| would) agree|sounds? (?:good|great|fine|right|like a plan)|that(?:'s| is)? (?:works?|fine|good|great|a good idea|a great idea|settled|what we(?:'ll| will) do|agreed|sounds? good)|that works|works for me|fine(?: by| with| for)?|let's do (?:that|it|this)|let us do (?:that|it)|good idea|great idea|deal|done|i second|seconded|makes sense|i'm (?:fine|happy|good|okay) with (?:that|it)|i'm in favou?r|no objections?|approved|absolutely|definitely|exactly|go ahead|we(?:'ll| will) do that|all in favou?r|carried|perfect)(?=$|[\s,.!;])/iu;
const ACCEPT =
  /^(?:(?:yes|yeah|yep|yup|sure|okay|ok|of course|certainly|absolutely|definitely|no problem|alright|all right|right|will do|on it|fine|great|good|got it|can do|happy to|i can|i will|i'll|gladly|my pleasure|consider it done|i'm on it|leave it (?:to|with) me|done|agreed|perfect|sounds good))(?=$|[\s,.!;])/iu;
const ZH_STRONG =
  /^(?:(?:好|嗯|行|对)[，,、。]?)*(?:同意|赞成|没问题|没意见|没有意见|可以|就这么(?:办|定)|就这样|那就这么|好的?|行|我也?同意|我赞成|没有异议|通过)(?:[的吧啊了]?)(?=$|[，,。.！!\s])/u;
const ZH_ACCEPT = /^(?:好|好的|行|可以|没问题|嗯|收到|明白|我来|我会|我去|ok|OK|当然)/u;
const REFUSE =
  /^(?:no\b|nope|not (?:really|yet|sure)|i (?:can't|cannot|don't|won't|disagree)|unfortunately|sorry|不行|不同意|不可以|我不|没有时间|不好)/iu;
const UNKNOWN =
  /\b(?:i (?:don't|do not|didn't) (?:really )?know|(?:we|they) (?:(?:still|really|just|also) )?(?:don't|do not) (?:(?:really|actually|yet) )?know(?= (?:that|this|it|yet|for sure|exactly)\b|\s*[.,;!]|\s*$)|(?:keep|leave) (?:(?:it|this|that|the) )?(?:(?:question|point|issue|matter|topic|one) )?open|(?:have|need) to find (?:that |this |it )?out|(?:come|get) back to (?:you|that|this|it|us|the question)|(?:question|point|issue|matter|that)(?:'s| is) still open|still (?:unclear|undecided)|to be confirmed|(?:decide|discuss|answer|settle) (?:that|this|it) (?:later|another time|next (?:time|week))|(?:i'm|i am|we're|we are) not sure|not sure|no idea|(?:don't|do not) have (?:that|the|an?) (?:answer|number|figure|idea)|(?:take|discuss) (?:that|this|it) off-?line|have to (?:check|look (?:it|that|into))|need to (?:check|find out|look into)|let me (?:check|find out)|we(?:'ll| will) see|hard to say|can't say|cannot say|(?:that's|that is|it's) a good question|nobody knows|remains? (?:open|to be seen)|(?:i'll|i will) (?:check|find out|have to check)|haven't decided|not decided|to be (?:decided|determined)|open question|park that|let's park)\b|不知道|不清楚|不太清楚|不确定|不好说|说不准|还没定|没决定|待定|先放一放|先不(?:定|管|谈)|(?:以后|之后|回头|下次|改天|晚点|到时候)再(?:说|谈|看|议|定|讨论|决定)|(?:这个)?问题先?(?:留着|保留)|还(?:不知道|不清楚|不确定|没想好)|没想好|会后再|线下再|下次再|回头再|再看看|再说吧|我查一下|我确认一下|好问题/iu;
const LISTENING =
  /^(?:(?:yeah|yes|yep|yup|no|okay|ok|right|mm-?hmm|uh-?huh|hmm|mm|ah|oh|well|sure|cool|great|good|fine|exactly|true|thanks?|thank you|i see|alright|all right|of course|really|wow|nice|got it|so|um|uh|嗯|对|好|好的|是|是的|哦|行|明白|谢谢|没错|啊)[\s,.!?，。！？]*)+$/iu;

/** Agreement that settles something: "agreed", "sounds good", "let's do that", 同意. A bare "yeah" does not. */
export function agrees(text: string): boolean {
  return (STRONG.test(text) || ZH_STRONG.test(text)) && !/\bbut\b|但是|不过|\?$|？$/iu.test(text);
}

/** Takes on what was asked: "yes", "sure", "I'll …", 好的. */
export function accepts(text: string): boolean {
  return (ACCEPT.test(text) || ZH_ACCEPT.test(text)) && !REFUSE.test(text);
}

export function refuses(text: string): boolean {
  return REFUSE.test(text);
}

/** Says that the answer is not known, or puts it off. */
export function leavesOpen(text: string): boolean {
  return UNKNOWN.test(text);
}

/** Nothing but signs of listening. */
export function isBackchannel(text: string): boolean {
  return LISTENING.test(text.trim());
}
