import type { Override } from './overrides';

/** What the boards decided, as one process goes by it. */
export class PolicyOverrides {
  constructor(
    readonly all: readonly Override[] = [],
    /** Of the file: by it replicas are seen to go by the same. Undefined without one. */
    readonly sha256?: string,
  ) {}

  /** By the code of a board: what it decided. */
  of(icb: string | undefined): readonly Override[] {
    return this.all.filter((one) => one.icb === icb);
  }
}
