import type { Person, Place } from '../core/model.ts';
import { TERMINAL } from '../platforms/terminal/index.ts';

/** Whoever runs the command: owner of the machine and its database. */
export const OPERATOR: Person = { platform: TERMINAL, id: 'operator', displayName: 'Operator' };
export const HERE: Place = { platform: TERMINAL, workspaceId: 'local', channelId: 'local' };

/** A voice named on the command line. */
export function namedSpeaker(name: string): Person {
  return { platform: TERMINAL, id: `speaker:${name}`, displayName: name };
}
