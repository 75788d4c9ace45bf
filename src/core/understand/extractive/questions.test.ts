import { describe, expect, it } from 'vitest';
import { talk } from '../../../../test/contract/transcripts.ts';
import { findQuestions } from './questions.ts';
import { sentencesOf } from './sentences.ts';

function asked(...turns: [string | null, string][]): (readonly [string, string | null])[] {
  return findQuestions(sentencesOf(talk(turns).utterances), new Set()).map(({ question, answer }) => [
    question.text,
    answer?.text ?? null,
  ]);
}

describe('questions', () => {
  it('come with the answer of the next speaker', () => {
    expect(asked(['Ana', 'What is the budget for the hall?'], ['Ben', 'Two thousand euros.'])).toEqual([
      ['What is the budget for the hall?', 'Two thousand euros.'],
    ]);
    expect(asked(['Ana', '压力测试什么时候通过？'], ['Ben', '下周二应该可以通过。'])).toEqual([
      ['压力测试什么时候通过？', '下周二应该可以通过。'],
    ]);
  });

  it('are told by their form where the recogniser left out the mark', () => {
    expect(asked(['Ana', 'how many trucks do we have now'], ['Ben', 'we have twelve trucks'])).toEqual([
      ['how many trucks do we have now', 'we have twelve trucks'],
    ]);
  });

  it('may be answered a few turns later', () => {
    const found = asked(
      ['Ana', 'Who repairs the broken trucks?'],
      ['Ben', 'Do you mean the red ones?'],
      ['Ana', 'Yes, the red ones.'],
      ['Ben', 'The garage in town repairs the broken trucks.'],
    );
    expect(found).toContainEqual(['Who repairs the broken trucks?', 'The garage in town repairs the broken trucks.']);
  });

  it.each([
    "I don't know.",
    "Let's take that offline.",
    'Good question, I have to check.',
    'We do not know that yet. Let us keep this question open for now.',
    'We do not know that yet, let us keep this question open for now.',
    'We still have to find that out.',
    "Let's come back to that.",
    'That is to be decided.',
    'No idea.',
    '不清楚，会后再说。',
    '还不知道，以后再说。',
    '这个问题先放一放。',
  ])('stay open when the reply is: %s', (reply) => {
    expect(asked(['Ana', 'What is the budget for the hall?'], ['Ben', reply])).toEqual([
      ['What is the budget for the hall?', null],
    ]);
  });

  it('stay open when nobody replies or the topic changes', () => {
    expect(asked(['Ana', 'What is the budget for the hall?'])).toEqual([['What is the budget for the hall?', null]]);
    expect(
      asked(['Ana', 'What is the budget for the hall?'], ['Ben', 'Moving on, the second topic is hiring.']),
    ).toEqual([['What is the budget for the hall?', null]]);
  });

  it.each([
    'Right?',
    'You know?',
    'Okay?',
    'Can you hear me?',
    'It works now, right?',
    'Does that make sense?',
    '对吧？',
    '听得到吗？',
    'Sorry?',
  ])('are not rhetoric, tags or sound checks: %s', (text) => {
    expect(asked(['Ana', text], ['Ben', 'Yes.'])).toEqual([]);
  });

  it('asked again are told once, with the answer', () => {
    const found = asked(
      ['Ana', 'What is the budget for the hall?'],
      ['Ben', "I don't know."],
      ['Ana', 'So what is the budget for the hall?'],
      ['Cem', 'The budget for the hall is two thousand.'],
    );
    expect(found.map(([, answer]) => answer)).toEqual(['The budget for the hall is two thousand.']);
  });

  it.each([
    ['那区块链跟新基建怎么样融合呢？', '好，非常感谢。我看到吴总也上台了，那我们先让他做一个简单的自我介绍。'],
    ['传统的企业怎么样去选公链呢？', '那由于时间的关系，我们今天这个话题就先讨论到这里。'],
    ['How do farmers choose the seeds?', 'Thank you. The seeds were a good topic for today.'],
    ['How do farmers choose the seeds?', "OK, let's move on to the harvest of the farmers."],
  ])('are not answered by thanks, closing or handing over: %s', (question, reply) => {
    expect(asked(['Ana', question], ['Ben', reply])).toEqual([[question, null]]);
  });

  it('are answered by whoever thanks for the word first', () => {
    expect(
      asked(['Ana', '公链在新基建中发挥什么作用？'], ['Ben', '谢谢。好的，感谢主持人。公链是新基建的信任基础。']),
    ).toEqual([['公链在新基建中发挥什么作用？', expect.stringContaining('公链是新基建的信任基础')]]);
  });

  it('that the speaker goes on to answer are not told, whatever the next one says', () => {
    expect(
      asked(
        [
          'Ana',
          'How does the chain join the new networks? First it connects the small offices to each other through the regional centres. Then it counts what they deliver, month by month, and pays the drivers for every load without any paper.',
        ],
        ['Ben', 'The chain has eleven offices.'],
      ),
    ).toEqual([]);
  });

  it('of one turn get their answer once', () => {
    expect(
      asked(
        ['Ana', 'Where is the bottleneck of the harbour? Which engine should the harbour buy against the bottleneck?'],
        ['Ben', 'The bottleneck of the harbour is the single crane, which needs a second engine.'],
      ),
    ).toEqual([
      [
        'Which engine should the harbour buy against the bottleneck?',
        'The bottleneck of the harbour is the single crane, which needs a second engine.',
      ],
    ]);
  });

  it.each([
    "but what I'm saying is that we lock ourselves into one technology",
    'So what I basically got is a list of remote controls',
    'might have been a good idea to deliver all presentations first',
    'Which is not necessarily a bad thing for the design',
    'Could you plug me in?',
    'Do you want to switch places?',
  ])('are neither statements nor matters of the room: %s', (text) => {
    expect(asked(['Ana', text], ['Ben', 'Yes, the design is good.'])).toEqual([]);
  });

  it('are not answered by fragments', () => {
    expect(asked(['Ana', 'Why should we buy the charging unit?'], ['Ben', "There's a there's"])).toEqual([
      ['Why should we buy the charging unit?', null],
    ]);
    expect(asked(['Ana', 'How should we review the designs?'], ['Ben', 'Bouncing on top.'])).toEqual([
      ['How should we review the designs?', null],
    ]);
    expect(asked(['Ana', 'Who reviews the designs?'], ['Ben', 'Cem does.'])).toEqual([
      ['Who reviews the designs?', 'Cem does.'],
    ]);
  });
});
