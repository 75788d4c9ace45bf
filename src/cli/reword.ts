import type { Extent } from '../core/export/document.ts';
import type { Rendition, MeetingId } from '../core/model.ts';
import type { MeetingInFull } from '../core/inbox.ts';
import type { Progressing } from '../core/ports.ts';
import type { Earshot } from '../main.ts';
import type { Console } from './console.ts';
import { quoted } from './console.ts';
import { OPERATOR } from './operator.ts';
import { checkWritable, inFormat, outputPath, writeWhole, writtenMinutes } from './output.ts';
import type { Format } from './output.ts';
import { createProgressBar } from './progress-bar.ts';
import { noSuchMeeting } from './read.ts';

/** Formats in which a meeting can be shown in other words. */
export type RewordFormat = Exclude<Format, 'thread'>;
interface RewordOptions {
  readonly format: RewordFormat;
  readonly extent: Extent;
  readonly out: string | null;
}

/** Prints or writes a meeting in another language. Subtitles and text have both languages, the original above. */
export async function translateMeeting(
  earshot: Earshot,
  id: MeetingId,
  options: RewordOptions & { readonly to: string },
  console: Console,
): Promise<void> {
  await reword(earshot, id, options, console, 'translating', async (full, progress) => {
    if (isIn(options.to, full)) {
      console.err(`It is in ${languageName(options.to)} already.\n`);
      return { full, rendition: null };
    }
    const translated = await earshot.inbox.translate(id, OPERATOR, options.to, progress, console.signal);
    if (translated === null) throw noSuchMeeting(id);
    const { rendition, minutes } = translated;
    return { full: { ...full, minutes }, rendition };
  });
}

/** Everything that was said, and the minutes, are in this language (ISO 639-1). */
function isIn(language: string, { transcript, minutes }: MeetingInFull): boolean {
  const codes = [...transcript.utterances.map((utterance) => utterance.language), minutes?.language ?? language];
  return transcript.utterances.length > 0 && codes.every((code) => code.toLowerCase().split('-', 1)[0] === language);
}

function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
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
    return { full, rendition };
  });
}

interface Reworded {
  readonly full: MeetingInFull;
  /** Null: it needs none, the meeting is in these words already. */
  readonly rendition: Rendition | null;
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
  if (options.extent !== 'transcript') writtenMinutes(full);
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
  const content = await inFormat(options.format, reworded.full, {
    documents: earshot.documents,
    extent: options.extent,
    rendition: reworded.rendition,
  });
  if (path !== null) {
    await writeWhole(path, content);
    console.err(`Written to ${quoted(path)}\n`);
  } else if (typeof content === 'string') console.out(content);
  const missing = reworded.rendition?.missing ?? [];
  if (missing.length > 0) {
    console.err(
      `${missing.length} ${missing.length === 1 ? 'line stands' : 'lines stand'} as said: the language model gave nothing for ${missing.length === 1 ? 'it' : 'them'} that says the same. Run it again to try once more.\n`,
    );
  }
}
