/** First keys of the two-key advisory locks taken in the database. They share one space, so they are listed in one place. */
export const LOCKS = {
  /** Shared by every process that uses an embedded server, exclusive for the one that stops it. */
  presence: 0x6561_0001,
  /** One process at a time changes the tables. */
  migrating: 0x6561_0002,
  /** One process at a time sets up the job queue. */
  queueSetup: 0x6561_0003,
  /** Work on the meeting whose hash is the second key. */
  hold: 0x6561_0004,
} as const;
