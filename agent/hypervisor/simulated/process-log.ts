const KEPT = 20;

/** What the processes of a domain wrote last, as the log that QEMU's driver keeps of each. */
export class ProcessLog {
  #lines: readonly string[] = [];
  #hasCrashed = false;

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** Whether the last process did not end in order, and none began since. */
  get hasCrashed(): boolean {
    return this.#hasCrashed;
  }

  begin(): void {
    this.#hasCrashed = false;
  }

  write(line: string): void {
    this.#lines = [...this.#lines.slice(1 - KEPT), line];
  }

  /** As the driver notes the end of a process; of one that was killed it says `crashed`. */
  end(nowMs: number, how: string): void {
    const reason = how === 'failed' ? 'crashed' : how;
    this.#hasCrashed = reason === 'crashed';
    const at = new Date(nowMs).toISOString().replace('T', ' ').replace('Z', '+0000');
    this.write(`${at}: shutting down, reason=${reason}`);
  }
}
