import { describe, expect, it } from 'vitest';
import { readTemplate } from './template.ts';

const HEAD = { name: 'mine', kind: null, tone: null, length: 'medium' } as const;

describe('a template', () => {
  it('asks for known parts by their names, in English or Chinese, in the order written', () => {
    const read = readTemplate(HEAD, '# Title\n\n## Action items\n\n## 摘要\n\n## What we agreed {decisions}\n');
    expect(read).toEqual({
      kind: 'template',
      template: {
        ...HEAD,
        sections: [
          { part: 'actions', heading: null },
          { part: 'summary', heading: null },
          { part: 'decisions', heading: 'What we agreed' },
        ],
      },
    });
  });

  it('has sections of its own: text says what belongs there, list items give it away', () => {
    const read = readTemplate(
      HEAD,
      '## Blockers ##\nWhat keeps\nsomebody from going on.\n\n- stuck on\n* waiting for\n',
    );
    expect(read).toMatchObject({
      template: {
        sections: [
          {
            part: 'custom',
            heading: 'Blockers',
            instruction: 'What keeps somebody from going on.',
            cues: ['stuck on', 'waiting for'],
          },
        ],
      },
    });
  });

  it.for([
    ['', 'no sections'],
    ['Just text.', 'no sections'],
    ['## Summary\n## 总结', 'twice'],
    ['## Mine {nonsense}', 'no part of minutes'],
    ['## Empty', 'does not say what belongs there'],
  ] as const)('%j is refused with what is wrong: %s', ([body, problem]) => {
    const read = readTemplate(HEAD, body);
    expect(read.kind === 'problem' ? read.message : '').toContain(problem);
  });
});
