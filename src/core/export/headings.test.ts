import { describe, expect, it } from 'vitest';
import { headingOf } from './headings.ts';

describe('the heading of a section', () => {
  it("is the template's own where it has one", () => {
    expect(headingOf({ part: 'actions', heading: 'Who does what' }, 'zh')).toBe('Who does what');
    expect(headingOf({ part: 'custom', heading: 'Risks' }, 'zh')).toBe('Risks');
  });
  it("is else the usual one in the minutes' language, whatever its region", () => {
    const section = { part: 'questions', heading: null } as const;
    expect(headingOf(section, 'en')).toBe('Questions and answers');
    expect(headingOf(section, 'zh')).toBe('问答回顾');
    expect(headingOf(section, 'zh-Hans-CN')).toBe('问答回顾');
  });
  it('is English in a language that has none here, and where a heading is blank', () => {
    expect(headingOf({ part: 'summary', heading: '  ' }, 'und')).toBe('Summary');
    expect(headingOf({ part: 'mind-map', heading: null }, 'sw')).toBe('Mind map');
  });
});
