import type { TrackedMeeting } from '../data/meetings.ts';
import { countCrossTalk, scoreAttribution, type SpokenWords } from '../metrics/attribution.ts';
import { normaliseChinese } from '../metrics/chinese-normaliser.ts';
import { normaliseEnglish } from '../metrics/english-normaliser.ts';
import { addEdits, errorRate, NO_EDITS, referenceLength } from '../metrics/word-error-rate.ts';
import { type Heard, speakerOf, withheldSegments } from '../product/hear.ts';
import { countSpokenEdits } from './recognition.ts';
import { asCount, asDecimal, asPercent, type Cell, type Table } from './table.ts';

const tokens = (language: string, text: string): readonly string[] =>
  language === 'zh' ? Array.from(normaliseChinese(text)) : normaliseEnglish(text);

const row = (meeting: TrackedMeeting, heard: Heard): readonly Cell[] => {
  const spoken = (said: {
    readonly speaker: string;
    readonly startMs: number;
    readonly endMs: number;
    readonly text: string;
  }): SpokenWords => ({
    speaker: said.speaker,
    startMs: said.startMs,
    endMs: said.endMs,
    words: tokens(meeting.language, said.text),
  });
  const reference = meeting.turns.map(spoken);
  const utterances = heard.utterances.map((utterance) => ({ ...utterance, speaker: speakerOf(utterance) }));
  const hypothesis = utterances.map(spoken);
  // With known names this is the concatenated error rate (cpWER) without the search for the best naming.
  const edits = meeting.tracks
    .map(({ speaker }) => {
      const own = (all: readonly { readonly speaker: string; readonly text: string }[]): string =>
        all
          .filter((said) => said.speaker === speaker)
          .map((said) => said.text)
          .join(' ');
      return countSpokenEdits(meeting.language, own(meeting.turns), own(utterances));
    })
    .reduce(addEdits, NO_EDITS);
  const attribution = scoreAttribution(reference, hypothesis);
  return [
    meeting.name,
    meeting.language === 'zh' ? 'CER' : 'WER',
    meeting.tracks.length,
    referenceLength(edits),
    errorRate(edits),
    edits.substitutions,
    edits.deletions,
    edits.insertions,
    withheldSegments(heard),
    attribution.share,
    attribution.wrong,
    countCrossTalk(hypothesis),
    (meeting.durationMs * meeting.tracks.length) / heard.elapsedMs,
  ];
};

/** Meetings with one track per speaker, each heard as one meeting. */
export const trackAttributionTable = (
  model: string,
  meetings: readonly { readonly meeting: TrackedMeeting; readonly heard: Heard }[],
): Table => ({
  title: `Speakers on tracks of their own, ${model}`,
  columns: [
    { name: 'meeting' },
    { name: 'unit' },
    { name: 'tracks', format: asCount },
    { name: 'tokens', format: asCount },
    { name: 'error %', format: asPercent },
    { name: 'subst', format: asCount },
    { name: 'delet', format: asCount },
    { name: 'insert', format: asCount },
    { name: 'withheld', format: asCount },
    { name: 'right speaker %', format: asPercent },
    { name: 'wrong', format: asCount },
    { name: 'cross-talk', format: asCount },
    { name: 'x real time', format: asDecimal(1) },
  ],
  rows: meetings.map(({ meeting, heard }) => row(meeting, heard)),
  notes: [
    'Errors are counted per speaker. "right speaker": of the words heard, those under the name of whoever said them.',
    '"cross-talk": the same words at the same time under two names. Speed counts every track\'s length.',
  ],
});
