import type { Duplex } from 'node:stream';
import { err, ok, type Result } from '../../../core/lib/result.ts';
import type { Clock } from '../../../node/xmpp/clock.ts';
import { LIBVIRT_ERROR, type HypervisorError, type HypervisorReply } from '../hypervisor-error.ts';
import {
  FRAME_STATUS,
  FRAME_TYPE,
  FrameSplitter,
  PROGRAM,
  writeFrame,
  type Frame,
} from './frame.ts';
import { KeepAlive, type KeepAliveTimes } from './keep-alive.ts';
import { PendingCall, type CallOutcome } from './pending-call.ts';
import { PROCEDURES, type Procedure } from './procedures.ts';
import { localError } from './remote-error.ts';
import { RpcStream } from './rpc-stream.ts';
import { decode, encode, type XdrValue } from './xdr.ts';

export type ProcedureName = keyof typeof PROCEDURES;
export type Args<N extends ProcedureName> = XdrValue<(typeof PROCEDURES)[N]['args']>;
export type Reply<N extends ProcedureName> = XdrValue<(typeof PROCEDURES)[N]['reply']>;

const MAX_PAYLOAD_BYTES = 33_554_432;

/**
 * The daemon stops reading from a client with 5 calls unanswered (its default max_client_requests),
 * and then it no longer sees our keep-alive messages either. So we stay below.
 */
const MAX_IN_FLIGHT = 4;

const KEEP_ALIVE_PROCEDURE = { ping: 1, pong: 2 } as const;

export interface RpcChannelOptions {
  readonly clock: Clock;
  readonly keepAlive: KeepAliveTimes;
  /** Called for each message that the daemon sends without being asked, in the order of arrival. */
  onMessage(procedure: number, payload: Uint8Array): void;
  /** Called once, when the connection is over for whatever reason. */
  onClosed(error: HypervisorError): void;
}

/** libvirt's RPC on one connection: calls and their answers, streams, unasked messages, keep-alive. */
export class RpcChannel {
  readonly #socket: Duplex;
  readonly #options: RpcChannelOptions;
  readonly #splitter = new FrameSplitter();
  readonly #keepAlive: KeepAlive;
  readonly #inFlight = new Map<number, PendingCall>();
  #waiting: PendingCall[] = [];
  #lastSerial = 0;
  #stream: RpcStream | undefined;
  #closed: HypervisorError | undefined;

  constructor(socket: Duplex, options: RpcChannelOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#keepAlive = new KeepAlive({
      ...options.keepAlive,
      clock: options.clock,
      ping: () => this.#sendKeepAlive(KEEP_ALIVE_PROCEDURE.ping),
      dead: () => this.close('The hypervisor daemon no longer answers'),
    });
    socket.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    socket.on('error', (cause) => this.close(cause.message));
    socket.on('close', () => this.close('The hypervisor daemon closed the connection'));
  }

  /** Begins to ask the daemon whether it lives; only after it said that it can answer. */
  watch(): void {
    if (this.#closed === undefined) this.#keepAlive.start();
  }

  async call<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Reply<N>> {
    const outcome = await this.#begin(name, args, undefined);
    return outcome.ok ? readReply(name, outcome.value.payload) : outcome;
  }

  /** A call that is followed by data, which is refused past the given size. */
  async download<N extends ProcedureName>(
    name: N,
    args: Args<N>,
    maxBytes: number,
  ): HypervisorReply<{ readonly reply: Reply<N>; readonly data: Uint8Array }> {
    const outcome = await this.#begin(name, args, maxBytes);
    if (!outcome.ok) return outcome;
    const reply = readReply(name, outcome.value.payload);
    return reply.ok ? ok({ reply: reply.value, data: outcome.value.data }) : reply;
  }

  /** A call that is followed by data both ways. The connection is the stream's alone, and ends with it. */
  async openStream<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Duplex> {
    const answer = this.#begin(name, args, undefined);
    const { number } = procedureOf(name);
    const head = { program: PROGRAM.remote, procedure: number, type: FRAME_TYPE.stream };
    const serial = this.#lastSerial;
    const stream = new RpcStream(name, {
      send: (status, payload, sent) => {
        if (this.#closed !== undefined) return;
        this.#socket.write(writeFrame({ ...head, serial, status, payload }), sent);
      },
      pause: () => this.#socket.pause(),
      resume: () => this.#socket.resume(),
      close: (message) => this.close(message),
    });
    // Its data can overtake the reply.
    this.#stream = stream;
    const outcome = await answer;
    if (outcome.ok) return ok(stream);
    this.#stream = undefined;
    stream.destroy();
    return outcome;
  }

  /** Ends the connection; all calls without an answer end as disconnected. */
  close(message: string): void {
    if (this.#closed !== undefined) return;
    const error: HypervisorError = { code: 'disconnected', message };
    this.#closed = error;
    this.#keepAlive.stop();
    this.#socket.destroy();
    for (const call of [...this.#inFlight.values(), ...this.#waiting]) call.fail(error);
    this.#inFlight.clear();
    this.#waiting = [];
    this.#stream?.lose(error);
    this.#options.onClosed(error);
  }

  #begin<N extends ProcedureName>(
    name: N,
    args: Args<N>,
    maxBytes: number | undefined,
  ): Promise<Result<CallOutcome, HypervisorError>> {
    const procedure = procedureOf(name);
    const payload = encode(procedure.args, args, MAX_PAYLOAD_BYTES);
    if (!payload.ok) return Promise.resolve(err(badArgument(name, payload.error)));
    if (this.#closed !== undefined) return Promise.resolve(err(this.#closed));
    return new Promise((settle) => {
      const call = { name, procedure: procedure.number, payload: payload.value, maxBytes, settle };
      this.#waiting.push(new PendingCall(call));
      this.#sendWaiting();
    });
  }

  #sendWaiting(): void {
    while (this.#inFlight.size < MAX_IN_FLIGHT) {
      const call = this.#waiting.shift();
      if (call === undefined) return;
      const serial = this.#nextSerial();
      this.#inFlight.set(serial, call);
      this.#send({
        ...call.frame(FRAME_TYPE.call, FRAME_STATUS.ok),
        serial,
        payload: call.payload,
      });
    }
  }

  #nextSerial(): number {
    this.#lastSerial = (this.#lastSerial % 0xffff_ffff) + 1;
    return this.#lastSerial;
  }

  #receive(chunk: Uint8Array): void {
    const frames = this.#splitter.push(chunk);
    if (!frames.ok) {
      this.close(frames.error);
      return;
    }
    this.#keepAlive.heard();
    for (const frame of frames.value) {
      if (this.#closed === undefined) this.#dispatch(frame);
    }
  }

  #dispatch(frame: Frame): void {
    if (frame.program === PROGRAM.keepAlive) {
      if (frame.procedure === KEEP_ALIVE_PROCEDURE.ping) {
        this.#sendKeepAlive(KEEP_ALIVE_PROCEDURE.pong);
      }
    } else if (frame.type === FRAME_TYPE.message) {
      this.#options.onMessage(frame.procedure, frame.payload);
    } else {
      this.#answer(frame);
    }
  }

  #answer(frame: Frame): void {
    if (this.#stream !== undefined && frame.type === FRAME_TYPE.stream) {
      this.#stream.receive(frame);
      return;
    }
    // What is left of a stream that was given up still arrives, with a serial nobody waits for.
    const call = this.#inFlight.get(frame.serial);
    if (call === undefined) return;
    const step = call.take(frame);
    if (step.send !== undefined) {
      this.#send({
        ...call.frame(FRAME_TYPE.stream, step.send),
        serial: frame.serial,
        payload: EMPTY,
      });
    }
    if (!step.isOver) return;
    this.#inFlight.delete(frame.serial);
    this.#sendWaiting();
  }

  #sendKeepAlive(procedure: number): void {
    this.#send({
      program: PROGRAM.keepAlive,
      procedure,
      type: FRAME_TYPE.message,
      serial: 0,
      status: FRAME_STATUS.ok,
      payload: EMPTY,
    });
  }

  #send(frame: Frame): void {
    this.#socket.write(writeFrame(frame));
  }
}

const EMPTY = new Uint8Array(0);

function badArgument(name: ProcedureName, why: string): HypervisorError {
  return localError(`invalid argument of ${name}: ${why}`, LIBVIRT_ERROR.invalidArgument);
}

function procedureOf<N extends ProcedureName>(name: N): Procedure<Args<N>, Reply<N>> {
  return PROCEDURES[name] as unknown as Procedure<Args<N>, Reply<N>>;
}

function readReply<N extends ProcedureName>(
  name: N,
  payload: Uint8Array,
): Result<Reply<N>, HypervisorError> {
  const reply = decode(procedureOf(name).reply, payload);
  return reply.ok ? reply : err(localError(`The answer to ${name} is unreadable: ${reply.error}`));
}
