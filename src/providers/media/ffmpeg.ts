import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable } from 'node:stream';
import { Fault } from '../../core/faults.ts';
import type { AudioDecoder, AudioProbe } from '../../core/ports.ts';
import { locateFfmpeg } from './ffmpeg-binary.ts';
import type { FfmpegBinary } from './ffmpeg-binary.ts';
import { explainFfmpeg, noSound, refuseUnreadable } from './recording-faults.ts';
import { monoFromWav } from './wav-stream.ts';

/**
 * Containers that hold a recording in the file itself. Everything else is refused before it is opened: playlists
 * (hls, concat, dash, sdp) name other files and hosts, and a shared file must not make us read those.
 */
const CONTAINERS = [
  'aac,ac3,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,caf,dsf,dts,dtshd,dv,eac3,flac,flv,gsm,h261,h263,h264,hevc',
  'ircam,ivf,live_flv,loas,m4v,matroska,mlp,mov,mp3,mpc,mpc8,mpeg,mpegts,mpegvideo,mxf,nut,ogg,oma,qcp,rm,sox,tak',
  'truehd,tta,vc1,voc,w64,wav,webm,wtv,wv,xwma',
].join(',');

/** Enough for every stream's description; a damaged file may print without end. */
const PRINTED_LIMIT_CHARACTERS = 64 * 1024;

/**
 * Decodes recordings with an ffmpeg child process (https://ffmpeg.org/ffmpeg.html). `ffmpegPath`: use this program
 * and no other; absent: the one on PATH, else the one in `@ffmpeg-installer/ffmpeg`, looked for at first use.
 *
 * Every channel is heard. Of several sound streams the first is taken. Gaps in the container's clock become silence,
 * so positions in the PCM are positions in the recording. A damaged or cut-off recording gives what can be decoded.
 */
export function createFfmpeg(options: { readonly ffmpegPath?: string } = {}): AudioDecoder {
  let located: Promise<FfmpegBinary> | undefined;
  const locate = () => {
    located ??= locateFfmpeg(options.ffmpegPath).catch((error: unknown) => {
      // Somebody may install it while we run: look again next time.
      located = undefined;
      throw error;
    });
    return located;
  };

  return {
    async probe(path, signal) {
      signal.throwIfAborted();
      await refuseUnreadable(path);
      const { path: program } = await locate();
      // Decoding one frame is the proof that there is sound and that it can be read.
      const child = start(program, path, ['-frames:a', '1', '-c:a', 'pcm_f32le', '-f', 'f32le', 'pipe:1']);
      let decodedBytes = 0;
      const end = await supervise(child, signal, async () => {
        for await (const chunk of child.stdout) if (chunk instanceof Buffer) decodedBytes += chunk.length;
      });
      if (decodedBytes === 0) throw end.code === 0 ? noSound() : explainFfmpeg(end.printed);
      return readProbe(end.printed);
    },
    async *decode(path, signal) {
      signal.throwIfAborted();
      await refuseUnreadable(path);
      const { path: program } = await locate();
      const child = start(program, path, [
        // async=1 fills gaps with silence; first_pts=0 does so for sound that sets in after the picture.
        '-af',
        'aresample=16000:async=1:first_pts=0',
        '-c:a',
        'pcm_f32le',
        '-fflags',
        '+bitexact',
        '-f',
        'wav',
        'pipe:1',
      ]);
      const watch = supervise(child, signal, () => Promise.resolve());
      // Rejections are read below, also when the consumer has stopped.
      watch.catch(() => undefined);
      let decoded = false;
      try {
        for await (const samples of monoFromWav(child.stdout)) {
          signal.throwIfAborted();
          decoded = true;
          yield samples;
        }
        const end = await watch;
        if (!decoded) throw end.code === 0 ? noSound() : explainFfmpeg(end.printed);
      } catch (error) {
        if (error instanceof Fault) throw error;
        // A broken pipe is the consequence; why the child ended is what counts.
        await watch;
        throw interrupted(error);
      } finally {
        child.kill('SIGKILL');
        await watch.catch(() => undefined);
      }
    },
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(program: string, path: string, output: readonly string[]): Child {
  const input = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'info'];
  // `file:` and the whitelists keep any name or content from being taken for an option, a URL or another file.
  const source = ['-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS, '-i', `file:${path}`];
  return spawn(program, [...input, ...source, '-map', '0:a:0', '-vn', '-sn', '-dn', ...output], {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // Ctrl-C on a terminal reaches a whole group: in ours, ffmpeg would end early and look like a shorter recording.
    detached: process.platform !== 'win32',
  });
}

interface End {
  readonly code: number | null;
  readonly printed: string;
}

/**
 * Runs `consume` beside the child and waits for both. The child dies with the signal. Throws the signal's reason, or
 * Fault `unavailable` when the program could not run or was stopped by somebody else.
 */
async function supervise(child: Child, signal: AbortSignal, consume: () => Promise<void>): Promise<End> {
  let printed = '';
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => {
    if (printed.length < PRINTED_LIMIT_CHARACTERS) printed += text;
  });
  const ended = new Promise<{ code: number | null; killedBy: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve({ code, killedBy }));
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  try {
    const [{ code, killedBy }] = await Promise.all([ended, consume()]);
    signal.throwIfAborted();
    if (wasStopped(code, killedBy, printed)) throw interrupted();
    return { code, printed };
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof Fault ? error : interrupted(error);
  } finally {
    signal.removeEventListener('abort', kill);
  }
}

/** A crash (SIGSEGV, SIGABRT …) is the file's doing and ends its sound there; these come from outside. */
function wasStopped(code: number | null, killedBy: NodeJS.Signals | null, printed: string): boolean {
  if (killedBy !== null) return ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU'].includes(killedBy);
  return code === 255 && /received signal/i.test(printed);
}

function interrupted(cause?: unknown): Fault {
  return new Fault(
    'ffmpeg',
    'unavailable',
    'Opening the recording was interrupted because the ffmpeg program could not run to its end: try again.',
    { cause },
  );
}

function readProbe(printed: string): AudioProbe {
  const duration = /^ {2}Duration: (\d+):(\d\d):(\d\d)\.(\d+)/m.exec(printed);
  const [, hours, minutes, seconds, fraction] = duration ?? [];
  const durationMs =
    hours === undefined
      ? null
      : (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
        Math.round(Number(`0.${fraction}`) * 1000);
  // Cover art is a video stream of one picture; older versions show it only by its odd frame rate.
  const videos = printed.match(/^ +Stream #\S+: Video: .*$/gm) ?? [];
  return { durationMs, hasVideo: videos.some((line) => !/\(attached pic\)|90k tbr/.test(line)) };
}
