import type { Rendition, Transcript } from '../model.ts';
import { formatSrtTime } from '../time.ts';
import { cuesOf } from './subtitle-cues.ts';

/** SubRip has no escapes: what would be read as markup or as a time line gets a space inside. */
function inert(line: string): string {
  return line
    .replace(/-->/gu, '-- >')
    .replace(/<(?=\/?[a-z])/giu, '< ')
    .replace(/\{(?=\\)/gu, '{ ');
}

/**
 * Subtitles as SubRip, numbered from 1, lines ended by LF. Empty when nothing was said. SubRip has no place for
 * speakers. A translation stands below what was said.
 */
export function toSrt(transcript: Transcript, options: { readonly rendition?: Rendition | null } = {}): string {
  return cuesOf(transcript, options.rendition)
    .map(({ startMs, endMs, lines, translated }, at) =>
      [
        String(at + 1),
        `${formatSrtTime(startMs)} --> ${formatSrtTime(endMs)}`,
        ...[...lines, ...translated].map(inert),
        '',
      ].join('\n'),
    )
    .join('\n');
}
