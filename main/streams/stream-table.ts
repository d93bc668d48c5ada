import * as v from 'valibot';
import { ConsoleStream } from './console-stream.ts';
import type { BytePort } from './port-flow.ts';
import { StreamOrder, type StreamReport } from './stream-messages.ts';

/** A port as it comes with an order: messages of the page, and its end. */
export interface PagePort extends BytePort {
  /** Calls back for each message of the page, and once when the page is gone. */
  listen(onMessage: (message: unknown) => void, onClose: () => void): void;
}

/** All open streams of the streams process, by the numbers that main gave them. */
export class StreamTable {
  readonly #streams = new Map<number, ConsoleStream>();
  readonly #report: (report: StreamReport) => void;

  constructor(report: (report: StreamReport) => void) {
    this.#report = report;
  }

  /** Does what main says. Throws on what is no order: main is ours, so that is a bug. */
  obey(message: unknown, port: PagePort | undefined): void {
    const order = v.parse(StreamOrder, message);
    if (order.kind !== 'open-console') {
      this.#streams.get(order.id)?.obey(order);
      return;
    }
    if (port === undefined) throw new Error('A console is to be opened without a port');
    const stream = new ConsoleStream(order, port, (report) => this.#tell(report));
    this.#streams.set(order.id, stream);
    port.listen(
      (said) => stream.takeFromPage(said),
      () => stream.close(),
    );
    void stream.open();
  }

  #tell(report: StreamReport): void {
    if (report.kind === 'console-ended') this.#streams.delete(report.id);
    this.#report(report);
  }
}
