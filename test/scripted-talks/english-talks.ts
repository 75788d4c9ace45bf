import type { TalkScript } from './talk-script.ts';

/** A Monday. */
const MONDAY = '2026-11-23T09:00:00.000Z';

const standUp: TalkScript = {
  name: 'stand-up',
  language: 'en',
  kind: 'meeting',
  heldAt: MONDAY,
  timeZone: 'Europe/Berlin',
  turns: [
    ['Nora', 'Morning everybody. Can you hear me? Okay, good. Tom, do you want to go first?'],
    ['Tom', 'Sure. I sent the invoice export to QA yesterday, and I fixed the date picker.'],
    [
      'Tom',
      "Today I'll finish the migration script. I can't do the search page by Friday, there is just too much left.",
    ],
    ['Nora', 'Is anything blocking you?'],
    ['Tom', "The staging server is down again. If we had more time I would rebuild it from scratch, but we don't."],
    ['Nora', 'Okay. Lena, could you restart the staging server this afternoon?'],
    ['Lena', 'Yes, no problem.'],
    ['Nora', 'And who talks to the vendor about the licence?'],
    ['Lena', "I'll call them tomorrow."],
    ['Omar', "Carla said she'd do it, but she is on leave until the fourth."],
    ['Nora', 'Right, so Lena calls them.'],
    ['Omar', 'From my side, I wrote the tests for the parser last week. I will open the pull request before noon.'],
    ['Tom', "And I'll eat my keyboard if that parser ever breaks again."],
    ['Nora', 'Ha. When does the customer demo start?'],
    ['Omar', 'Thursday at ten.'],
    ['Nora', 'Great. Thanks everyone, see you tomorrow.'],
  ],
  actions: [
    { text: "I'll finish the migration script", owner: 'Tom', dueDate: '2026-11-23' },
    { text: 'restart the staging server', owner: 'Lena', dueDate: '2026-11-23' },
    { text: "I'll call them tomorrow", owner: 'Lena', dueDate: '2026-11-24' },
    { text: 'I will open the pull request', owner: 'Omar', dueDate: '2026-11-23' },
  ],
  decisions: [],
  questions: [
    { text: 'Is anything blocking you', askedBy: 'Nora', answer: 'The staging server is down', answeredBy: 'Tom' },
    { text: 'who talks to the vendor', askedBy: 'Nora', answer: "I'll call them tomorrow", answeredBy: 'Lena' },
    { text: 'When does the customer demo start', askedBy: 'Nora', answer: 'Thursday at ten', answeredBy: 'Omar' },
  ],
};

const planning: TalkScript = {
  name: 'planning',
  language: 'en',
  kind: 'meeting',
  heldAt: MONDAY,
  timeZone: 'America/New_York',
  turns: [
    ['Priya', "Let's plan the winter release. The first question is whether we keep the old checkout."],
    ['Dan', 'How many people still use the old checkout?'],
    ['Mei', 'About four percent of the orders, mostly from the mobile site.'],
    ['Dan', 'Then I propose we remove the old checkout in January.'],
    ['Mei', 'Agreed.'],
    ['Priya', 'Good. Next, the newsletter. Maybe we should translate it into Spanish?'],
    ['Dan', "I don't think we have the budget for that."],
    ['Priya', "Okay, let's go with English only. Actually, scrap that, marketing has not been asked yet."],
    ['Mei', "I'll ask marketing about the newsletter by Wednesday."],
    ['Priya', 'Thanks. Who prepares the release notes? I could write them.'],
    ['Dan', "I'll write the release notes."],
    ['Priya', 'No, let Mei do it, you have the load tests.'],
    ['Mei', 'Sure, happy to.'],
    ['Dan', 'Then I will run the load tests until the end of the month.'],
    ['Priya', 'If the load tests fail, we would have to postpone. What is the plan in that case?'],
    ['Dan', "I don't know yet, let's discuss that next week."],
    ['Priya', 'We have decided to freeze the code on December 11th.'],
    ['Mei', 'Wonderful. I will never sleep again, just kidding.'],
  ],
  actions: [
    { text: "I'll ask marketing about the newsletter", owner: 'Mei', dueDate: '2026-11-25' },
    { text: "I'll write the release notes", owner: 'Mei', dueDate: null },
    { text: 'I will run the load tests', owner: 'Dan', dueDate: '2026-11-30' },
  ],
  decisions: ['remove the old checkout in January', 'freeze the code on December 11th'],
  questions: [
    {
      text: 'How many people still use the old checkout',
      askedBy: 'Dan',
      answer: 'About four percent',
      answeredBy: 'Mei',
    },
    {
      text: 'translate it into Spanish',
      askedBy: 'Priya',
      answer: "I don't think we have the budget",
      answeredBy: 'Dan',
    },
    {
      text: 'Who prepares the release notes',
      askedBy: 'Priya',
      answer: "I'll write the release notes",
      answeredBy: 'Dan',
    },
    { text: 'What is the plan in that case', askedBy: 'Priya', answer: null, answeredBy: null },
  ],
};

const oneToOne: TalkScript = {
  name: 'one-to-one',
  language: 'en',
  kind: 'meeting',
  heldAt: '2026-11-26T20:30:00.000Z',
  timeZone: 'Asia/Singapore',
  turns: [
    ['Ruth', 'Hi Sam, how are you? How was your week?'],
    ['Sam', 'Busy. I finished the onboarding guide and I told the new hires where to find it.'],
    ['Ruth', 'Nice. You mentioned that you want to move to the data team.'],
    ['Sam', 'Yes, I would love to. Last year I was supposed to shadow them, but it never happened.'],
    ['Ruth', "I'll talk to Ines about a rotation next Tuesday."],
    ['Sam', 'That would be great. What would they expect from me?'],
    [
      'Ruth',
      'Mostly that you can write queries on your own. Ines would give you a small project for the first two weeks.',
    ],
    ['Sam', 'Okay. Should I send you my list of projects?'],
    ['Ruth', 'Yes, please do.'],
    ['Sam', 'And about the conference in June, can I go?'],
    ['Ruth', "I can't promise that. The travel budget is decided in January."],
    ['Ruth', 'Could you also write the review for Kim?'],
    ['Sam', "No, sorry, I can't, I have never worked with Kim."],
    ['Ruth', "Fair enough. One more thing, you'll take over the Friday report from now on, right?"],
    ['Sam', 'Right, I will do that.'],
    ['Ruth', 'Perfect. Same time next week.'],
  ],
  actions: [
    { text: "I'll talk to Ines about a rotation", owner: 'Ruth', dueDate: '2026-12-01' },
    { text: 'Should I send you my list of projects', owner: 'Sam', dueDate: null },
    { text: "you'll take over the Friday report", owner: 'Sam', dueDate: null },
  ],
  decisions: [],
  questions: [
    {
      text: 'What would they expect from me',
      askedBy: 'Sam',
      answer: 'you can write queries on your own',
      answeredBy: 'Ruth',
    },
    { text: 'can I go', askedBy: 'Sam', answer: "I can't promise that", answeredBy: 'Ruth' },
    { text: 'Could you also write the review for Kim', askedBy: 'Ruth', answer: "I can't", answeredBy: 'Sam' },
  ],
};

const interview: TalkScript = {
  name: 'interview',
  language: 'en',
  kind: 'interview',
  heldAt: MONDAY,
  timeZone: 'Europe/London',
  turns: [
    ['Host', 'Welcome to the programme. Thank you for having us at your bakery.'],
    ['Guest', 'My pleasure, come in.'],
    ['Host', 'How did you start the bakery?'],
    [
      'Guest',
      'Well, that is a long story. My grandmother had a mill in the valley. I started the bakery in 1998 with two ovens that I bought from a neighbour. In the first year we sold mostly rye bread. It was a cold winter, and I remember that the pipes froze twice.',
    ],
    ['Host', 'What was the hardest part of those years?'],
    [
      'Guest',
      'People always think that it is getting up at two in the morning, and you get used to that. The hardest part was finding people who stay. We lost five bakers in one year, and each time we had to start again.',
    ],
    ['Host', "That's remarkable, isn't it?"],
    ['Guest', 'It is what it is.'],
    ['Host', 'So how many people work here today?'],
    ['Guest', 'Today there are fourteen of us, and eight of them have been here for more than ten years.'],
    ['Host', 'Would you do it again?'],
    ['Guest', 'Yes, without a doubt. I would only start smaller, and I would not borrow so much from the bank.'],
    ['Host', 'And what will you do when you retire?'],
    ['Guest', 'Oh, I will never retire. I will bake until they carry me out.'],
    ['Host', 'Do you use sourdough for everything?'],
    [
      'Guest',
      'No, not for the sweet things. The brioche needs fresh yeast, because sourdough would make it heavy. Everything else is made with the sourdough that my grandmother left us.',
    ],
    ['Host', 'Thank you very much for the conversation.'],
    ['Guest', 'Thank you for coming.'],
  ],
  actions: [],
  decisions: [],
  questions: [
    {
      text: 'How did you start the bakery',
      askedBy: 'Host',
      answer: 'I started the bakery in 1998',
      answeredBy: 'Guest',
    },
    { text: 'What was the hardest part', askedBy: 'Host', answer: 'finding people who stay', answeredBy: 'Guest' },
    { text: 'how many people work here today', askedBy: 'Host', answer: 'fourteen of us', answeredBy: 'Guest' },
    { text: 'Would you do it again', askedBy: 'Host', answer: 'Yes, without a doubt', answeredBy: 'Guest' },
    { text: 'what will you do when you retire', askedBy: 'Host', answer: 'I will never retire', answeredBy: 'Guest' },
    {
      text: 'Do you use sourdough for everything',
      askedBy: 'Host',
      answer: 'No, not for the sweet things',
      answeredBy: 'Guest',
    },
  ],
};

const clientCall: TalkScript = {
  name: 'client call',
  language: 'en',
  kind: 'meeting',
  heldAt: '2026-11-27T16:00:00.000Z',
  timeZone: 'America/Los_Angeles',
  turns: [
    ['Vera', 'Thanks for joining. Shall we start? Last time we talked about the pilot in your warehouse.'],
    ['Hugo', 'Yes. The pilot went well, we scanned nine thousand parcels.'],
    ['Vera', 'What was the error rate?'],
    ['Hugo', 'Under one percent, which is better than our old scanners.'],
    ['Vera', 'Excellent. Would you roll it out to the other sites?'],
    ['Hugo', 'We would if the price was lower. As it is, the board is not convinced.'],
    ['Vera', "I understand. We will send you a new offer by Tuesday. Jonas, you'll prepare the numbers, please."],
    ['Jonas', 'Will do.'],
    ['Hugo', 'Can you send us the security questionnaire as well?'],
    ['Jonas', "Of course, you'll have it on Monday."],
    ['Hugo', 'Our lawyer said he will look at the contract, but I would not count on it.'],
    ['Vera', 'Does the contract need to be signed this year?'],
    ['Hugo', 'I have to check with finance.'],
    ['Vera', 'Good. If everything works out, we could visit you in spring.'],
    ['Hugo', 'You are always welcome. By the way, our coffee machine would be an action item too, ha ha.'],
    ['Vera', "So we agreed to extend the pilot by one month. I'll write the minutes today."],
    ['Hugo', 'Thank you, bye.'],
  ],
  actions: [
    { text: 'We will send you a new offer', owner: null, dueDate: '2026-12-01' },
    { text: "Jonas, you'll prepare the numbers", owner: 'Jonas', dueDate: null },
    { text: 'send us the security questionnaire', owner: 'Jonas', dueDate: '2026-11-30' },
    { text: "I'll write the minutes today", owner: 'Vera', dueDate: '2026-11-27' },
  ],
  decisions: ['we agreed to extend the pilot by one month'],
  questions: [
    { text: 'What was the error rate', askedBy: 'Vera', answer: 'Under one percent', answeredBy: 'Hugo' },
    {
      text: 'Would you roll it out to the other sites',
      askedBy: 'Vera',
      answer: 'We would if the price was lower',
      answeredBy: 'Hugo',
    },
    { text: 'Does the contract need to be signed this year', askedBy: 'Vera', answer: null, answeredBy: null },
  ],
};

const lecture: TalkScript = {
  name: 'lecture',
  language: 'en',
  kind: 'lecture',
  heldAt: MONDAY,
  timeZone: 'Europe/Paris',
  turns: [
    [
      'Lecturer',
      'Good morning. Today I will talk about tides. Why do we have two tides a day? Most people would say because of the moon, and that is half of the answer.',
    ],
    [
      'Lecturer',
      'The moon pulls the water on the near side more than it pulls the earth, and the earth more than the water on the far side. If you take a ball and stretch it, you will get two bulges. I will come back to that in a minute.',
    ],
    [
      'Lecturer',
      'Newton wrote about this in 1687. He decided to ignore the depth of the oceans. Laplace did not. You can imagine how much work that was. We will see next week how he solved it.',
    ],
    ['Student', 'Does the sun play a role too?'],
    [
      'Lecturer',
      'Yes, it does. The sun raises tides a little less than half as high as those of the moon. When both pull in one line we have spring tides.',
    ],
    [
      'Lecturer',
      'Now, think about a harbour. The water has to go somewhere. You should always ask where the water goes. For the next lecture, please read chapter four. And remember, the exam is on the eighteenth of December.',
    ],
    ['Lecturer', 'Any questions? No? Then see you next week.'],
  ],
  actions: [{ text: 'please read chapter four', owner: null, dueDate: null }],
  decisions: [],
  questions: [
    { text: 'Does the sun play a role too', askedBy: 'Student', answer: 'Yes, it does', answeredBy: 'Lecturer' },
  ],
};

export const ENGLISH_TALKS: readonly TalkScript[] = [standUp, planning, oneToOne, interview, clientCall, lecture];
