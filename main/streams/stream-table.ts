import * as v from 'valibot';
import { ConsoleStream } from './console-stream.ts';
import { isLogOrder, type LogOrder, LogStream } from './logs/log-stream.ts';
import type { PagePort } from './port-flow.ts';
import type { SshStreams } from './ssh/ssh-streams.ts';
import { TerminalTable } from './terminals/terminal-table.ts';
import { TypingStream } from './typing-stream.ts';
import {
  Addressed,
  type ConsoleOrder,
  type OpenConsoleOrder,
  StreamOrder,
  type StreamReport,
} from './stream-messages.ts';

type TypeOrder = Extract<StreamOrder, { readonly kind: 'type' }>;
type OpenLogOrder = Extract<StreamOrder, { readonly kind: 'open-log' }>;

const MOST_DETAIL = 1000;

/** All open streams of the streams process, by the numbers that main gave them. */
export class StreamTable {
  readonly #consoles = new Map<number, ConsoleStream>();
  readonly #logs = new Map<number, LogStream>();
  /** What ends a stream that takes no other order. */
  readonly #others = new Map<number, () => void>();
  readonly #report: (report: StreamReport) => void;
  readonly #ssh: SshStreams;
  readonly #terminals: TerminalTable;

  constructor(report: (report: StreamReport) => void, ssh: SshStreams) {
    this.#report = report;
    this.#ssh = ssh;
    this.#terminals = new TerminalTable(report, ssh.pool, (id, work) => this.#watch(id, work));
  }

  /** Does what main says. An order that is none ends the stream it is for: others are not to suffer. */
  obey(message: unknown, port: PagePort | undefined): void {
    const order = v.safeParse(StreamOrder, message);
    if (order.success) this.#do(order.output, port);
    else this.#refuse(message, v.summarize(order.issues), port);
  }

  #do(order: StreamOrder, port: PagePort | undefined): void {
    switch (order.kind) {
      case 'open-console':
        this.#openConsole(order, needed(port));
        return;
      case 'open-log':
        this.#openLog(order, needed(port));
        return;
      case 'test-ssh':
        this.#until(order.id, (signal) => this.#ssh.test(order, signal));
        return;
      case 'check-host':
        this.#until(order.id, (signal) => this.#ssh.check(order, signal));
        return;
      case 'type':
        this.#type(order);
        return;
      case 'open-shell':
        this.#terminals.openShell(order, needed(port));
        return;
      case 'open-serial':
        this.#terminals.openSerial(order, needed(port));
        return;
      case 'resize':
        this.#terminals.resize(order.id, order);
        return;
      case 'answer-ssh':
        this.#ssh.questions.answer(order.id, order.answer);
        return;
      default:
        this.#pass(order);
    }
  }

  #refuse(message: unknown, detail: string, port: PagePort | undefined): void {
    port?.close();
    const refused = v.safeParse(Addressed, message);
    if (!refused.success) {
      // Main puts down what comes this way; nobody waits for it.
      process.stderr.write(`An order without a stream: ${detail}\n`);
      return;
    }
    const { kind, id } = refused.output;
    if (kind === 'answer-ssh') {
      // The number is the question's.
      this.#ssh.questions.answer(id, undefined);
      return;
    }
    this.#giveUp(id, detail);
  }

  /** What nobody foresaw ends the one stream in which it happened. */
  #watch(id: number, work: Promise<void>): void {
    work.catch((cause: unknown) => {
      // Main puts down what comes this way, with the place in our code.
      process.stderr.write(`${cause instanceof Error ? (cause.stack ?? '') : String(cause)}\n`);
      this.#giveUp(id, cause instanceof Error ? cause.message : String(cause));
    });
  }

  #giveUp(id: number, detail: string): void {
    this.#report({ kind: 'stream-broke', id, detail: detail.slice(0, MOST_DETAIL) });
    this.#pass({ kind: 'close', id });
  }

  /** To the stream that it is for; one that has ended hears nothing. */
  #pass(order: ConsoleOrder | LogOrder): void {
    if (isLogOrder(order)) {
      this.#logs.get(order.id)?.obey(order);
      return;
    }
    this.#consoles.get(order.id)?.obey(order);
    if (order.kind === 'close') this.#close(order.id);
  }

  #openConsole(order: OpenConsoleOrder, port: PagePort): void {
    const stream = new ConsoleStream(order, port, (report) => this.#tell(report), this.#ssh.pool);
    this.#consoles.set(order.id, stream);
    port.listen(
      (said) => stream.takeFromPage(said),
      () => stream.close(),
    );
    this.#watch(order.id, stream.open());
  }

  #openLog(order: OpenLogOrder, port: PagePort): void {
    const { pool } = this.#ssh;
    const stream = new LogStream(order, { port, pool, report: (report) => this.#report(report) });
    this.#logs.set(order.id, stream);
    const close = (): void => {
      this.#logs.delete(order.id);
      this.#others.delete(order.id);
      void stream.close();
    };
    this.#others.set(order.id, close);
    port.listen((said) => stream.takeFromPage(said), close);
    stream.start();
  }

  #close(id: number): void {
    this.#others.get(id)?.();
    this.#terminals.close(id);
  }

  /** Something that ends by itself, or when it is closed. */
  #until(id: number, work: (signal: AbortSignal) => Promise<void>): void {
    const aborter = new AbortController();
    this.#others.set(id, () => aborter.abort());
    const ending = work(aborter.signal).finally(() => this.#others.delete(id));
    this.#watch(id, ending);
  }

  #type(order: TypeOrder): void {
    const stream = new TypingStream(order, this.#report, this.#ssh.pool);
    this.#others.set(order.id, () => stream.stop());
    const ending = stream.type().finally(() => this.#others.delete(order.id));
    this.#watch(order.id, ending);
  }

  #tell(report: StreamReport): void {
    if (report.kind === 'console-ended') this.#consoles.delete(report.id);
    this.#report(report);
  }
}

function needed(port: PagePort | undefined): PagePort {
  if (port === undefined) throw new Error('A stream is to be opened without a port');
  return port;
}
