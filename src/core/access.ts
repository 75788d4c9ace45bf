import type { Meeting, Person } from './model.ts';
import type { ChatPlatform } from './ports.ts';

/**
 * Whether a person may read or erase a meeting, asked anew on every read.
 *
 * The platform that knows the person decides, and refuses places it does not know: so a Slack user never reads a
 * Discord channel. The terminal's person is the operator, who owns the database, and may do anything.
 */
export async function personMay(
  platforms: readonly ChatPlatform[],
  person: Person,
  act: 'read' | 'erase',
  meeting: Meeting,
): Promise<boolean> {
  const platform = platforms.find((candidate) => candidate.name === person.platform);
  return platform !== undefined && (await platform.may(person, act, meeting.origin));
}
