/** What was decided: said to be so, or proposed by one and agreed by another. */
import { cited } from '../../cite.ts';
import type { Cited, Utterance } from '../../model.ts';
import { agrees, isBackchannel, refuses } from './agreement.ts';
import { isQuestion } from './question-form.ts';
import { alone } from './quoted.ts';
import { overlap, repliesTo, replyOpenings } from './replies.ts';
import type { Sentence } from './sentences.ts';
import { isJest, takenBack } from './withdrawals.ts';

const STATED = new RegExp(
  [
    String.raw`\b(?:we|they|the (?:team|board|committee|group|council))(?:'ve| have| had)?(?: all| also| now| finally| just| already)? (?:decided|agreed|resolved|concluded|settled)[,:;]? (?:that|to|on|not|against|upon|we|the|our)\b`,
    String.raw`\b(?:we|i think we|so we|then we) (?:all )?agree (?:that|to|on)\b`,
    String.raw`\b(?:the|our|my|final) (?:final )?decision (?:is|was|has been|will be|:)`,
    String.raw`\b(?:it(?:'s| is| was| has been)|that(?:'s| is| was| has been)) (?:been )?(?:decided|agreed|settled|approved|final|a done deal)\b`,
    String.raw`\b(?:let's|let us|we'll|we will|we're going to|we are going to|we're gonna|we're|i'd say we|then we) (?:just |all |then |definitely )?(?:go(?:ing)? (?:with|for|ahead with|forward with)|stick(?:ing)? (?:with|to)|settle (?:on|for)|opt for|drop|adopt|choose|pick|postpone|cancel)\b`,
    String.raw`\b(?:decided|decision)\s*:`,
    String.raw`^(?:(?:okay|ok|yes|yeah|so|well|good|right|great|alright|then)[,.]?\s+)*agreed(?: then)?[,:;]\s+(?:so |then |that )?(?:nobody|no one|we(?:'ll|'re)?) (?:(?:will|won't|do not|don't|will not|are|aren't|going to|only|not) )*(?!(?:should|could|can|can't|cannot|might|may|must|need|have|had|want|think|know|see|understand|agree|talk|discuss|decide|was|were|did|didn't|haven't)\b)\p{L}+`,
    String.raw`\b(?:motion|amendment|proposal|bill|budget|plan) (?:is|was|has been) (?:carried|adopted|approved|rejected|agreed|passed)\b`,
    String.raw`\bwe(?:'ve| have)? (?:made|taken|reached) (?:a|the|our) decision\b`,
  ].join('|'),
  'iu',
);
const UNSETTLED =
  /\b(?:(?:haven't|hasn't|hadn't|have not|has not|not yet|didn't|did not|never|don't|do not|can't|cannot|nobody|no one|not)(?: \w+){0,2} (?:decided?|agreed?|settled|made (?:a|the|any) decision|reached)|(?:if|once|when|unless|until|before|after|whether|should|could|might|would|may|must|need to|have to|want to|wanted to|got to|how|let us|let's) (?:\w+ ){0,2}(?:decide|decided|agree|agreed|settle|made a decision|decision)|if (?:we|you|i|they|it|that)(?:'re|'d|'ll)? |(?:depends|depending) on|disagree|to be decided|decide(?:d)? (?:later|next)|(?:could|might|maybe|perhaps|would) (?:\w+ )?(?:go|stick) (?:with|for)|what if|or (?:do|should|are|shall) we|decision (?:is|was) (?:pending|open|still|not (?:made|final)|up to|yours|made by))\b/iu;

const ZH_STATED =
  /(?:我们|大家|最终|最后|已经|现在|会议|公司|今天|那就|那我们就|所以)?(?:一致)?(?:决定了?(?!性|因素|权|于|着)|定下来|敲定|拍板|达成(?:一致|共识)|一致(?:同意|认为|通过)|就这么(?:定|办)|确定(?:下来|了?(?:采用|使用|用|在|为|由|按)))|(?:那|所以)?我们就(?:先)?(?:用|选|按|采用|改成?|定在?|推迟|取消|走|上)/u;
const ZH_UNSETTLED =
  /没(?:有)?(?:决定|定下来|确定|达成|敲定)|未(?:决定|定|确定)|还没|尚未|(?:需要|要|再|来|怎么|如何|才能?|无法|由谁|谁来|难以|取|并不能|不能)决定|决定不了|是否|会不会|要不要|取决于|如果|假如|可能|待定|不同意|所?决定的|考虑/u;

const PROPOSED =
  /^(?:(?:so|and|but|okay|ok|well|then|now|right|yeah|yes|good|great|maybe|perhaps|alright)[,.]?\s+)*(?:i think |i guess |(?:i'd say |i would say )(?!we (?!should|could|can\b|ought|might))|maybe |perhaps )?(?:(?:let's|let us) (?!see\b|say\b|look\b|start\b|begin\b|talk\b|discuss\b|move on\b|hear\b|go (?:on|around|through|back|over)\b|take a look\b|decide\b|get (?:started|going)\b|wait\b|hope\b|check\b|think\b|try to\b|do (?:that|it|this)\b|continue\b|jump\b|be\b|face it\b)|we (?:should|could|can|ought to|might) (?!be able|also say|talk|discuss|see\b|say\b|think\b|probably say)|(?:i|i'd|i would|we) (?:suggest|propose|recommend|move) |my (?:suggestion|proposal|recommendation) |(?:i'd say|i would say|i say|i vote) we (?!are\b|were\b|have\b|had\b|did\b|can't\b|don't\b)\p{L}+ |(?:shall|should|why don't|can|could) we (?!start|begin|move on|talk|discuss|go (?:on|back|through))|(?:how|what) about |what if we |we move |we (?:keep|drop|postpone|delay|cancel|launch|ship|use|choose|pick|buy|hire|switch) )/iu;
const ZH_PROPOSED =
  /^(?:那|所以|要不|不如|或者)?(?:我)?(?:建议|提议|提案)|^(?:那|所以|要不|不如|那么)?(?:我们|咱们)(?:就|先|可以|应该|不如|干脆)(?!.{0,8}(?:开始|聊|谈|请|看|听|说|讲|介绍))|^(?:要不|不如)/u;

/** A cue without the decision itself: "then let us decide." What follows in the same turn is the decision. */
const ANNOUNCED =
  /^(?:\w+[,.]?\s+){0,3}(?:let us decide|let's decide|(?:so )?(?:the|our) decision(?: then)?|here(?:'s| is) (?:the|our|what we) (?:decision|decided)|to decide|(?:it|that)(?:'s| is| has been) (?:now )?(?:decided|settled|agreed)(?: then| now)?|we(?:'ve| have)? (?:all |now )?(?:decided|agreed)(?: then| now)?)[.:!]?$|^(?:那|所以)?(?:我们|咱们)?(?:来)?(?:决定一下|定一下)[。.！!]?$|^(?:(?:好的?|嗯|行|可以)[，,。]?)?(?:那|那么|所以)?(?:我们)?就?(?:这么|这样)?(?:定了|定下来了?|决定了|说定了)[。.！!：:]?$/iu;

/** A state of affairs laid down: "the position stays frozen until April". */
const LAID_DOWN =
  /\b(?:stays?|remains?|will (?:stay|remain|be)|is|are|gets?) (?:\w+ ){0,2}(?:frozen|on hold|postponed|cancelled|canceled|closed|out|unchanged|as is|approved|off|delayed|deferred|until|till)\b|保持|维持|不变|暂停|冻结|推迟|取消|延期/iu;

/** A reply that wants something else: what was asked is not what was agreed. */
const COUNTERS =
  /\b(?:i(?:'d| would)|we(?:'d| should)) (?:much )?(?:rather|prefer)|\b(?:instead|too early|too late|not (?:yet|ready)|rather not|i (?:don't|do not) think)\b|宁愿|宁可|还是(?:先)?等|不如|太早|来不及|不太行/iu;
/** Asks whether something is possible; nothing is put forward. */
const ASKS_WHETHER = /\b(?:can|could) (?:we|you|i) (?:still|even|really|actually|already)\b|还能|还可以|还来得及/iu;

/** What the speaker takes on, or thanks, follow a decision without being one. */
const SELF_TASK =
  /^(?:(?:and|so|then|now)[,]? )?(?:i(?:'ll| will|'m going to)\b|thank|next\b|let's (?:move|go) on)|^(?:我来|我会|我去|谢谢|下一个)/iu;

const PAST_STORY =
  /\b(?:last (?:week|month|year|time|meeting)|yesterday|back then|used to|years ago|previously)\b|去年|上次|以前|当年|当时/iu;

/** Shorter sentences ("we agreed to that") name no matter by themselves. */
const LEAST_TERMS = 2;
/** With so many words one term is enough: "then I'd say we put it into the roof". */
const PLAIN_WORDS = 7;
/** Turns by others within which agreement still belongs to the proposal. */
const AGREEMENT_TURNS = 2;
/** Two decisions sharing this much of their terms are one, told twice. */
const SAME_DECISION = 0.75;
/** A decision that says it changes something needs less in common with what it changes. */
const CHANGED_DECISION = 0.4;
const CHANGES =
  /\b(?:instead|rather than|no longer|not .{1,30} but|after all|changed? (?:it|that|the|our)|revert|back to|on second thou?ghts?|actually)\b|改成|改为|改到|改用|而不是|不再|还是(?:用|选|按|改)/iu;

/** "Shall we sh well we'll stick to it": a question dropped halfway is thinking aloud. */
const FALSE_START =
  /^(?:(?:so|and|but|okay|ok|then)[,.]?\s+)*(?:shall|should|can|could|do|are|will|would|what if|why don't) (?:we|i|you|they)\b(?:\s+\S+){0,4}?[\s,-]+(?:well|i mean)\b/iu;

function isStated(sentence: Sentence): boolean {
  const { text } = sentence;
  return (
    (STATED.test(text) && !FALSE_START.test(text) && !UNSETTLED.test(text)) ||
    (/\p{Script=Han}/u.test(text) && ZH_STATED.test(text) && !ZH_UNSETTLED.test(text) && sentence.length <= 30)
  );
}

function namesMatter({ terms, length }: Sentence): boolean {
  return terms.length >= LEAST_TERMS || (terms.length > 0 && length >= PLAIN_WORDS);
}

function isProposed(sentence: Sentence): boolean {
  const { text } = sentence;
  return namesMatter(sentence) && (PROPOSED.test(text) || ZH_PROPOSED.test(text));
}

function isDeclared(sentence: Sentence): boolean {
  return !isQuestion(sentence) && !isBackchannel(sentence.text) && namesMatter(sentence);
}

/** Words of deciding, which any two decisions share or do not share for no reason of their matter. Stems. */
const CUE_TERMS = new Set(
  'agre agree decid decision recommend propos suggest settl approv 决定 同意 建议 确定'.split(' '),
);

function matter(sentence: Sentence): string[] {
  return sentence.terms.filter((term) => !CUE_TERMS.has(term));
}

export interface Decision extends Cited {
  readonly sentence: Sentence;
}

/** Whether the later of two decisions tells the earlier one again, or says that it no longer holds. */
function replaces(later: Decision, earlier: Decision): boolean {
  const [before, after] = [matter(earlier.sentence), matter(later.sentence)];
  const shared = overlap(before, after);
  if (shared >= SAME_DECISION && after.length >= before.length) return true;
  return CHANGES.test(later.sentence.text) && shared >= CHANGED_DECISION;
}

/** Numbers the stretches in which one person keeps the floor: a recogniser ends utterances at every pause for breath. */
function floorsOf(sentences: readonly Sentence[]): readonly number[] {
  let floor = 0;
  return sentences.map((sentence, index) => {
    const previous = sentences[index - 1];
    if (previous !== undefined && previous.speakerKey !== sentence.speakerKey) floor++;
    return floor;
  });
}

/** Decisions in the order they were made; of one told twice, the later telling. Proposals and questions are none. */
export function findDecisions(sentences: readonly Sentence[]): Decision[] {
  const found: Decision[] = [];
  const add = (sentence: Sentence, also: readonly Utterance[] = []): void => {
    const known = new Set(sentence.utterances.map(({ id }) => id));
    const [first, ...rest] = sentence.utterances;
    found.push({
      ...cited(alone(sentence), [first, ...rest, ...also.filter(({ id }) => !known.has(id))]),
      sentence,
    });
  };
  const floors = floorsOf(sentences);
  let decidedFloor = -1;
  for (const sentence of sentences) {
    const previous = sentences[sentence.index - 1];
    const floor = floors[sentence.index];
    const keepsFloor = floors[sentence.index - 1] === floor;
    if (!isDeclared(sentence)) {
      // "Shall we use Postgres?" "Agreed." is a decision; the question names it.
      if (!(PROPOSED.test(sentence.text) && isQuestion(sentence) && sentence.terms.length >= LEAST_TERMS)) continue;
    }
    const assent = replyOpenings(repliesTo(sentences, sentence, AGREEMENT_TURNS)).find(({ text }) => agrees(text));
    // Agreement is with the last thing proposed before it.
    const between = assent === undefined ? [] : sentences.slice(sentence.index + 1, assent.index);
    const countered =
      between.some(
        (reply) => reply.speakerKey !== sentence.speakerKey && (COUNTERS.test(reply.text) || refuses(reply.text)),
      ) ||
      (isQuestion(sentence) && ASKS_WHETHER.test(sentence.text));
    const agreement = countered || between.some(isProposed) ? undefined : assent;
    const declared = isDeclared(sentence);
    const announced =
      declared &&
      previous !== undefined &&
      keepsFloor &&
      ANNOUNCED.test(previous.text) &&
      !UNSETTLED.test(previous.text) &&
      !SELF_TASK.test(sentence.text);
    const next = sentences[sentence.index + 1];
    const announces =
      ANNOUNCED.test(sentence.text) && next !== undefined && floors[next.index] === floor && isDeclared(next);
    if (announces && !SELF_TASK.test(next.text)) continue;
    if (declared && (isStated(sentence) || announced) && !(PAST_STORY.test(sentence.text) && agreement === undefined)) {
      decidedFloor = floor ?? -1;
      add(sentence, announced || PROPOSED.test(sentence.text) ? (agreement?.utterances ?? []) : []);
    } else if (
      declared &&
      decidedFloor === floor &&
      keepsFloor &&
      LAID_DOWN.test(sentence.text) &&
      !UNSETTLED.test(sentence.text)
    ) {
      add(sentence);
    } else if (
      agreement !== undefined &&
      sentence.speaker.kind !== 'unnamed' &&
      isProposed(sentence) &&
      !UNSETTLED.test(sentence.text)
    ) {
      add(sentence, agreement.utterances);
    }
  }
  const gone = takenBack(
    sentences,
    found.map(({ sentence }) => sentence.index),
  );
  const standing = found.filter(({ sentence }) => !gone.has(sentence.index) && !isJest(sentences, sentence));
  return standing.filter((decision, at) => !standing.slice(at + 1).some((later) => replaces(later, decision)));
}
