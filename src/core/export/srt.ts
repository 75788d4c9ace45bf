import type { Transcript } from '../model.ts';
import { formatSrtTime } from '../time.ts';
import { cuesOf } from './subtitle-cues.ts';

/** SubRip has no escapes: what would be read as markup or as a time line gets a space inside. */
function inert(line: string): string {
  return line
    .replace(/-->/gu, '-- >')
    .replace(/<(?=\/?[a-z])/giu, '< ')
    .replace(/\{(?=\\)/gu, '{ ');
}

/** Subtitles as SubRip, numbered from 1, lines ended by LF. Empty when nothing was said. SubRip has no place for speakers. */
export function toSrt(transcript: Transcript): string {
  return cuesOf(transcript)
    .map(({ startMs, endMs, lines }, at) =>
      [String(at + 1), `${formatSrtTime(startMs)} --> ${formatSrtTime(endMs)}`, ...lines.map(inert), ''].join('\n'),
    )
    .join('\n');
}
