const MOST = 100;

/** What was thrown inside the app: bugs of ours, kept for the problem report and told on stderr. */
export class BugLog {
  readonly #bugs: string[] = [];
  #count = 0;

  /** The number under which it is kept. */
  note(where: string, cause: unknown): string {
    this.#count += 1;
    const id = `B${String(this.#count).padStart(3, '0')}`;
    const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    const line = `${id} ${new Date().toISOString()} ${where}: ${what}`;
    this.#bugs.push(line);
    if (this.#bugs.length > MOST) this.#bugs.shift();
    process.stderr.write(`${line}\n`);
    return id;
  }

  list(): readonly string[] {
    return [...this.#bugs];
  }
}
