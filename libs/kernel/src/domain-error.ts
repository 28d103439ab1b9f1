/** A state that the record is in, or a rule of a rulebook: 409 for the first, 422 for the second. */
export type DomainErrorKind = 'state' | 'rule';

/**
 * A decision that the domain refuses. `code` is kebab-case and stable (clients switch on it);
 * `message` says what is wrong and what to do, and holds nothing that was typed about a person.
 */
export class DomainError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly kind: DomainErrorKind = 'state',
    readonly rule?: string,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}
