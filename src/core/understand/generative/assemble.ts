/** Facts and their write-up as minutes, laid out as the template wants them. */
import type {
  ActionItem,
  Chapter,
  Cited,
  Minutes,
  Ms,
  Provenance,
  QuestionAnswered,
  Speaker,
  SpeakerSummary,
  Transcript,
} from '../../model.ts';
import type { Brief, DateReader } from '../../ports.ts';
import { isNamed, speakerKey, speakerName } from '../../speaker.ts';
import { dueDateOf } from '../extractive/due-date.ts';
import { spokeMs } from '../extractive/speaker-points.ts';
import { tokenise } from '../extractive/words.ts';
import { numberingOf, resting, spread } from './claims.ts';
import type { Claim, Numbering } from './claims.ts';
import { namesInRecord } from './evidence-lines.ts';
import type { MeetingFacts, Task } from './meeting-facts.ts';
import type { Plan } from './plan.ts';
import type { Composition } from './write-up.ts';

const MOST_KEYWORDS = 12;
const MINUTE_MS = 60_000;
const SPEAKER_POINTS = { short: 2, medium: 4, long: 6 } as const;

interface Material {
  readonly transcript: Transcript;
  readonly brief: Brief;
  readonly dates: DateReader | null;
  readonly by: () => Provenance;
  readonly plan: Plan;
  readonly facts: MeetingFacts;
  /** Null: nothing was written up. */
  readonly composition: Composition | null;
}

/** Unchecked: `checkMinutes` comes after. */
export function assemble(material: Material): Minutes {
  const { transcript, brief, plan, facts, composition } = material;
  const { utterances } = transcript;
  const numbering = numberingOf(utterances);
  const all = (claims: readonly Claim[]): Cited[] => claims.flatMap((claim) => resting(claim, numbering) ?? []);
  let custom = 0;
  return {
    meetingId: transcript.meetingId,
    kind: plan.kind,
    language: plan.language,
    template: plan.template.name,
    sections: plan.template.sections.map((section) =>
      section.part === 'custom'
        ? { part: 'custom', heading: section.heading, items: all(facts.sections[custom++] ?? []) }
        : section,
    ),
    title: brief.title ?? composition?.title ?? '',
    summary: all(plan.parts.has('summary') ? (composition?.summary ?? []) : []),
    keyMoments: all(plan.parts.has('key-moments') ? bestMoments(facts.moments, brief.durationMs) : []),
    chapters: chaptersOf(composition, numbering, brief.durationMs),
    decisions: all(plan.parts.has('decisions') ? facts.decisions : []),
    actions: (plan.parts.has('actions') ? facts.actions : []).flatMap((task) => actionOf(task, numbering, material)),
    questions: facts.questions.flatMap(({ question, answer }) => {
      const wanted = plan.parts.has(answer === null ? 'open-questions' : 'questions');
      const asked = wanted ? resting(question, numbering) : null;
      return asked === null ? [] : [questionOf(asked, answer === null ? null : resting(answer, numbering), numbering)];
    }),
    speakers: plan.parts.has('speakers') ? speakersOf(material, numbering) : [],
    keywords: plan.parts.has('keywords') ? facts.keywords.slice(0, MOST_KEYWORDS) : [],
    rejected: facts.dropped + (composition?.dropped ?? 0),
    fallbacks: [],
    by: material.by(),
  };
}

/** The weightiest, in order: one for every ten minutes, but a few of any meeting. */
function bestMoments(moments: MeetingFacts['moments'], durationMs: Ms): readonly Claim[] {
  const most = Math.min(8, Math.max(3, Math.round(durationMs / MINUTE_MS / 10)));
  return moments
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, most)
    .toSorted((a, b) => a.lines[0] - b.lines[0]);
}

/** From 0 to the end; of two that would begin at one moment the later one's points go to the earlier. */
function chaptersOf(composition: Composition | null, numbering: Numbering, durationMs: Ms): Chapter[] {
  const chapters: Chapter[] = [];
  for (const { title, claim, first, points } of composition?.chapters ?? []) {
    const cited = resting(claim, numbering);
    const begins = numbering.utterance(first);
    if (cited === null || begins === undefined) continue;
    const own = points.flatMap((point) => resting(point, numbering) ?? []);
    const last = chapters.at(-1);
    const startMs = last === undefined ? 0 : begins.startMs;
    if (last !== undefined && startMs <= last.startMs) {
      chapters[chapters.length - 1] = { ...last, points: [...last.points, ...own] };
    } else chapters.push({ ...cited, title, points: own, startMs, endMs: durationMs });
  }
  return chapters.map((chapter, at) => ({ ...chapter, endMs: chapters[at + 1]?.startMs ?? durationMs }));
}

function questionOf(question: Cited, answer: Cited | null, numbering: Numbering): QuestionAnswered {
  const voice = (cited: Cited): Speaker => {
    const line = numbering.line(cited.citations[0].utteranceIds[0]);
    return (line === undefined ? undefined : numbering.utterance(line)?.speaker) ?? { kind: 'unnamed' };
  };
  return { question, askedBy: voice(question), answer, answeredBy: answer === null ? null : voice(answer) };
}

function actionOf(task: Task, numbering: Numbering, { transcript, brief, dates }: Material): ActionItem[] {
  const cited = resting(task, numbering);
  if (cited === null) return [];
  const language = numbering.utterance(task.lines[0])?.language ?? transcript.language;
  const held = { heldAt: brief.heldAt, timeZone: brief.timeZone, language };
  return [
    {
      ...cited,
      owner: task.owner === null ? null : ownerCalled(task.owner, transcript.utterances),
      dueText: task.due,
      dueDate: task.due === null ? null : dueDateOf(task.due, held, dates),
    },
  ];
}

/** The speaker's display name where the name is theirs, or a part of one speaker's only; null for nobody in particular. */
function ownerCalled(owner: string, utterances: Transcript['utterances']): string | null {
  const called = namesInRecord(utterances);
  const speakers = [...Map.groupBy(utterances, ({ speaker }) => speakerKey(speaker))].flatMap(([key, [first]]) =>
    first === undefined ? [] : [{ speaker: first.speaker, name: called.get(key) }],
  );
  const exact = speakers.find(({ name }) => name === owner);
  if (exact !== undefined) return isNamed(exact.speaker) ? speakerName(exact.speaker) : null;
  const parts = tokenise(owner).map(({ norm }) => norm);
  const partly = speakers.filter(({ speaker }) => {
    const words = new Set(tokenise(speakerName(speaker)).map(({ norm }) => norm));
    return isNamed(speaker) && parts.length > 0 && parts.every((part) => words.has(part));
  });
  const [only, ...others] = partly;
  return only !== undefined && others.length === 0 ? speakerName(only.speaker) : owner;
}

/** Everybody, in the order first heard, with points spread over the meeting. */
function speakersOf({ transcript, plan, facts }: Material, numbering: Numbering): SpeakerSummary[] {
  const names = namesInRecord(transcript.utterances);
  const most = SPEAKER_POINTS[plan.template.length];
  return [...Map.groupBy(transcript.utterances, ({ speaker }) => speakerKey(speaker))].flatMap(([key, spoken]) => {
    const [first] = spoken;
    if (first === undefined) return [];
    const given = facts.speakers.find(({ name }) => name === names.get(key))?.points ?? [];
    const own = given.filter(({ lines }) =>
      lines.some((line) => {
        const utterance = numbering.utterance(line);
        return utterance !== undefined && speakerKey(utterance.speaker) === key;
      }),
    );
    return [
      {
        speaker: first.speaker,
        spokeMs: spokeMs(spoken),
        points: spread(own, most).flatMap((point) => resting(point, numbering) ?? []),
      },
    ];
  });
}
