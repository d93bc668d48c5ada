const MOST = 100;

/** What was thrown inside the app: bugs of ours, kept for the problem report and told on stderr. */
export class BugLog {
  readonly #redact: (text: string) => string;
  readonly #bugs: string[] = [];
  #count = 0;

  constructor(redact: (text: string) => string) {
    this.#redact = redact;
  }

  /** The number under which it is kept. */
  note(where: string, cause: unknown): string {
    this.#count += 1;
    const id = `B${String(this.#count).padStart(3, '0')}`;
    const what = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    const line = `${id} ${new Date().toISOString()} ${where}: ${this.#redacted(what)}`;
    this.#bugs.push(line);
    if (this.#bugs.length > MOST) this.#bugs.shift();
    process.stderr.write(`${line}\n`);
    return id;
  }

  /** Frames of a stack name functions and files, and nothing that went through them. */
  #redacted(what: string): string {
    const lines = what.split('\n');
    return lines.map((line) => (/^\s+at /u.test(line) ? line : this.#redact(line))).join('\n');
  }

  list(): readonly string[] {
    return [...this.#bugs];
  }

  /** Notes also what nobody caught, in place of Electron's box, until the returned function is called. */
  watchProcess(): () => void {
    const uncaught = (cause: unknown): void => void this.note('uncaught', cause);
    // Standard error that nobody reads any more is not worth a note, which would go there again.
    const unread = (): void => undefined;
    process.on('uncaughtException', uncaught);
    process.on('unhandledRejection', uncaught);
    process.stderr.on('error', unread);
    return () => {
      process.off('uncaughtException', uncaught);
      process.off('unhandledRejection', uncaught);
      process.stderr.off('error', unread);
    };
  }
}
