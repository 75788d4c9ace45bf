import type { Rendition, MeetingId, Transcript } from '../core/model.ts';
import { inWordsOf } from '../core/export/renditions.ts';
import { toJson } from '../core/export/json.ts';
import { toMarkdown } from '../core/export/markdown.ts';
import { toSrt } from '../core/export/srt.ts';
import { toText } from '../core/export/txt.ts';
import { toVtt } from '../core/export/vtt.ts';
import type { MeetingInFull } from '../core/inbox.ts';
import type { Progressing } from '../core/ports.ts';
import type { Earshot } from '../main.ts';
import type { Console } from './console.ts';
import { quoted } from './console.ts';
import { OPERATOR } from './operator.ts';
import { checkWritable, outputPath, writeWhole, writtenMinutes } from './output.ts';
import type { Format } from './output.ts';
import { createProgressBar } from './progress-bar.ts';
import { noSuchMeeting } from './read.ts';

/** Formats in which a meeting can be shown in other words. */
export type RewordFormat = Exclude<Format, 'thread'>;
interface RewordOptions {
  readonly format: RewordFormat;
  readonly out: string | null;
}

/** Prints or writes a meeting in another language. Subtitles are in that language alone; text has both. */
export async function translateMeeting(
  earshot: Earshot,
  id: MeetingId,
  options: RewordOptions & { readonly to: string },
  console: Console,
): Promise<void> {
  await reword(earshot, id, options, console, 'translating', async (full, progress) => {
    const translated = await earshot.inbox.translate(id, OPERATOR, options.to, progress, console.signal);
    if (translated === null) throw noSuchMeeting(id);
    const { rendition, minutes } = translated;
    return { full: { ...full, minutes }, rendition, subtitles: inLanguageOf(full.transcript, rendition) };
  });
}

/** Prints or writes a meeting with what was said put as it would be written. */
export async function polishMeeting(
  earshot: Earshot,
  id: MeetingId,
  options: RewordOptions,
  console: Console,
): Promise<void> {
  await reword(earshot, id, options, console, 'polishing', async (full, progress) => {
    const rendition = await earshot.inbox.polish(id, OPERATOR, progress, console.signal);
    if (rendition === null) throw noSuchMeeting(id);
    return { full, rendition, subtitles: inWordsOf(full.transcript, rendition) };
  });
}

interface Reworded {
  readonly full: MeetingInFull;
  readonly rendition: Rendition;
  /** The transcript in the new words. */
  readonly subtitles: Transcript;
}

async function reword(
  earshot: Earshot,
  id: MeetingId,
  options: RewordOptions,
  console: Console,
  stage: string,
  make: (full: MeetingInFull, progress: Progressing) => Promise<Reworded>,
): Promise<void> {
  const full = await earshot.inbox.show(id, OPERATOR);
  if (full === null) throw noSuchMeeting(id);
  // Nothing is paid for that cannot be shown afterwards.
  if (options.format === 'md' || options.format === 'json') writtenMinutes(full);
  const path =
    options.out === null ? null : await outputPath(options.out, { name: id, several: false }, options.format);
  if (path !== null) await checkWritable(path);
  const bar = createProgressBar(console, id, () => earshot.clock.now().getTime());
  let reworded: Reworded;
  try {
    reworded = await make(full, (share) => {
      bar.show(stage, share);
    });
  } finally {
    bar.clear();
  }
  const text = written(options.format, reworded);
  if (path === null) console.out(text);
  else {
    await writeWhole(path, text);
    console.err(`Written to ${quoted(path)}\n`);
  }
  const { missing } = reworded.rendition;
  if (missing.length > 0) {
    console.err(
      `${missing.length} ${missing.length === 1 ? 'line stands' : 'lines stand'} as said: the language model gave nothing for ${missing.length === 1 ? 'it' : 'them'} that says the same. Run it again to try once more.\n`,
    );
  }
}

function written(format: RewordFormat, { full, rendition, subtitles }: Reworded): string {
  const { meeting, transcript } = full;
  switch (format) {
    case 'txt':
      return toText(transcript, { rendition });
    case 'srt':
      return toSrt(subtitles);
    case 'vtt':
      return toVtt(subtitles);
    case 'md':
      return toMarkdown(meeting, transcript, writtenMinutes(full), { rendition });
    case 'json':
      return `${JSON.stringify(toJson(meeting, transcript, writtenMinutes(full), { rendition }), null, 2)}\n`;
  }
}

/** The transcript with the translation in its place; what has none stays as said. Word times are of the spoken words and go. */
function inLanguageOf(transcript: Transcript, { lines, language }: Rendition): Transcript {
  const translations = new Map(
    lines.flatMap(({ utteranceIds, text }) => utteranceIds.map((id) => [id, text] as const)),
  );
  return {
    ...transcript,
    utterances: transcript.utterances.map((utterance) => {
      const text = translations.get(utterance.id);
      if (text === undefined || text === utterance.text) return utterance;
      const { words: _, ...kept } = utterance;
      return { ...kept, text, language };
    }),
  };
}
