/** Translation and polishing through a language model. Nothing it replies is taken before it has been compared with what was said. */
import type {
  Provenance,
  Rendition,
  RenditionLine,
  Transcript,
  Usage,
  Utterance,
  UtteranceId,
} from '../../../model.ts';
import type { Clock, LanguageModel, Rewriter } from '../../../ports.ts';
import { isNamed, speakerKey, speakerName } from '../../../speaker.ts';
import { clean } from '../../extractive/clean.ts';
import { knownNames } from '../../facts.ts';
import { namesInRecord, neutral } from '../evidence-lines.ts';
import { typeset } from '../typeset.ts';
import { latinNames } from './fidelity.ts';
import { reworded, textsOf } from './minutes-texts.ts';
import { POLISH_PROMPT, polishing } from './polish.ts';
import type { Spoken } from './polish.ts';
import { mostRowTokens, piecesOf, rewriteRows } from './rows.ts';
import type { Row } from './rows.ts';
import { TRANSLATE_PROMPT, translating } from './translate.ts';
import type { Original } from './translate.ts';

/** Marks, numbers and silence are the same in every language. */
function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? language;
}

/** A stretch of an utterance short enough to be shown to the model; nearly always all of it. */
interface Piece extends Spoken {
  readonly utterance: Utterance;
  readonly number: number;
}

function piecesIn(
  transcript: Transcript,
  options: {
    readonly most: number;
    readonly model: LanguageModel;
    readonly isWanted: (utterance: Utterance) => boolean;
  },
): readonly Piece[] {
  const names = namesInRecord(transcript.utterances);
  const pieces: Piece[] = [];
  for (const utterance of transcript.utterances) {
    const said = utterance.text.replace(/\s+/gu, ' ').trim();
    const isWanted = hasLetters(said) && options.isWanted(utterance);
    const key = speakerKey(utterance.speaker);
    for (const text of piecesOf(said, options.most, (part) => options.model.countTokens(part))) {
      pieces.push({
        utterance,
        text,
        isWanted,
        number: pieces.length + 1,
        language: utterance.language,
        speaker: names.get(key) ?? null,
        speakerKey: key,
      });
    }
  }
  return pieces;
}

function rowsOf(pieces: readonly Piece[]): readonly Row[] {
  return pieces.map(({ number, speaker, text, isWanted }) => ({
    number,
    isWanted,
    shown: `[${number}] ${speaker ?? 'Somebody'}: ${neutral(text)}`,
  }));
}

function speakerNames(transcript: Transcript): readonly string[] {
  return transcript.utterances.filter(({ speaker }) => isNamed(speaker)).map(({ speaker }) => speakerName(speaker));
}

/** Pieces of one language are put together again as it puts sentences together. */
function joined(texts: readonly string[], language: string): string {
  return texts.join(/^(?:zh|ja)$/u.test(language) ? '' : ' ');
}

function grouped(pieces: readonly Piece[]): ReadonlyMap<UtteranceId, readonly Piece[]> {
  const groups = new Map<UtteranceId, Piece[]>();
  for (const piece of pieces) {
    const group = groups.get(piece.utterance.id);
    if (group === undefined) groups.set(piece.utterance.id, [piece]);
    else group.push(piece);
  }
  return groups;
}

/**
 * `translate` and `translateMinutes` throw the model's Fault when nothing at all could be had from it, `bad-output` when
 * nothing it said could be used; when it fails halfway, what is there is kept and the rest is missing. Utterances
 * already in the language, and those without letters, are never sent: they stand as they are.
 */
export function createRewriter(options: { readonly model: LanguageModel; readonly clock: Clock }): Rewriter {
  const { model, clock } = options;
  const slash = model.name.indexOf('/');

  const provenance = (promptVersion: string, usage: Usage): Provenance => ({
    provider: model.name.slice(0, slash),
    model: model.name.slice(slash + 1),
    promptVersion,
    at: clock.now().toISOString(),
    ...(usage.calls === 0 ? {} : { usage }),
  });

  return {
    name: model.name,

    async translate(transcript, language, progress, signal): Promise<Rendition> {
      const to = baseOf(language);
      const translated = new Map<number, string>();
      const originals = new Map<number, Original>();
      const rewriting = translating({
        originals,
        to,
        names: latinNames(speakerNames(transcript)),
        took: (number, text) => {
          translated.set(number, text);
        },
      });
      const pieces = piecesIn(transcript, {
        model,
        most: mostRowTokens(model, rewriting),
        isWanted: (utterance) => baseOf(utterance.language) !== to,
      });
      for (const piece of pieces) originals.set(piece.number, piece);
      const usage = await rewriteRows(rowsOf(pieces), rewriting, { model, progress, signal });
      const lines: RenditionLine[] = [];
      const missing: UtteranceId[] = [];
      for (const [id, parts] of grouped(pieces)) {
        const texts = parts.flatMap(({ number, isWanted, text }) => (isWanted ? (translated.get(number) ?? []) : text));
        if (texts.length === parts.length) lines.push({ utteranceIds: [id], text: joined(texts, to) });
        else missing.push(id);
      }
      const { meetingId } = transcript;
      return { meetingId, kind: 'translation', language, lines, missing, by: provenance(TRANSLATE_PROMPT, usage) };
    },

    async translateMinutes(minutes, transcript, language, signal) {
      const to = baseOf(language);
      if (baseOf(minutes.language) === to) return minutes;
      const translated = new Map<string, string>();
      const originals = new Map<number, Original>();
      const rewriting = translating({
        originals,
        to,
        names: latinNames(speakerNames(transcript)),
        took: (number, text) => {
          const original = originals.get(number);
          if (original !== undefined) translated.set(original.text, text);
        },
      });
      const rows = textsOf(minutes).map((text, at) => {
        originals.set(at + 1, { text, language: minutes.language, speaker: null });
        return { number: at + 1, shown: `[${at + 1}] ${neutral(text)}`, isWanted: hasLetters(text) };
      });
      const usage = await rewriteRows(rows, rewriting, { model, progress: () => {}, signal });
      const original = { provider: minutes.by.provider, model: minutes.by.model };
      const by = { ...provenance(TRANSLATE_PROMPT, usage), original };
      return { ...reworded(minutes, (text) => translated.get(text) ?? text), language, by };
    },

    async polish(transcript, progress, signal): Promise<Rendition> {
      const spoken = new Map<number, Spoken>();
      const polished = new Map<number, { readonly numbers: readonly number[]; readonly text: string }>();
      const refused = new Set<number>();
      const texts = transcript.utterances.map(({ text }) => text);
      const rewriting = polishing({
        spoken,
        names: knownNames(texts, speakerNames(transcript)),
        took: (numbers, text) => {
          for (const number of numbers) {
            if (text === null) refused.add(number);
            else polished.set(number, { numbers, text });
          }
        },
      });
      const pieces = piecesIn(transcript, {
        model,
        most: mostRowTokens(model, rewriting),
        // Nothing is left of "um", so there is nothing to write.
        isWanted: ({ text }) => hasLetters(clean(text)),
      });
      for (const piece of pieces) spoken.set(piece.number, piece);
      const usage = await rewriteRows(rowsOf(pieces), rewriting, { model, progress, signal });
      const { lines, missing } = polishedLines(pieces, polished, refused);
      const { meetingId, language } = transcript;
      return { meetingId, kind: 'polish', language, lines, missing, by: provenance(POLISH_PROMPT, usage) };
    },
  };
}

interface Draft {
  readonly ids: Set<UtteranceId>;
  text: string;
  readonly speakerKey: string;
}

/** Lines in the transcript's order. Words that were not accepted give way to the cleaned original, one by one. */
function polishedLines(
  pieces: readonly Piece[],
  polished: ReadonlyMap<number, { readonly numbers: readonly number[]; readonly text: string }>,
  refused: ReadonlySet<number>,
): { readonly lines: readonly RenditionLine[]; readonly missing: readonly UtteranceId[] } {
  const missing: UtteranceId[] = [];
  const drafts: Draft[] = [];
  const byNumber = new Map(pieces.map((piece) => [piece.number, piece]));
  const written = new Set<number>();
  for (const [id, parts] of grouped(pieces)) {
    const isWanted = parts.some((part) => part.isWanted);
    if (isWanted && !parts.some(({ number }) => polished.has(number) || refused.has(number))) {
      missing.push(id);
      continue;
    }
    for (const piece of parts) {
      const group = polished.get(piece.number);
      if (written.has(piece.number)) continue;
      const numbers = group?.numbers ?? [piece.number];
      for (const number of numbers) written.add(number);
      const ids = numbers.flatMap((number) => byNumber.get(number)?.utterance.id ?? []);
      const last = drafts.at(-1);
      const isSameSpeaker = last?.speakerKey === piece.speakerKey;
      // What was only hummed goes with what its speaker said before.
      if (!isWanted && last !== undefined && isSameSpeaker) {
        last.ids.add(id);
        continue;
      }
      const text = group?.text ?? typeset(clean(piece.text) || piece.text, piece.language);
      // A long utterance in pieces is one line again, whatever its pieces were joined with.
      if (last !== undefined && ids.some((known) => last.ids.has(known))) {
        last.text = joined([last.text, text], piece.language);
        for (const one of ids) last.ids.add(one);
      } else drafts.push({ ids: new Set(ids), text, speakerKey: piece.speakerKey });
    }
  }
  const order = new Map([...grouped(pieces).keys()].map((id, at) => [id, at]));
  const lines = drafts.flatMap(({ ids, text }): RenditionLine[] => {
    const [first, ...rest] = [...ids].toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return first === undefined ? [] : [{ utteranceIds: [first, ...rest], text }];
  });
  return { lines, missing };
}
