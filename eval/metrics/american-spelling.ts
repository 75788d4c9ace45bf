/** British spellings to American ones, for comparing transcripts only: two spellings of one word are not an error. */
const stems = (words: string): string => words.split(/\s+/).join('|');

const OUR = stems(
  `arb ard arm behavi cand clam col demean enam endeav fav ferv flav glam harb hon hum lab misdemean neighb od parl
   ranc rig rum sav savi splend succ tum val vap vig`,
);
const ISE = stems(
  `agon american anim antagon apolog author brutal burglar capital categor central character civil colon commercial
   computer critic crystal custom demon digit econom emphas energ epitom equal external famil familiar fantas fertil
   final formal fossil galvan general global harmon hospital human hypnot ideal immobil immun individual industrial
   initial internal jeopard legal legitim liberal local magnet marginal material maxim mechan memor mesmer
   minim mobil modern monopol moral national natural neutral normal optim organ ostrac oxid pasteur patron penal
   personal philosoph plagiar polar popular pressur priorit privat public pulver random rational real recogn
   reorgan revital revolution romantic sanit scrutin sensational serial sermon sexual social special stabil standard
   steril stigmat subsid summar symbol sympath synchron synthes tantal terror theor trivial tyrann union urban util
   vandal vapor verbal victim visual vital vocal vulgar western`,
);
const DOUBLED = stems(
  `apparel barrel bevel cancel channel chisel counsel dial dishevel duel enamel equal fuel funnel gravel grovel
   initial jewel label laurel level libel marshal marvel model panel parcel pedal pencil quarrel revel rival
   shovel shrivel signal snivel spiral stencil swivel total towel travel tunnel unravel yodel`,
);
const RE = stems(
  'calib cent epicent fib goit kilomet centimet millimet lit lust meag met mit och reconnoit sab sceptr somb spect theat',
);

const RULES: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`^((?:dis|mis|un|re)?(?:${OUR}))our(?=$|s|ed|ing|able|ably|er|ful|less|it|al|hood|ist|y|ly)`), '$1or'],
  [new RegExp(`^((?:dis|un|re|over|de)?(?:${ISE}))is(?=e|ing|ation|able)`), '$1iz'],
  [/^((?:over|psycho)?analy|paraly|cataly|dialy|electroly)s(?=e|ing)/, '$1z'],
  [new RegExp(`^(${DOUBLED})l(?=ed|ing|er|ous|ist)`), '$1'],
  [new RegExp(`^(${RE})re(s?)$`), '$1er$2'],
  [new RegExp(`^(${RE})r(ed|ing)$`), '$1er$2'],
  [/^(manoeuv)r(e|es|ed|ing)$/, 'maneuver$2'],
  [/^(cat|an|di)alogue(s?)$/, '$1alog$2'],
  [/^(def|off|pret)ence(s?)$/, '$1ense$2'],
  [/^licence(s|d)?$/, 'license$1'],
  [/^practis(e|es|ed|ing)$/, 'practic$1'],
  [/^(an|c)aesth/, '$1esth'],
  [/^encyclopaedi/, 'encyclopedi'],
  [/^(orthop|p)aedi/, '$1edi'],
  [/^haem/, 'hem'],
  [/^foet/, 'fet'],
  [/^oes(?=oph|tr)/, 'es'],
  [/^mediaeval/, 'medieval'],
  [/^archaeo/, 'archeo'],
  [/^(diarrh|am)oe/, '$1e'],
  [/^grey(?!hound)/, 'gray'],
  [/^plough/, 'plow'],
  [/^mould(?=$|s|ed|ing|y)/, 'mold'],
  [/^smould/, 'smold'],
  [/^sceptic/, 'skeptic'],
  [/^sulph/, 'sulf'],
  [/^enquir/, 'inquir'],
  [/^aluminium$/, 'aluminum'],
  [/^aeroplane(s?)$/, 'airplane$1'],
  [/^(judg|acknowledg|abridg)ement(s?)$/, '$1ment$2'],
  [/^(skil|wil)ful(?=$|ly|ness)/, '$1lful'],
  [/^(fulfil|enrol|distil|instil|enthral|appal)(s|ment|ments)?$/, '$1l$2'],
  [/^instalment(s?)$/, 'installment$1'],
  [/^woollen(s?)$/, 'woolen$1'],
  [/^jewell?er?y$/, 'jewelry'],
  [/^programme(s?)$/, 'program$1'],
  [/^tyre(s?)$/, 'tire$1'],
  [/^cheque(s?)$/, 'check$1'],
  [/^kerb(s?)$/, 'curb$1'],
  [/^draught(s|y)?$/, 'draft$1'],
  [/^gaol(s|er|ers|ed)?$/, 'jail$1'],
  [/^storey$/, 'story'],
  [/^storeys$/, 'stories'],
  [/^axe$/, 'ax'],
  [/^ageing$/, 'aging'],
  [/^cos(y|ier|iest)$/, 'coz$1'],
  [/^moustache(s?)$/, 'mustache$1'],
  [/^pyjamas$/, 'pajamas'],
];

/** American spelling of one lower-case word; a word no rule knows comes back as it was. */
export const americanSpelling = (word: string): string =>
  RULES.reduce((spelled, [pattern, replacement]) => spelled.replace(pattern, replacement), word);
