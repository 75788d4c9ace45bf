import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Speaker } from './model.ts';
import { isNamed, speakerKey, speakerName, UNNAMED_SPEAKER } from './speaker.ts';

const person = (id: string, displayName: string): Speaker => ({
  kind: 'person',
  person: { platform: 'slack', id, displayName },
});

describe('speakers', () => {
  it('are called by their name, a voice by its label, and a mix by neither', () => {
    expect(speakerName(person('1', 'Ana Díaz'))).toBe('Ana Díaz');
    expect(speakerName({ kind: 'voice', label: 'Voice 2' })).toBe('Voice 2');
    expect(speakerName({ kind: 'unnamed' })).toBe(UNNAMED_SPEAKER);
    expect(speakerName(person('1', ' \n\t'))).toBe(UNNAMED_SPEAKER);
  });
  it('have names of one printable line, whatever a platform allows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (displayName) => {
        expect(speakerName(person('1', displayName))).toMatch(/^[^\p{Cc}\u2028\u2029\u202e]+$/u);
      }),
    );
  });
  it('are told apart by who they are, not by what they are called', () => {
    expect(speakerKey(person('1', 'Ana'))).not.toBe(speakerKey(person('2', 'Ana')));
    expect(speakerKey(person('1', 'Ana'))).toBe(speakerKey(person('1', 'Ana D.')));
    expect(speakerKey(person('unnamed', 'Ana'))).not.toBe(speakerKey({ kind: 'unnamed' }));
  });
  it('own what they say only when somebody knows who they are', () => {
    expect(
      [
        person('1', 'Ana'),
        person('1', ''),
        { kind: 'voice', label: 'Voice 1' } as const,
        { kind: 'unnamed' } as const,
      ].map(isNamed),
    ).toEqual([true, false, true, false]);
  });
});
