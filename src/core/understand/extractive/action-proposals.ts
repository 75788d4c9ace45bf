/** Sentences whose form makes them a task: promises in the first person, tasks taken, or given by name. */
import type { Utterance } from '../../model.ts';
import { accepts, refuses } from './agreement.ts';
import { dueIn } from './due.ts';
import type { Participants } from './participants.ts';
import { isQuestion } from './question-form.ts';
import { repliesTo, replyOpenings } from './replies.ts';
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
  /^(?:(?:just|quickly|probably|maybe|also|then|first|now|briefly|only|go ahead and) )*(?:be (?:right )?(?:back|there|happy|honest|brief|quick|quiet|glad|sure|here|able)|let (?:you|him|her|them|it|that|us)|start(?: (?:off|with|by|the meeting|over|again|now|us|talking|sharing|first))?[.!]?$|start (?:off|with|by|over|again|now|us|here)\b|begin|go (?:first|next|on|ahead|through|over|back|now|quickly|to the next)|say|tell you|tell (?:him|her|them) though|ask (?:you|a question|one|another|everyone|again|that|for your)|show (?:you|that|this|it)|share (?:my|the|a) screen|read (?:out|it out|that|this|the)|hand (?:it |this )?over|pass|stop|mute|unmute|repeat|skip|wait|see (?:you|what|if|that|how)|admit|have to (?:go|leave|run|drop)|need to (?:go|leave|run|drop)|drop off|leave (?:it|that|you)|give (?:you|an example|a brief|a quick|it a)|never|get (?:to that|back to that|into|there)|come (?:back|to|in)|talk (?:about|you|through|a (?:bit|little))|speak (?:about|to that|a)|move on|move to|turn (?:to|it over|over|now)|call (?:on|it|that|this)\b|join|think|guess|assume|imagine|believe|hope|bet|try (?:to )?(?:explain|say|be)|explain|describe|mention|remember|know|want|like|love|take (?:a (?:look|seat|minute|break|moment)|you through|questions|that as|it as|it from|your|over from here|one)|put (?:it|that) (?:this|another) way|make (?:a|one|two|the|another|this|it) (?:point|comment|quick|brief|remark|clear)|take (?:this|the|every|any) opportunity|do (?:everything|whatever|all (?:i|we) can|my best|a quick|the same|that now|it again|so)|run (?:through|over)|look (?:at (?:that|this|it) (?:now|again)|forward)|try[.!]?$|answer|end|close (?:with|by|this|the meeting)|finish (?:with|by|there|here|off|up)|add (?:to that|one|that|just|a)|miss|agree|disagree|support|vote|understand|hear|feel|find out in|keep (?:going|it|that|talking|quiet|my)|use (?:this|the) (?:time|opportunity)|work (?:with you|for|on that in)|get (?:it|that|a|some|you|him|her|us|the|to)\b(?!.*\b(?:by|before|tomorrow|today|next|this)\b)|do[.!]?$|play|draw (?:your|attention|it now)|write (?:it|that|this) (?:down|up here|on the))/iu;

const HYPOTHETICAL =
  /\b(?:if (?:i|we|you|they|he|she|it)\b|unless|would|wouldn't|could have|should have|might|maybe|perhaps|whenever|when(?:ever)? (?:i|we|you)|imagine|suppose|in theory|hypothetically|for example|for instance|not sure|i(?:'m| am) not|i (?:don't|do not|won't|can't|cannot))\b/iu;

/** Done before everybody's eyes, there and then. */
const HERE_AND_NOW =
  /\b(?:on the (?:white ?|smart ?|black ?)?board|on the screen|on this slide|in a (?:minute|second|sec|moment)|right here|as (?:i|we) speak)\b/iu;

const SELF =
  /(?:^|[,;.!?]\s*|\b(?:so|and|but|then|okay|ok|yes|yeah|sure|well|think|that|which|fine|right|otherwise|meanwhile|today|tomorrow|tonight|afterwards|next|later|week|morning|afternoon)[,.]?\s+)(?<modal>i'll|i will|i shall|i'm going to|i am going to|i'm gonna|i can|i could|let me|i've got to|i need to|i have to|i plan to|i intend to|i promise to|i'm supposed to|i want to)\s+(?<rest>(?:(?:also|then|just|definitely|try to|try and|go ahead and|personally|quickly|have to|need to|probably|certainly|make sure to|be)\s+)*(?<verb>[a-z'-]+).*)$/iu;
const TAKES =
  /\b(?:i'll take (?:(?:that|this|it)(?! (?:back|out|off|away|as|from))|care of|on|the)|i(?:'ll| will| can) (?:own|handle|do) (?:that|this|it)|(?:leave|give) (?:that|it|this) (?:to|with) me|i(?:'m| am) on it|i can take (?:that|this|it|care|on|the)|that(?:'s| is) (?:on|with|for) me|i volunteer)\b/iu;
const MARKED =
  /\b(?:action (?:item|point)s?|to-?dos?|next steps?|follow-?ups?|homework|assignments?)\b(?: here| then| now)?(?: (?:is|are|for|would be|will be|on)\b|\s*[:,-])(?! (?:to )?(?:talk|discuss|move))/iu;
const PLEASE =
  /(?:^|[,.;]\s*|\b(?:so|and|then|but)\s+|^(?:(?:so|and|then|okay|now),?\s+)?(?:for|by|until|before|on)\s+(?:[\p{L}\d]+\s+){1,4})(?:could you |can you |would you )?please\s+(?:also |just |kindly )?(?!(?:slow|direct|make (?:sure|a click)|limit|respect|allow|provide a|state|unshare|answer|consider|refrain|stick|use|type|leave|go ahead|continue|wait|hold|sit|mute|unmute|speak|repeat|come|stop|welcome|join|note|feel|see|be |have |don't|do not|let |tell (?:me|us)|excuse|forgive|raise your|ask|start|say|introduce|proceed|keep|turn|remember|look|give (?:me|us|a)|correct|bear|thank|interrupt|press|click|next|scroll|zoom|focus|push|pass|close the door|open the door))(?<verb>[a-z]+)\b/iu;
const REQUEST =
  /(?<!\b(?:how|what|where|when|why|which|who)\b[^,.?!]{0,30})\b(?:can|could|will|would) you (?:please |also |maybe |just |all |both |guys |then )*(?!(?:know|guys|all|both|two|first|reach|live|press|click|point|use|feel|still|hear|see|say|repeat|tell|explain|speak|imagine|believe|remember|give (?:me|us) (?:an?|some|any|more|your|the)\b|assure|confirm (?:that|to|today)|commit to|guarantee|provide (?:us )?(?:with )?(?:an?|some|any|more) (?:\p{L}+ )?(?:response|answer|idea|indication|example|explanation|assurance|clarity)|be |go (?:back|on|to)|come|turn|show|describe|elaborate|expand|comment|talk|think|clarify|pass|hold|wait|help me understand|read|like|agree|mind|want|have|move|stop|mute|unmute|scroll|zoom|start|share your screen)\b)(?<verb>[a-z]+)/iu;

/** A task laid on somebody present: "you're going to work on the design", "I need you to check the logs". */
const LAYS_ON = new RegExp(
  String.raw`\b(?:you(?:'ll| will|'re going to| are going to|'re gonna| are gonna| two will| guys will| need to| should)(?: (?:also|then|just|both|all|still))*(?: be)? |(?:i|we)(?:'d| would)? (?:want|need|like|expect) (?:you|him|her|them)(?: guys| two| all| both)? to |(?:i'd|i would) like (?:the )?[\p{L} ]{2,30} to )(?:work(?:ing)? (?:on|out|together)|look(?:ing)? (?:into|at|after|for)|focus(?:ing)? on|focused on|think(?:ing)? about|watch(?:ing)?|research(?:ing)?|prepar(?:e|ing)|design(?:ing)?|draw(?:ing)?|writ(?:e|ing)|send(?:ing)?|check(?:ing)?|come up with|tak(?:e|ing) care of|handl(?:e|ing)|build(?:ing)?|draft(?:ing)?|fix(?:ing)?|updat(?:e|ing)|find(?:ing)? out|contact(?:ing)?|arrang(?:e|ing)|organi[sz](?:e|ing)|collect(?:ing)?|test(?:ing)?|finish(?:ing)?|complet(?:e|ing)|do(?:ing)? the|mak(?:e|ing) (?:the|a)|be(?:ing)? responsible for|in charge of)\b`,
  'iu',
);

/** An offer is a task once it is taken up in words: "Should I send you the list?" "Yes, please." */
const OFFER =
  /\b(?:should|shall|can|may) i (?!ask|say|add|start|begin|go\b|come|just|interrupt|jump)(?:\p{L}+)|\bdo you want me to\b|\bwould you like me to\b/iu;
const TAKES_OFFER =
  /^(?:(?:yes|yeah|sure|okay|ok|great|perfect)[,.!]? )*(?:please\b|please do\b|do that\b|that would be (?:great|good|nice|helpful|perfect)|i'd appreciate)|^(?:好的?|行|可以)?[，,]?(?:麻烦你|辛苦你|那就麻烦)/iu;

/** A task that the speaker's side takes on, with a date: whose it is was not said. */
const WE_TASK =
  /(?:^|[,;]\s*|\b(?:so|and|then|but|okay)\s+)we(?:'ll| will| have to| need to| must) (?:also |then )?(?<verb>send|prepare|write|review|check|update|draft|schedule|contact|call|email|provide|deliver|submit|collect|organi[sz]e|book|order|test|clean|replace|report|finish|complete) /iu;

/** Somebody's words or intentions passed on, about people who may not know of it. */
const REPORTED =
  /\b(?:he|she|they|\p{Lu}\p{L}+) (?:just |also |already )?(?:said|says|told|mentioned|promised|claimed|claims|thinks|thought|wanted|offered|wrote)\b|\b(?:said|told (?:me|us)) (?:that )?(?:he|she|they)\b|说(?:他|她|过|了)?(?:们)?(?:会|要|来|去|可以)|答应(?:过|了)/u;

/** Somebody's words played back: `you say, "alright, I'll put the word"`. */
const QUOTING = /["“”][^"“”]*\b(?:i|we|you)\b|\b(?:say|says|like|goes),? ["“]/iu;

const ZH_SELF =
  /^[^，。我你您他她谁]{2,12}我来(?:写|做|弄|办|准备|整理|负责|联系|跟进|处理|安排|发|改|修|搞定)|(?<!不是|如果|以前|之前|当时|一直)我(?:们组|这边)?(?:来)?负责(?!的|过|了|人)|(?:^|[，,。；;、\s]|那|所以|然后|好的?|行|嗯|(?:今天|明天|后天|今晚|下午|上午|晚上|(?:这|本|下)?(?:周|星期)[一二三四五六日天]?|月底|会后)(?:之?前)?)(?:这个|这块|这件事|那|还是|就)?(?:由)?我(?:们组|这边)?(?:来负责|负责|来(?!说|讲|介绍|谈|分享|问|回答|自|这|到|的|了|补充|看看|先|总结|举)|去(?!过|了|年|看看|找过|问过|说)|会(?:后)?(?:在|把|尽快|马上|给|跟|去|联系|发|写|整理|准备|完成|提交|安排|更新|处理|修)|马上去?|尽快|(?:今天|明天|后天|今晚|(?:这|本|下)?(?:个)?(?:周|星期|礼拜|月)|会后|下午|晚上)[^，。]{0,10}(?:把|给|发|写|整理|准备|完成|提交|安排|更新|处理|联系|修|做|交|出))/u;
const ZH_PLEASE =
  /(?:^|[，,。；;\s])(?:请|麻烦|辛苦)(?!问|教|大家(?:看|安静|注意)|坐|进|看|讲|说|介绍|回答|继续|稍等|放心|允许|听|分享|先|各位|多|指教|客|举|求)(?<who>[\p{Script=Han}A-Za-z]{0,6}?)(?:你|您)?(?:也|再|帮忙|帮我|在|把|于|尽快|负责|去|来|给|跟|(?:明|今|后)天|下?周|月底|发|写|整理|准备|完成|提交|安排|更新|处理|联系|确认|检查)/u;
const ZH_MARKED = /(?:待办|行动项|任务|跟进)(?:事项)?(?:是|：|:|，)/u;
const ZH_YOU =
  /(?:^|[，,。；;\s])(?:那)?你(?:来负责|负责|来(?!说|讲|介绍|谈|自|了|到|看)|去(?!过|了|年))[^，。？?]{2,}/u;
const ZH_IDLE =
  /介绍|说一下|讲一下|谈一下|分享一下|补充|觉得|认为|如果|假如|可能会|想说|看到|理解|举个例子|简单(?:说|讲)|问一下|提一|总结一下|主持|发言|吗[？?]?$|打招呼|开始吧/u;

const ZH_DECLINES = /做不完|来不及|没办法|不能|没(?:法|时间)|不了[。，！]?|完不成/u;

const PAST =
  /^(?:\w+ ){0,3}(?:i|we|he|she|they) (?:\w+ed|did|was|were|had|went|sent|wrote|made|got|took|gave|said|told)\b/iu;

/** How many turns by others may pass between a request and its acceptance. */
const ACCEPTANCE_TURNS = 2;
/** A task must name something to be done, beyond its verb. */
const LEAST_TERMS = 2;

/** A sentence that hands out or takes a task, with whoever took it. */
export interface Proposal {
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
  if (REPORTED.test(text) || QUOTING.test(text)) return false;
  if (isHan(text) && ZH_SELF.test(text) && !ZH_IDLE.test(text) && !ZH_DECLINES.test(text)) return sentence.length <= 30;
  if (TAKES.test(text) && !HYPOTHETICAL.test(text)) return true;
  const match = SELF.exec(text);
  const { modal = '', rest = '', verb = '' } = match?.groups ?? {};
  if (match === null || SMALL_TALK.test(rest) || HERE_AND_NOW.test(rest) || HYPOTHETICAL.test(text) || PAST.test(text))
    return false;
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

/** How the participants of one meeting are given tasks by name. */
interface Naming {
  readonly anybody: RegExp;
  readonly will: RegExp;
  readonly asked: RegExp;
  readonly addressed: RegExp;
  readonly marked: RegExp;
  readonly chinese: RegExp;
}

function namingOf(pattern: string): Naming {
  return {
    anybody: new RegExp(pattern, 'iu'),
    will: new RegExp(
      String.raw`(?:^|[,.;:]\s*|\b(?:so|and|then|but|think|okay|that)\s+)(?<who>${pattern})(?:,)? (?<modal>will|is going to|is gonna|needs to|should|has to|is responsible for|to|owns|takes care of|takes) (?:also |then |just |be |please )?(?<verb>[a-z]+)`,
      'giu',
    ),
    asked: new RegExp(
      String.raw`(?:(?:^|[.!?;]\s*|\b(?:and|so|okay|ok|then)[, ]+)(?<who>${pattern}),?\s+(?:can|could|will|would|please|you(?:'ll| will| need to| should|'re going to))\b|\b(?:can|could|will|would) you\b.*,\s*(?<late>${pattern})\s*[?？.]?$)`,
      'iu',
    ),
    addressed: new RegExp(
      String.raw`(?:^|[,.;:]\s*|\b(?:so|and|then|okay|as|for|to)\s+)(?:(?:our|the|my)\s+)?(?<who>${pattern})s?,?\s+you(?:'ll|'re|\s)`,
      'giu',
    ),
    marked: new RegExp(String.raw`\baction (?:item|point)s? (?:for|on) (?<who>${pattern})\b`, 'iu'),
    chinese: new RegExp(
      String.raw`(?:由|请|麻烦|让|辛苦|^|[，,。；;、\s])(?<who>${pattern})[，,]?(?:你|您)?(?:来?负责|来(?!自|说|讲|看|到)|去(?!过|了|年)|会(?!议|长|场)|在|把|尽快|帮忙|(?:明|今|后)天|下?周|月底|你|跟进|(?:需)?要)`,
      'iu',
    ),
  };
}

/** The participant a task is given to by name, in "Dana will …", "Dana, could you …", "Dana负责". */
function assignee(
  sentence: Sentence,
  participants: Participants,
  naming: Naming,
): { readonly owner: string | null; readonly asks: boolean } | null {
  const { text } = sentence;
  if (!naming.anybody.test(text)) return null;
  if (!HYPOTHETICAL.test(text) && !isQuestion(sentence)) {
    const owners = new Set<string>();
    for (const { groups = {} } of text.matchAll(naming.will)) {
      const { who = '', modal = '', verb = '' } = groups;
      const owner = participants.called(who);
      const firm =
        /responsible|owns|takes/u.test(modal) ||
        TASK_VERB.has(verb.replace(/ing$/u, '')) ||
        TASK_VERB.has(verb) ||
        dueIn(text) !== null;
      if (owner !== null && firm) owners.add(owner);
    }
    // Tasks of several people told in one breath are one item, and nobody's alone.
    const [only, another] = owners;
    if (only !== undefined) return { owner: another === undefined ? only : null, asks: false };
  }
  const asked = naming.asked.exec(text);
  if (
    asked !== null &&
    (REQUEST.test(text) ||
      PLEASE.test(text) ||
      /,?\s+please\s+[a-z]+|you(?:'ll| will| need to| should|'re going to) [a-z]+/iu.test(text))
  ) {
    const owner = participants.called(asked.groups?.['who'] ?? asked.groups?.['late'] ?? '');
    if (owner !== null) return { owner, asks: true };
  }
  const marked = naming.marked.exec(text);
  if (marked !== null) {
    const owner = participants.called(marked.groups?.['who'] ?? '');
    if (owner !== null) return { owner, asks: false };
  }
  if (isHan(text) && !ZH_IDLE.test(text)) {
    const chinese = naming.chinese.exec(text);
    const owner = chinese === null ? null : participants.called(chinese.groups?.['who'] ?? '');
    if (owner !== null && (/负责|请|麻烦|由|跟进|辛苦/u.test(text) || dueIn(text) !== null))
      return { owner, asks: false };
  }
  return null;
}

/** Who is spoken to in "for our designer, you're going to …"; null where nobody is, or several are. */
function addressee(text: string, participants: Participants, naming: Naming | null): string | null {
  if (naming === null) return null;
  const called = new Set(
    Array.from(text.matchAll(naming.addressed), ({ groups }) => participants.called(groups?.['who'] ?? '')),
  );
  const [only = null] = called;
  return called.size === 1 ? only : null;
}

export function proposedTasks(sentences: readonly Sentence[], participants: Participants): Proposal[] {
  const found: Proposal[] = [];
  const naming = participants.pattern === null ? null : namingOf(participants.pattern);
  for (const sentence of sentences) {
    const { text, terms } = sentence;
    const asking = isQuestion(sentence);
    if (HERE_AND_NOW.test(text) || QUOTING.test(text)) continue;
    const assigned = naming === null ? null : assignee(sentence, participants, naming);
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
    if (asking) {
      const [reply] = replyOpenings(repliesTo(sentences, sentence, 1));
      if (OFFER.test(text) && terms.length >= 1 && reply !== undefined && TAKES_OFFER.test(reply.text)) {
        const also = reply.utterances;
        found.push({
          sentence,
          owner: participants.ownName(sentence.speaker),
          also,
          acceptance: reply,
          requests: [sentence.index],
        });
      }
      continue;
    }
    if (promises(sentence)) {
      // "I'll take that": what was taken was said just before.
      const before = sentences[sentence.index - 1];
      const vague =
        terms.length < LEAST_TERMS &&
        before !== undefined &&
        before.turn >= sentence.turn - 1 &&
        before.terms.length >= LEAST_TERMS;
      const owner = participants.ownName(sentence.speaker);
      // What somebody else had asked or laid on is told in their words, by whom it was taken up in the taker's.
      if (vague && before.speakerKey !== sentence.speakerKey && dueIn(text) === null)
        found.push({
          sentence: before,
          owner,
          also: sentence.utterances,
          acceptance: sentence,
          requests: [before.index],
        });
      else found.push({ sentence, owner, also: vague ? before.utterances : [] });
    } else if (LAYS_ON.test(text) && terms.length >= LEAST_TERMS && !HYPOTHETICAL.test(text) && !PAST.test(text)) {
      found.push({ sentence, owner: assigned?.owner ?? addressee(text, participants, naming), also: [] });
    } else if (WE_TASK.test(text) && dueIn(text) !== null && !HYPOTHETICAL.test(text) && !REPORTED.test(text)) {
      found.push({ sentence, owner: null, also: [] });
    } else if ((MARKED.test(text) || ZH_MARKED.test(text)) && terms.length >= LEAST_TERMS + 1) {
      found.push({ sentence, owner: null, also: [] });
    }
  }
  return found;
}
