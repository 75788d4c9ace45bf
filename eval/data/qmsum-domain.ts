/** Kind of meeting in QMSum, by the corpus it came from: AMI, ICSI, or the sessions of parliaments. */
export type Domain = 'product' | 'research' | 'committee';
export const DOMAINS: readonly Domain[] = ['product', 'research', 'committee'];

/** AMI's names begin with the place they were held at, ICSI's with B for Berkeley. */
export const qmsumDomainOf = (name: string): Domain => {
  if (/^(?:ES|IS|TS)\d/u.test(name)) return 'product';
  return /^B[a-z]{2}\d/u.test(name) ? 'research' : 'committee';
};
