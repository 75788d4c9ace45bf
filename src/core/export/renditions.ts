/** A transcript beside, or in the words of, a rendition of it. */
import type { Rendition, Transcript, Utterance, UtteranceId } from '../model.ts';
import { oneLine } from './printable.ts';

/** Something said, with its translation where there is one. A translated line follows the last utterance it stands for. */
export interface Line {
  readonly utterance: Utterance;
  readonly translation: string | null;
}

/**
 * The transcript in the words of a polished rendition: each of its lines takes the place of the first utterance it
 * stands for and lasts to the end of the last one; utterances without a line stay as they are. Word times are of the
 * spoken words and go. Anything but a polished rendition changes nothing.
 */
export function inWordsOf(transcript: Transcript, rendition: Rendition | null): Transcript {
  if (rendition === null || rendition.kind !== 'polish') return transcript;
  const known = new Map(transcript.utterances.map((utterance) => [utterance.id, utterance]));
  const rewritten = new Map<UtteranceId, Utterance | null>();
  for (const { utteranceIds, text } of rendition.lines) {
    const parts = utteranceIds.flatMap((id) => known.get(id) ?? []);
    const [first] = parts;
    if (first === undefined || oneLine(text) === '') continue;
    for (const part of parts) rewritten.set(part.id, null);
    const { words: _, ...kept } = first;
    rewritten.set(first.id, { ...kept, text, endMs: Math.max(...parts.map(({ endMs }) => endMs)) });
  }
  return {
    ...transcript,
    utterances: transcript.utterances.flatMap((utterance) => {
      const line = rewritten.get(utterance.id);
      return line === undefined ? [utterance] : line === null ? [] : [line];
    }),
  };
}

/** Everything said, in order, beside its translation. Utterances without words are left out. */
export function linesOf(transcript: Transcript, rendition: Rendition | null): readonly Line[] {
  const position = new Map(transcript.utterances.map(({ id }, at) => [id, at]));
  const translations = new Map<UtteranceId, string>();
  if (rendition?.kind === 'translation') {
    for (const { utteranceIds, text } of rendition.lines) {
      const last = utteranceIds.toSorted((a, b) => (position.get(a) ?? -1) - (position.get(b) ?? -1)).at(-1);
      if (last !== undefined && oneLine(text) !== '') translations.set(last, oneLine(text));
    }
  }
  return inWordsOf(transcript, rendition)
    .utterances.filter(({ text, id }) => oneLine(text) !== '' || translations.has(id))
    .map((utterance) => ({ utterance, translation: translations.get(utterance.id) ?? null }));
}
