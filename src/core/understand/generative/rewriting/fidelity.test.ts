import { describe, expect, it } from 'vitest';
import { knownNames } from '../../facts.ts';
import { isFaithfulPolish, isFaithfulTranslation, latinNames } from './fidelity.ts';

const names = latinNames(['Mia Novak', 'Will Smith', 'May', 'Tom']);
const translations: readonly (readonly [string, string, string, string])[] = [
  ['en', 'zh', 'We meet on Wednesday at 3:30.', '我们周三3点30分见面。'],
  ['en', 'zh', 'The contract runs from October 1st to March 31st.', '合同从10月1日到3月31日。'],
  ['en', 'zh', 'Revenue was 1.5 million, up 12%.', '收入是150万，增长了12%。'],
  ['en', 'zh', 'I have two or three ideas, first of all a new logo.', '我有两三个想法，首先是一个新标志。'],
  ['en', 'zh', 'Twenty five thousand people signed up.', '有两万五千人报名。'],
  ['en', 'zh', 'Mia, can you own that? Will you?', 'Mia，你能负责吗？可以吗？'],
  ['en', 'zh', "That's one of the things I wouldn't do again in May.", '那是我五月份不会再做的事情之一。'],
  ['en', 'zh', 'Yeah.', '是的。'],
  ['en', 'zh', 'Okay, so, um, I guess we could, like, try it.', '好吧，我想我们可以试试。'],
  [
    'zh',
    'en',
    '我们周三下午三点开会，十分重要。',
    'We meet on Wednesday at three in the afternoon, it is very important.',
  ],
  ['zh', 'en', '预算大概三百万左右，一共四个人。', 'The budget is about three million, four people in all.'],
  ['zh', 'en', '预算大概三百万左右，一共四个人。', 'The budget is about 3 million, 4 people in all.'],
  ['zh', 'en', '万一不行，我们就再等两周。', 'In case it does not work out, we wait another two weeks.'],
  ['zh', 'en', '2026年11月23号之前。', 'Before November 23, 2026.'],
  ['zh', 'en', '好。', 'Good.'],
  ['zh', 'en', '10月1日。', 'October 1.'],
  ['en', 'de', 'The budget is 1,250.50 euros for 12 people.', 'Das Budget beträgt 1.250,50 Euro für zwölf Leute.'],
  ['en', 'fr', 'We sold 40,000 units in 2025, Tom.', 'Nous avons vendu 40 000 unités en 2025, Tom.'],
  ['en', 'es', 'I think 3 is enough, not 30.', 'Creo que tres son suficientes, no 30.'],
  ['en', 'ja', 'The meeting is on April 5 at 10.', '会議は4月5日の10時です。'],
  ['en', 'ru', 'We need 15 more minutes.', 'Нам нужно ещё 15 минут.'],
  ['de', 'en', 'Wir brauchen zwölf Lizenzen.', 'We need 12 licences.'],
  ['en', 'de', 'Kubernetes, Grafana, Prometheus.', 'Kubernetes, Grafana, Prometheus.'],
  ['en', 'zh', 'Send it to ops@example.com, please.', '请发到 ops@example.com。'],
];
const wrong: readonly (readonly [string, string, string, string])[] = [
  ['en', 'zh', 'We meet at 3:30.', '我们4:30见面。'],
  ['en', 'zh', 'Revenue was 1.5 million.', '收入是15万。'],
  ['en', 'zh', 'We need seventeen licences.', '我们需要七十个许可证。'],
  ['zh', 'en', '预算三百万。', 'The budget is thirty million.'],
  ['en', 'de', 'The budget is 1,250 euros.', 'Das Budget beträgt 1.520 Euro.'],
  ['en', 'de', 'It costs 99 euros.', 'Es kostet viel.'],
  ['en', 'zh', 'Mia writes the report.', '她写报告。'],
  ['en', 'zh', 'Nobody mentioned a price today.', '今天没有人提到价格，是 500 元。'],
  ['en', 'zh', 'We talked about the new office for a long time and then about the old one.', '我们'],
  ['en', 'zh', 'Look at the page.', '看 https://evil.example/x'],
  ['en', 'zh', 'Ask somebody.', '问 @管理员'],
  ['en', 'zh', 'We should really talk to the customer first.', 'We should really talk with the customer first.'],
  ['en', 'zh', 'Hello.', '……'],
  ['en', 'zh', 'That may take a while.', '那可能需要 7 天。'],
  ['zh', 'en', '10月1日。', 'November 1.'],
];

describe('a faithful translation', () => {
  it.each(translations)('from %s to %s of "%s" is "%s"', (from, to, source, text) => {
    expect(isFaithfulTranslation(source, text, { from, to, names })).toBe(true);
  });

  it.each(wrong)('from %s to %s of "%s" is not "%s"', (from, to, source, text) => {
    expect(isFaithfulTranslation(source, text, { from, to, names })).toBe(false);
  });

  it('looks for names that cannot be other words', () => {
    expect(names).toEqual(['Mia', 'Novak', 'Smith', 'Tom']);
  });
});

const polished: readonly (readonly [string, string])[] = [
  ["So, um, I I think we we shouldn't, you know, ship it on Friday.", "I think we shouldn't ship it on Friday."],
  ["yeah it's gonna be like twenty three people or so i guess", "I guess it's going to be about twenty-three people."],
  ['We cannot do that until, until Mia is back, right?', "We can't do that until Mia is back, right?"],
  ['嗯，那个，我觉得我们我们不应该在周五发布', '我觉得我们不应该在周五发布。'],
  ['就是说，预算大概是三百万吧，对', '预算大概是三百万。'],
  ['what do you, what do you mean by that', 'What do you mean by that?'],
  ['The the thing is, the server has, has crashed 3 times.', 'The server has crashed 3 times.'],
];
const unfaithful: readonly (readonly [string, string])[] = [
  ["I think we shouldn't ship it on Friday.", 'I think we should ship it on Friday.'],
  ['It is twenty three people.', 'It is thirty-two people.'],
  ['我觉得我们不应该在周五发布', '我觉得我们应该在周五发布。'],
  ['预算大概是三百万吧', '预算大概是五百万。'],
  ['We talk to the bank and then to the insurance and then to the lawyer.', 'We talk to everybody.'],
  [
    'We talk to the bank.',
    'We talk to the bank, as I promised my wonderful colleagues last year in the lovely town of Bath.',
  ],
  ['We talk to the bank.', '我们和银行谈。'],
  ['We talk to the bank.', 'We talk to the bank: https://bank.example/login'],
];

describe('a faithful polish', () => {
  const known = knownNames([], ['Mia']);

  it.each(polished)('of "%s" is "%s"', (source, text) => {
    expect(isFaithfulPolish(source, text, known)).toBe(true);
  });

  it.each(unfaithful)('of "%s" is not "%s"', (source, text) => {
    expect(isFaithfulPolish(source, text, known)).toBe(false);
  });
});
