import type { Ears } from '../src/core/listen.ts';
import { createLog } from '../src/log.ts';
import { systemClock } from '../src/clock.ts';
import { createExtractive } from '../src/core/understand/extractive/extractive.ts';
import { createMiniLm } from '../src/providers/language/minilm/minilm.ts';
import { createFfmpeg } from '../src/providers/media/ffmpeg.ts';
import { createSilero } from '../src/providers/speech/silero.ts';
import { createWhisper } from '../src/providers/speech/whisper/whisper.ts';
import { CHINESE_TALKS } from '../test/scripted-talks/chinese-talks.ts';
import { ENGLISH_TALKS } from '../test/scripted-talks/english-talks.ts';
import { FURTHER_TALKS } from '../test/scripted-talks/further-talks.ts';
import type { Options, WhisperSize } from './arguments.ts';
import { loadAskedMeetings } from './data/asked-meetings.ts';
import { loadLabelledRecordings, loadScript, loadTrackedMeeting } from './data/meetings.ts';
import { loadRecordings, type Recording, sampleByGroup } from './data/recordings.ts';
import { loadSummarisedMeetings } from './data/summarised-meetings.ts';
import { loadWrittenMeetings, type WrittenSet } from './data/written-meetings.ts';
import { askedPassages } from './product/asked-passages.ts';
import { cachedEmbedder } from './product/cached-embedder.ts';
import { configuredAnalyst } from './product/configured-analyst.ts';
import { hear } from './product/hear.ts';
import { createPlainSilero } from './product/plain-silero.ts';
import { actionItemTable } from './tables/action-items.ts';
import { chapterTable, heldOutChapterTable } from './tables/chapters.ts';
import { detectionTable } from './tables/detection.ts';
import { inventionTable } from './tables/invention.ts';
import { questionTable } from './tables/questions.ts';
import { keywordTable } from './tables/keywords.ts';
import { queryAnswerTable } from './tables/query-answers.ts';
import { recognitionTable } from './tables/recognition.ts';
import { retrievalTable } from './tables/retrieval.ts';
import { scriptedMeetingTable } from './tables/scripted-meeting.ts';
import { segmentSummaryTable } from './tables/segment-summaries.ts';
import { summaryTable } from './tables/summaries.ts';
import type { Table } from './tables/table.ts';
import { trackAttributionTable } from './tables/track-attribution.ts';
import { writtenAnswerTable, writtenSummaryTable } from './tables/written.ts';

export const SECTIONS = [
  'speech',
  'nonspeech',
  'vad',
  'attribution',
  'scripted',
  'chapters',
  'actions',
  'retrieval',
  'answers',
  'questions',
  'summaries',
  'segments',
  'keywords',
] as const;
export type Section = (typeof SECTIONS)[number];

const TRACKED_MEETINGS = ['synth-en-shared', 'synth-zh-shared', 'scripted-standup'];
const SCRIPTED_MEETING = 'scripted-standup';
const WRITTEN_SETS: readonly WrittenSet[] = ['qmsum', 'vcsum', 'tinyrec'];
const SUMMARISED_SETS = ['qmsum', 'vcsum'] as const;

type Run = Options<Section>;

const withEars = async (run: Run, model: WhisperSize, use: (ears: Ears) => Promise<Table>): Promise<Table> => {
  const transcriber = await createWhisper({ model, threads: run.threads });
  const detector = await createSilero();
  try {
    return await use({ decoder: createFfmpeg(), detector, transcriber, clock: systemClock });
  } finally {
    await transcriber.close();
    await detector.close();
  }
};

const firstOf = <Item>(items: readonly Item[], limit: number | null): readonly Item[] =>
  limit === null ? items : items.slice(0, limit);

const recordings = (run: Run, spoken: boolean): readonly Recording[] =>
  sampleByGroup(
    loadRecordings(run.dataFolder).filter((recording) => (recording.text !== '') === spoken),
    run.limit,
  );

async function* perModel(run: Run, use: (model: WhisperSize, ears: Ears) => Promise<Table>): AsyncGenerator<Table> {
  for (const model of run.models) yield await withEars(run, model, (ears) => use(model, ears));
}

const scripted = async (run: Run, model: WhisperSize): Promise<Table> => {
  const meeting = loadTrackedMeeting(run.dataFolder, SCRIPTED_MEETING);
  const script = loadScript(run.dataFolder, SCRIPTED_MEETING);
  const questions = script.questions.map(({ question }) => question);
  const { attend } = await import('./product/attend.ts');
  const { transcript, minutes, answers } = await attend(model, run.threads, meeting.tracks, questions);
  return scriptedMeetingTable(model, meeting, script, transcript.utterances, minutes, answers);
};

/** Measures one section, a table at a time as they are done. Throws UsageProblem when the data is not as expected. */
export async function* measure(section: Section, run: Run): AsyncGenerator<Table> {
  const analyst = createExtractive({ clock: systemClock, embeddings: null, dates: null, log: createLog('error') });
  const writer = await configuredAnalyst(analyst);
  switch (section) {
    case 'speech':
      yield* perModel(run, (model, ears) => recognitionTable(model, ears, recordings(run, true), run.languageGiven));
      break;
    case 'nonspeech':
      yield* perModel(run, (model, ears) => inventionTable(model, ears, recordings(run, false)));
      break;
    case 'vad': {
      const plain = await createPlainSilero();
      const labelled = firstOf(loadLabelledRecordings(run.dataFolder), run.limit);
      yield* perModel(run, (model, ears) => detectionTable(model, ears, plain, labelled));
      break;
    }
    case 'attribution':
      yield* perModel(run, async (model, ears) => {
        const meetings = firstOf(TRACKED_MEETINGS, run.limit).map((name) => loadTrackedMeeting(run.dataFolder, name));
        const heard = [];
        for (const meeting of meetings) heard.push({ meeting, heard: await hear(ears, meeting.tracks, null) });
        return trackAttributionTable(model, heard);
      });
      break;
    case 'scripted':
      for (const model of run.models) yield await scripted(run, model);
      break;
    case 'chapters': {
      const sets = WRITTEN_SETS.map((name) => ({
        name,
        meetings: firstOf(loadWrittenMeetings(run.dataFolder, name), run.limit),
      }));
      yield await chapterTable(analyst, sets);
      yield heldOutChapterTable(sets);
      if (writer !== null) yield await chapterTable(writer, sets);
      break;
    }
    case 'questions':
      yield await questionTable(analyst, [
        { name: 'English', talks: firstOf(ENGLISH_TALKS, run.limit) },
        { name: 'Chinese', talks: firstOf(CHINESE_TALKS, run.limit) },
        { name: 'written later', talks: firstOf(FURTHER_TALKS, run.limit) },
      ]);
      break;
    case 'summaries':
      yield summaryTable(loadSummarisedMeetings(run.dataFolder, 'qmsum'), run.limit);
      if (writer !== null) {
        const whole = loadSummarisedMeetings(run.dataFolder, 'qmsum').filter(({ summary }) => summary !== null);
        yield await writtenSummaryTable(writer, firstOf(whole, run.limit));
      }
      break;
    case 'segments':
      yield segmentSummaryTable(loadSummarisedMeetings(run.dataFolder, 'vcsum'), run.limit);
      break;
    case 'keywords':
      yield keywordTable(
        SUMMARISED_SETS.map((name) => ({
          name,
          meetings: firstOf(loadSummarisedMeetings(run.dataFolder, name), run.limit),
        })),
      );
      break;
    case 'actions': {
      const searched = loadWrittenMeetings(run.dataFolder, 'qmsum').filter(({ actions }) => actions !== null);
      yield await actionItemTable(analyst, firstOf(searched, run.limit), { crossValidated: true });
      if (writer !== null) {
        yield await actionItemTable(writer, firstOf(searched, run.limit), { crossValidated: false });
      }
      break;
    }
    case 'retrieval':
    case 'answers': {
      if (section === 'answers' && writer !== null) {
        yield await writtenAnswerTable(writer, firstOf(loadAskedMeetings(run.dataFolder), run.limit));
      }
      const embedder = cachedEmbedder(createMiniLm());
      try {
        const meetings = await askedPassages(firstOf(loadAskedMeetings(run.dataFolder), run.limit), embedder);
        yield section === 'retrieval' ? retrievalTable(meetings) : await queryAnswerTable(meetings, embedder);
      } finally {
        await embedder.close();
      }
      break;
    }
  }
}
