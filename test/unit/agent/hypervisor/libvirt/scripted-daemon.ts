import { Duplex } from 'node:stream';
import type { HypervisorError } from '../../../../../agent/hypervisor/hypervisor-error.ts';
import {
  FRAME_STATUS,
  FRAME_TYPE,
  FrameSplitter,
  PROGRAM,
  writeFrame,
  type Frame,
} from '../../../../../agent/hypervisor/libvirt/frame.ts';
import { PROCEDURES } from '../../../../../agent/hypervisor/libvirt/procedures.ts';
import {
  RpcChannel,
  type ProcedureName,
  type Reply,
} from '../../../../../agent/hypervisor/libvirt/rpc-channel.ts';
import { remoteError } from '../../../../../agent/hypervisor/libvirt/wire-types.ts';
import { encode, type Xdr } from '../../../../../agent/hypervisor/libvirt/xdr.ts';
import { ManualClock } from '../../../../../agent/hypervisor/simulated/manual-clock.ts';

export const KEEP_ALIVE = { intervalMs: 1000, maxUnanswered: 3 };

/** The other end of a channel, which says only what a test lets it say. */
export class ScriptedDaemon {
  readonly clock = new ManualClock(0);
  readonly received: Frame[] = [];
  readonly messages: { readonly procedure: number; readonly payload: Uint8Array }[] = [];
  readonly closed: HypervisorError[] = [];
  readonly channel: RpcChannel;
  readonly #socket: Duplex;

  constructor() {
    const splitter = new FrameSplitter();
    this.#socket = new Duplex({
      read: () => undefined,
      write: (chunk: Uint8Array, _encoding, done) => {
        const frames = splitter.push(chunk);
        if (frames.ok) this.received.push(...frames.value);
        done();
      },
    });
    this.channel = new RpcChannel(this.#socket, {
      clock: this.clock,
      keepAlive: KEEP_ALIVE,
      onMessage: (procedure, payload) => this.messages.push({ procedure, payload }),
      onClosed: (error) => this.closed.push(error),
    });
  }

  /** What arrived, without the payloads. */
  get heard(): readonly string[] {
    return this.received.map(({ program, procedure, type, serial, status }) =>
      [program.toString(16), procedure, type, serial, status].join(' '),
    );
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.emit('data', bytes);
  }

  send(frame: Partial<Frame>): void {
    this.sendBytes(
      writeFrame({
        program: PROGRAM.remote,
        procedure: 0,
        type: FRAME_TYPE.reply,
        serial: 0,
        status: FRAME_STATUS.ok,
        payload: new Uint8Array(0),
        ...frame,
      }),
    );
  }

  reply<N extends ProcedureName>(serial: number, name: N, value: Reply<N>): void {
    const { number, reply } = PROCEDURES[name];
    const payload = payloadOf(reply as unknown as Xdr<Reply<N>>, value);
    this.send({ procedure: number, serial, payload });
  }

  refuse(serial: number, number: number, domain: number, message: string): void {
    const nothing = {
      subject: undefined,
      text1: undefined,
      text2: undefined,
      text3: undefined,
      integer1: 0,
      integer2: 0,
      network: undefined,
    };
    const payload = payloadOf(remoteError, { number, domain, message, level: 2, ...nothing });
    this.send({ serial, status: FRAME_STATUS.error, payload });
  }

  stream(serial: number, status: number, payload = new Uint8Array(0)): void {
    this.send({ serial, type: FRAME_TYPE.stream, status, payload });
  }

  hangUp(): void {
    this.#socket.destroy();
  }
}

function payloadOf<T>(schema: Xdr<T>, value: T): Uint8Array {
  const encoded = encode(schema, value, 1 << 20);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.value;
}
