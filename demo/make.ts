/**
 * Makes the demo recording: speaks every turn of `meeting.ts` with its speaker's voice, lays the turns on one clock,
 * writes one Ogg Opus track per speaker, a short clip, and `script.json`, the reference of who said what when.
 * Needed only to make the recording again: see README.md for the Debian packages it calls.
 * The same packages give the same bytes: nothing here is drawn at random, and the Ogg serial numbers are fixed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as meeting from './meeting.ts';
import type { Cast, Turn, Voice } from './meeting.ts';

/** What speech models work at; two of the synthesisers speak at this rate themselves. */
const sampleRate = 16_000;
/** RMS of the voiced frames before a speaker's own gain; leaves the peaks of these voices below full scale. */
const commonLevelDb = -22;
/** Below this, against the loudest 10 ms of the turn, the synthesiser is silent: where turns start and end. */
const silenceDb = -36;
/** Silence kept around the trimmed speech, so that a first consonant is never cut. */
const marginMs = 30;
/** Long enough to hide the step at a cut, too short to be heard. */
const fadeMs = 8;
/** Silence after the last word, as a call has before everyone has left. */
const tailMs = 800;
/** Speech stays clear at this rate for one voice; silence costs a few bytes a second, because frames in it are not sent. */
const bitrateKbps = 24;

interface Placed {
  readonly turn: Turn;
  readonly samples: Float32Array;
  readonly startMs: number;
  readonly endMs: number;
}

const samplesIn = (ms: number): number => Math.round((ms * sampleRate) / 1000);
const fromDb = (db: number): number => 10 ** (db / 20);

/** Runs a program of a Debian package (README.md names them). Throws if it fails or is not installed. */
function run(program: string, args: readonly string[], input = ''): void {
  execFileSync(program, args, { input, stdio: ['pipe', 'ignore', 'inherit'] });
}

function synthesise(voice: Voice, text: string, wavPath: string): void {
  switch (voice.program) {
    case 'festival':
      run('text2wave', ['-eval', `(voice_${voice.name})`, '-F', `${sampleRate}`, '-o', wavPath], text);
      return;
    case 'flite':
      run('flite', ['-voice', voice.name, '--setf', `duration_stretch=${voice.stretch}`, '-t', text, '-o', wavPath]);
      return;
    case 'pico2wave':
      run('pico2wave', ['-l', voice.name, '-w', wavPath, text]);
  }
}

/** The sound of a mono 16-bit WAV file at `sampleRate`, from -1 to 1. */
function readWav(path: string): Float32Array {
  const file = readFileSync(path);
  for (let at = 12; at + 8 <= file.length;) {
    const chunk = file.toString('latin1', at, at + 4);
    const bytes = file.readUInt32LE(at + 4);
    const body = at + 8;
    if (chunk === 'fmt ' && (file.readUInt16LE(body + 2) !== 1 || file.readUInt32LE(body + 4) !== sampleRate)) {
      throw new Error(`${path} is not mono at ${sampleRate} Hz`);
    }
    if (chunk === 'data') {
      // A program that writes to a pipe leaves the length open.
      const count = Math.floor(Math.min(bytes, file.length - body) / 2);
      return Float32Array.from({ length: count }, (_, index) => file.readInt16LE(body + index * 2) / 32_768);
    }
    at = body + bytes + (bytes % 2);
  }
  throw new Error(`${path} has no sound`);
}

function wavBytes(samples: Float32Array): Buffer {
  const file = Buffer.alloc(44 + samples.length * 2);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(36 + samples.length * 2, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, index) => {
    const clamped = Math.max(-1, Math.min(1, sample));
    file.writeInt16LE(Math.round(clamped * 32_767), 44 + index * 2);
  });
  return file;
}

/** Cuts the silence around the speech, brings the speech to the speaker's level, and fades both ends. */
function prepare(raw: Float32Array, gainDb: number): Float32Array {
  const frame = samplesIn(10);
  const power: number[] = [];
  for (let from = 0; from < raw.length; from += frame) {
    let sum = 0;
    for (const sample of raw.subarray(from, from + frame)) sum += sample * sample;
    power.push(sum / frame);
  }
  const floor = Math.max(...power) * fromDb(silenceDb) ** 2;
  const first = power.findIndex((value) => value > floor);
  const last = power.findLastIndex((value) => value > floor);
  const voiced = power.filter((value) => value > floor);
  const rms = Math.sqrt(voiced.reduce((sum, value) => sum + value, 0) / voiced.length);

  const from = Math.max(0, first * frame - samplesIn(marginMs));
  const to = Math.min(raw.length, (last + 1) * frame + samplesIn(marginMs));
  const gain = fromDb(commonLevelDb + gainDb) / rms;
  const fade = samplesIn(fadeMs);
  return raw.slice(from, to).map((sample, index, all) => {
    const ramp = Math.min(1, index / fade, (all.length - 1 - index) / fade);
    return sample * gain * ramp;
  });
}

function castOf(speaker: string): Cast {
  const found = meeting.cast.find((one) => one.speaker === speaker);
  if (found === undefined) throw new Error(`${speaker} has no voice`);
  return found;
}

function placeTurns(scratch: string): Placed[] {
  const placed: Placed[] = [];
  let clockMs = 0;
  meeting.turns.forEach((turn, index) => {
    const { voice, gainDb } = castOf(turn.speaker);
    const wavPath = join(scratch, `turn-${index}.wav`);
    synthesise(voice, turn.text, wavPath);
    const samples = prepare(readWav(wavPath), gainDb);
    const startMs = clockMs + turn.pauseMs;
    const endMs = startMs + Math.round((samples.length * 1000) / sampleRate);
    placed.push({ turn, samples, startMs, endMs });
    clockMs = Math.max(clockMs, endMs);
  });
  return placed;
}

/** Encodes with the encoder's voice tuning; control 4016 turns on discontinuous transmission. */
function writeOpus(samples: Float32Array, path: string, serial: number, scratch: string): void {
  const wavPath = join(scratch, 'encode.wav');
  writeFileSync(wavPath, wavBytes(samples));
  const settings = ['--quiet', '--speech', '--vbr', '--bitrate', `${bitrateKbps}`, '--set-ctl-int', '4016=1'];
  run('opusenc', [...settings, '--discard-comments', '--serial', `${serial}`, wavPath, path]);
}

function trackSamples(placed: readonly Placed[], speaker: string, durationMs: number): Float32Array {
  const track = new Float32Array(samplesIn(durationMs));
  for (const { turn, samples, startMs } of placed) if (turn.speaker === speaker) track.set(samples, samplesIn(startMs));
  return track;
}

function main(): void {
  const folder = import.meta.dirname;
  const scratch = mkdtempSync(join(tmpdir(), 'earshot-demo-'));
  try {
    mkdirSync(join(folder, 'tracks'), { recursive: true });
    const placed = placeTurns(scratch);
    const durationMs = Math.max(...placed.map((one) => one.endMs)) + tailMs;
    const tracks = meeting.cast.map(({ speaker }, index) => {
      const file = `tracks/${speaker.toLowerCase()}.ogg`;
      writeOpus(trackSamples(placed, speaker, durationMs), join(folder, file), index + 1, scratch);
      return { speaker, file };
    });

    const clip = placed.find((one) => one.turn.text === meeting.clipText);
    if (clip === undefined) throw new Error('no turn has the text of the clip');
    writeOpus(clip.samples, join(folder, 'clip.ogg'), meeting.cast.length + 1, scratch);

    const script = {
      title: meeting.title,
      language: meeting.language,
      durationMs,
      tracks,
      utterances: placed.map(({ turn, startMs, endMs }) => ({
        speaker: turn.speaker,
        startMs,
        endMs,
        text: turn.text,
        language: turn.language ?? meeting.language,
      })),
      chapters: placed.flatMap(({ turn, startMs }) =>
        turn.chapter === undefined ? [] : [{ title: turn.chapter, startMs }],
      ),
      decisions: meeting.decisions,
      actions: meeting.actions,
      openQuestion: meeting.openQuestion,
      clip: { file: 'clip.ogg', speaker: clip.turn.speaker, text: clip.turn.text },
    };
    writeFileSync(join(folder, 'script.json'), `${JSON.stringify(script, null, 2)}\n`);
    process.stderr.write(`${placed.length} turns, ${(durationMs / 1000).toFixed(1)} s\n`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

main();
