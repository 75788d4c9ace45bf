import { open, stat } from 'node:fs/promises';
import { Fault } from '../../core/faults.ts';

export function badInput(message: string, cause?: unknown): Fault {
  return new Fault('ffmpeg', 'bad-input', message, { cause });
}

/**
 * Looks at the file before ffmpeg does, so that what can be said plainly is. Throws Fault `bad-input` for a file that
 * is missing, not an ordinary file (a pipe or device could be waited on for ever), unreadable, empty or copy-protected.
 */
export async function refuseUnreadable(path: string): Promise<void> {
  // A NUL ends the name for the operating system: what would be opened is not what was named.
  if (path.includes('\0'))
    throw badInput('The file name holds a character that no file name can have: rename the file and try again.');
  let size: number;
  try {
    const seen = await stat(path);
    if (seen.isDirectory()) throw badInput('This is a folder, not a recording: give the recording inside it.');
    if (!seen.isFile()) throw badInput('This is not an ordinary file: save the recording to a file and give that.');
    size = seen.size;
  } catch (error) {
    throw error instanceof Fault ? error : explainSystemError(error);
  }
  if (size === 0) throw badInput('The file is empty: record or export it again.');
  if (await isProtected(path, size))
    throw badInput('The recording is copy-protected (DRM) and cannot be opened: give an unprotected copy.');
}

function explainSystemError(error: unknown): Fault {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return badInput('There is no such file: check the name and the folder.', error);
    case 'EACCES':
    case 'EPERM':
      return badInput('The file may not be read: give the account that runs Earshot the right to read it.', error);
    case 'ENAMETOOLONG':
    case 'ELOOP':
      return badInput('The file name cannot be followed: rename or move the file and try again.', error);
    default:
      return new Fault('ffmpeg', 'unavailable', 'The file cannot be read just now: check the disk and try again.', {
        cause: error,
      });
  }
}

/** The index of a ten-hour MP4 takes a few megabytes; a protection box sits in its first part. */
const INDEX_LIMIT_BYTES = 8 * 1024 * 1024;

/** Sample entries (box `stsd`) of FairPlay, Common Encryption and Audible. */
const PROTECTED_ENTRIES: ReadonlySet<string> = new Set(['drms', 'drmi', 'enca', 'encv', 'aavd']);

/**
 * ISO/IEC 14496-12 files name the protection in their sample entry, or wrap the entry's origin in a `sinf` box with
 * `frma` first; Audible's also carry a brand of their own. ffmpeg decodes such audio to noise without saying so.
 */
async function isProtected(path: string, size: number): Promise<boolean> {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    throw explainSystemError(error);
  }
  try {
    const head = Buffer.alloc(16);
    for (let at = 0; at + 8 <= size;) {
      const { bytesRead } = await file.read(head, 0, 16, at);
      const type = head.toString('latin1', 4, 8);
      if (bytesRead < 8 || (at === 0 && type !== 'ftyp' && type !== 'moov')) return false;
      if (type === 'ftyp' && head.toString('latin1', 8, 11) === 'aax') return true;
      const short = head.readUInt32BE(0);
      const length =
        short === 1 && bytesRead === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? size - at : short;
      if (length < 8) return false;
      if (type === 'moov') {
        const index = Buffer.alloc(Math.min(length, size - at, INDEX_LIMIT_BYTES));
        await file.read(index, 0, index.length, at);
        return holdsProtectionBox(index);
      }
      at += length;
    }
    return false;
  } catch (error) {
    throw explainSystemError(error);
  } finally {
    await file.close();
  }
}

function holdsProtectionBox(index: Buffer): boolean {
  for (let at = index.indexOf('stsd'); at !== -1; at = index.indexOf('stsd', at + 4)) {
    // Version, flags, entry count and the first entry's size come between.
    if (PROTECTED_ENTRIES.has(index.toString('latin1', at + 16, at + 20))) return true;
  }
  for (let at = index.indexOf('sinf'); at !== -1; at = index.indexOf('sinf', at + 4)) {
    if (index.toString('latin1', at + 8, at + 12) === 'frma') return true;
  }
  return false;
}

/** What ffmpeg printed, seen from the user: one Fault, none of ffmpeg's words. */
export function explainFfmpeg(printed: string): Fault {
  const cause = new Error('ffmpeg could not decode the file.');
  if (/\[(hls|concat|dash|sdp|imf|webm_dash_manifest)\b[^\n]*whitelist/i.test(printed))
    return badInput(
      'This is a playlist that points to other files, not a recording: give the recording itself.',
      cause,
    );
  if (/not on whitelist/i.test(printed)) return notARecording(cause);
  if (/\bDRM\b|\(drms \/|\(enca \/|\(aavd \/|encrypted/i.test(printed))
    return badInput('The recording is copy-protected (DRM) and cannot be opened: give an unprotected copy.', cause);
  if (/moov atom not found/i.test(printed))
    return badInput('The recording is incomplete, its end is missing: copy or upload it again.', cause);
  if (/matches no streams/i.test(printed))
    return /Stream #\S+: Video:/.test(printed)
      ? badInput('The video has no sound: give a recording with sound.', cause)
      : badInput('The file holds no sound: give a recording with sound.', cause);
  if (/Permission denied|Operation not permitted|No such file/i.test(printed))
    return new Fault(
      'ffmpeg',
      'unavailable',
      'The ffmpeg program is not allowed to read the file: move the file, or install an ffmpeg that is not sandboxed.',
      { cause },
    );
  if (/(Decoder|decoder) .*not found|Unknown decoder|could not find codec parameters/i.test(printed))
    return badInput('The sound is stored in a format that cannot be read: convert it to MP3, M4A or WAV.', cause);
  return notARecording(cause);
}

function notARecording(cause: unknown): Fault {
  return badInput('This is not an audio or video file that can be read, or it is damaged: give another copy.', cause);
}

export function noSound(): Fault {
  return badInput('The recording holds no sound at all: record or export it again.');
}
