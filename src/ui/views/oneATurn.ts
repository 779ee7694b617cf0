/** Does pieces of work one a turn of the event loop, in order, so that what else is due runs between them. */
export class OneATurn {
  private readonly waiting: (() => void)[] = [];

  add(work: () => void): void {
    this.waiting.push(work);
    if (this.waiting.length === 1) {
      this.continue();
    }
  }

  private continue(): void {
    setImmediate(() => {
      const [work] = this.waiting.splice(0, 1);
      if (this.waiting.length > 0) {
        this.continue();
      }
      work?.();
    });
  }
}
