/** From a question to the passages an analyst reads: by words and by meaning, in one meeting or over all. */
import { Fault } from '../faults.ts';
import type { MeetingId, Transcript } from '../model.ts';
import type { Embeddings, Log, Meetings, PassageIndex, Search } from '../ports.ts';
import { speakerName } from '../speaker.ts';
import { sentencesOf } from '../understand/extractive/sentences.ts';
import { hasJoinedScript } from '../understand/extractive/words.ts';
import type { StretchVector } from './features.ts';
import { type Passage, passageOf, passageRuns } from './passages.ts';
import { type Question, readQuestion } from './question.ts';
import { bestPassages, rankPassages } from './rank.ts';

export interface EvidencePorts {
  readonly meetings: Pick<Meetings, 'transcript'>;
  readonly search: Search;
  readonly passages: Pick<PassageIndex, 'nearest'>;
  readonly embeddings: Embeddings;
  readonly log: Pick<Log, 'error'>;
}
export interface Evidence {
  /** Runs of neighbouring utterances, likeliest first; none overlap. */
  readonly passages: readonly Transcript[];
  /** It is everything that was said in every meeting asked about. */
  readonly complete: boolean;
}

/** Utterances found by their words, and passages by their meaning, that say which meetings to read. */
const LEXICAL_HITS = 48;
const NEAREST_PASSAGES = 48;
/** Reciprocal rank fusion, with the constant of Cormack et al. 2009 (https://doi.org/10.1145/1571941.1572114). */
const FUSION = 60;
/** Meetings read for one question, and the places looked at in all of them: reading more takes longer than people wait. */
const MEETINGS_READ = 6;
const PLACES_READ = 24;
/** Passages handed on: about seven minutes of talk. */
const PASSAGES_GIVEN = 10;
/** Turns on either side of a passage: an answer may come just after what was found. */
const NEIGHBOURS = 2;

interface Candidate {
  readonly id: MeetingId;
  /** Where something was found; null: anywhere. */
  readonly starts: ReadonlySet<number> | null;
  readonly numbers: ReadonlySet<number>;
}

/**
 * `meetingId` null: all meetings. `readable` is asked of each meeting before anything of it is read. A question that only
 * everything said can answer ("how often …") gets everything, of one meeting. Throws the ports' Faults, but an embedder
 * that fails costs only quality.
 */
export async function findEvidence(
  ports: EvidencePorts,
  text: string,
  scope: { readonly meetingId: MeetingId | null; readonly readable: (id: MeetingId) => Promise<boolean> },
  signal: AbortSignal,
): Promise<Evidence> {
  const meaning = await unlessBroken(ports.log, signal, () => meaningOf(ports, text, signal));
  const candidates =
    scope.meetingId === null
      ? await candidatesFor(ports, text, meaning, scope.readable)
      : (await scope.readable(scope.meetingId))
        ? [{ id: scope.meetingId, starts: null, numbers: new Set<number>() }]
        : [];
  const read = await Promise.all(
    candidates.map(async (candidate) => ({ candidate, transcript: await ports.meetings.transcript(candidate.id) })),
  );
  const speakers = read.flatMap(({ transcript }) => transcript.utterances.map(({ speaker }) => speakerName(speaker)));
  const question = readQuestion(text, [...new Set(speakers)]);
  const [only, ...others] = read;
  if (only !== undefined && others.length === 0 && scope.meetingId !== null && question.exhaustive !== null) {
    return { passages: only.transcript.utterances.length === 0 ? [] : [only.transcript], complete: true };
  }
  const found = read.flatMap(({ candidate, transcript }) => placesIn(transcript, candidate));
  const passages = found.map(({ passage }) => passage);
  const vectors = await unlessBroken(ports.log, signal, () => vectorsFor(ports, question, meaning, found, signal));
  const scores = rankPassages(question, passages, vectors);
  const best = bestPassages(passages, scores, PASSAGES_GIVEN);
  return { passages: widened(best.flatMap((at) => found[at] ?? [])), complete: false };
}

interface Place {
  readonly transcript: Transcript;
  readonly run: { readonly from: number; readonly to: number };
  readonly passage: Passage;
}

/** The passages of a transcript where something was found, and their neighbours; all of them when nothing says where. */
function placesIn(transcript: Transcript, { starts, numbers }: Candidate): readonly Place[] {
  const runs = passageRuns(transcript.utterances);
  const wanted = new Set<number>();
  for (const [number, { from, to }] of runs.entries()) {
    const hit =
      starts === null ||
      numbers.has(number) ||
      transcript.utterances.slice(from, to).some(({ startMs }) => starts.has(startMs));
    if (hit) for (const near of starts === null ? [number] : [number - 1, number, number + 1]) wanted.add(near);
  }
  return runs.flatMap((run, number) =>
    wanted.has(number) ? [{ transcript, run, passage: passageOf(transcript, run, number) }] : [],
  );
}

/** Meetings in which something was found, the likeliest first, as far as they may be read. */
async function candidatesFor(
  ports: EvidencePorts,
  text: string,
  vector: Float32Array | null,
  readable: (id: MeetingId) => Promise<boolean>,
): Promise<readonly Candidate[]> {
  const [hits, nearest] = await Promise.all([
    ports.search.search(text, { meetingIds: null, match: 'any', limit: LEXICAL_HITS }),
    vector === null
      ? []
      : ports.passages.nearest(vector, {
          embedder: ports.embeddings.name,
          meetingIds: null,
          limit: NEAREST_PASSAGES,
        }),
  ]);
  const places = [
    ...hits.map(({ meetingId, startMs }, rank) => ({ meetingId, rank, startMs, number: null })),
    ...nearest.map(({ meetingId, number }, rank) => ({ meetingId, rank, startMs: null, number })),
  ].toSorted((a, b) => a.rank - b.rank);
  const scores = new Map<MeetingId, number>();
  for (const { meetingId, rank } of places) {
    scores.set(meetingId, (scores.get(meetingId) ?? 0) + 1 / (FUSION + rank));
  }
  const chosen = new Map<MeetingId, { readonly starts: Set<number>; readonly numbers: Set<number> }>();
  for (const [id] of [...scores].toSorted(([, a], [, b]) => b - a)) {
    if (chosen.size >= MEETINGS_READ) break;
    if (await readable(id)) chosen.set(id, { starts: new Set(), numbers: new Set() });
  }
  for (const { meetingId, startMs, number } of places
    .filter((place) => chosen.has(place.meetingId))
    .slice(0, PLACES_READ)) {
    if (startMs !== null) chosen.get(meetingId)?.starts.add(startMs);
    if (number !== null) chosen.get(meetingId)?.numbers.add(number);
  }
  return Array.from(chosen, ([id, own]) => ({ id, ...own }));
}

/** Null when the embedder fails: what it would have told is then told by words. */
async function unlessBroken<T>(
  log: EvidencePorts['log'],
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Fault) || error.source === 'database') throw error;
    log.error('embedding failed', error);
    return null;
  }
}

/** What the question means; null when the embedder does not know its language. Of no meeting, so not kept. */
async function meaningOf(
  { embeddings }: EvidencePorts,
  text: string,
  signal: AbortSignal,
): Promise<Float32Array | null> {
  // Nothing here tells languages apart but their script, and a vector of an unknown script means nothing.
  if (hasJoinedScript(text) && !embeddings.covers('zh')) return null;
  const [whole = null] = await embeddings.of(null, [text], signal);
  return whole;
}

/** Null unless every passage is in a language that the embedder covers. */
async function vectorsFor(
  { embeddings }: EvidencePorts,
  question: Question,
  meaning: Float32Array | null,
  places: readonly Place[],
  signal: AbortSignal,
) {
  if (meaning === null || !places.every(({ transcript }) => embeddings.covers(transcript.language))) return null;
  const [topic = meaning] = await embeddings.of(null, [question.topic], signal);
  const passages: StretchVector[][] = [];
  for (const [transcript, own] of Map.groupBy(places, (place) => place.transcript)) {
    const stretches = own.map(({ run }) => sentencesOf(transcript.utterances.slice(run.from, run.to)));
    const vectors = await embeddings.of(
      transcript.meetingId,
      stretches.flat().map((sentence) => sentence.text),
      signal,
    );
    let next = 0;
    for (const sentences of stretches) {
      passages.push(
        sentences.flatMap(({ length, turn, utterances }) => {
          const vector = vectors[next++];
          return vector === undefined ? [] : [{ vector, words: length, line: utterances.length === 1 ? turn : null }];
        }),
      );
    }
  }
  return { question: { topic }, passages };
}

/** Each passage with its neighbouring turns, in the order given; what overlaps an earlier one is joined to it. */
function widened(places: readonly Place[]): readonly Transcript[] {
  const spans: { readonly transcript: Transcript; from: number; to: number }[] = [];
  for (const { transcript, run } of places) {
    let from = Math.max(0, run.from - NEIGHBOURS);
    let to = Math.min(transcript.utterances.length, run.to + NEIGHBOURS);
    const touching = spans.filter((span) => span.transcript === transcript && span.from <= to && from <= span.to);
    const [first, ...rest] = touching;
    if (first === undefined) {
      spans.push({ transcript, from, to });
      continue;
    }
    for (const span of touching) {
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
    first.from = from;
    first.to = to;
    for (const span of rest) spans.splice(spans.indexOf(span), 1);
  }
  return spans.map(({ transcript, from, to }) => ({
    ...transcript,
    utterances: transcript.utterances.slice(from, to),
  }));
}
