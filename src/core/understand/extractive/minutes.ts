/** The minutes of one transcript, part by part. */
import { NOTHING_SAID } from '../../cite.ts';
import type { Minutes, Provenance, Transcript } from '../../model.ts';
import type { Brief, DateReader } from '../../ports.ts';
import { sectionsOf } from './custom-section.ts';
import { ACTION_WEIGHTS } from './action-weights.ts';
import { findActions } from './actions.ts';
import { findChapters } from './chapters.ts';
import { findDecisions } from './decisions.ts';
import { dueDateOf } from './due-date.ts';
import { findKeywords } from './keywords.ts';
import { findKeyMoments } from './key-moments.ts';
import { kindOf } from './kind.ts';
import { participantsOf } from './participants.ts';
import { findQuestions } from './questions.ts';
import { salienceOf } from './salience.ts';
import type { Sentence } from './sentences.ts';
import type { SentenceVectors } from './sentence-vectors.ts';
import { speakerPoints } from './speaker-points.ts';
import { summarise } from './summary.ts';
import { meetingTitle } from './title.ts';
import { weightsOf } from './weights.ts';

/** Quotes only: every text is a stretch of the transcript without its fillers. Nothing said, nothing claimed. */
export function minutesOf(
  transcript: Transcript,
  sentences: readonly Sentence[],
  vectors: SentenceVectors,
  brief: Brief,
  by: Provenance,
  dates: DateReader | null = null,
): Minutes {
  const weights = weightsOf(sentences);
  const salience = salienceOf(sentences, weights, vectors);
  const chapters = findChapters(sentences, weights, brief.durationMs, vectors);
  const decisions = findDecisions(sentences);
  const held = { heldAt: brief.heldAt, timeZone: brief.timeZone, language: transcript.language };
  const actions = findActions(sentences, participantsOf(transcript), {
    dayOf: (phrase) => dueDateOf(phrase, held, dates),
    model: ACTION_WEIGHTS,
  });
  const settled = new Set(decisions.map(({ sentence }) => sentence.index));
  const requests = new Set(actions.flatMap((action) => action.requests));

  const kind = kindOf(sentences);
  const template = brief.template ?? brief.templates[kind];

  return {
    meetingId: transcript.meetingId,
    kind,
    language: transcript.language,
    template: template.name,
    sections: sectionsOf(template, sentences, weights),
    title: brief.title ?? (sentences.length === 0 ? NOTHING_SAID : meetingTitle(sentences)),
    summary: summarise(salience, template.length, settled),
    keyMoments: findKeyMoments(salience, settled),
    chapters,
    decisions: decisions.map(({ text, citations }) => ({ text, citations })),
    actions: actions.map(({ text, citations, owner, dueText, dueDate }) => ({
      text,
      citations,
      owner,
      dueText,
      dueDate,
    })),
    questions: findQuestions(sentences, requests),
    speakers: speakerPoints(transcript.utterances, salience),
    keywords: findKeywords(sentences, salience.worth),
    rejected: 0,
    fallbacks: [],
    by,
  };
}
