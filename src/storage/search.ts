import type { MeetingId, UtteranceId } from '../core/model.ts';
import type { Search, SearchHit } from '../core/ports.ts';
import { queryTerms } from '../core/search-terms.ts';
import type { QueryTerm } from '../core/search-terms.ts';
import type { Database } from './database.ts';
import { onDatabase } from './database-faults.ts';

/** Rows with a term are counted up to here: how rare it is matters, how common beyond this does not. */
const COUNT_AT_MOST = 5000;
/** Rows that are ranked for one query. Beyond it the query has no rare word, and the newest rows are as good as any. */
const RANK_AT_MOST = 10_000;
/** A term in more rows than this selects none by itself while a rarer one is there. */
const COMMON = 2000;
/**
 * Okapi BM25 (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019), with each term counted once per row:
 * utterances are too short for repeats to mean much. `B` is below the usual 0.75 because a one-word reply is shorter than
 * a sentence without being more about its word.
 */
const K1 = 1.2;
const B = 0.4;
/** Terms in a typical utterance: a spoken sentence is 10 to 15 words. */
const TYPICAL_TERMS = 12;
/** What a word that only frames the question counts, against one it asks about. */
const FRAME_WEIGHT = 0.25;

interface WeighedTerm {
  /** In tsquery's own notation. */
  readonly tsquery: string;
  readonly frame: boolean;
  readonly rows: number;
  readonly weight: number;
}

/**
 * Finds utterances by words, in any language. With `all`, every word must be in the utterance or be its speaker's name;
 * with `any`, rarer words count for more and words that only frame a question count little. One hit is one utterance.
 * Throws Fault `database`, `unavailable`.
 */
export function createSearch({ pool }: Database): Search {
  /** What the terms are in the index, and in how many rows each is. Terms that PostgreSQL drops are left out. */
  const weigh = async (terms: readonly QueryTerm[]): Promise<readonly WeighedTerm[]> => {
    const stems = await pool.query<{ lexemes: string[] }>(
      `select tsvector_to_array(to_tsvector('english', word)) as lexemes
       from unnest($1::text[]) with ordinality as given (word, place) order by place`,
      [terms.map((term) => (term.kind === 'words' ? term.parts[0] : ''))],
    );
    const queries = terms.flatMap((term, index) => {
      const lexemes = term.kind === 'words' ? (stems.rows[index]?.lexemes ?? []) : term.parts;
      return lexemes.length === 0 ? [] : [{ tsquery: lexemes.map(quoted).join(' & '), frame: term.frame }];
    });
    const counted = queries.map(
      (_, index) =>
        `(select count(*)::int from (select from utterances where terms @@ $${index + 1}::tsquery limit ${COUNT_AT_MOST}) as found)`,
    );
    const counts = await pool.query<{ rows: number[]; total: number }>(
      `select array[${counted.join(', ')}]::int[] as rows,
         (select greatest(reltuples, ${COUNT_AT_MOST})::int from pg_class where oid = 'utterances'::regclass) as total`,
      queries.map(({ tsquery }) => tsquery),
    );
    const total = counts.rows[0]?.total ?? COUNT_AT_MOST;
    return queries.map(({ tsquery, frame }, index) => {
      const rows = counts.rows[0]?.rows[index] ?? 0;
      const rarity = Math.log(1 + (total - rows + 0.5) / (rows + 0.5));
      return { tsquery, frame, rows, weight: rarity * (frame ? FRAME_WEIGHT : 1) };
    });
  };

  return {
    search: (query, { meetingIds, match, limit }) =>
      onDatabase(async () => {
        const terms = await weigh(queryTerms(query));
        const wanted = match === 'all' ? terms : selecting(terms);
        if (wanted.length === 0 || meetingIds?.length === 0 || limit < 1) return [];
        // Written out term by term: a subquery over the terms costs several times as much per row.
        const weights = terms.map((_, index) => {
          const place = 4 + 2 * index;
          return `case when terms @@ $${place}::tsquery then $${place + 1}::float8 else 0 end`;
        });
        const { rows } = await pool.query<Row>(
          `select id, meeting_id, start_ms::float8 as start_ms, text, score
           from (
             select id, meeting_id, start_ms, text,
               (${weights.join(' + ')}) / (1 + ${K1} * (${1 - B} + ${B} * term_count / ${TYPICAL_TERMS}.0)) as score
             from (
               select id, meeting_id, start_ms, text, terms, term_count from utterances
               where terms @@ $1::tsquery and ($2::text[] is null or meeting_id = any($2))
               limit ${RANK_AT_MOST}
             ) as candidates
           ) as ranked
           order by score desc, meeting_id, start_ms, id
           limit $3`,
          [
            wanted.map(({ tsquery }) => `(${tsquery})`).join(match === 'all' ? ' & ' : ' | '),
            meetingIds,
            limit,
            ...terms.flatMap(({ tsquery, weight }) => [tsquery, weight]),
          ],
        );
        return rows.map(hitOf);
      }),
  };
}

interface Row {
  readonly id: UtteranceId;
  readonly meeting_id: MeetingId;
  readonly start_ms: number;
  readonly text: string;
  readonly score: number;
}
function hitOf(row: Row): SearchHit {
  return {
    meetingId: row.meeting_id,
    utteranceIds: [row.id],
    startMs: row.start_ms,
    text: row.text,
    score: row.score,
  };
}

/** The terms of a question that select rows: what it asks about, without the common as long as something rarer is known. */
function selecting(terms: readonly WeighedTerm[]): readonly WeighedTerm[] {
  const asked = terms.filter((term) => !term.frame && term.rows > 0);
  const rare = asked.filter((term) => term.rows <= COMMON);
  if (rare.length > 0) return rare;
  return asked.toSorted((a, b) => a.rows - b.rows).slice(0, 1);
}

/** A lexeme in tsquery's notation, whatever characters it has. */
function quoted(lexeme: string): string {
  return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
