/** Minutes through a model: facts per window, merged, written up once; what the model cannot do, another analyst does. */
import { checkMinutes } from '../../cite.ts';
import type { FaultKind } from '../../faults.ts';
import type { Fallback, Minutes, Provenance, Transcript } from '../../model.ts';
import type { Brief, DateReader } from '../../ports.ts';
import type { Sentence } from '../extractive/sentences.ts';
import { assemble } from './assemble.ts';
import { numberingOf } from './claims.ts';
import { echoesOf } from './echo.ts';
import { linesOf, namesInRecord } from './evidence-lines.ts';
import { askOnce, cut, eachWindow, readWindow, roomFor } from './gather.ts';
import type { Pass, WindowReply } from './gather.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { factsFrom, mergeFacts } from './meeting-facts.ts';
import type { MeetingFacts } from './meeting-facts.ts';
import { composing, planFor } from './plan.ts';
import type { Plan } from './plan.ts';
import { readOutcomes, readTopics } from './read-replies.ts';
import type { Reading } from './read-replies.ts';
import type { Session } from './session.ts';
import { tidy, typeset } from './typeset.ts';
import { chapterRange, factLines, readComposition } from './write-up.ts';
import type { Composition } from './write-up.ts';

export interface Writing {
  readonly session: Session;
  readonly transcript: Transcript;
  /** At least one. */
  readonly sentences: readonly Sentence[];
  readonly brief: Brief;
  /** The other analyst's minutes, made when first needed. */
  readonly instead: () => Promise<Minutes>;
  readonly dates: DateReader | null;
  readonly by: () => Provenance;
}

/** Parts that the other analyst stands in for, with the first reason. */
interface Gaps {
  add(parts: Iterable<Fallback['part']>, reason: FaultKind): void;
  list(): Fallback[];
}

function createGaps(): Gaps {
  const gaps = new Map<Fallback['part'], FaultKind>();
  return {
    add(parts, reason) {
      for (const part of parts) if (!gaps.has(part)) gaps.set(part, reason);
    },
    list: () => [...gaps].map(([part, reason]) => ({ part, reason })),
  };
}

/** Rejects only with the signal's reason, or with what the other analyst rejects with. */
export async function writeMinutes(writing: Writing): Promise<Minutes> {
  const { session, transcript, brief } = writing;
  const plan = planFor(transcript, writing.sentences, brief);
  const gaps = createGaps();
  const facts = await gatherFacts(writing, plan, gaps);
  if (!session.served()) return insteadOfAll(writing);
  const composition = await compose(writing, plan, facts, gaps);
  const draft = assemble({ ...writing, plan, facts, composition });
  return withGapsFilled(writing, plan, draft, gaps);
}

/** The model could not be had, or never gave a reply of the wanted shape. */
async function insteadOfAll({ session, instead }: Writing): Promise<Minutes> {
  const minutes = await instead();
  const usage = session.usage();
  return {
    ...minutes,
    fallbacks: [{ part: 'all', reason: session.gone() ?? 'bad-output' }],
    by: usage === null ? minutes.by : { ...minutes.by, usage },
  };
}

/** A text of less says nothing. */
const HAS_WORD = /[\p{L}\p{N}].*[\p{L}\p{N}]/u;

/** Makes texts fit to be shown; one that repeats the prompts and not the record is not. */
function textsFor(plan: Plan, transcript: Transcript, tasks: readonly string[]): Pick<Reading, 'text' | 'verbatim'> {
  const echoes = echoesOf(
    [INSTRUCTIONS, ...tasks],
    transcript.utterances.map(({ text }) => text),
  );
  const verbatim = (written: string): string => {
    const plain = tidy(written);
    return echoes(plain) || !HAS_WORD.test(plain) ? '' : plain;
  };
  return { verbatim, text: (written) => typeset(verbatim(written), plan.language) };
}

async function gatherFacts(writing: Writing, plan: Plan, gaps: Gaps): Promise<MeetingFacts> {
  const { session, transcript, instead } = writing;
  const { topics, outcomes } = plan;
  const passes = [topics, outcomes].filter((pass): pass is Pass<never> => pass !== null);
  if (passes.length === 0) return mergeFacts([]);
  const { countTokens } = session;
  const mostTokens = Math.floor(Math.min(...passes.map((pass) => roomFor(session, pass))) / 2);
  const windows = cut(session, linesOf(transcript, { mostTokens, countTokens }), passes);
  const texts = textsFor(
    plan,
    transcript,
    passes.map(({ task }) => task),
  );
  const names = namesInRecord(transcript.utterances);
  const numbering = numberingOf(transcript.utterances);
  const headings = plan.sections.map(({ heading }) => heading);

  const factsOf = async <T>(
    replies: readonly WindowReply<T>[],
    parts: Plan['outcomeParts'],
    read: (value: T, reading: Reading) => MeetingFacts,
  ): Promise<MeetingFacts[]> => {
    const facts: MeetingFacts[] = [];
    for (const reply of replies) {
      if (reply.kind === 'read') {
        facts.push(read(reply.value, { window: reply.window, ...texts }));
        continue;
      }
      gaps.add(parts, reply.reason);
      // Nothing was ever given: all of it will be the other analyst's, so its facts are not needed one by one.
      if (session.gone() !== null && !session.served()) continue;
      const wanted = new Set<Fallback['part']>(parts);
      if (wanted.has('summary') || wanted.has('mind-map')) wanted.add('chapters');
      if (wanted.has('open-questions')) wanted.add('questions');
      wanted.delete('all');
      facts.push(
        factsFrom(await instead(), { numbering, own: reply.window.own, parts: asParts(wanted), names, headings }),
      );
    }
    return facts;
  };

  const perWindow = await eachWindow(windows, async (window) => {
    const facts: MeetingFacts[] = [];
    if (topics !== null) {
      facts.push(...(await factsOf(await readWindow(session, topics, window), plan.topicParts, readTopics)));
    }
    if (outcomes !== null) {
      const options = { names: new Set(names.values()), sections: headings.length };
      const replies = await readWindow(session, outcomes, window);
      facts.push(
        ...(await factsOf(replies, plan.outcomeParts, (value, reading) => readOutcomes(value, reading, options))),
      );
    }
    return facts;
  });
  return mergeFacts(perWindow.flat());
}

function asParts(parts: ReadonlySet<Fallback['part']>): Plan['outcomeParts'] {
  return new Set([...parts].filter((part) => part !== 'all'));
}

/** Null: nothing is to be written, or the model gave nothing usable and the other analyst stands in. */
async function compose(writing: Writing, plan: Plan, facts: MeetingFacts, gaps: Gaps): Promise<Composition | null> {
  const { session, transcript, brief } = writing;
  const wantsChapters = plan.parts.has('chapters') || plan.parts.has('mind-map');
  if (brief.title !== null && !wantsChapters && !plan.parts.has('summary')) return null;
  const chapters =
    wantsChapters && facts.topics.length > 0 ? chapterRange(facts.topics.length, brief.durationMs) : null;
  const pass = composing(plan, { title: brief.title === null, chapters });
  const lines = factLines(facts, roomFor(session, pass), session.countTokens);
  // Nothing was found worth telling: there is nothing to write from.
  if (lines.length === 0) return null;
  const reply = await askOnce(session, pass, lines);
  if (reply.kind === 'complete') {
    return readComposition(reply.value, facts, chapters?.[1] ?? 0, textsFor(plan, transcript, [pass.task]).text);
  }
  gaps.add(
    (['summary', 'chapters', 'mind-map'] as const).filter((part) => plan.parts.has(part)),
    'reason' in reply ? reply.reason : 'bad-output',
  );
  return null;
}

/** Checked against the record; what is missing then, though something was said, comes from the other analyst. */
async function withGapsFilled(writing: Writing, plan: Plan, draft: Minutes, gaps: Gaps): Promise<Minutes> {
  const { transcript, brief, instead } = writing;
  const checked = checkMinutes(draft, transcript, brief);
  const wantsChapters = plan.parts.has('chapters') || plan.parts.has('mind-map');
  const noTitle = brief.title === null && (draft.title === '' || checked.title !== draft.title);
  const noSummary = plan.parts.has('summary') && checked.summary.length === 0;
  const noChapters = wantsChapters && checked.chapters.length === 0;
  if (!noTitle && !noSummary && !noChapters) return { ...checked, fallbacks: gaps.list() };
  const other = await instead();
  if (noSummary && other.summary.length > 0) gaps.add(['summary'], 'bad-output');
  if (noChapters && other.chapters.length > 0)
    gaps.add(plan.parts.has('chapters') ? ['chapters'] : ['mind-map'], 'bad-output');
  return checkMinutes(
    {
      ...checked,
      title: noTitle ? other.title : checked.title,
      summary: noSummary ? other.summary : checked.summary,
      chapters: noChapters ? other.chapters : checked.chapters,
      fallbacks: gaps.list(),
    },
    transcript,
    brief,
  );
}
