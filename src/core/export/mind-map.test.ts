import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minutesWith } from '../../../test/contract/minutes.ts';
import { meetingId, utteranceId } from '../../../test/contract/transcripts.ts';
import type { Cited, Minutes } from '../model.ts';
import { type MindMapNode, mindMapMermaid, mindMapOf, mindMapOutline } from './mind-map.ts';

function claim(text: string): Cited {
  return { text, citations: [{ utteranceIds: [utteranceId('u1')], startMs: 0, endMs: 1000 }] };
}

function minutes(parts: Partial<Minutes>): Minutes {
  return minutesWith({ meetingId: meetingId('m'), ...parts });
}

function node(text: string, children: readonly MindMapNode[] = []): MindMapNode {
  return { text, claim: null, children };
}

const PLAN = minutes({
  title: 'Launch',
  chapters: [
    {
      ...claim('It moves.'),
      title: 'Date',
      startMs: 0,
      endMs: 9,
      points: [claim('June, not May.'), claim('Ask legal.')],
    },
    { ...claim('Nobody knows.'), title: 'Budget', startMs: 9, endMs: 20, points: [] },
  ],
  decisions: [claim('Launch in June.')],
});

/** A line of a diagram as the grammar of Mermaid's mind maps has it: indent, id, and a quoted label in its shape. */
const NODE_LINE = /^((?: {2})+)n\d+(?:\(\("([^"]+)"\)\)|\["([^"]+)"\])$/u;

/** Reads a diagram back by that grammar; null when it breaks it anywhere. */
function read(source: string): { readonly depth: number; readonly text: string }[] | null {
  const [first, ...lines] = source.trimEnd().split('\n');
  if (first !== 'mindmap') return null;
  const nodes = lines.map((line) => {
    const match = NODE_LINE.exec(line);
    const label = match?.[2] ?? match?.[3];
    if (match === null || label === undefined || /["<>&`%*_~\\$:]|#(?!\d+;)|(?<!#\d+);/u.test(label)) return null;
    const text = label.replace(/#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
    return { depth: (match[1] ?? '').length / 2, text };
  });
  return nodes.includes(null) ? null : nodes.filter((found) => found !== null);
}

describe('the mind map', () => {
  it('has the title as its root, chapters and their points below, and branches for what was decided', () => {
    expect(mindMapOutline(mindMapOf(PLAN))).toBe(
      [
        '- Launch',
        '  - Date',
        '    - June, not May.',
        '    - Ask legal.',
        '  - Budget',
        '    - Nobody knows.',
        '  - Decisions',
        '    - Launch in June.',
        '',
      ].join('\n'),
    );
  });

  it("names branches as the template does, in the minutes' language", () => {
    const { children } = mindMapOf(
      minutes({
        language: 'zh',
        sections: [{ part: 'decisions', heading: '拍板' }],
        decisions: [claim('六月上线。')],
        actions: [{ ...claim('发邮件。'), owner: null, dueText: null, dueDate: null }],
      }),
    );
    expect(children.map(({ text }) => text)).toEqual(['拍板', '待办事项']);
  });

  it('keeps what each node rests on, and invents no node', () => {
    const root = mindMapOf(PLAN);
    expect(root.children[0]?.children[0]?.claim).toBe(PLAN.chapters[0]?.points[0]);
    expect(mindMapOf(minutes({})).children).toEqual([]);
  });
});

describe('Mermaid source', () => {
  it('is a diagram of the same tree', () => {
    expect(mindMapMermaid(mindMapOf(PLAN)).split('\n').slice(0, 4)).toEqual([
      'mindmap',
      '  n0(("Launch"))',
      '    n1["Date"]',
      '      n2["June, not May."]',
    ]);
  });

  it('lets nothing that was said end a label, start a directive, a comment, a list or markup', () => {
    const said = ['"]) x["', '%%{init: {}}%%', '1. one', '- two', '`md`', '<b>&amp;</b>', '# 5; style a: #f00;', ''];
    const source = mindMapMermaid(
      node(
        'a',
        said.map((text) => node(text)),
      ),
    );
    expect(read(source)?.map(({ text }) => text)).toEqual(['a', ...said.slice(0, -1), ' ']);
    expect(source).not.toMatch(/%%|"1\.|"- |style a:/u);
  });

  it('can be read back whole, whatever was said', () => {
    const line = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' '));
    const tree = fc
      .tuple(line, fc.array(fc.tuple(line, fc.array(line, { maxLength: 3 })), { maxLength: 3 }))
      .map(([title, branches]) =>
        node(
          title,
          branches.map(([name, leaves]) =>
            node(
              name,
              leaves.map((text) => node(text)),
            ),
          ),
        ),
      );
    fc.assert(
      fc.property(tree, (root) => {
        const expected: { depth: number; text: string }[] = [];
        const walk = ({ text, children }: MindMapNode, depth: number): void => {
          expected.push({ depth, text });
          for (const child of children) walk(child, depth + 1);
        };
        walk(root, 1);
        expect(read(mindMapMermaid(root))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
