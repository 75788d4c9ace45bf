/**
 * What the sentences mean, as numbers: one vector of length 1 per sentence of the meeting, at the sentence's `index`.
 * Null where there is no embedder, or none that covers the language: every part then works on words alone.
 */
export type SentenceVectors = readonly Float32Array[] | null;
