/** What a failed request means. Error bodies may quote the request, so none of their text goes on to users or logs. */
import { APIError } from 'openai';
import { Fault } from '../../core/faults.ts';

export type Verdict =
  | { readonly kind: 'fault'; readonly fault: Fault }
  /** The request as such was not taken: `text` (for matching only) may name the parameter, `fault` says so if none does. */
  | { readonly kind: 'rejected'; readonly text: string; readonly fault: Fault }
  /** A content filter in front of the model, or a reply the server itself found not to be JSON. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'malformed' };

/** A name for whoever runs the server: the company's, else the host's. */
export function providerOf(baseUrl: string): string {
  const { hostname, host } = new URL(baseUrl);
  const company = /(?:^|\.)(openai|dashscope(?=[-.])|groq|deepseek|mistral|openrouter)(?:-intl)?\.[\w.]+$/u.exec(
    hostname,
  )?.[1];
  return company ?? host;
}

/** Codes, not sentences: a server that only asks to slow down may point to its billing page as well. */
const NO_CREDIT =
  /\b(?:insufficient_quota|billing_hard_limit_reached|billing_not_active|insufficient_balance|arrearage)\b|credit balance|insufficient balance/iu;
const FILTERED = /content_filter|content_policy|data_inspection_failed|datainspectionfailed/iu;
const NOT_JSON = /json_validate_failed/iu;
const TOO_LONG =
  /context_length|context length|context window|context size|maximum context|too long|too large|exceed/iu;

export function judgeFailure(cause: unknown, provider: string, now: Date): Verdict {
  const fault = (kind: Fault['kind'], message: string, retryAfterMs?: number): Verdict => ({
    kind: 'fault',
    fault: new Fault(provider, kind, message, retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
  if (!(cause instanceof APIError)) {
    return fault(
      'unavailable',
      'The language model server broke off, or is no such server: try again later or check OPENAI_BASE_URL.',
    );
  }
  const text = [cause.code, cause.type, cause.param, cause.message]
    .filter((part) => typeof part === 'string')
    .join(' ');
  const { status } = cause;
  if (status === undefined) {
    if (cause.error === undefined) {
      return fault('unavailable', 'The language model server cannot be reached: check OPENAI_BASE_URL.');
    }
    // An error in the middle of a stream has no status of its own.
    if (NO_CREDIT.test(text)) return fault('forbidden', noCredit);
    if (FILTERED.test(text)) return { kind: 'refused' };
    return fault('unavailable', 'The language model server failed in the middle of its reply: try again later.');
  }
  const waitMs = waitOf(cause.headers, now);
  if (status === 401)
    return fault('forbidden', 'The language model server did not accept the key: check OPENAI_API_KEY.');
  if (status === 402) return fault('forbidden', noCredit);
  if (status === 403) {
    return fault('forbidden', 'The key may not use this language model: check its permissions and EARSHOT_MODEL.');
  }
  if (status === 429) {
    if (NO_CREDIT.test(text)) return fault('forbidden', noCredit);
    return fault('rate-limited', 'The language model server asked us to slow down: try again later.', waitMs);
  }
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    return fault('unavailable', `The language model server failed (${status}): try again later.`, waitMs);
  }
  if (NO_CREDIT.test(text) && status === 400) return fault('forbidden', noCredit);
  if (FILTERED.test(text)) return { kind: 'refused' };
  if (NOT_JSON.test(text)) return { kind: 'malformed' };
  if (status === 413 || (TOO_LONG.test(text) && /token|context|prompt|input/iu.test(text))) {
    return fault('bad-input', 'The language model server found the request too long: set EARSHOT_CONTEXT_TOKENS.');
  }
  if (status === 404 && !/response_format|json/iu.test(text)) {
    return fault(
      'bad-input',
      'The language model server does not know the model or the address: check EARSHOT_MODEL and OPENAI_BASE_URL.',
    );
  }
  const rejected = new Fault(
    provider,
    'bad-input',
    `The language model server refused the request (${status}): check EARSHOT_MODEL.`,
  );
  if (status === 400 || status === 404 || status === 422) return { kind: 'rejected', text, fault: rejected };
  return { kind: 'fault', fault: rejected };
}

const noCredit = 'The account of the language model has no credit left: top it up or unset EARSHOT_MODEL.';

/** Retry-After as seconds or a date (RFC 9110 §10.2.3), or the `retry-after-ms` of OpenAI's own servers. */
function waitOf(headers: Headers | undefined, now: Date): number | undefined {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return Math.round(exact);
  const value = headers?.get('retry-after');
  if (value === null || value === undefined) return undefined;
  if (/^\d+(\.\d+)?$/u.test(value)) return Math.round(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now.getTime());
}
