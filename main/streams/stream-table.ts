import * as v from 'valibot';
import { ConsoleStream } from './console-stream.ts';
import type { BytePort } from './port-flow.ts';
import type { SshStreams } from './ssh/ssh-streams.ts';
import { TypingStream } from './typing-stream.ts';
import { type OpenConsoleOrder, StreamOrder, type StreamReport } from './stream-messages.ts';

/** A port as it comes with an order: messages of the page, and its end. */
export interface PagePort extends BytePort {
  /** Calls back for each message of the page, and once when the page is gone. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
}

type TypeOrder = Extract<StreamOrder, { readonly kind: 'type' }>;
type TestOrder = Extract<StreamOrder, { readonly kind: 'test-ssh' }>;

/** All open streams of the streams process, by the numbers that main gave them. */
export class StreamTable {
  readonly #consoles = new Map<number, ConsoleStream>();
  /** What ends a stream that takes no other order. */
  readonly #others = new Map<number, () => void>();
  readonly #report: (report: StreamReport) => void;
  readonly #ssh: SshStreams;

  constructor(report: (report: StreamReport) => void, ssh: SshStreams) {
    this.#report = report;
    this.#ssh = ssh;
  }

  /** Does what main says. Throws on what is no order: main is ours, so that is a bug. */
  obey(message: unknown, port: PagePort | undefined): void {
    const order = v.parse(StreamOrder, message);
    switch (order.kind) {
      case 'open-console':
        this.#openConsole(order, port);
        return;
      case 'test-ssh':
        this.#test(order);
        return;
      case 'type':
        this.#type(order);
        return;
      case 'answer-ssh':
        this.#ssh.questions.answer(order.id, order.answer);
        return;
      default:
        this.#consoles.get(order.id)?.obey(order);
        if (order.kind === 'close') this.#others.get(order.id)?.();
    }
  }

  #openConsole(order: OpenConsoleOrder, port: PagePort | undefined): void {
    if (port === undefined) throw new Error('A console is to be opened without a port');
    const stream = new ConsoleStream(order, port, (report) => this.#tell(report));
    this.#consoles.set(order.id, stream);
    port.listen(
      (said) => stream.takeFromPage(said),
      () => stream.close(),
    );
    void stream.open();
  }

  #test(order: TestOrder): void {
    const aborter = new AbortController();
    this.#others.set(order.id, () => aborter.abort());
    void this.#ssh.test(order, aborter.signal).finally(() => this.#others.delete(order.id));
  }

  #type(order: TypeOrder): void {
    const stream = new TypingStream(order, this.#report);
    this.#others.set(order.id, () => stream.stop());
    void stream.type().finally(() => this.#others.delete(order.id));
  }

  #tell(report: StreamReport): void {
    if (report.kind === 'console-ended') this.#consoles.delete(report.id);
    this.#report(report);
  }
}
