import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, PseudoTtyOptions } from 'ssh2';
import { systemClock, type Clock } from '../xmpp/clock.ts';
import { SshFailureError } from './ssh-failure-error.ts';

/** How long a host may take to open what it is asked for, milliseconds. It connects onward in that time. */
const OPENING_MS = 20_000;

/** A connection that is logged in. All channels end with it. */
export class SshConnection {
  /** `host:port`, for messages. */
  readonly address: string;
  readonly user: string;
  /** Resolves when the connection has ended, with why in the words of the library; '' when asked to. */
  readonly closed: Promise<string>;
  readonly #client: Client;
  readonly #transport: Pick<Duplex, 'writableLength'>;
  readonly #clock: Clock;
  #isEnded = false;

  constructor(
    client: Client,
    transport: Pick<Duplex, 'writableLength'>,
    { address, user }: Pick<SshConnection, 'address' | 'user'>,
    clock: Clock = systemClock,
  ) {
    this.address = address;
    this.user = user;
    this.#client = client;
    this.#transport = transport;
    this.#clock = clock;
    this.closed = new Promise((resolve) => {
      let detail = '';
      client.on('error', (cause) => {
        detail = cause.message;
      });
      client.once('close', () => {
        const isAsked = this.#isEnded;
        this.#isEnded = true;
        resolve(isAsked ? '' : detail || 'the host closed the connection');
      });
    });
  }

  /** How much waits until the host takes it from the network, in bytes, of all channels together. */
  get unsentBytes(): number {
    return this.#transport.writableLength;
  }

  /**
   * Runs a command of the host; its standard error is the channel's `stderr`. How it ended comes with
   * the channel's event `close`: `exit` of a quick one may be over before anybody can listen.
   */
  run(command: string): Promise<ClientChannel> {
    return this.#open('a command', (done) => this.#client.exec(command, done));
  }

  /** Opens the user's shell on a terminal of this size. */
  shell(terminal: PseudoTtyOptions): Promise<ClientChannel> {
    return this.#open('a shell', (done) => this.#client.shell(terminal, done));
  }

  /** A connection from the host onward, as `ssh -W` makes it. Throws `SshFailureError`. */
  tunnel(host: string, port: number): Promise<Duplex> {
    return this.#open(`${host}:${port}`, (done) =>
      this.#client.forwardOut('127.0.0.1', 0, host, port, done),
    );
  }

  /** Ends the connection; resolves when it has. */
  async close(): Promise<void> {
    if (!this.#isEnded) {
      this.#isEnded = true;
      this.#client.end();
      // A host that is gone would never acknowledge the end.
      this.#client.destroy();
    }
    await this.closed;
  }

  #open(
    wanted: string,
    ask: (done: (cause: Error | undefined, channel: ClientChannel) => void) => unknown,
  ): Promise<ClientChannel> {
    const { address } = this;
    return new Promise((resolve, reject) => {
      const refuse = (detail: string): void => {
        const failure = this.#isEnded
          ? ({ code: 'ssh-closed', address, detail } as const)
          : ({ code: 'ssh-channel-refused', address, wanted, detail } as const);
        reject(new SshFailureError(failure));
      };
      if (this.#isEnded) {
        refuse('the connection has ended');
        return;
      }
      let isLate = false;
      const cancel = this.#clock.after(OPENING_MS, () => {
        isLate = true;
        refuse(`no answer in ${OPENING_MS / 1000} s`);
      });
      try {
        ask((cause, channel) => {
          cancel();
          if (cause) refuse(cause.message);
          // Nobody waits for it any more.
          else if (isLate) channel.destroy();
          else resolve(channel);
        });
      } catch (cause) {
        cancel();
        refuse(cause instanceof Error ? cause.message : String(cause));
      }
    });
  }
}

/**
 * A connection from an SSH host onward to a port, for a console or another host. Throws
 * `SshFailureError`.
 */
export function openTunnel(connection: SshConnection, host: string, port: number): Promise<Duplex> {
  return connection.tunnel(host, port);
}
