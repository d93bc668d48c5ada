import * as v from 'valibot';
import { ConsoleStream } from './console-stream.ts';
import { isLogOrder, type LogOrder, LogStream } from './logs/log-stream.ts';
import type { PagePort } from './port-flow.ts';
import type { SshStreams } from './ssh/ssh-streams.ts';
import { TerminalTable } from './terminals/terminal-table.ts';
import { TypingStream } from './typing-stream.ts';
import {
  type ConsoleOrder,
  type OpenConsoleOrder,
  StreamOrder,
  type StreamReport,
} from './stream-messages.ts';

type TypeOrder = Extract<StreamOrder, { readonly kind: 'type' }>;
type TestOrder = Extract<StreamOrder, { readonly kind: 'test-ssh' }>;
type OpenLogOrder = Extract<StreamOrder, { readonly kind: 'open-log' }>;

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
    this.#terminals = new TerminalTable(report, ssh.pool);
  }

  /** Does what main says. Throws on what is no order: main is ours, so that is a bug. */
  obey(message: unknown, port: PagePort | undefined): void {
    const order = v.parse(StreamOrder, message);
    switch (order.kind) {
      case 'open-console':
        this.#openConsole(order, needed(port));
        return;
      case 'open-log':
        this.#openLog(order, needed(port));
        return;
      case 'test-ssh':
        this.#test(order);
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
    void stream.open();
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

  #test(order: TestOrder): void {
    const aborter = new AbortController();
    this.#others.set(order.id, () => aborter.abort());
    void this.#ssh.test(order, aborter.signal).finally(() => this.#others.delete(order.id));
  }

  #type(order: TypeOrder): void {
    const stream = new TypingStream(order, this.#report, this.#ssh.pool);
    this.#others.set(order.id, () => stream.stop());
    void stream.type().finally(() => this.#others.delete(order.id));
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
