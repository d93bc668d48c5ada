import { err, ok, type Result } from '../../../core/lib/result.ts';
import type { HypervisorError } from '../hypervisor-error.ts';
import { FRAME_STATUS, FRAME_TYPE, PROGRAM, type Frame, type FrameHeader } from './frame.ts';
import { localError, readRemoteError } from './remote-error.ts';

/** What a call brought: the bytes of its reply, and those of the stream that followed, if it wanted one. */
export interface CallOutcome {
  readonly payload: Uint8Array;
  readonly data: Uint8Array;
}

interface CallDescription {
  readonly name: string;
  readonly procedure: number;
  readonly payload: Uint8Array;
  /** How much data may follow; undefined for a call without a stream. */
  readonly maxBytes: number | undefined;
  settle(outcome: Result<CallOutcome, HypervisorError>): void;
}

/** What to do after a packet: a stream packet of that status to send back, and whether all is said. */
export interface CallStep {
  readonly send?: number;
  readonly isOver: boolean;
}

/** One call from its sending to its last packet. */
export class PendingCall {
  readonly #call: CallDescription;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #reply: Uint8Array | undefined;
  #isStreamOver = false;

  constructor(call: CallDescription) {
    this.#call = call;
  }

  get payload(): Uint8Array {
    return this.#call.payload;
  }

  frame(type: number, status: number): Omit<FrameHeader, 'serial'> {
    return { program: PROGRAM.remote, procedure: this.#call.procedure, type, status };
  }

  fail(error: HypervisorError): void {
    this.#call.settle(err(error));
  }

  take(frame: Frame): CallStep {
    if (frame.status === FRAME_STATUS.error) {
      this.fail(readRemoteError(frame.payload, this.#call.name));
      return { isOver: true };
    }
    return frame.type === FRAME_TYPE.stream ? this.#takeStream(frame) : this.#takeReply(frame);
  }

  #takeReply(frame: Frame): CallStep {
    this.#reply = frame.payload;
    return this.#settleWhenWhole();
  }

  /** The data can overtake the reply: the daemon sends the two from different threads. */
  #takeStream(frame: Frame): CallStep {
    const { maxBytes, name } = this.#call;
    if (maxBytes === undefined) {
      this.fail(localError(`Data came where ${name} has none`));
      return { isOver: true, send: FRAME_STATUS.error };
    }
    if (frame.status === FRAME_STATUS.ok) {
      // The daemon confirms the end that we confirmed.
      this.#isStreamOver = true;
      return this.#settleWhenWhole();
    }
    if (frame.payload.length === 0) return { isOver: false, send: FRAME_STATUS.ok };
    return this.#takeData(frame.payload, maxBytes);
  }

  #takeData(data: Uint8Array, maxBytes: number): CallStep {
    this.#size += data.length;
    if (this.#size > maxBytes) {
      this.fail(localError(`${this.#call.name} sent more than ${maxBytes} bytes`));
      return { isOver: true, send: FRAME_STATUS.error };
    }
    this.#chunks.push(data);
    return { isOver: false };
  }

  #settleWhenWhole(): CallStep {
    const wantsStream = this.#call.maxBytes !== undefined;
    if (this.#reply === undefined || (wantsStream && !this.#isStreamOver)) return { isOver: false };
    this.#call.settle(ok({ payload: this.#reply, data: Buffer.concat(this.#chunks) }));
    return { isOver: true };
  }
}
