/** What speakers are called wherever a meeting is shown. */
import type { Speaker } from './model.ts';

/** Shown for a mix of voices in which nobody was told apart. */
export const UNNAMED_SPEAKER = 'Unnamed speaker';

/** Line breaks and control characters would break subtitle and text formats; direction overrides would disguise a name. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+/gu;

/** One printable line. Display names come from outside and may hold anything. */
function oneLine(text: string): string {
  return text.replace(UNPRINTABLE, ' ').replace(/\s+/gu, ' ').trim();
}

/** Display name on one line, never empty: a person's display name, a voice's label, or `Unnamed speaker`. */
export function speakerName(speaker: Speaker): string {
  if (speaker.kind === 'unnamed') return UNNAMED_SPEAKER;
  return oneLine(speaker.kind === 'person' ? speaker.person.displayName : speaker.label) || UNNAMED_SPEAKER;
}

/** Equal for two utterances exactly when they are by the same speaker. Two people may share a display name. */
export function speakerKey(speaker: Speaker): string {
  if (speaker.kind === 'unnamed') return 'unnamed';
  return JSON.stringify(
    speaker.kind === 'person' ? ['person', speaker.person.platform, speaker.person.id] : ['voice', speaker.label],
  );
}

/** Whether the speaker is known well enough to own what they say: somebody told apart, not a mix of voices. */
export function isNamed(speaker: Speaker): boolean {
  return speaker.kind !== 'unnamed' && speakerName(speaker) !== UNNAMED_SPEAKER;
}
