import type { Transcript } from '../model.ts';
import { speakerName } from '../speaker.ts';
import { formatClock } from '../time.ts';
import { oneLine } from './printable.ts';

/** A name that cannot be read as ending early: the first colon of a line ends it. */
function lineName(name: string): string {
  return name.replace(/\s*[:：]\s*/gu, ' - ').trim() || '-';
}

/** One line per utterance: `[0:07] Name: text`. Empty when nothing was said. */
export function toText(transcript: Transcript): string {
  return transcript.utterances
    .map(({ speaker, startMs, text }) => ({ speaker, startMs, text: oneLine(text) }))
    .filter(({ text }) => text !== '')
    .map(({ speaker, startMs, text }) => `[${formatClock(startMs)}] ${lineName(speakerName(speaker))}: ${text}\n`)
    .join('');
}
