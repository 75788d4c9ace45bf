/** Who will do what: promises in the first person, tasks taken or given by name. */
import { cited } from '../../cite.ts';
import type { ActionItem, Utterance } from '../../model.ts';
import { accepts, refuses } from './agreement.ts';
import { withoutInterjection } from './clean.ts';
import { dueIn } from './due.ts';
import type { Participants } from './participants.ts';
import { isQuestion } from './question-form.ts';
import { alone, quoted } from './quoted.ts';
import { overlap, repliesTo, replyOpenings } from './replies.ts';
import type { Sentence } from './sentences.ts';

/** Verbs of work: a promise with one of these is a task even without a date. */
const TASK_VERB = new Set(
  `send write finish prepare draft check fix deploy update review contact call email mail schedule book set create make
  share post follow look investigate ask tell issue add raise build test run submit order research organise organize
  arrange collect gather compile complete design develop document do draw file find get handle implement inform install
  invite merge migrate move notify open own pay pick plan publish push put refund release remove rename replace report
  resolve revise ship sign sort start summarize summarise take talk track transfer translate upload verify work buy
  change clean close confirm coordinate deliver discuss distribute drive edit estimate evaluate examine explore forward
  fill improve include interview lead measure meet negotiate ping print produce propose provide record reach reply
  request reserve roll scan search sell send ship speak supply support switch try turn type circulate convert bring
  chase configure configure cut debug delete restart rerun rewrite refactor reschedule cancel set-up onboard train
  analyse analyze compare calculate cover host present prototype sketch`.split(/\s+/u),
);

/** What people say they will do within the meeting itself, or never: no tasks. */
const SMALL_TALK =
  /^(?:(?:just|quickly|probably|maybe|also|then|first|now|briefly|only|go ahead and) )*(?:be (?:right )?(?:back|there|happy|honest|brief|quick|quiet|glad|sure|here|able)|let (?:you|him|her|them|it|that|us)|start(?: (?:off|with|by|the meeting|over|again|now|us|talking|sharing|first))?[.!]?$|start (?:off|with|by|over|again|now|us|here)\b|begin|go (?:first|next|on|ahead|through|over|back|now|quickly|to the next)|say|tell you (?:what|that|about|a|the truth|why|how)|ask (?:you|a question|one|another|everyone)|show (?:you|that|this|it)|share (?:my|the|a) screen|read (?:out|it out|that|this|the)|hand (?:it |this )?over|pass|stop|mute|unmute|repeat|skip|wait|see (?:you|what|if|that|how)|admit|have to (?:go|leave|run|drop)|need to (?:go|leave|run|drop)|drop off|leave (?:it|that|you)|give (?:you|an example|a brief|a quick|it a)|never|get (?:to that|back to that|into|there)|come (?:back|to|in)|talk (?:about|you|through|a (?:bit|little))|speak (?:about|to that|a)|move on|move to|turn (?:to|it over|now)|call (?:on|it)|join|think|guess|assume|imagine|believe|hope|bet|try (?:to )?(?:explain|say|be)|explain|describe|mention|remember|know|want|like|love|take (?:a (?:look|seat|minute|break|moment)|you through|questions|that as|it as|it from|your|over from here|one)|put (?:it|that) (?:this|another) way|make (?:a|one|two|the|another|this|it) (?:point|comment|quick|brief|remark|clear)|do (?:my best|a quick|the same|that now|it again|so)|run (?:through|over)|look (?:at (?:that|this|it) (?:now|again)|forward)|try[.!]?$|answer|end|close (?:with|by|this|the meeting)|finish (?:with|by|there|here|off|up)|add (?:to that|one|that|just|a)|miss|agree|disagree|support|vote|understand|hear|feel|find out in|keep (?:going|it|that|talking|quiet|my)|use (?:this|the) (?:time|opportunity)|work (?:with you|for|on that in)|get (?:it|that|a|some|you|him|her|us|the|to)\b(?!.*\b(?:by|before|tomorrow|today|next|this)\b)|do[.!]?$|play|draw (?:your|attention|it now)|write (?:it|that|this) (?:down|up here|on the))/iu;

const HYPOTHETICAL =
  /\b(?:if (?:i|we|you|they|he|she|it)\b|unless|would|wouldn't|could have|should have|might|maybe|perhaps|whenever|when(?:ever)? (?:i|we|you)|imagine|suppose|in theory|hypothetically|for example|for instance|not sure|i(?:'m| am) not|i (?:don't|do not|won't|can't|cannot))\b/iu;

const SELF =
  /(?:^|[,;.!?]\s*|\b(?:so|and|but|then|okay|ok|yes|yeah|sure|well|think|that|which|fine|right|otherwise|meanwhile)[,.]?\s+)(?<modal>i'll|i will|i shall|i'm going to|i am going to|i'm gonna|i can|i could|let me|i've got to|i need to|i have to|i plan to|i intend to|i promise to|i'm supposed to|i want to)\s+(?<rest>(?:(?:also|then|just|definitely|try to|try and|go ahead and|personally|quickly|have to|need to|probably|certainly|make sure to|be)\s+)*(?<verb>[a-z'-]+).*)$/iu;
const TAKES =
  /\b(?:i'll take (?:(?:that|this|it)(?! (?:back|out|off|away|as|from))|care of|on|the)|i(?:'ll| will| can) (?:own|handle|do) (?:that|this|it)|(?:leave|give) (?:that|it|this) (?:to|with) me|i(?:'m| am) on it|i can take (?:that|this|it|care|on|the)|that(?:'s| is) (?:on|with|for) me|i volunteer)\b/iu;
const MARKED =
  /\b(?:action (?:item|point)s?|to-?dos?|next steps?|follow-?ups?|homework|assignments?)\b(?: here| then| now)?(?: (?:is|are|for|would be|will be|on)\b|\s*[:,-])(?! (?:to )?(?:talk|discuss|move))/iu;
const PLEASE =
  /(?:^|[,.;]\s*|\b(?:so|and|then|but)\s+)(?:could you |can you |would you )?please\s+(?!(?:go ahead|continue|wait|hold|sit|mute|unmute|speak|repeat|come|stop|welcome|join|note|feel|see|be |have |don't|do not|let |tell (?:me|us)|excuse|forgive|raise your|ask|start|say|introduce|proceed|keep|turn|remember|look|give (?:me|us|a)|correct|bear|thank|interrupt))(?<verb>[a-z]+)\b/iu;
const REQUEST =
  /\b(?:can|could|will|would) you (?:please |also |maybe |just |all |both |guys |then )*(?!(?:hear|see|say|repeat|tell|explain|speak|imagine|believe|remember|give (?:me|us) (?:an|a)|be |go (?:back|on|to)|come|turn|show|describe|elaborate|expand|comment|talk|think|clarify|pass|hold|wait|help me understand|read|like|agree|mind|want|have|move|stop|mute|unmute|scroll|zoom|start|share your screen)\b)(?<verb>[a-z]+)/iu;

/** A task laid on somebody present: "you're going to work on the design", "I need you to check the logs". */
const LAYS_ON = new RegExp(
  String.raw`\b(?:you(?:'ll| will|'re going to| are going to|'re gonna| are gonna| two will| guys will| need to| should)(?: (?:also|then|just|both|all|still))*(?: be)? |(?:i|we)(?:'d| would)? (?:want|need|like|expect) (?:you|him|her|them)(?: guys| two| all| both)? to |(?:i'd|i would) like (?:the )?[\p{L} ]{2,30} to )(?:work(?:ing)? (?:on|out|together)|look(?:ing)? (?:into|at|after|for)|focus(?:ing)? on|focused on|think(?:ing)? about|watch(?:ing)?|research(?:ing)?|prepar(?:e|ing)|design(?:ing)?|draw(?:ing)?|writ(?:e|ing)|send(?:ing)?|check(?:ing)?|come up with|tak(?:e|ing) care of|handl(?:e|ing)|build(?:ing)?|draft(?:ing)?|fix(?:ing)?|updat(?:e|ing)|find(?:ing)? out|contact(?:ing)?|arrang(?:e|ing)|organi[sz](?:e|ing)|collect(?:ing)?|test(?:ing)?|finish(?:ing)?|complet(?:e|ing)|do(?:ing)? the|mak(?:e|ing) (?:the|a)|be(?:ing)? responsible for|in charge of)\b`,
  'iu',
);

const ZH_SELF =
  /(?<!不是|如果|以前|之前|当时|一直)我(?:们组|这边)?(?:来)?负责(?!的|过|了|人)|(?:^|[，,。；;、\s]|那|所以|然后|好的?|行|嗯)(?:这个|这块|这件事|那|还是|就)?(?:由)?我(?:们组|这边)?(?:来负责|负责|来(?!说|讲|介绍|谈|分享|问|回答|自|这|到|的|了|补充|看看|先|总结|举)|去(?!过|了|年|看看|找过|问过|说)|会(?:后)?(?:在|把|尽快|马上|给|跟|去|联系|发|写|整理|准备|完成|提交|安排|更新|处理|修)|马上去?|尽快|(?:今天|明天|后天|今晚|下周|本周|周|月底|会后|下午|晚上|星期)[^，。]{0,10}(?:把|给|发|写|整理|准备|完成|提交|安排|更新|处理|联系|修|做|交|出))/u;
const ZH_PLEASE =
  /(?:^|[，,。；;\s])(?:请|麻烦|辛苦)(?!问|教|大家(?:看|安静|注意)|坐|进|看|讲|说|介绍|回答|继续|稍等|放心|允许|听|分享|先|各位|多|指教|客|举|求)(?<who>[\p{Script=Han}A-Za-z]{0,6}?)(?:你|您)?(?:也|再|帮忙|帮我|在|把|于|尽快|负责|去|来|给|跟|(?:明|今|后)天|下?周|月底|发|写|整理|准备|完成|提交|安排|更新|处理|联系|确认|检查)/u;
const ZH_MARKED = /(?:待办|行动项|任务|跟进)(?:事项)?(?:是|：|:|，)/u;
const ZH_YOU =
  /(?:^|[，,。；;\s])(?:那)?你(?:来负责|负责|来(?!说|讲|介绍|谈|自|了|到|看)|去(?!过|了|年))[^，。？?]{2,}/u;
const ZH_IDLE =
  /介绍|说一下|讲一下|谈一下|分享一下|补充|觉得|认为|如果|假如|可能会|想说|看到|理解|举个例子|简单(?:说|讲)|问一下|提一|总结一下|主持|发言|吗[？?]?$|打招呼|开始吧/u;

const PAST =
  /^(?:\w+ ){0,3}(?:i|we|he|she|they) (?:\w+ed|did|was|were|had|went|sent|wrote|made|got|took|gave|said|told)\b/iu;

/** How many turns by others may pass between a request and its acceptance. */
const ACCEPTANCE_TURNS = 2;
const SAME_TASK = 0.7;
/** A task must name something to be done, beyond its verb. */
const LEAST_TERMS = 2;

export interface Action extends ActionItem {
  /** The one that tells the task. */
  readonly sentence: Sentence;
  /** Positions of the questions by which the task was asked for. */
  readonly requests: readonly number[];
}

/** The object is a pronoun: what is meant was said just before. */
const POINTS_BACK =
  /\b(?:it|that|this|them|those|these|so)\b(?:\s+(?:by|before|on|in|at|to|for|with|today|tomorrow|tonight|this|next|as|right|first|later|over|up|out|off|done|myself|after|until)\b|[.,!?]|$)/iu;

interface Found {
  readonly sentence: Sentence;
  readonly owner: string | null;
  readonly also: readonly Utterance[];
  readonly acceptance?: Sentence | undefined;
  readonly requests?: readonly number[];
}

function isHan(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** "I'll send the notes by Friday": a promise by whoever says it. */
function promises(sentence: Sentence): boolean {
  const { text, terms } = sentence;
  if (isHan(text) && ZH_SELF.test(text) && !ZH_IDLE.test(text)) return sentence.length <= 30;
  if (TAKES.test(text) && !HYPOTHETICAL.test(text)) return true;
  const match = SELF.exec(text);
  const { modal = '', rest = '', verb = '' } = match?.groups ?? {};
  if (match === null || SMALL_TALK.test(rest) || HYPOTHETICAL.test(text) || PAST.test(text)) return false;
  const due = dueIn(rest);
  const firm = /^(?:i'll|i will|i shall|i promise to)$/iu.test(modal);
  const task = TASK_VERB.has(verb.toLowerCase());
  if (terms.length < LEAST_TERMS && due === null) return false;
  if (firm) return task || due !== null;
  if (
    /^(?:i'm going to|i am going to|i'm gonna|i plan to|i intend to|i need to|i have to|i've got to|i'm supposed to)$/iu.test(
      modal,
    )
  )
    return (
      (task && (due !== null || terms.length >= LEAST_TERMS + 1) && !/^i (?:need|have)/iu.test(modal)) ||
      (task && due !== null)
    );
  return task && due !== null;
}

/** The participant a task is given to by name, in "Dana will …", "Dana, could you …", "Dana负责". */
function assignee(
  sentence: Sentence,
  participants: Participants,
): { readonly owner: string; readonly asks: boolean } | null {
  const { pattern } = participants;
  if (pattern === null) return null;
  const { text } = sentence;
  const will = new RegExp(
    String.raw`(?:^|[,.;:]\s*|\b(?:so|and|then|but|think|okay|that)\s+)(?<who>${pattern})(?:,)? (?<modal>will|is going to|is gonna|needs to|should|has to|is responsible for|to|owns|takes care of|takes) (?:also |then |just |be |please )?(?<verb>[a-z]+)`,
    'iu',
  ).exec(text);
  if (will !== null && !HYPOTHETICAL.test(text)) {
    const { who = '', modal = '', verb = '' } = will.groups ?? {};
    const owner = participants.called(who);
    const firm =
      /responsible|owns|takes/u.test(modal) ||
      TASK_VERB.has(verb.replace(/ing$/u, '')) ||
      TASK_VERB.has(verb) ||
      dueIn(text) !== null;
    if (owner !== null && firm && !isQuestion(sentence)) return { owner, asks: false };
  }
  const asked = new RegExp(
    String.raw`(?:(?:^|[.!?;]\s*|\b(?:and|so|okay|ok|then)[, ]+)(?<who>${pattern}),?\s+(?:can|could|will|would|please|you(?:'ll| will| need to| should|'re going to))\b|\b(?:can|could|will|would) you\b.*,\s*(?<late>${pattern})\s*[?？.]?$)`,
    'iu',
  ).exec(text);
  if (
    asked !== null &&
    (REQUEST.test(text) ||
      PLEASE.test(text) ||
      /,?\s+please\s+[a-z]+|you(?:'ll| will| need to| should|'re going to) [a-z]+/iu.test(text))
  ) {
    const owner = participants.called(asked.groups?.['who'] ?? asked.groups?.['late'] ?? '');
    if (owner !== null) return { owner, asks: true };
  }
  const marked = new RegExp(String.raw`\baction (?:item|point)s? (?:for|on) (?<who>${pattern})\b`, 'iu').exec(text);
  if (marked !== null) {
    const owner = participants.called(marked.groups?.['who'] ?? '');
    if (owner !== null) return { owner, asks: false };
  }
  if (isHan(text) && !ZH_IDLE.test(text)) {
    const chinese = new RegExp(
      String.raw`(?:由|请|麻烦|让|辛苦|^|[，,。；;、\s])(?<who>${pattern})[，,]?(?:你|您)?(?:来?负责|来(?!自|说|讲|看|到)|去(?!过|了|年)|会(?!议|长|场)|在|把|尽快|帮忙|(?:明|今|后)天|下?周|月底|你|跟进|(?:需)?要)`,
      'iu',
    ).exec(text);
    const owner = chinese === null ? null : participants.called(chinese.groups?.['who'] ?? '');
    if (owner !== null && (/负责|请|麻烦|由|跟进|辛苦/u.test(text) || dueIn(text) !== null))
      return { owner, asks: false };
  }
  return null;
}

function find(sentences: readonly Sentence[], participants: Participants): Found[] {
  const found: Found[] = [];
  for (const sentence of sentences) {
    const { text, terms } = sentence;
    const asking = isQuestion(sentence);
    const assigned = assignee(sentence, participants);
    if (assigned !== null && !assigned.asks) {
      found.push({ sentence, owner: assigned.owner, also: [] });
      continue;
    }
    const requested =
      assigned !== null ||
      REQUEST.test(text) ||
      PLEASE.test(text) ||
      (isHan(text) && (ZH_PLEASE.test(text) || ZH_YOU.test(text)) && !ZH_IDLE.test(text));
    if (requested && terms.length >= 1 && !HYPOTHETICAL.test(text)) {
      const openings = replyOpenings(repliesTo(sentences, sentence, ACCEPTANCE_TURNS));
      const by =
        assigned === null
          ? openings.slice(0, 1)
          : openings.filter((reply) => participants.ownName(reply.speaker) === assigned.owner);
      // Of two requests in one breath, a reply takes up the last.
      const after = sentences[sentence.index + 1];
      const isLast =
        after === undefined ||
        after.turn !== sentence.turn ||
        !(isQuestion(after) || REQUEST.test(after.text) || PLEASE.test(after.text));
      const acceptance = !isLast ? undefined : by.find((reply) => accepts(reply.text) || promises(reply));
      const declined = by.some((reply) => refuses(reply.text));
      const told = !asking && (PLEASE.test(text) || isHan(text) || assigned !== null);
      if (acceptance !== undefined) {
        const owner = assigned?.owner ?? participants.ownName(acceptance.speaker);
        found.push({
          sentence,
          owner,
          also: acceptance.utterances,
          acceptance,
          requests: asking ? [sentence.index] : [],
        });
      } else if (told && !declined && terms.length >= 1) {
        found.push({ sentence, owner: assigned?.owner ?? null, also: [] });
      } else if (assigned !== null && !declined && dueIn(text) !== null) {
        found.push({ sentence, owner: assigned.owner, also: [] });
      }
      if (acceptance !== undefined || told) continue;
    }
    if (asking) continue;
    if (promises(sentence)) {
      // "I'll take that": what was taken was said just before.
      const before = sentences[sentence.index - 1];
      const vague =
        terms.length < LEAST_TERMS &&
        before !== undefined &&
        before.turn >= sentence.turn - 1 &&
        before.terms.length >= LEAST_TERMS;
      found.push({ sentence, owner: participants.ownName(sentence.speaker), also: vague ? before.utterances : [] });
    } else if (LAYS_ON.test(text) && terms.length >= LEAST_TERMS && !HYPOTHETICAL.test(text) && !PAST.test(text)) {
      found.push({ sentence, owner: assigned?.owner ?? null, also: [] });
    } else if ((MARKED.test(text) || ZH_MARKED.test(text)) && terms.length >= LEAST_TERMS + 1) {
      found.push({ sentence, owner: null, also: [] });
    }
  }
  return found;
}

/** One task said again: by the same owner with the same words, or the very acceptance of a request already taken up. */
function isSame(a: Found, b: Found): boolean {
  const reach = Math.abs(a.sentence.turn - b.sentence.turn);
  if (a.owner !== null && b.owner !== null && a.owner !== b.owner) return false;
  const shared = overlap(a.sentence.terms, b.sentence.terms);
  if (a.also.some(({ id }) => b.sentence.utterances.some((utterance) => utterance.id === id))) return shared >= 0.3;
  return shared >= (reach <= 3 ? 0.6 : SAME_TASK) && Math.min(a.sentence.terms.length, b.sentence.terms.length) >= 2;
}

/** The words of the task: from the one asked by name where thanks to others stand before, else without interjections. */
function taskIn(text: string, participants: Participants): string {
  const bare = withoutInterjection(text);
  if (participants.pattern === null) return bare;
  const named = new RegExp(
    String.raw`^(?:(?:thank you|thanks|and)\b[\p{L} ,]{0,40}?)(?<ask>(?:${participants.pattern}),? (?:please|could you|can you|would you|will you) .+)$`,
    'iu',
  ).exec(text)?.groups?.['ask'];
  return named ?? bare;
}

/** Tasks in the order they came up. Owner and due text are null when nobody said. */
export function findActions(sentences: readonly Sentence[], participants: Participants): Action[] {
  const merged: Found[] = [];
  for (const next of find(sentences, participants)) {
    const at = merged.findIndex((earlier) => isSame(earlier, next));
    const earlier = merged[at];
    if (earlier === undefined) {
      merged.push(next);
      continue;
    }
    // The telling that says more stands; both moments are its evidence.
    const nextSaysMore =
      Number(dueIn(next.sentence.text) !== null) > Number(dueIn(earlier.sentence.text) !== null) ||
      (next.sentence.terms.length >= earlier.sentence.terms.length && !isQuestion(next.sentence)) ||
      isQuestion(earlier.sentence);
    const [main, other] = nextSaysMore ? [next, earlier] : [earlier, next];
    merged[at] = {
      sentence: main.sentence,
      owner: main.owner ?? other.owner,
      also: [...main.also, ...other.sentence.utterances, ...other.also],
      acceptance: main.acceptance,
      requests: [...(main.requests ?? []), ...(other.requests ?? [])],
    };
  }
  return merged.map(({ sentence, owner, also, acceptance, requests = [] }) => {
    const [first, ...rest] = sentence.utterances;
    const before = sentences[sentence.index - 1];
    const explained =
      before !== undefined &&
      before.turn === sentence.turn &&
      before.terms.length >= LEAST_TERMS &&
      (POINTS_BACK.test(sentence.text) || sentence.terms.length < LEAST_TERMS);
    const { citations } = cited('', [first, ...rest, ...(explained ? before.utterances : []), ...also]);
    return {
      text: explained ? quoted([before, sentence]) : taskIn(alone(sentence), participants),
      citations,
      owner,
      dueText: dueIn(sentence.text) ?? (acceptance === undefined ? null : dueIn(acceptance.text)),
      dueDate: null,
      sentence,
      requests,
    };
  });
}
