/** The minutes as a tree: title → chapters → points, with branches for decisions and action items. */
import type { Cited, Minutes, MinutesPart } from '../model.ts';
import { headingOf } from './headings.ts';
import { escapeMarkdown } from './markdown-text.ts';
import { oneLine } from './printable.ts';

export interface MindMapNode {
  /** One line. */
  readonly text: string;
  /** What the node rests on; null for the names of branches and the title. */
  readonly claim: Cited | null;
  readonly children: readonly MindMapNode[];
}

function leaf(claim: Cited): MindMapNode {
  return { text: oneLine(claim.text), claim, children: [] };
}

/** A chapter without points has what it is about as its only leaf. Branches without leaves are left out. */
export function mindMapOf(minutes: Minutes): MindMapNode {
  const branch = (part: MinutesPart, claims: readonly Cited[]): readonly MindMapNode[] => {
    const shown = minutes.sections.find((section) => section.part === part);
    const text = oneLine(headingOf({ part, heading: shown?.heading ?? null }, minutes.language));
    return claims.length === 0 ? [] : [{ text, claim: null, children: claims.map(leaf) }];
  };
  return {
    text: oneLine(minutes.title) || headingOf({ part: 'mind-map', heading: null }, minutes.language),
    claim: null,
    children: [
      ...minutes.chapters.map((chapter): MindMapNode => ({
        text: oneLine(chapter.title) || oneLine(chapter.text),
        claim: chapter,
        children: (chapter.points.length === 0 ? [chapter] : chapter.points).map(leaf),
      })),
      ...branch('decisions', minutes.decisions),
      ...branch('actions', minutes.actions),
    ],
  };
}

/** Nested Markdown list; the root is its only item of the first level. `written`: how a node's text is escaped. */
export function mindMapOutline(root: MindMapNode, written: (text: string) => string = escapeMarkdown): string {
  const lines = (node: MindMapNode, depth: number): string[] => [
    `${'  '.repeat(depth)}- ${written(node.text)}`,
    ...node.children.flatMap((child) => lines(child, depth + 1)),
  ];
  return `${lines(root, 0).join('\n')}\n`;
}

/**
 * What quoted labels may not hold as it is: the quote ends them, `#` begins a character code, `%%` a comment or a
 * directive, the rest is HTML or Markdown, and a colon can make a line look like a style statement
 * (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
 */
const UNSAFE_IN_LABEL = /["#%&<>`*_~\\$:;]/gu;
/** Read as a list or a heading by the Markdown in labels. */
const LIST_START = /^(\d+)([.)])|^([-+=])/u;

function code(character: string): string {
  return `#${character.codePointAt(0) ?? 0};`;
}

function label(text: string): string {
  return text
    .replace(UNSAFE_IN_LABEL, code)
    .replace(LIST_START, (_, digits: string | undefined, dot: string | undefined, mark: string | undefined) =>
      digits === undefined || dot === undefined ? code(mark ?? '') : `${digits}${code(dot)}`,
    );
}

/** Source of a Mermaid `mindmap` diagram; ends in a line feed. */
export function mindMapMermaid(root: MindMapNode): string {
  let count = 0;
  const lines = (node: MindMapNode, depth: number): string[] => {
    const id = `n${count++}`;
    const text = label(node.text) || ' ';
    // The root is a circle, as mind maps are drawn; everything else is a box.
    const shape = depth === 1 ? `${id}(("${text}"))` : `${id}["${text}"]`;
    return [`${'  '.repeat(depth)}${shape}`, ...node.children.flatMap((child) => lines(child, depth + 1))];
  };
  return `mindmap\n${lines(root, 1).join('\n')}\n`;
}
