/** Of several look-ups under way the last counts: an earlier one that comes later is dropped. */
export class LatestOnly {
  #turn = 0;

  /** Begins a look-up; the result tells whether it is still the last. */
  begin(): () => boolean {
    const mine = ++this.#turn;
    return () => mine === this.#turn;
  }

  /** None of those under way counts any more. */
  stop(): void {
    this.#turn++;
  }
}
