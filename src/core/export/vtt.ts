import type { Transcript } from '../model.ts';
import { formatVttTime } from '../time.ts';
import { cuesOf } from './subtitle-cues.ts';

/** Character references of WebVTT cue text (https://www.w3.org/TR/webvtt1/#webvtt-cue-text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Subtitles as WebVTT; each cue names its speaker in a voice tag. */
export function toVtt(transcript: Transcript): string {
  const cues = cuesOf(transcript).map(({ speaker, startMs, endMs, lines }) => {
    const text = lines.map(escaped).join('\n');
    return `${formatVttTime(startMs)} --> ${formatVttTime(endMs)}\n<v ${escaped(speaker)}>${text}</v>\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}
