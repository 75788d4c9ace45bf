/** People in the meeting, and how they are called when somebody speaks to them. */
import type { Speaker, Transcript } from '../../model.ts';
import { isNamed, speakerKey, speakerName } from '../../speaker.ts';
import { hasJoinedScript, normalise, tokenise } from './words.ts';

export interface Participants {
  /** The display name, or null for a voice nobody told apart. Owners are only ever taken from here. */
  ownName(speaker: Speaker): string | null;
  /** Display name of the participant called by this word; null when nobody is, or more than one. */
  called(word: string): string | null;
  /** The words participants are called by, for patterns, longest first and escaped; null when nobody is named. */
  readonly pattern: string | null;
}

/** Roles that recorders put where a name should be: no way to address anybody. */
const NO_NAME = new Set([
  'speaker',
  'voice',
  'unknown',
  'guest',
  'user',
  'host',
  'the',
  'dr',
  'mr',
  'mrs',
  'ms',
  'prof',
  'professor',
]);

export function participantsOf(transcript: Transcript): Participants {
  const byCall = new Map<string, string | null>();
  const seen = new Set<string>();
  for (const { speaker } of transcript.utterances) {
    const key = speakerKey(speaker);
    if (seen.has(key)) continue;
    seen.add(key);
    if (!isNamed(speaker)) continue;
    const name = speakerName(speaker);
    const whole = normalise(name);
    const calls = new Set([whole]);
    if (hasJoinedScript(name)) {
      // 王小明 is called 小明.
      if (Array.from(whole).length === 3) calls.add(Array.from(whole).slice(1).join(''));
    } else {
      for (const { norm, kind } of tokenise(name)) {
        if (kind === 'word' && norm.length >= 2 && !NO_NAME.has(norm)) calls.add(norm);
      }
    }
    for (const call of calls) {
      const other = byCall.get(call);
      byCall.set(call, other === undefined || other === name ? name : null);
    }
  }
  const calls = [...byCall.keys()].filter((call) => !NO_NAME.has(call)).toSorted((a, b) => b.length - a.length);
  return {
    ownName: (speaker) => (isNamed(speaker) ? speakerName(speaker) : null),
    called: (word) => byCall.get(normalise(word)) ?? null,
    pattern: calls.length === 0 ? null : calls.map((call) => RegExp.escape(call)).join('|'),
  };
}
