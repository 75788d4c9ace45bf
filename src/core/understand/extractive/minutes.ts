/** The minutes of one transcript, part by part. */
import { NOTHING_SAID } from '../../cite.ts';
import type { Minutes, Provenance, Transcript } from '../../model.ts';
import type { Brief } from '../../ports.ts';
import { findActions } from './actions.ts';
import { findChapters } from './chapters.ts';
import { findDecisions } from './decisions.ts';
import { findKeywords } from './keywords.ts';
import { kindOf } from './kind.ts';
import { participantsOf } from './participants.ts';
import { findQuestions } from './questions.ts';
import { sentencesOf } from './sentences.ts';
import { speakerPoints } from './speaker-points.ts';
import { summarise } from './summary.ts';
import { meetingTitle } from './title.ts';
import { weightsOf } from './weights.ts';

/** Quotes only: every text is a stretch of the transcript without its fillers. Nothing said, nothing claimed. */
export function minutesOf(transcript: Transcript, brief: Brief, by: Provenance): Minutes {
  const sentences = sentencesOf(transcript.utterances);
  const weights = weightsOf(sentences);
  const chapters = findChapters(sentences, weights, brief.durationMs);
  const decisions = findDecisions(sentences);
  const actions = findActions(sentences, participantsOf(transcript));
  const settled = new Set(decisions.map(({ sentence }) => sentence.index));
  const requests = new Set(actions.flatMap((action) => action.requests));

  return {
    meetingId: transcript.meetingId,
    kind: kindOf(sentences),
    title: brief.title ?? (sentences.length === 0 ? NOTHING_SAID : meetingTitle(sentences)),
    summary: summarise(sentences, weights, chapters, settled),
    chapters,
    decisions: decisions.map(({ text, citations }) => ({ text, citations })),
    actions: actions.map(({ text, citations, owner, dueText }) => ({ text, citations, owner, dueText })),
    questions: findQuestions(sentences, requests),
    speakers: speakerPoints(transcript.utterances, sentences, weights),
    keywords: findKeywords(sentences),
    rejected: 0,
    by,
  };
}
