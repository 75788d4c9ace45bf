/** The file a download leaves beside the model, in the format of `sha256sum`, so `sha256sum -c` checks it too. */
export const checksumsFile = 'SHA256SUMS';

/** File names relative to the folder, with `/`, to hexadecimal sums. Lines in another form are ignored. */
export function parseChecksums(content: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const line of content.split('\n')) {
    const match = /^([0-9a-f]{64}) [ *](.+)$/u.exec(line.trimEnd());
    if (match?.[1] !== undefined && match[2] !== undefined) sums.set(match[2], match[1]);
  }
  return sums;
}

export function formatChecksums(sums: ReadonlyMap<string, string>): string {
  return [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join('');
}
