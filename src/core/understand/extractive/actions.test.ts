import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findActions, mayBeTask } from './actions.ts';
import { participantsOf } from './participants.ts';
import { sentencesOf } from './sentences.ts';

interface Task {
  readonly owner: string | null;
  readonly dueText: string | null;
  readonly text: string;
  readonly ids: readonly string[];
}

function tasks(...turns: [string | null, string][]): Task[] {
  const transcript = talk(turns);
  return findActions(sentencesOf(transcript.utterances), participantsOf(transcript)).map(
    ({ owner, dueText, text, citations }) => ({
      owner,
      dueText,
      text,
      ids: citations.flatMap(({ utteranceIds }) => utteranceIds),
    }),
  );
}

describe('action items', () => {
  it.each([
    ["I'll send the report by Friday.", 'by Friday'],

    ["I'm going to write the migration guide this week.", 'this week'],
    ['I can draft the contract before the end of the month.', 'before the end of the month'],
    ["So I'll check the logs and fix the parser.", null],
    ['我来整理会议纪要，周五之前发给大家。', '周五之前'],
    ['测试环境我负责搭建。', null],
  ])('are promises, owned by whoever makes them: %s', (text, dueText) => {
    expect(tasks(['Ana', text], ['Ben', 'Okay.'])).toMatchObject([{ owner: 'Ana', dueText, text }]);
  });

  it.each([
    "I'll be right back.",
    "I'll let you go.",
    "I'll start.",
    "I'll share my screen.",
    "If I had time, I'd send the report.",
    'I sent the report yesterday.',
    'Should I send the report by Friday?',
    'I will never forget that day.',
    "I'll see you tomorrow.",
    'I think I will like it.',
    'I could not send the report.',
    '我来介绍一下我们的产品。',
    '如果我负责的话，会不一样。',
    '我去过那里。',
  ])('are not small talk, hypotheticals, questions or the past: %s', (text) => {
    expect(tasks(['Ana', text], ['Ben', 'Okay.'])).toEqual([]);
  });

  it('belong to the participant a request names, once it is taken up', () => {
    expect(tasks(['Ana', 'Ben, could you send the invoices by Friday?'], ['Ben', 'Sure.'])).toMatchObject([
      { owner: 'Ben', dueText: 'by Friday', ids: ['u0', 'u1'] },
    ]);
    expect(tasks(['Ana', 'Could you send me the invoices?'], ['Ben', 'Yes, no problem.'])).toMatchObject([
      { owner: 'Ben' },
    ]);
    expect(tasks(['Ana', 'Ben will prepare the slides for the board.'], ['Ben', 'Right.'])).toMatchObject([
      { owner: 'Ben' },
    ]);
    expect(tasks(['王芳', '请李雷在周三之前提交报告。'], ['李雷', '好的。'])).toMatchObject([
      { owner: '李雷', dueText: '在周三之前' },
    ]);
  });

  it('are not made of requests that were declined', () => {
    expect(tasks(['Ana', 'Ben, could you send the invoices by Friday?'], ['Ben', "No, I can't."])).toEqual([]);
  });

  it.each([
    ['Great, I will finish the payment page by Friday.', 'I will finish the payment page by Friday.'],
    ['Great. I will finish the payment page by Friday.', 'I will finish the payment page by Friday.'],
    ['Thank you, Cem. And Ben, please send the list by Friday.', 'Ben, please send the list by Friday.'],
    ['Thank you Cem and Ben, please send the list by Friday.', 'Ben, please send the list by Friday.'],
    ['好的，我来整理会议纪要，周五之前发给大家。', '我来整理会议纪要，周五之前发给大家。'],
  ])('start at the task, after thanks and interjections: %s', (text, expected) => {
    const found = tasks(['Ana', text], ['Ben', 'Yes.'], ['Cem', 'Goodbye.']);
    expect(found.map((task) => task.text)).toEqual([expected]);
  });

  it('have no owner when nobody present was named, or nobody was told apart', () => {
    expect(tasks(['Ana', 'Please deploy the fix today.'], ['Ben', 'Next topic.'])).toMatchObject([
      { owner: null, dueText: 'today' },
    ]);
    expect(tasks([null, "I'll send the report by Friday."])).toMatchObject([{ owner: null, dueText: 'by Friday' }]);
  });

  it('have no owner when two people go by the name', () => {
    const found = tasks(
      ['Ben Hall', 'Hello.'],
      ['Ben Moore', 'Hello.'],
      ['Ana', 'Ben will prepare the slides by Friday.'],
    );
    expect(found.map(({ owner }) => owner)).not.toContain('Ben Hall');
  });

  it('are told once, with all the evidence', () => {
    const found = tasks(
      ['Ana', 'Ben, can you issue the refunds?'],
      ['Ben', 'Yes. I will issue all refunds by Tuesday.'],
      ['Ana', 'Great.'],
      ['Ben', 'So I will issue the refunds by Tuesday.'],
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ owner: 'Ben', dueText: 'by Tuesday' });
  });

  it('are found by the script they are said in, whatever the rest of the meeting speaks', () => {
    const found = tasks(
      ['Mia', 'We decided to extend the contract by one year.'],
      ['陈明', '好的，我这周五之前联系房东。'],
      ['Mia', 'I will send the signed papers to legal by June 10.'],
    );
    expect(found).toMatchObject([
      { owner: '陈明', dueText: '这周五之前', text: '我这周五之前联系房东。' },
      { owner: 'Mia', dueText: 'by June 10' },
    ]);
  });

  it('belong to whoever is spoken to by name', () => {
    const found = tasks(
      ['Ana', "For our Industrial Designer, you're gonna be thinking about the components concept."],
      ['Industrial Designer', 'Okay.'],
      ['Marketing Expert', 'Fine.'],
    );
    expect(found).toMatchObject([{ owner: 'Industrial Designer' }]);
  });

  it.each([
    'Ben will send the invoices and Cem will draft the contract by Friday.',
    "For Ben, you're gonna be working on the menu and for Cem you're gonna be working on the case.",
  ])('of two people in one sentence are kept, as nobody’s alone: %s', (text) => {
    expect(tasks(['Ana', text], ['Ben', 'Hello.'], ['Cem', 'Hello.'])).toMatchObject([{ owner: null, text }]);
  });

  it('are set for everybody with the time before the request', () => {
    expect(tasks([null, 'For next week please read chapter nine and solve exercises three and four.'])).toMatchObject([
      { owner: null, dueText: 'next week' },
    ]);
  });

  it.each([
    ['Do you wanna start with David.', false],
    ['Make it kind of ergonomic kind of to hold,', false],
    ['The windows, abstraction and taking a look at that you can see how it works.', false],
    ['You guys work on the design together.', true],
    ['Make it ready for me by Friday.', true],
  ])(
    'may be made by the course of the talk of what hands something out, not of questions or how things are: %s',
    (text, may) => {
      const [sentence] = sentencesOf(talk([['Ana', text]]).utterances);
      expect(sentence !== undefined && mayBeTask(sentence)).toBe(may);
    },
  );

  it('quote what a pronoun stands for', () => {
    const [task] = tasks(['Ana', 'We should add an alert for duplicate charges. I will write it this week.']);
    expect(task?.text).toBe('We should add an alert for duplicate charges. I will write it this week.');
  });
});
