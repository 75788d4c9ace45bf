import type { Finding } from '../doctor.ts';
import { type Console, EXIT } from './console.ts';

/** Prints what was found; the exit code says whether everything works. */
export function report(
  findings: readonly Finding[],
  options: { readonly json: boolean },
  console: Pick<Console, 'out'>,
): number {
  if (options.json) console.out(`${JSON.stringify(findings, null, 2)}\n`);
  else {
    for (const { name, works, detail, advice } of findings) {
      console.out(`${works ? 'ok     ' : 'BROKEN '} ${name}: ${detail}\n`);
      if (advice !== null) console.out(`        ${advice}\n`);
    }
  }
  return findings.every((finding) => finding.works) ? EXIT.success : EXIT.failure;
}
