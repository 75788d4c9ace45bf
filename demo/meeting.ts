/**
 * The meeting the demo recording is made of: who speaks with which voice, and what is said in which order.
 * `make.ts` turns it into sound and into the reference `script.json`; nothing in Earshot itself reads it.
 */

/** A speech synthesiser's voice. `stretch` lengthens every sound: 1 is the voice's own pace. */
export type Voice =
  | { readonly program: 'festival'; readonly name: string }
  | { readonly program: 'flite'; readonly name: string; readonly stretch: number }
  | { readonly program: 'pico2wave'; readonly name: string };

export interface Cast {
  readonly speaker: string;
  readonly voice: Voice;
  /** Level of the speech against the meeting's common level, in dB. */
  readonly gainDb: number;
}

/** One turn. */
export interface Turn {
  readonly speaker: string;
  readonly text: string;
  /** From the end of the turn before to the start of this one; negative: both speak at once. */
  readonly pauseMs: number;
  /** ISO 639-1. Absent: the meeting's language. */
  readonly language?: string;
  /** Set on the first turn of a topic. */
  readonly chapter?: string;
}

export interface Action {
  readonly text: string;
  readonly owner: string;
  readonly due: string;
}

export const title = 'Harbor launch planning';
export const language = 'en';

export const cast: readonly Cast[] = [
  { speaker: 'Mia', voice: { program: 'festival', name: 'cmu_us_slt_arctic_hts' }, gainDb: 0 },
  { speaker: 'Tom', voice: { program: 'flite', name: 'rms', stretch: 1 }, gainDb: -2 },
  // The one who sits too far from the microphone.
  { speaker: 'Leo', voice: { program: 'flite', name: 'awb', stretch: 1 }, gainDb: -8 },
  { speaker: 'Maria', voice: { program: 'pico2wave', name: 'en-GB' }, gainDb: -1 },
  { speaker: 'Lucia', voice: { program: 'pico2wave', name: 'es-ES' }, gainDb: -3 },
];

export const turns: readonly Turn[] = [
  {
    speaker: 'Mia',
    chapter: 'Launch date',
    pauseMs: 500,
    text: 'Good morning, everyone. Today we plan the launch of Harbor, our booking tool for small clinics.',
  },
  {
    speaker: 'Mia',
    pauseMs: 600,
    text: 'Our topics are the launch date, the price, and a talk with one of our customers.',
  },
  {
    speaker: 'Tom',
    pauseMs: 400,
    text: 'Good morning. The test version is stable now. Last week we had 240 users and only three crashes.',
  },
  { speaker: 'Mia', pauseMs: 400, text: 'That is good news. Can we still launch on the second of March?' },
  {
    speaker: 'Tom',
    pauseMs: 700,
    text: 'I would rather wait two weeks. The payment page still needs a security review.',
  },
  { speaker: 'Leo', pauseMs: 400, text: 'I agree. The newspapers also want some time before we start.' },
  { speaker: 'Mia', pauseMs: 800, text: 'Then we have decided: we will launch Harbor on March 16th.' },
  { speaker: 'Tom', pauseMs: 400, text: 'Great. I will finish the payment page by Friday.' },
  {
    speaker: 'Mia',
    pauseMs: 400,
    text: 'Thank you, Tom. And Leo, please send the press release to the newspapers by March 2nd.',
  },
  { speaker: 'Leo', pauseMs: 400, text: 'Yes, I will send the press release by March 2nd.' },
  { speaker: 'Mia', chapter: 'Price', pauseMs: 1200, text: 'Our next topic is the price. Leo, what did you find?' },
  {
    speaker: 'Leo',
    pauseMs: 500,
    text: 'I looked at five other products. Most of them cost between 20 and 40 dollars per month.',
  },
  { speaker: 'Tom', pauseMs: 400, text: 'Our servers cost about four dollars per month for each customer.' },
  { speaker: 'Leo', pauseMs: 400, text: 'So if the price is 25 dollars, we would still earn enough money.' },
  { speaker: 'Tom', pauseMs: -900, text: 'That sounds fair to me.' },
  {
    speaker: 'Mia',
    pauseMs: 600,
    text: 'Good, then it is decided. The price is 25 dollars per month, and the first month is free.',
  },
  { speaker: 'Leo', pauseMs: 400, text: 'I will update the price list on our website by Thursday.' },
  { speaker: 'Tom', pauseMs: 600, text: 'What discount should we give to customers who pay for a whole year?' },
  { speaker: 'Mia', pauseMs: 900, text: 'We do not know that yet. Let us keep this question open for now.' },
  {
    speaker: 'Mia',
    chapter: 'Customer interview',
    pauseMs: 1200,
    text: 'Now we will talk with a customer. Maria is a dentist in Madrid. Welcome, Maria.',
  },
  { speaker: 'Maria', pauseMs: 400, text: 'Thank you very much for the invitation.' },
  { speaker: 'Mia', pauseMs: 400, text: 'Maria, how did you plan your appointments in the past?' },
  {
    speaker: 'Maria',
    pauseMs: 600,
    text: 'With a paper calendar and the telephone. Every month, about ten appointments were lost.',
  },
  { speaker: 'Mia', pauseMs: 400, text: 'And what has changed since you started to use Harbor?' },
  {
    speaker: 'Maria',
    pauseMs: 500,
    text: 'Now our patients can book online at night. Last month, only two appointments were lost.',
  },
  { speaker: 'Tom', pauseMs: 400, text: 'And what should we improve first?' },
  {
    speaker: 'Maria',
    pauseMs: 600,
    text: 'The reminders. My colleague Lucia can explain the problem in Spanish.',
  },
  {
    speaker: 'Lucia',
    language: 'es',
    pauseMs: 700,
    text: 'Claro. Mis pacientes prefieren recibir un mensaje de texto el día antes de la cita.',
  },
  {
    speaker: 'Lucia',
    language: 'es',
    pauseMs: 400,
    text: 'Casi nunca leen el correo electrónico. Con un mensaje corto, todos llegan a tiempo.',
  },
  {
    speaker: 'Maria',
    pauseMs: 500,
    text: 'So our patients need a text message on the day before, because they never read email.',
  },
  {
    speaker: 'Mia',
    chapter: 'Reminders and support',
    pauseMs: 900,
    text: 'Thank you both. How long would it take to build text messages?',
  },
  { speaker: 'Tom', pauseMs: 500, text: 'About two weeks of work for two people.' },
  {
    speaker: 'Mia',
    pauseMs: 500,
    text: 'Then we have decided to build text message reminders before the new calendar.',
  },
  { speaker: 'Tom', pauseMs: 400, text: 'I will prepare a plan for the reminders by next Wednesday.' },
  { speaker: 'Leo', pauseMs: 500, text: 'And who will answer the telephone during the launch week?' },
  {
    speaker: 'Mia',
    pauseMs: 400,
    text: 'Our support team. I will write their schedule by March 9th.',
  },
  {
    speaker: 'Mia',
    pauseMs: 800,
    text: 'That was our last topic. Thank you, everyone, and have a nice day.',
  },
  { speaker: 'Tom', pauseMs: 300, text: 'Thank you all. Goodbye.' },
];

export const decisions: readonly string[] = [
  'Launch Harbor on March 16th.',
  'The price is 25 dollars per month, and the first month is free.',
  'Build text message reminders before the new calendar.',
];

export const actions: readonly Action[] = [
  { text: 'Finish the payment page.', owner: 'Tom', due: 'Friday' },
  { text: 'Send the press release to the newspapers.', owner: 'Leo', due: 'March 2nd' },
  { text: 'Update the price list on the website.', owner: 'Leo', due: 'Thursday' },
  { text: 'Prepare a plan for the reminders.', owner: 'Tom', due: 'next Wednesday' },
  { text: 'Write the support schedule.', owner: 'Mia', due: 'March 9th' },
];

export const openQuestion = 'What discount should we give to customers who pay for a whole year?';

/** A short stretch of real-sounding speech for tests that need one: the turn with this text. */
export const clipText =
  'Good morning. The test version is stable now. Last week we had 240 users and only three crashes.';
