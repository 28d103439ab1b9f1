/** What was found wrong: all are counted, the first few are kept. */
export class Findings {
  count = 0;
  readonly first: string[] = [];

  add(line: string): void {
    this.count += 1;
    if (this.first.length < 20) this.first.push(line);
  }
}
