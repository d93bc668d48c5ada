import type { MessagePortMain } from 'electron';
import type { ConsoleListener, Streams } from '../../main/streams/streams.ts';

type Order = Parameters<Streams['tell']>[1];

/** The streams process as main sees it: says what it was told, and is made to report by the test. */
export class FakeStreams implements Pick<Streams, 'openConsole' | 'tell'> {
  readonly told: (readonly [stream: number, order: Order])[] = [];
  readonly listeners: ConsoleListener[] = [];

  openConsole: Streams['openConsole'] = (_wish, listener) => {
    const id = this.listeners.push(listener);
    // Nothing of a port is used but that it is handed on.
    const port: unknown = {};
    return { id, port: port as MessagePortMain };
  };

  tell(stream: number, order: Order): void {
    this.told.push([stream, order]);
  }
}
