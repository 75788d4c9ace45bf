import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { Fault } from '../../core/faults.ts';
import type { Template } from '../../core/model.ts';
import type { Templates } from '../../core/ports.ts';
import { STANDARD_TEMPLATES } from '../../core/understand/standard-template.ts';
import { readTemplate } from '../../core/understand/template.ts';

const BUILT_IN = join(import.meta.dirname, 'built-in');
const FRONT_MATTER = /^---\r?\n(?<head>[\s\S]*?)\r?\n---\r?\n(?<body>[\s\S]*)$/u;

const head = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, 'must be one word of letters, digits, dots and dashes')
    .optional(),
  for: z.enum(['meeting', 'interview', 'lecture'], 'must be meeting, interview or lecture').optional(),
  tone: z.string().trim().max(200, 'must be at most 200 characters').optional(),
  length: z.enum(['short', 'medium', 'long'], 'must be short, medium or long').optional(),
});

/**
 * The templates that come with Earshot, and those in `folder` (null: none): Markdown files with front matter. A file
 * of one's own replaces the built-in of the same name; one named `meeting`, `interview` or `lecture` replaces what that
 * kind of recording gets. Throws Fault `bad-input` that names the file that cannot be used, and why.
 */
export async function openTemplates(folder: string | null): Promise<Templates> {
  const found = new Map<string, Template>(
    Object.values(STANDARD_TEMPLATES).map((template) => [template.name, template]),
  );
  for (const template of await readFolder(BUILT_IN)) found.set(template.name, template);
  if (folder !== null) {
    const own = new Set<string>();
    for (const template of await readFolder(folder)) {
      if (own.has(template.name)) {
        throw new Fault(
          'templates',
          'bad-input',
          `Two templates in ${folder} are named "${template.name}". Rename one.`,
        );
      }
      own.add(template.name);
      found.set(template.name, template);
    }
  }
  const kinds = STANDARD_TEMPLATES;
  return {
    named: (name) => found.get(name) ?? null,
    byKind: {
      meeting: found.get('meeting') ?? kinds.meeting,
      interview: found.get('interview') ?? kinds.interview,
      lecture: found.get('lecture') ?? kinds.lecture,
    },
    all: [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

async function readFolder(folder: string): Promise<readonly Template[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw new Fault(
      'templates',
      'bad-input',
      `The folder of templates, ${folder}, cannot be read. Set EARSHOT_TEMPLATES to a folder of .md files, or to nothing.`,
      { cause: error },
    );
  });
  const files = names.filter((name) => name.endsWith('.md') && !name.startsWith('.')).toSorted();
  return Promise.all(files.map((name) => readTemplateFile(join(folder, name), name.slice(0, -'.md'.length))));
}

async function readTemplateFile(path: string, baseName: string): Promise<Template> {
  const unusable = (why: string, cause?: unknown): Fault =>
    new Fault('templates', 'bad-input', `The template ${path} cannot be used. ${why}`, { cause });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw unusable('It cannot be read.', error);
  });
  const parts = FRONT_MATTER.exec(text.replace(/^\uFEFF/u, ''))?.groups;
  const parsed = head.safeParse(frontMatter(parts?.['head'] ?? '', unusable));
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path: field, message }) => `${field.join('.')} ${message}`.trim());
    throw unusable(`Its front matter: ${problems.join('; ')}.`);
  }
  const { name = baseName, for: kind = null, tone = null, length = 'medium' } = parsed.data;
  const read = readTemplate({ name, kind, tone, length }, parts?.['body'] ?? text);
  if (read.kind === 'problem') throw unusable(read.message);
  return read.template;
}

function frontMatter(text: string, unusable: (why: string, cause: unknown) => Fault): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw unusable('The lines between the two "---" are no YAML.', error);
  }
}
