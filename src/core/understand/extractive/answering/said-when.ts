/** What somebody said at a time of the meeting: "at the end", 最后. */
import { stretchOf } from '../../../retrieval/time-cues.ts';
import { speakerName } from '../../../speaker.ts';
import { isBackchannel } from '../agreement.ts';
import type { Reading } from './reading.ts';
import type { Told } from './weighed.ts';

/** Thanks and goodbyes say nothing of a meeting. */
const FAREWELL =
  /^(?:(?:okay|ok|so|well|all right|alright)[,.]? )*(?:thanks?\b|thank you|bye\b|goodbye|see you|good(?:bye| night| morning| afternoon| evening)\b|that(?:'s| is) (?:all|it)\b)|谢谢|再见|今天就到这/iu;
/** The end is told by its last words, the beginning by its first. */
const MOST_SENTENCES = 2;

/** In the order said; empty when none of those asked for spoke in any of the meetings, or no time is asked for. */
export function saidWhen({ question, stretches }: Reading): readonly Told[] {
  const { period, speakers } = question;
  if (period === null) return [];
  const byMeeting = Map.groupBy(stretches, ({ transcript }) => transcript.meetingId);
  return [...byMeeting.values()].flatMap((own) => {
    const theirs = own
      .flatMap((stretch) => stretch.sentences.map((sentence): Told => ({ stretch, sentence })))
      .filter(({ sentence }) => speakers.has(speakerName(sentence.speaker)) && !isBackchannel(sentence.text))
      .toSorted((a, b) => a.sentence.startMs - b.sentence.startMs);
    const telling = theirs.filter(({ sentence }) => sentence.terms.length > 0 && !FAREWELL.test(sentence.text));
    const open = telling.length > 0 ? telling : theirs;
    const durationMs = Math.max(0, ...own.map(({ transcript }) => transcript.utterances.at(-1)?.endMs ?? 0));
    const { startMs, endMs } = stretchOf(period, durationMs);
    const within = open.filter(({ sentence }) => sentence.endMs > startMs && sentence.startMs < endMs);
    const isOpening = startMs === 0;
    // Who said nothing then is quoted with what stands nearest to it.
    const near = within.length > 0 ? within : isOpening ? open.slice(0, 1) : endMs >= durationMs ? open.slice(-1) : [];
    return isOpening ? near.slice(0, MOST_SENTENCES) : near.slice(-MOST_SENTENCES);
  });
}
