export type FaultKind =
  | 'rate-limited'
  | 'unauthorized'
  | 'payment-required'
  | 'unavailable'
  | 'timeout'
  | 'bad-input'
  | 'bad-output'
  | 'not-found'
  | 'forbidden';

const RETRYABLE: ReadonlySet<FaultKind> = new Set(['rate-limited', 'unavailable', 'timeout', 'bad-output']);

/**
 * A dependency failed, and we know which and how. Made once, at the edge that called the dependency.
 * `message` is one sentence a user may read: what was wrong and what to do. It never carries what people said.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly source: string;
  readonly kind: FaultKind;
  /** How long the dependency asked to be left alone, in milliseconds; undefined when it did not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    source: string,
    kind: FaultKind,
    message: string,
    options: { readonly cause?: unknown; readonly retryAfterMs?: number } = {},
  ) {
    super(message, { cause: options.cause });
    this.source = source;
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }

  get retryable(): boolean {
    return RETRYABLE.has(this.kind);
  }
}
