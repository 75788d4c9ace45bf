import type { Rendition, Transcript } from '../model.ts';
import { formatVttTime } from '../time.ts';
import { cuesOf } from './subtitle-cues.ts';

/** Character references of WebVTT cue text (https://www.w3.org/TR/webvtt1/#webvtt-cue-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Subtitles as WebVTT; each cue names its speaker in a voice tag. A translation stands below, in its language's tag. */
export function toVtt(transcript: Transcript, options: { readonly rendition?: Rendition | null } = {}): string {
  const language = options.rendition?.language ?? '';
  const tag = /^[a-z]{2,3}$/u.test(language) ? language : 'und';
  const cues = cuesOf(transcript, options.rendition).map(({ speaker, startMs, endMs, lines, translated }) => {
    const below = translated.map((line) => `<lang ${tag}>${escaped(line)}</lang>`);
    const text = [...lines.map(escaped), ...below].join('\n');
    return `${formatVttTime(startMs)} --> ${formatVttTime(endMs)}\n<v ${escaped(speaker)}>${text}</v>\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}
