import type { Head } from '../heads/heads';
import type { Trusted } from '../heads/trust';
import { beginningOf, chained, detailHash, recordedAt, rowHash, type RecordedRow } from '../recorded-row';
import { Findings } from './findings';
import { sayOrder, type Broken } from './order';
import type { SealedRow } from './sealed-rows';

/** Goes along a chain once, seal by seal, and beside it along the heads that were signed for it (AUD-03). */
export class Walk {
  private previous: { seq: bigint; hash: Buffer | undefined };
  private readonly broken: Broken[] = [];
  /** In the order of what they sign. */
  private readonly heads: Head[];
  private readonly detailFrom: number;
  private passed = 0;
  private isRewritten = false;
  seals = 0;

  constructor(
    service: string,
    { heads, detailFrom }: Pick<Trusted, 'heads' | 'detailFrom'>,
    private readonly findings: Findings,
  ) {
    this.heads = [...heads].sort((a, b) => Number(BigInt(a.seq) - BigInt(b.seq)));
    this.detailFrom = Date.parse(detailFrom ?? '1970-01-01T00:00:00Z');
    this.previous = { seq: 0n, hash: beginningOf(service) };
  }

  take(seal: SealedRow): void {
    const { seq, hash } = seal;
    const expected = this.previous.seq + 1n;
    if (seq < expected)
      this.findings.at('inserted', seq); // before the first
    else if (seq > expected) this.findings.at('missing', expected, undefined, seq - 1n);
    const before = seq === expected ? this.previous.hash : undefined;
    if (before && !chained(before, seal.rowHash).equals(hash)) this.broken.push({ seal, before, is: 'misplaced' });
    this.checkRow(seal);
    this.checkHeads(seal);
    this.previous = { seq, hash };
    this.seals += 1;
  }

  /** What was signed lies behind the end. */
  end(): void {
    const last = this.heads.at(-1);
    if (last && BigInt(last.seq) > this.previous.seq) {
      this.findings.at('cut', this.previous.seq + 1n, undefined, BigInt(last.seq));
    }
    sayOrder(this.broken, this.findings);
  }

  private checkRow(seal: SealedRow): void {
    const { seq, row } = seal;
    if (!row) return this.findings.at('missing', seq);
    if (!this.isAsRecorded(row, seal)) this.broken.push({ seal, is: 'changed' });
    const until = this.heads[this.passed - 1]?.until;
    if (until !== undefined && recordedAt(row) < Date.parse(until)) this.findings.at('inserted', seq, row.at);
  }

  /** Once the chain is another than the one that was signed, it is so for all later heads. */
  private checkHeads({ seq, hash }: SealedRow): void {
    for (let head = this.heads[this.passed]; head && BigInt(head.seq) <= seq; head = this.heads[this.passed]) {
      const isOther = BigInt(head.seq) === seq && head.hash !== hash.toString('hex');
      if (isOther && !this.isRewritten) this.findings.at('changed', this.signedBefore() + 1n, undefined, seq);
      this.isRewritten ||= isOther;
      this.passed += 1;
    }
  }

  private signedBefore(): bigint {
    return BigInt(this.heads[this.passed - 1]?.seq ?? 0);
  }

  private isAsRecorded(row: RecordedRow, { rowHash: sealed, detailHash: detail, salt }: SealedRow): boolean {
    const hasItsDetail = salt === null ? this.mayLackDetail(row) : detailHash(row, salt).equals(detail);
    return hasItsDetail && rowHash(row, detail).equals(sealed);
  }

  /** Taken away, not exchanged, and somebody signed that it may be. */
  private mayLackDetail({ at, sub, subject, person_ids: people }: RecordedRow): boolean {
    return sub === '' && subject === '' && people.length === 0 && Date.parse(at) < this.detailFrom;
  }
}
