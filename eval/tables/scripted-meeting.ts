import type { Answer, Citation, Cited, Minutes, Utterance } from '../../src/core/model.ts';
import type { Script, TrackedMeeting } from '../data/meetings.ts';
import { boundaryScore } from '../metrics/segmentation.ts';
import { speakerOf } from '../product/hear.ts';
import { chapterStarts } from './chapters.ts';
import { asCount, type Cell, type Table } from './table.ts';

/** Does the evidence of a claim lie in one of these turns: the same speaker at the same time? */
type RestsOn = (citations: readonly Citation[], turns: readonly number[]) => boolean;

const restsOn =
  (meeting: TrackedMeeting, utterances: readonly Utterance[]): RestsOn =>
  (citations, turns) => {
    const ids = new Set(citations.flatMap((citation) => citation.utteranceIds));
    return utterances.some(
      (utterance) =>
        ids.has(utterance.id) &&
        turns.some((index) => {
          const turn = meeting.turns[index];
          return (
            turn?.speaker === speakerOf(utterance) && turn.startMs < utterance.endMs && utterance.startMs < turn.endMs
          );
        }),
    );
  };

const matched = (
  label: string,
  truths: readonly { readonly turns: readonly number[] }[],
  claims: readonly Cited[],
  rests: RestsOn,
): readonly Cell[] => [
  label,
  truths.length,
  claims.length,
  truths.filter(({ turns }) => claims.some((claim) => rests(claim.citations, turns))).length,
  claims.filter((claim) => !truths.some(({ turns }) => rests(claim.citations, turns))).length,
];

/** A scripted meeting from sound to minutes to answers, against its script. `answers` follow the script's questions. */
export const scriptedMeetingTable = (
  model: string,
  meeting: TrackedMeeting,
  script: Script,
  heard: readonly Utterance[],
  minutes: Minutes,
  answers: readonly Answer[],
): Table => {
  const rests = restsOn(meeting, heard);
  const owned = script.actions.filter(({ owner, turns }) =>
    minutes.actions.some((action) => action.owner === owner && rests(action.citations, turns)),
  );
  const due = script.actions.filter(({ due: when, turns }) =>
    minutes.actions.some(
      (action) =>
        rests(action.citations, turns) &&
        action.dueText !== null &&
        when
          .toLowerCase()
          .split(' ')
          .some((word) => action.dueText?.toLowerCase().includes(word)),
    ),
  );
  const asked = script.questions.map((question, index) => ({ question, answer: answers[index] }));
  const answerable = asked.filter(({ question }) => question.answerable);
  const unanswerable = asked.filter(({ question }) => !question.answerable);
  const answered = (pairs: typeof asked): typeof asked => pairs.filter(({ answer }) => answer?.kind === 'answered');
  const rightly = answered(answerable).filter(
    ({ question, answer }) =>
      answer?.kind === 'answered' && answer.claims.some((claim) => rests(claim.citations, question.turns)),
  );
  // Chapters are cut between utterances; a true chapter starts with the first utterance of its first turn.
  const trueStarts = script.chapters
    .map(({ startTurn }) => meeting.turns[startTurn]?.startMs ?? 0)
    .map((startMs) => heard.findIndex((utterance) => utterance.endMs > startMs))
    .filter((unit) => unit > 0);
  const chapters = chapterStarts(minutes.chapters, heard);
  const reference = { units: heard.length, starts: new Set(trueStarts) };
  const onTime = Math.round(boundaryScore(reference, chapters, 1).recall * reference.starts.size);
  return {
    title: `${meeting.name} from sound to minutes, ${model}`,
    columns: [
      { name: 'what' },
      { name: 'true', format: asCount },
      { name: 'given', format: asCount },
      { name: 'found', format: asCount },
      { name: 'false', format: asCount },
    ],
    rows: [
      matched('action items', script.actions, minutes.actions, rests),
      ['  with the right owner', script.actions.length, minutes.actions.length, owned.length, null],
      ['  with the due time', script.actions.length, minutes.actions.length, due.length, null],
      matched('decisions', script.decisions, minutes.decisions, rests),
      [
        'chapter boundaries (± 1 utterance)',
        reference.starts.size,
        chapters.starts.size,
        onTime,
        chapters.starts.size - onTime,
      ],
      [
        'questions with an answer',
        answerable.length,
        answered(answerable).length,
        rightly.length,
        answered(answerable).length - rightly.length,
      ],
      [
        'questions nobody answered',
        unanswerable.length,
        unanswerable.length,
        unanswerable.length - answered(unanswerable).length,
        answered(unanswerable).length,
      ],
      ['claims withheld for lack of evidence', null, minutes.rejected, null, null],
    ],
    notes: ['A claim is right when it cites an utterance of the right speaker in the right turn.'],
  };
};
