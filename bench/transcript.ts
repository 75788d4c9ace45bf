/** Commonest English words and some of meetings; which comes next is drawn by rank, the commonest far more often. */
const WORDS =
  `the of and to in is that it for was on are as with they be at one have this from had not but what all were when
we there can an your which their said if do will each about how up out them then she many some so these would other into
has more her two like him see time could no make than first been its who now people my made over did down only way find
use may water long little very after words called just where most know get through back much before go good new write our
used me man too any day same right look think also around another came come work three word must because does part even
place well such here take why things help put years different away again off went old number great tell men say small
every found still between name should home big give air line set own under read last never us left end along while might
next sound below saw something thought both few those always looked show large often together asked house world going
want school important until form food keep children feet land side without boy once animals life enough took sometimes
four head above kind began almost live page got earth need far hand high year mother light parts country father let night
launch budget review release customer server payment deadline contract design invoice migration schedule hiring meeting
quarter roadmap supplier warehouse incident rollback dashboard forecast interview salary prototype battery shipment`
    .split(/\s+/)
    .filter((word) => word !== '');

/** A small generator of its own (mulberry32), so that every run makes the same text. Gives numbers in [0, 1). */
const createRandom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Made-up lines of 5 to 25 words whose words are as unevenly common as in speech; the same seed gives the same lines. */
export const madeUpLines = (count: number, seed: number): readonly string[] => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const length = 5 + Math.floor(random() * 21);
    // Squaring the draw bends it towards the front of the list, where the common words are.
    return Array.from({ length }, () => WORDS[Math.floor(random() ** 2 * WORDS.length)] ?? '').join(' ');
  });
};
