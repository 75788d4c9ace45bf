import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { Speaker } from '../core/model.ts';
import { indexTerms } from '../core/search-terms.ts';

/** What goes into an utterance's search columns: what was said, and who said it when that is known by name. */
export function searchColumns(
  text: string,
  speaker: Speaker,
): { readonly terms: SQL<string>; readonly termCount: number } {
  const name = speaker.kind === 'person' ? speaker.person.displayName : '';
  const { words, common, grams } = indexTerms(`${text}\n${name}`);
  const exact = sql`array_to_tsvector(${sql.param([...common, ...grams])}::text[])`;
  return {
    // Positions are stripped: ranking does not use them, and they would be half the size.
    terms: sql`strip(to_tsvector('english', ${words.join(' ')})) || ${exact}`,
    termCount: words.length + common.length + grams.length,
  };
}
