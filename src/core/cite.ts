/**
 * Evidence or omit. Nothing an analyst says is stored or posted before it has passed here: every claim must cite
 * utterances that exist, be about what they are about, and have its numbers, dates, names, negations, mentions, links
 * and markup from them. A claim in another language than its evidence is compared in all that survives a translation.
 */
import type {
  ActionItem,
  Answer,
  AnswerClaim,
  Chapter,
  Citation,
  Cited,
  MeetingId,
  Minutes,
  Ms,
  QuestionAnswered,
  Speaker,
  SpeakerSummary,
  Transcript,
  Utterance,
  UtteranceId,
} from './model.ts';
import { detectLanguage } from './import-transcript/detect-language.ts';
import { isNamed, speakerKey, speakerName } from './speaker.ts';
import { compact, knownNames, wordsSaid } from './understand/facts.ts';
import type { Grounds } from './understand/facts.ts';
import { liveMarkup } from './understand/markup.ts';
import { evidenceOf, markupSaid, supports } from './understand/support.ts';
import type { Evidence, KnownNames } from './understand/support.ts';
import { clean } from './understand/extractive/clean.ts';
import { contentTerms, tokenise } from './understand/extractive/words.ts';

/** Title of the minutes of a meeting in which no word was said. */
export const NOTHING_SAID = 'Nothing was said';

/** One citation of all these utterances, from the start of the earliest to the end of the latest. */
export function citation(utterances: readonly [Utterance, ...Utterance[]]): Citation {
  const [first, ...rest] = utterances;
  const ids = new Set(rest.map((utterance) => utterance.id));
  ids.delete(first.id);
  return {
    utteranceIds: [first.id, ...ids],
    startMs: Math.min(...utterances.map((utterance) => utterance.startMs)),
    endMs: Math.max(...utterances.map((utterance) => utterance.endMs)),
  };
}

/** A claim resting on these utterances. */
export function cited(text: string, utterances: readonly [Utterance, ...Utterance[]]): Cited {
  return { text, citations: [citation(utterances)] };
}

interface Said {
  readonly byId: ReadonlyMap<UtteranceId, Utterance>;
  readonly position: ReadonlyMap<UtteranceId, number>;
  readonly names: KnownNames;
  /** What speakers are called. */
  readonly speakers: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  readonly run: string;
  /** All of it as evidence, for titles, which cite nothing. */
  readonly whole: () => Evidence;
  /** Language that claims should be in, ISO 639-1; null: nobody said. */
  readonly writtenIn: string | null;
}

function recordOf(utterances: readonly Utterance[], writtenIn: string | null): Said {
  const texts = utterances.map((utterance) => utterance.text);
  const speakers = [
    ...new Set(utterances.filter(({ speaker }) => isNamed(speaker)).map(({ speaker }) => speakerName(speaker))),
  ];
  let whole: Evidence | null = null;
  return {
    byId: new Map(utterances.map((utterance) => [utterance.id, utterance])),
    position: new Map(utterances.map((utterance, index) => [utterance.id, index])),
    names: { all: knownNames(texts, speakers), speakers: knownNames([], speakers) },
    speakers: new Set(speakers),
    words: new Set(
      [...texts, ...texts.map(clean), ...speakers].flatMap((text) => tokenise(text).map(({ norm }) => norm)),
    ),
    run: compact([...texts, ...texts.map(clean), ...speakers].join('\n')),
    whole: () => (whole ??= evidenceFrom(utterances)),
    writtenIn,
  };
}

/** The citations as the transcript has them, and the utterances cited; null when any id is unknown. */
function resolve(
  citations: readonly Citation[],
  record: Said,
): { readonly citations: readonly [Citation, ...Citation[]]; readonly utterances: readonly Utterance[] } | null {
  const resolved: Citation[] = [];
  const all = new Map<UtteranceId, Utterance>();
  for (const { utteranceIds } of citations) {
    const found: Utterance[] = [];
    for (const id of new Set<UtteranceId>(utteranceIds)) {
      const utterance = record.byId.get(id);
      if (utterance === undefined) return null;
      found.push(utterance);
      all.set(id, utterance);
    }
    found.sort((a, b) => (record.position.get(a.id) ?? 0) - (record.position.get(b.id) ?? 0));
    const [first, ...rest] = found;
    if (first === undefined) return null;
    resolved.push(citation([first, ...rest]));
  }
  const [first, ...rest] = resolved;
  if (first === undefined) return null;
  const utterances = [...all.values()].toSorted(
    (a, b) => (record.position.get(a.id) ?? 0) - (record.position.get(b.id) ?? 0),
  );
  return { citations: [first, ...rest], utterances };
}

function evidenceFrom(utterances: readonly Utterance[]): Evidence {
  const text = utterances.map((utterance) => utterance.text).join(' ');
  const named = utterances.filter(({ speaker }) => isNamed(speaker)).map(({ speaker }) => speakerName(speaker));
  return evidenceOf(
    { text, cleaned: clean(text) },
    [...new Set(named)],
    utterances.map(({ language }) => language),
  );
}

interface Checked<T extends Cited> {
  readonly claim: T;
  readonly utterances: readonly Utterance[];
  readonly grounds: Grounds;
}

/** The claim with its citations' times recomputed, or null when it cites nothing real or is not borne out. */
function check<T extends Cited>(claim: T, record: Said): Checked<T> | null {
  if (claim.text.trim() === '') return null;
  const resolved = resolve(claim.citations, record);
  if (resolved === null) return null;
  const evidence = evidenceFrom(resolved.utterances);
  if (!supports(claim.text, evidence, record.names, record.writtenIn)) return null;
  return {
    claim: { ...claim, citations: resolved.citations },
    utterances: resolved.utterances,
    grounds: evidence.grounds,
  };
}

/** Words of a quoted title when the title given was made up: this many words, or twice as many characters. */
const FALLBACK_TITLE_WORDS = 8;

function openingWords(text: string): string {
  const tokens = tokenise(text).slice(0, FALLBACK_TITLE_WORDS);
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined ? text.trim().slice(0, 60) : text.slice(first.start, last.end);
}

/** Who spoke most of the cited words: never what an analyst says, but what the record does. */
function voiceOf(utterances: readonly Utterance[]): Speaker {
  const lengths = new Map<string, { readonly speaker: Speaker; length: number }>();
  for (const { speaker, text } of utterances) {
    const own = lengths.get(speakerKey(speaker));
    if (own === undefined) lengths.set(speakerKey(speaker), { speaker, length: text.length });
    else own.length += text.length;
  }
  const [most] = [...lengths.values()].toSorted((a, b) => b.length - a.length);
  return most?.speaker ?? { kind: 'unnamed' };
}

/**
 * The owner only if they are one of the cited speakers or are named in the cited words: a speaker by a part of their
 * name ("Dana" for Dana Lee), somebody else by all of it.
 */
function ownerBorneOut(
  owner: string,
  utterances: readonly Utterance[],
  grounds: Grounds,
  speakers: ReadonlySet<string>,
): boolean {
  if (utterances.some(({ speaker }) => isNamed(speaker) && speakerName(speaker) === owner)) return true;
  const parts = tokenise(owner).map(({ norm, kind }) =>
    kind === 'joined' ? grounds.run.includes(compact(owner)) : norm.length > 1 && grounds.words.has(norm),
  );
  return parts.length > 0 && (speakers.has(owner) ? parts.includes(true) : parts.every(Boolean));
}

/** Titles cite nothing, so more of their words than of a claim's must have been said. */
const TITLE_WORDS_SAID = 0.5;

/** Whether the text has no markup that nobody said. */
function isPlain(text: string, record: Said): boolean {
  return liveMarkup(text).length === 0 || markupSaid(text, record.whole());
}

/** Whether the title is made of words that were said, or says of the whole what a claim may say of its evidence. */
function titleBorneOut(title: string, record: Said): boolean {
  return (
    (wordsSaid(title, record.words, record.run) && isPlain(title, record)) ||
    (contentTerms(tokenise(title)).length > 0 &&
      supports(title, record.whole(), record.names, record.writtenIn, TITLE_WORDS_SAID))
  );
}

/** What the requester gave; a title of theirs need not have been said. */
export interface Given {
  readonly title: string | null;
  /** End of the recording; when absent, the end of the last chapter given. */
  readonly durationMs?: Ms;
}

/**
 * The minutes with everything taken out that its evidence does not bear out; `rejected` grows by the number of things
 * taken out. A made-up title gives way to words that were said. Chapters that stay still tile the meeting.
 */
export function checkMinutes(minutes: Minutes, transcript: Transcript, given: Given = { title: null }): Minutes {
  const record = recordOf(transcript.utterances, minutes.language);
  let rejected = minutes.rejected;
  const keep = <T extends Cited>(claims: readonly T[]): T[] => {
    const kept: T[] = [];
    for (const claim of claims) {
      const result = check(claim, record);
      if (result === null) rejected++;
      else kept.push(result.claim);
    }
    return kept;
  };

  const actions: ActionItem[] = [];
  for (const action of minutes.actions) {
    const result = check(action, record);
    if (result === null) {
      rejected++;
      continue;
    }
    const { owner, dueText } = action;
    const owned = owner === null || ownerBorneOut(owner, result.utterances, result.grounds, record.speakers);
    const due = dueText === null || (dueText.trim() !== '' && result.grounds.run.includes(compact(dueText)));
    if (!owned) rejected++;
    if (!due) rejected++;
    actions.push({
      ...result.claim,
      owner: owned ? owner : null,
      dueText: due ? dueText : null,
      dueDate: due && dueText !== null ? action.dueDate : null,
    });
  }

  const questions: QuestionAnswered[] = [];
  for (const { question, answer } of minutes.questions) {
    const asked = check(question, record);
    const answered = answer === null ? null : check(answer, record);
    if (asked === null) rejected++;
    else {
      if (answer !== null && answered === null) rejected++;
      questions.push({
        question: asked.claim,
        askedBy: voiceOf(asked.utterances),
        answer: answered?.claim ?? null,
        answeredBy: answered === null ? null : voiceOf(answered.utterances),
      });
    }
  }

  const spoke = new Set(transcript.utterances.map(({ speaker }) => speakerKey(speaker)));
  const speakers: SpeakerSummary[] = [];
  for (const summary of minutes.speakers) {
    const key = speakerKey(summary.speaker);
    if (!spoke.has(key)) {
      rejected += 1 + summary.points.length;
      continue;
    }
    const points = keep(summary.points).filter((point) => {
      const own = point.citations.some(({ utteranceIds }) =>
        utteranceIds.some((id) => {
          const utterance = record.byId.get(id);
          return utterance !== undefined && speakerKey(utterance.speaker) === key;
        }),
      );
      if (!own) rejected++;
      return own;
    });
    speakers.push({ ...summary, points });
  }

  const chapters: Chapter[] = [];
  const inOrder = [...minutes.chapters].toSorted((a, b) => a.startMs - b.startMs);
  for (const chapter of inOrder) {
    const claim = check(chapter, record)?.claim ?? null;
    const points = keep(chapter.points);
    const [point] = points;
    const previous = chapters.at(-1);
    if (claim === null) rejected++;
    // A stretch of the meeting is not lost with a sentence about it.
    const standing =
      claim ?? (point === undefined ? null : { ...chapter, text: point.text, citations: point.citations });
    if (standing === null) continue;
    if (previous !== undefined && previous.startMs === chapter.startMs) {
      rejected++;
      continue;
    }
    const said = chapter.title.trim() !== '' && titleBorneOut(chapter.title, record);
    if (!said) rejected++;
    chapters.push({ ...standing, title: said ? chapter.title : openingWords(standing.text), points });
  }
  const endMs = given.durationMs ?? Math.max(0, ...minutes.chapters.map((chapter) => chapter.endMs));

  let title = minutes.title;
  const anythingSaid =
    record.words.size > 0 && transcript.utterances.some(({ text }) => tokenise(clean(text)).length > 0);
  const titleStands =
    title === given.title ||
    (title === NOTHING_SAID && !anythingSaid) ||
    (title.trim() !== '' && titleBorneOut(title, record));
  if (!titleStands) {
    rejected++;
    const first = transcript.utterances.find(({ text }) => text.trim() !== '');
    title = given.title ?? (first === undefined ? NOTHING_SAID : openingWords(first.text));
  }

  const keywords = minutes.keywords.filter((keyword) => {
    const said = wordsSaid(keyword, record.words, record.run) && isPlain(keyword, record);
    if (!said) rejected++;
    return said;
  });

  return {
    ...minutes,
    title,
    summary: keep(minutes.summary),
    keyMoments: keep(minutes.keyMoments),
    sections: minutes.sections.map((section) =>
      section.part === 'custom' ? { ...section, items: keep(section.items) } : section,
    ),
    decisions: keep(minutes.decisions),
    actions,
    questions,
    speakers,
    keywords,
    chapters: tile(chapters, endMs),
    rejected,
  };
}

/** Chapters in order, the first from 0, each to the start of the next, the last to the end. */
function tile(chapters: readonly Chapter[], endMs: Ms): Chapter[] {
  return chapters.map((chapter, at) => ({
    ...chapter,
    startMs: at === 0 ? 0 : chapter.startMs,
    endMs: chapters[at + 1]?.startMs ?? endMs,
  }));
}

/** The answer with unsupported claims taken out; when none is left it is `not-said`. */
export function checkAnswer(answer: Answer, transcripts: readonly Transcript[]): Answer {
  if (answer.kind === 'not-said') return answer;
  const asked = detectLanguage(answer.question);
  const writtenIn = asked === 'und' ? null : asked;
  const named = new Set(answer.claims.map(({ meetingId }) => meetingId));
  const records = new Map<MeetingId, Said>();
  for (const [meetingId, passages] of Map.groupBy(transcripts, (transcript) => transcript.meetingId)) {
    const utterances = passages.flatMap((passage) => passage.utterances);
    if (named.has(meetingId)) records.set(meetingId, recordOf(utterances, writtenIn));
  }
  const claims: AnswerClaim[] = [];
  for (const claim of answer.claims) {
    const record = records.get(claim.meetingId);
    const result = record === undefined ? null : check(claim, record);
    if (result !== null) claims.push(result.claim);
  }
  const [first, ...rest] = claims;
  if (first !== undefined) return { ...answer, claims: [first, ...rest] };
  const searched = transcripts.reduce((count, transcript) => count + transcript.utterances.length, 0);
  const { question, by, fallback } = answer;
  return { kind: 'not-said', question, searched, by, ...(fallback === undefined ? {} : { fallback }) };
}
