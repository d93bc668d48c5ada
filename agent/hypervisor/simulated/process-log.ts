const KEPT = 20;

/** What the processes of a domain wrote last, as the log that QEMU's driver keeps of each. */
export class ProcessLog {
  #lines: readonly string[] = [];

  get lines(): readonly string[] {
    return this.#lines;
  }

  write(line: string): void {
    this.#lines = [...this.#lines.slice(1 - KEPT), line];
  }

  /** As the driver notes the end of a process; of one that was killed it says `crashed`. */
  end(nowMs: number, reason: string): void {
    const at = new Date(nowMs).toISOString().replace('T', ' ').replace('Z', '+0000');
    this.write(`${at}: shutting down, reason=${reason}`);
  }
}
