/** RFC 9457. `code` is stable and what clients switch on; `rule` names the rule of a rulebook that was applied. */
export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  rule?: string;
  errors?: FieldError[];
  correlationId?: string;
}

/** What is wrong with one field, by JSON pointer into the body. What was sent is never repeated. */
export interface FieldError {
  pointer: string;
  detail: string;
}

interface ProblemExtras {
  rule?: string;
  errors?: FieldError[];
  headers?: Record<string, string>;
}

const TITLES: Record<number, string> = {
  400: 'The request is not right',
  401: 'Not signed in',
  403: 'Not permitted',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Not possible in this state',
  410: 'Erased',
  412: 'Changed since you read it',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Refused by a rule',
  428: 'If-Match is missing',
  429: 'Too many requests',
  500: 'Our fault',
  503: 'Not available just now',
};

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** An answer that says what went wrong. `detail` holds nothing that the caller sent. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly extras: ProblemExtras = {},
  ) {
    super(detail);
    this.name = 'Problem';
  }

  body(correlationId?: string): ProblemBody {
    return {
      type: `https://homeward.example/problems/${this.code}`,
      title: TITLES[this.status] ?? 'Something went wrong',
      status: this.status,
      detail: this.message,
      code: this.code,
      rule: this.extras.rule,
      errors: this.extras.errors,
      correlationId,
    };
  }
}

export const badRequest = (code: string, detail: string, errors?: FieldError[]): Problem =>
  new Problem(400, code, detail, { errors });

/** Something that we need does not answer; the same request may be sent again. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  constructor(
    readonly what: string,
    readonly retryAfterSeconds = 5,
  ) {
    super(`${what} does not answer just now: try again.`);
  }
}
