/** Every text of some minutes, and the same minutes with other texts in their places. */
import type { Chapter, Cited, Minutes, MinutesSection, QuestionAnswered, SpeakerSummary } from '../../../model.ts';

/** What stands for a text of the minutes; the text itself when there is nothing better. */
export type Reword = (text: string) => string;

/**
 * Titles, summary, key moments, chapters, decisions, actions, questions, speakers' points, keywords and the headings
 * and items of sections. Citations, times, owners, speakers and the words of a due date stay: they are the meeting's.
 */
export function reworded(minutes: Minutes, reword: Reword): Minutes {
  const item = <T extends Cited>(cited: T): T => ({ ...cited, text: reword(cited.text) });
  const chapter = (one: Chapter): Chapter => ({
    ...item(one),
    title: reword(one.title),
    points: one.points.map(item),
  });
  const question = (one: QuestionAnswered): QuestionAnswered => ({
    ...one,
    question: item(one.question),
    answer: one.answer === null ? null : item(one.answer),
  });
  const speaker = (one: SpeakerSummary): SpeakerSummary => ({ ...one, points: one.points.map(item) });
  const section = (one: MinutesSection): MinutesSection =>
    one.part === 'custom'
      ? { ...one, heading: reword(one.heading), items: one.items.map(item) }
      : { ...one, heading: one.heading === null ? null : reword(one.heading) };
  return {
    ...minutes,
    title: reword(minutes.title),
    summary: minutes.summary.map(item),
    keyMoments: minutes.keyMoments.map(item),
    chapters: minutes.chapters.map(chapter),
    decisions: minutes.decisions.map(item),
    actions: minutes.actions.map(item),
    questions: minutes.questions.map(question),
    speakers: minutes.speakers.map(speaker),
    keywords: minutes.keywords.map(reword),
    sections: minutes.sections.map(section),
  };
}

/** In the order shown, each once: what is said twice is translated once, and so the same way. */
export function textsOf(minutes: Minutes): readonly string[] {
  const texts = new Set<string>();
  reworded(minutes, (text) => {
    texts.add(text);
    return text;
  });
  return [...texts];
}
