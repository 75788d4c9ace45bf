/**
 * What can be seen at the start of each turn that tells whether a new topic begins there, as numbers that mean the same
 * in every meeting: measured against the meeting's own usual, or yes and no.
 */
import { standardised } from '../../standard-scores.ts';
import { isBackchannel } from './agreement.ts';
import { endsMatter, OPENING_CUE_NAMES, openingCues } from './boundary-cues.ts';
import { chains, cohesion, depths, news } from './cohesion.ts';
import { isQuestion } from './question-form.ts';
import { latentPath, likenessAcross } from './topic-path.ts';
import { announcement, openingOf } from './topic-shifts.ts';
import type { Turn } from './topic-shifts.ts';
import type { Weights } from './weights.ts';

/** Widths of the two stretches compared, in terms: from an exchange to a whole topic. */
const WIDTHS = [30, 80, 180, 400] as const;
/** The same as shares of the talk: a topic of a long talk is longer. */
const SHARES = [1 / 25, 1 / 10, 1 / 5] as const;
const LEAST_WIDTH = 20;
/** In words. */
const SPEAKER_WIDTHS = [120, 400, 1000] as const;
/** In terms. */
const NEWS_WIDTHS = [40, 120, 300] as const;
/** How long a word may be absent, and the stretch in which beginnings and ends are counted; in terms. */
const CHAINS = [
  [150, 60],
  [400, 150],
] as const;
/** Farther from the usual than this is only more of the same, in standard deviations. */
const FARTHEST = 4;
/** Openings and closings of a talk last about so long, in words: the greeting, and a minute or two. */
const EDGES = [40, 250] as const;
/** Who speaks of the order of things in the first words leads; in words. */
const FIRST_WORDS = 100;

export interface BoundaryFeatures {
  readonly names: readonly string[];
  /** One row per turn, one value per name; the first turn's says nothing. */
  readonly rows: readonly Float64Array[];
}
type Values = readonly number[];

/**
 * How differently the talk is shared among the speakers in the words before and after each turn's start: 0 alike, 1
 * others altogether. One pass: turns enter and leave each side once.
 */
function takeover(turns: readonly Turn[], starts: Values, width: number): number[] {
  const before = new Map<string, number>();
  const after = new Map<string, number>();
  let beforeWords = 0;
  let afterWords = 0;
  const shift = (side: Map<string, number>, at: number, by: 1 | -1): void => {
    const turn = turns[at];
    if (turn === undefined) return;
    const key = turn.sentences[0].speakerKey;
    const words = (side.get(key) ?? 0) + by * turn.words;
    if (words > 1e-9) side.set(key, words);
    else side.delete(key);
    if (side === before) beforeWords += by * turn.words;
    else afterWords += by * turn.words;
  };
  let from = 0;
  let to = 0;
  return starts.map((start, at) => {
    if (at > 0) {
      shift(before, at - 1, 1);
      shift(after, at - 1, -1);
    }
    for (; from < at && start - (starts[from] ?? 0) > width; from++) shift(before, from, -1);
    for (; to < turns.length && (starts[to] ?? 0) - start < width; to++) shift(after, to, 1);
    let sum = 0;
    for (const [key, words] of before)
      sum += Math.abs(words / Math.max(1, beforeWords) - (after.get(key) ?? 0) / Math.max(1, afterWords));
    for (const [key, words] of after) if (!before.has(key)) sum += words / Math.max(1, afterWords);
    return sum / 2;
  });
}

/** Of the turns `from` to `to` places on, the longest. */
function longest(turns: readonly Turn[], from: number, to: number): number[] {
  return turns.map((_, at) => {
    const near = turns.slice(Math.max(0, at + from), Math.max(0, at + to + 1));
    return Math.log1p(near.reduce((most, { words }) => Math.max(most, words), 0));
  });
}

function previous(values: Values): number[] {
  return values.map((_, at) => values[at - 1] ?? 0);
}

/** Sums over the turns from `before` places back to `after` places on. */
function around(values: Values, before: number, after: number): number[] {
  return values.map((_, at) =>
    values.slice(Math.max(0, at - before), Math.max(0, at + after + 1)).reduce((sum, value) => sum + value, 0),
  );
}

/** Seconds of silence before each turn, on a logarithmic scale; none where times are estimates. */
function pauses(turns: readonly Turn[]): number[] {
  if (turns.some(({ sentences }) => sentences[0].utterances[0].estimated === true)) return turns.map(() => 0);
  return turns.map(({ sentences: [first] }, at) => {
    const last = turns[at - 1]?.sentences.at(-1);
    return last === undefined ? 0 : Math.log1p(Math.max(0, first.startMs - last.endMs) / 1000);
  });
}

/** One row per turn. */
export function boundaryFeatures(turns: readonly Turn[], weights: Weights): BoundaryFeatures {
  const stream: string[] = [];
  /** Where each turn starts, in terms and in words. */
  const places: number[] = [];
  const starts: number[] = [];
  let words = 0;
  for (const turn of turns) {
    places.push(stream.length);
    starts.push(words);
    words += turn.words;
    for (const { terms } of turn.sentences) for (const term of terms) stream.push(term);
  }
  const idf = (term: string): number => weights.idf(term);
  const columns: (readonly [name: string, values: Values])[] = [];
  const add = (name: string, values: Values): void => {
    columns.push([name, values.map((value) => Math.max(-FARTHEST, Math.min(FARTHEST, value)))]);
  };
  const usual = (name: string, values: Values): void => {
    add(name, standardised(values));
  };

  // What is talked about.
  const valleys: Values[] = [];
  const valley = (name: string, values: Values): void => {
    const low = standardised(values).map((value) => -value);
    const deep = standardised(depths(values));
    valleys.push(low, deep);
    add(`${name} low`, low);
    add(`${name} deep`, deep);
  };
  const latent = latentPath(stream, idf);
  for (const width of [...WIDTHS, ...SHARES]) {
    const terms = width < 1 ? Math.max(LEAST_WIDTH, Math.round(stream.length * width)) : width;
    valley(`words ${width}`, cohesion(stream, places, idf, terms));
    valley(`topics ${width}`, likenessAcross(latent, places, terms));
  }
  for (const width of NEWS_WIDTHS) usual(`news ${width}`, news(stream, places, width));
  for (const [gap, reach] of CHAINS) {
    const { begun, ended } = chains(stream, places, idf, gap, reach);
    usual(`begun ${gap}`, begun);
    usual(`ended ${gap}`, ended);
  }

  // How it is said.
  const openings = turns.map((turn) => openingOf(turn));
  const cues = openings.map((opening) => openingCues(opening));
  for (const [at, name] of OPENING_CUE_NAMES.entries()) {
    add(
      name,
      cues.map((row) => row[at] ?? 0),
    );
  }
  const announced = openings.map((opening) => announcement(opening));
  add(
    'announced',
    announced.map((found) => Number(found.announced)),
  );
  add(
    'outright',
    announced.map((found) => Number(found.outright)),
  );
  const pointsBack = OPENING_CUE_NAMES.indexOf('pointsBack');
  const calls = cues.map((row) => row.reduce((sum, value) => sum + value, 0) - 2 * (row[pointsBack] ?? 0));
  const call = standardised(calls);
  add('cues', call);
  usual('cues around', around(calls, 1, 3));
  usual('cues before', previous(calls));
  const endings = turns.map(({ sentences }) =>
    Number(
      endsMatter(
        sentences
          .slice(-2)
          .map(({ text }) => text)
          .join(' '),
      ),
    ),
  );
  add('ended by', previous(endings));
  usual('endings around', around(endings, 5, 2));
  add('after a question', previous(turns.map(({ sentences }) => Number(isQuestion(sentences.at(-1) ?? sentences[0])))));
  add(
    'asks',
    turns.map(({ sentences }) => Number(sentences.some((sentence) => isQuestion(sentence)))),
  );

  // Who says it. With one voice, or a mix, there is nobody to tell apart.
  const speakers = turns.map(({ sentences }) => sentences[0].speakerKey);
  const several = new Set(speakers).size > 1;
  for (const width of [...SPEAKER_WIDTHS, ...SHARES])
    usual(`takeover ${width}`, takeover(turns, starts, width < 1 ? words * width : width));
  add(
    'same speaker',
    speakers.map((key, at) => Number(several && key === speakers[at - 1])),
  );
  const attentionTwice = OPENING_CUE_NAMES.indexOf('attentionTwice');
  const lead = new Map<string, number>();
  for (const [at, key] of speakers.entries()) {
    const first = (starts[at] ?? 0) < FIRST_WORDS ? (turns[at]?.words ?? 0) / (FIRST_WORDS / 2) : 0;
    const said = Number(announced[at]?.announced) + Number(announced[at]?.outright);
    lead.set(key, (lead.get(key) ?? 0) + said + (cues[at]?.[attentionTwice] ?? 0) / 2 + first);
  }
  const leader = [...lead].toSorted((a, b) => b[1] - a[1])[0]?.[0];
  const leads = speakers.map((key) => Number(several && key === leader));
  add('leader', leads);
  add('leader before', previous(leads));
  add(
    'leader calls',
    leads.map((value, at) => value * (calls[at] ?? 0)),
  );
  const spokeUntil = new Map<string, number>();
  const away = speakers.map((key, at) => {
    const start = starts[at] ?? 0;
    const since = start - (spokeUntil.get(key) ?? 0);
    spokeUntil.set(key, start + (turns[at]?.words ?? 0));
    return several && at > 0 ? Math.log1p(since / 50) : 0;
  });
  usual('away', away);
  usual('away next', around(away, -1, 2));

  // How long, and where.
  usual(
    'length',
    turns.map((turn) => Math.log1p(turn.words)),
  );
  usual('length before', longest(turns, -3, -1));
  usual('length ahead', longest(turns, 0, 5));
  add(
    'long',
    turns.map((turn) => Number(turn.words >= 25)),
  );
  add(
    'tiny',
    turns.map((turn) => Number(turn.words < 4)),
  );
  add(
    'listening',
    openings.map((opening) => Number(isBackchannel(opening))),
  );
  usual('pause', pauses(turns));
  for (const edge of EDGES) {
    add(
      `opening ${edge}`,
      starts.map((start) => Math.exp(-start / edge)),
    );
    add(
      `closing ${edge}`,
      starts.map((start) => Math.exp((start - words) / edge)),
    );
  }

  // Signs that bear each other out.
  const shift = standardised(turns.map((_, at) => valleys.reduce((sum, values) => sum + (values[at] ?? 0), 0)));
  add('shift', shift);
  add(
    'shift and cue',
    shift.map((value, at) => Math.max(0, value) * Math.max(0, call[at] ?? 0)),
  );
  add(
    'shift and leader',
    shift.map((value, at) => value * (leads[at] ?? 0)),
  );
  add(
    'cue and length',
    call.map((value, at) => ((turns[at]?.words ?? 0) >= 15 ? value : 0)),
  );
  return {
    names: columns.map(([name]) => name),
    rows: turns.map((_, at) => Float64Array.from(columns, ([, values]) => values[at] ?? 0)),
  };
}
