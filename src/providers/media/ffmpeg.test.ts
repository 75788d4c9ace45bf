import { execFile } from 'node:child_process';
import { chmod, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { audioDecoderContract, readAll, wavWithClick } from '../../../test/contract/audio-decoder.ts';
import type { AudioDecoder } from '../../core/ports.ts';
import { createFfmpeg } from './ffmpeg.ts';

const run = promisify(execFile);
const bundled = z.object({ path: z.string() }).parse(createRequire(import.meta.url)('@ffmpeg-installer/ffmpeg')).path;
const never = new AbortController().signal;
const onPosix = process.platform !== 'win32';

let folder: string;
const at = (name: string) => join(folder, name);
/** Two seconds of a 440 Hz tone, encoded by the arguments. */
const tone = (name: string, ...args: string[]) =>
  run(bundled, ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=frequency=440:duration=2', ...args, at(name)]);
const picture = ['-f', 'lavfi', '-i', 'testsrc=duration=2:size=64x64:rate=5'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-ffmpeg-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** V8's own, without a flag for the whole process. */
const garbageCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return z.custom<() => void>((value) => typeof value === 'function').parse(runInNewContext('gc'));
};

const decode = (name: string, decoder: AudioDecoder = createFfmpeg()) => readAll(decoder.decode(at(name), never));
const power = (pcm: Float32Array) => pcm.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, pcm.length);
/** Share of the power that is at 440 Hz (Goertzel over the middle half, where encoders have settled). */
const toneShare = (pcm: Float32Array) => {
  const middle = pcm.subarray(Math.floor(pcm.length / 4), Math.floor((pcm.length * 3) / 4));
  const w = (2 * Math.PI * 440) / 16_000;
  let re = 0;
  let im = 0;
  middle.forEach((sample, i) => {
    re += sample * Math.cos(w * i);
    im += sample * Math.sin(w * i);
  });
  return (2 * (re * re + im * im)) / middle.length / (middle.length * power(middle));
};

const longRecording = async () => {
  await writeFile(at('long.wav'), wavWithClick(16_000, 100, 0));
  const file = await open(at('long.wav'), 'r+');
  const size = Buffer.alloc(4);
  // Half an hour of silence that takes no room on disk.
  size.writeUInt32LE(57_600_000);
  await file.write(size, 0, 4, 40);
  await file.truncate(44 + 57_600_000);
  await file.close();
};
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const fault = (name: string) =>
  decode(name).then(
    () => null,
    (error: unknown) => error,
  );
const probeFault = (name: string) =>
  createFfmpeg()
    .probe(at(name), never)
    .then(
      () => null,
      (error: unknown) => error,
    );

const hls = (target: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${target}\n#EXT-X-ENDLIST\n`;
/** An ffmpeg that is a script; `$FFMPEG` is the real one. */
const scripted = async (name: string, script: string) => {
  await writeFile(
    at(name),
    `#!/bin/sh\nFFMPEG='${bundled}'\ncase "$*" in *-version*) exec "$FFMPEG" -version;; esac\n${script}\n`,
  );
  await chmod(at(name), 0o755);
  return createFfmpeg({ ffmpegPath: at(name) });
};
describe('as an audio decoder', () => {
  audioDecoderContract(() => createFfmpeg());
});

describe('formats', () => {
  it.each([
    ['8-bit.wav', ['-c:a', 'pcm_u8', '-ar', '8000']],
    ['odd-rate.wav', ['-ar', '22051']],
    ['float.wav', ['-c:a', 'pcm_f32le', '-ar', '96000']],
    ['a.flac', []],
    ['a.mp3', ['-c:a', 'libmp3lame']],
    ['a.m4a', ['-c:a', 'aac']],
    ['a.aac', ['-c:a', 'aac']],
    ['a.opus', ['-c:a', 'libopus']],
    ['a.ogg', ['-c:a', 'libvorbis']],
    ['a.amr', ['-c:a', 'libopencore_amrnb', '-ar', '8000', '-b:a', '12.2k']],
    ['a.wma', ['-c:a', 'wmav2']],
    ['a.webm', ['-c:a', 'libopus']],
    ['a.mkv', [...picture, '-c:a', 'aac', '-c:v', 'mpeg4']],
    ['a.mp4', [...picture, '-c:a', 'aac', '-c:v', 'mpeg4']],
    ['a.mov', [...picture, '-c:a', 'pcm_s16be', '-c:v', 'mpeg4']],
    ['a.avi', [...picture, '-c:a', 'libmp3lame', '-c:v', 'mpeg4']],
  ])('hears %s', async (name, args) => {
    await tone(name, ...args);
    const probe = await createFfmpeg().probe(at(name), never);
    expect(probe.hasVideo).toBe(args.includes('mpeg4'));
    expect(Math.abs((probe.durationMs ?? 2_000) - 2_000)).toBeLessThan(300);
    const pcm = await decode(name);
    expect(Math.abs(pcm.length - 32_000)).toBeLessThan(2_000);
    expect(toneShare(pcm)).toBeGreaterThan(0.9);
  });

  it.each(['FL', 'FR', 'FC', 'LFE', 'BL', 'BR'])('hears a voice that is only on channel %s of 5.1', async (channel) => {
    await tone(`${channel}.wav`, '-af', `pan=5.1|${channel}=c0`);
    expect(toneShare(await decode(`${channel}.wav`))).toBeGreaterThan(0.99);
  });

  it('hears a voice that is on one channel of eight, and one whose two channels cancel each other', async () => {
    await tone('eight.wav', '-af', 'pan=8c|c6=c0');
    expect(toneShare(await decode('eight.wav'))).toBeGreaterThan(0.99);
    await tone('cancelling.wav', '-af', 'pan=stereo|c0=c0|c1=-1*c0');
    expect(toneShare(await decode('cancelling.wav'))).toBeGreaterThan(0.99);
  });

  it('does not take a cover picture for a video', async () => {
    await run(bundled, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x64', '-frames:v', '1', at('cover.png')]);
    await tone('cover.mp3', '-i', at('cover.png'), '-map', '0', '-map', '1', '-c:v', 'copy');
    expect((await createFfmpeg().probe(at('cover.mp3'), never)).hasVideo).toBe(false);
  });

  it('keeps the clock where the container leaves sound out', async () => {
    await tone('gap.mka', '-af', "aselect='lt(t,0.5)+gt(t,1.5)'", '-c:a', 'libopus');
    const pcm = await decode('gap.mka');
    expect(Math.abs(pcm.length - 32_000)).toBeLessThan(1_600);
    expect(power(pcm.subarray(12_000, 20_000))).toBeLessThan(1e-6);
    expect(power(pcm.subarray(26_000, 30_000))).toBeGreaterThan(1e-3);
  });

  it('reads samples that are no numbers or out of range as silence and full scale', async () => {
    await tone('wild.wav', '-c:a', 'pcm_f32le', '-ar', '16000');
    const bytes = await readFile(at('wild.wav'));
    const first = bytes.indexOf('data') + 8;
    bytes.writeFloatLE(Number.NaN, first);
    bytes.writeFloatLE(1e9, first + 4 * 16_000);
    await writeFile(at('wild.wav'), bytes);
    const pcm = await decode('wild.wav');
    expect(pcm.every((sample) => sample >= -1 && sample <= 1)).toBe(true);
    expect(power(pcm.subarray(20_000))).toBeGreaterThan(1e-3);
  });
});

describe('bad input', () => {
  it('says that a video has no sound', async () => {
    await run(bundled, ['-v', 'error', ...picture, '-c:v', 'mpeg4', at('silent.mp4')]);
    expect(await fault('silent.mp4')).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/no sound/) });
    expect(await probeFault('silent.mp4')).toMatchObject({ message: expect.stringMatching(/video has no sound/) });
  });

  it('hears what there is of a recording that is cut off', async () => {
    await tone('whole.mp3');
    await tone('whole.wav');
    for (const name of ['whole.mp3', 'whole.wav']) {
      const bytes = await readFile(at(name));
      await writeFile(at(`cut-${name}`), bytes.subarray(0, bytes.length / 2));
      const pcm = await decode(`cut-${name}`);
      expect(Math.abs(pcm.length - 16_000)).toBeLessThan(2_000);
    }
  });

  it('hears what is left around damage in the middle', async () => {
    await tone('damaged.mp3');
    const bytes = await readFile(at('damaged.mp3'));
    bytes.fill(0x5a, Math.floor(bytes.length / 3), Math.floor(bytes.length / 2));
    await writeFile(at('damaged.mp3'), bytes);
    expect(power(await decode('damaged.mp3'))).toBeGreaterThan(1e-4);
  });

  it('says that a recording whose index was never written is incomplete', async () => {
    await tone('cut.m4a');
    const { length } = await readFile(at('cut.m4a'));
    await truncate(at('cut.m4a'), Math.floor(length / 2));
    expect(await fault('cut.m4a')).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/incomplete/) });
  });

  it.each(['drms', 'enca', 'aavd'])('says that a recording protected by %s is protected', async (entry) => {
    await tone(`${entry}.m4a`, '-c:a', 'aac');
    const bytes = await readFile(at(`${entry}.m4a`));
    bytes.write(entry, bytes.indexOf('mp4a', bytes.indexOf('stsd')), 'latin1');
    await writeFile(at(`${entry}.m4a`), bytes);
    expect(await fault(`${entry}.m4a`)).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/DRM/) });
    expect(await probeFault(`${entry}.m4a`)).toMatchObject({ message: expect.stringMatching(/DRM/) });
  });

  it('says that a recording under Common Encryption is protected', async () => {
    const key = '76a6c65c5ea762046bd749a2e632ccbb';
    const scheme = ['-encryption_scheme', 'cenc-aes-ctr', '-encryption_key', key, '-encryption_kid', key];
    await tone('cenc.mp4', '-c:a', 'aac', ...scheme);
    expect(await fault('cenc.mp4')).toMatchObject({ kind: 'bad-input', message: expect.stringMatching(/DRM/) });
  });

  it('refuses playlists, so that a shared file cannot make it read other files or hosts', async () => {
    await tone('secret.wav');
    await tone('segment.ts', '-f', 'mpegts');
    const visits: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      visits.push(request.url);
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const host = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/x`;
    const lures = {
      'list.m3u8': hls('segment.ts'),
      'renamed.mp3': hls(at('segment.ts')),
      'remote.m3u8': hls(host),
      'list.ffconcat': "ffconcat version 1.0\nfile 'secret.wav'\n",
      'remote.sdp': `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n`,
      'remote.mpd': `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><Period><BaseURL>${host}</BaseURL></Period></MPD>`,
    };
    try {
      for (const [name, content] of Object.entries(lures)) {
        await writeFile(at(name), content);
        expect([name, await fault(name)]).toMatchObject([name, { kind: 'bad-input' }]);
        expect([name, await probeFault(name)]).toMatchObject([name, { kind: 'bad-input' }]);
      }
      expect(await fault('list.m3u8')).toMatchObject({ message: expect.stringMatching(/playlist/) });
      expect(visits).toEqual([]);
    } finally {
      server.close();
    }
  });

  it.each([
    'http:host.wav',
    'concat:a|b.wav',
    '-y.wav',
    'data:,x.wav',
    '%d.wav',
    'quote\'s "two".wav',
    'ctrl\u0001.wav',
    'line\nbreak.wav',
    'pipe:0.wav',
  ])('takes the name %j for a name', async (name) => {
    const path = at(name);
    const made = await writeFile(path, wavWithClick(16_000, 500, 100)).then(
      () => true,
      () => false,
    );
    // Windows forbids some of these names.
    if (!made) return;
    expect((await decode(name)).length).toBe(8_000);
  });

  it.runIf(onPosix)('does not wait for ever on a named pipe', async () => {
    await run('mkfifo', [at('pipe.wav')]);
    expect(await fault('pipe.wav')).toMatchObject({ kind: 'bad-input' });
  });

  it.runIf(onPosix && process.getuid?.() !== 0)('says when a file may not be read', async () => {
    await tone('locked.wav');
    await chmod(at('locked.wav'), 0o000);
    expect(await fault('locked.wav')).toMatchObject({
      kind: 'bad-input',
      message: expect.stringMatching(/right to read/),
    });
  });

  it('calls noise that is no recording bad input', async () => {
    const noise = Buffer.alloc(200_000);
    let seed = 1;
    for (let i = 0; i < noise.length; i++) noise[i] = (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) >> 16;
    await writeFile(at('noise.bin'), noise);
    await writeFile(at('paper.pdf'), Buffer.concat([Buffer.from('%PDF-1.4\n'), noise.subarray(0, 50_000)]));
    expect(await fault('noise.bin')).toMatchObject({ kind: 'bad-input' });
    expect(await fault('paper.pdf')).toMatchObject({ kind: 'bad-input' });
  });
});

describe('the program', () => {
  it('is unavailable, with what to do, when the one in the settings does not start', async () => {
    await tone('there.wav');
    const decoder = createFfmpeg({ ffmpegPath: at('no-such-ffmpeg') });
    await expect(decoder.probe(at('there.wav'), never)).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
    await expect(decode('there.wav', decoder)).rejects.toMatchObject({ message: expect.stringMatching(/settings/) });
  });

  it.runIf(onPosix)('dies when the consumer stops and when the signal is aborted', async () => {
    await longRecording();
    const decoder = await scripted('counted', `echo $$ > '${at('pid')}'\nexec "$FFMPEG" "$@"`);
    const runningPid = async () => Number(await readFile(at('pid'), 'utf8'));
    for await (const chunk of decoder.decode(at('long.wav'), never)) {
      expect(chunk.length).toBeGreaterThan(0);
      expect(isAlive(await runningPid())).toBe(true);
      break;
    }
    expect(isAlive(await runningPid())).toBe(false);

    const controller = new AbortController();
    const pieces = decoder.decode(at('long.wav'), controller.signal)[Symbol.asyncIterator]();
    await pieces.next();
    controller.abort(new Error('enough'));
    await expect(pieces.next()).rejects.toThrow('enough');
    expect(isAlive(await runningPid())).toBe(false);
  });

  it('waits for a slow consumer instead of holding the recording in memory', async () => {
    await longRecording();
    const collect = garbageCollector();
    let mostBytes = 0;
    let samples = 0;
    let chunks = 0;
    for await (const chunk of createFfmpeg().decode(at('long.wav'), never)) {
      samples += chunk.length;
      chunks++;
      if (chunks % 100 !== 0) continue;
      // Gives the pipe every chance to fill what it may fill.
      await new Promise((resolve) => setImmediate(resolve));
      collect();
      mostBytes = Math.max(mostBytes, process.memoryUsage().arrayBuffers);
    }
    expect(samples).toBe(28_800_000);
    // Held whole it would be 115 MB.
    expect(mostBytes).toBeLessThan(20_000_000);
  });

  it.runIf(onPosix)('killed by somebody else, it does not pass for a shorter recording', async () => {
    await tone('there.wav');
    const killed = await scripted('killed', '"$FFMPEG" "$@" | head -c 20000\nkill -KILL $$');
    await expect(decode('there.wav', killed)).rejects.toMatchObject({ kind: 'unavailable' });
    const asked = await scripted(
      'asked',
      '"$FFMPEG" "$@" | head -c 20000\necho "Exiting normally, received signal 2." >&2\nexit 255',
    );
    await expect(decode('there.wav', asked)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.runIf(onPosix)('keeps its own words and the names of files out of messages', async () => {
    const chatty = await scripted(
      'chatty',
      'echo "Secret words in /home/somebody/diary.wav: Invalid data" >&2\nexit 1',
    );
    await tone('there.wav');
    const error: unknown = await decode('there.wav', chatty).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'bad-input' });
    expect(String(error)).not.toMatch(/Secret|diary|there/);
  });
});
