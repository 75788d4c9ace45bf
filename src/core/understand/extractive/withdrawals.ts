/** What takes back something said before: jokes, second thoughts, and tasks handed to somebody else. */
import type { Participants } from './participants.ts';
import type { Sentence } from './sentences.ts';

const TAKES_BACK =
  /(?<!\b(?:don't|do not|not|never|won't|can't|cannot|shouldn't|wouldn't)(?: \w+)? )(?:\b(?:scrap|strike|scratch|forget|drop|undo|ignore|cancel) (?:that|it|this|what i (?:just )?said)\b(?! (?:we|i|you|the|for|to|on|off|feature|idea of)\b)|\bnever mind\b(?! the)|\bon second thou?ghts?\b|\bi take (?:that|it) back\b|\b(?:actually|wait|hmm),? (?:no|let's not|let us not|we shouldn't|we can't|not)\b[,.!]?|\b(?:let's|let us) (?:not (?:do (?:that|it|this)|decide (?:that|it|this|yet|now))|leave (?:that|it|this) open|hold off on (?:that|it|this))\b|\bthat(?:'s| is) off the table\b)|(?:^|[，。,；\s])(?:算了|不用了|当我没说|作废|收回(?:刚才|这)|刚才(?:说的|那个)不算|还是别|还是不要|还是算)|先不定|不算数|先别(?:定|做|发|改)/iu;
const JOKES =
  /\b(?:just |only |i'm |i was |am )(?:kidding|joking)\b|\b(?:kidding|joking) aside\b|\bas a joke\b|\bha ha\b|\bhaha+\b|\blol\b|\b(?:eat my (?:hat|\w+)|when pigs fly|when hell freezes|over my dead body|in my next life|until they carry me)\b|开(?:个)?玩笑|哈哈|逗你|说笑/iu;

/** So many sentences after something was said, "scrap that" still means it. */
const REACH_SENTENCES = 5;

/** Said in jest by its own words, or by what its speaker adds at once. */
export function isJest(sentences: readonly Sentence[], sentence: Sentence): boolean {
  if (JOKES.test(sentence.text)) return true;
  const next = sentences[sentence.index + 1];
  return next !== undefined && next.speakerKey === sentence.speakerKey && next.length <= 8 && JOKES.test(next.text);
}

/** Of the sentences at these positions, those taken back soon after: always the last one said before. */
export function takenBack(sentences: readonly Sentence[], said: readonly number[]): ReadonlySet<number> {
  const gone = new Set<number>();
  const open = said.toSorted((a, b) => a - b);
  for (const { index, text } of sentences) {
    if (!TAKES_BACK.test(text)) continue;
    const last = open.findLast((at) => at <= index && !gone.has(at));
    // In one breath only what stands before the second thought is meant: "scrap that, I'll call him" is a task.
    if (last === undefined || last < index - REACH_SENTENCES || last === index) continue;
    gone.add(last);
  }
  return gone;
}

/** Position of a task and the participant to whom it went instead, with the sentence that says so. */
export interface HandedOver {
  readonly task: number;
  readonly to: string;
  readonly by: Sentence;
}

/** Tasks handed to a participant by name soon after somebody else had taken them: "no, let Tom do it". */
export function handedOver(
  sentences: readonly Sentence[],
  participants: Participants,
  tasks: readonly number[],
): HandedOver[] {
  const { pattern } = participants;
  if (pattern === null) return [];
  const english = new RegExp(
    String.raw`\b(?:(?:let|have|make) (?<who1>${pattern}) (?:do|take|handle|write|own|have|make|send|run|finish)\b|(?:give|hand|leave|assign|pass) (?:that|it|this)(?: one)? (?:over )?(?:to|with) (?<who2>${pattern})\b|(?<who3>${pattern})(?:,)? (?:should|can|could|will|would|has to|you) (?:do|take|handle|own) (?:that|it|this)\b)`,
    'iu',
  );
  const chinese = new RegExp(
    String.raw`(?:还是|不，?|改|就)(?:让|由|给|请|叫)(?<who>${pattern})(?:来|去|负责|做|写|办|处理)|改(?:成|为)(?<who2>${pattern})`,
    'u',
  );
  const found: HandedOver[] = [];
  for (const sentence of sentences) {
    const groups = (english.exec(sentence.text) ?? chinese.exec(sentence.text))?.groups;
    if (groups === undefined || /[?？]\s*$/u.test(sentence.text)) continue;
    const to = participants.called(
      groups['who1'] ?? groups['who2'] ?? groups['who3'] ?? groups['who'] ?? groups['who2'] ?? '',
    );
    const task = tasks.findLast((at) => at < sentence.index && at >= sentence.index - REACH_SENTENCES);
    if (to !== null && task !== undefined) found.push({ task, to, by: sentence });
  }
  return found;
}
