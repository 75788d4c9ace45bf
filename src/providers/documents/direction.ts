const FIRST_STRONG =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]|\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** Whether a line of this text starts at the right: its first letter says (Unicode Bidirectional Algorithm, rule P2). */
export function startsAtTheRight(text: string): boolean {
  const [letter] = FIRST_STRONG.exec(text) ?? [];
  return letter !== undefined && RIGHT_TO_LEFT.test(letter);
}
