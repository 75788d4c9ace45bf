/** Transcripts made elsewhere, read whole or not at all. */
import { detectLanguage, LATIN_LANGUAGES } from './detect-language.ts';
import { withTimes } from './estimate-times.ts';
import { readJson } from './json-transcript.ts';
import { problem } from './parsed.ts';
import type { Parsed, ParsedUtterance, Stretch, Stretches } from './parsed.ts';
import { readSubtitles } from './subtitles.ts';
import { readText } from './text-lines.ts';

export type { Parsed, ParsedUtterance } from './parsed.ts';

/** Below this, frequent words decide by chance. */
const SHORT_WORDS = 6;

function read(fileName: string, content: string): Stretches {
  const extension = /\.([^./\\]+)$/u.exec(fileName)?.[1]?.toLowerCase() ?? '';
  switch (extension) {
    case 'vtt':
      return readSubtitles(content, 'vtt');
    case 'srt':
      // Some recorders call WebVTT .srt; its first line tells.
      return readSubtitles(content, /^WEBVTT(?:[ \t\r\n]|$)/u.test(content) ? 'vtt' : 'srt');
    case 'json':
      return readJson(content);
    case 'txt':
      return readText(content);
    default:
      return problem('This kind of transcript is not known. Use .vtt, .srt, .json or .txt.');
  }
}

/** Nothing but what a transcriber notes where no words are: `[noise]`, `(inaudible)`, `♪♪♪`, `[无法听清]`. */
const NOISE =
  /^(?:[[(（【*]\s*(?:(?:background|loud|no|foreign|indistinct|soft|upbeat)[\s_]+)?(?:noises?|inaudible|unintelligible|indistinct|music|silence|applause|laughter|laughs?|laughing|coughs?|coughing|sighs?|crosstalk|blank[_ ]audio|speech|static|pause|无法听清|听不清|听不清楚|音乐|噪音|杂音|笑声|掌声|静音|沉默)(?:\s+playing)?\s*[\])）】*]|[♪♫♩♬]|[\s.,。，])+$/iu;

function tidy(stretch: Stretch): Stretch {
  const text = stretch.text
    .replace(/<\/?v(?:[.\s][^<>]*)?>/giu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const speaker =
    stretch.speaker
      ?.replace(/[\p{Cc}\p{Zl}\p{Zp}\ufeff]+/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim() ?? '';
  return { ...stretch, text, speaker: speaker === '' ? null : speaker };
}

/**
 * Reads `.vtt`, `.srt`, `.json` or `.txt` by the file name's ending. Times are milliseconds from the start of the
 * transcript; missing ones are estimated from the length of the text. Problems say where and what to do.
 */
export function parseTranscript(fileName: string, content: string): Parsed {
  const text = content.replace(/^\ufeff/u, '');
  if (text.trim() === '') return problem('The file is empty. Choose a transcript that has text in it.');
  if (text.includes('\u0000'))
    return problem('The file is not text. Choose a transcript; for a recording use "earshot transcribe".');
  const found = read(fileName, text);
  if (found.kind === 'problem') return found;
  const written = found.stretches.map(tidy).filter((stretch) => /[\p{L}\p{N}\p{S}]/u.test(stretch.text));
  const spoken = written.filter((stretch) => !NOISE.test(stretch.text));
  if (written.length === 0)
    return problem('The transcript has no words in it. Choose one in which somebody says something.');
  const whole = detectLanguage(spoken.map((stretch) => stretch.text).join('\n'));
  const timed = withTimes(spoken).map((utterance): ParsedUtterance => {
    const own = detectLanguage(utterance.text);
    return own === 'und' ? utterance : Object.assign({}, utterance, { language: settled(own, utterance.text, whole) });
  });
  return {
    kind: 'parsed',
    title: found.title,
    language: found.language ?? (whole === 'und' ? null : whole),
    utterances: timed.toSorted((a, b) => a.startMs - b.startMs),
  };
}

/** A few words in letters that many languages share are taken for the language of the rest. */
function settled(own: string, text: string, whole: string): string {
  const isShort = text.split(' ').length < SHORT_WORDS;
  return isShort && LATIN_LANGUAGES.has(own) && LATIN_LANGUAGES.has(whole) ? whole : own;
}
