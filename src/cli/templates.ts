import type { Template } from '../core/model.ts';
import type { Console } from './console.ts';

/** Lists what `--template` takes. */
export function listTemplates(
  templates: readonly Template[],
  options: { readonly json: boolean },
  console: Pick<Console, 'out'>,
): void {
  if (options.json) {
    console.out(`${JSON.stringify(templates, null, 2)}\n`);
    return;
  }
  console.out(
    'Use one with --template NAME; write your own as Markdown files in the folder EARSHOT_TEMPLATES names.\n\n',
  );
  for (const { name, kind, length, sections } of templates) {
    const parts = sections.map((section) =>
      section.part === 'custom' ? section.heading : (section.heading ?? section.part),
    );
    console.out(`  ${name.padEnd(16)} ${kind ?? 'any recording'}, ${length}: ${parts.join(', ')}\n`);
  }
}
