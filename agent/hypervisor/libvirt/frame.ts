import { err, ok, type Result } from '../../../core/lib/result.ts';

/** The largest packet that libvirt sends or takes, with its length and header (virnetprotocol). */
export const MAX_FRAME_BYTES = 4 + 24 + 33_554_432;
const HEADER_BYTES = 28;

export const PROGRAM = { remote: 0x2000_8086, keepAlive: 0x6b65_6570 } as const;

/** What a packet is, at the place of its number; the rest of the numbers are for descriptors we never pass. */
export const FRAME_TYPE = { call: 0, reply: 1, message: 2, stream: 3 } as const;
export const FRAME_STATUS = { ok: 0, error: 1, continue: 2 } as const;

/** What stands before each payload. */
export interface FrameHeader {
  readonly program: number;
  readonly procedure: number;
  readonly type: number;
  /** A reply and the packets of its stream carry their call's. */
  readonly serial: number;
  readonly status: number;
}

/** One packet of libvirt's RPC, see https://libvirt.org/kbase/internals/rpc.html. */
export interface Frame extends FrameHeader {
  readonly payload: Uint8Array;
}

const VERSION = 1;

/** A packet as bytes. */
export function writeFrame(frame: Frame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + frame.payload.length);
  const view = new DataView(bytes.buffer);
  const words = [
    bytes.length,
    frame.program,
    VERSION,
    frame.procedure,
    frame.type,
    frame.serial,
    frame.status,
  ];
  for (const [at, word] of words.entries()) view.setUint32(at * 4, word);
  bytes.set(frame.payload, HEADER_BYTES);
  return bytes;
}

/** Cuts what arrives into packets, however it was split or merged on its way. */
export class FrameSplitter {
  #chunks: Uint8Array[] = [];
  #buffered = 0;

  /** The packets that are whole with this piece, or why the rest of the stream is worthless. */
  push(chunk: Uint8Array): Result<readonly Frame[], string> {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      const length = this.#nextLength();
      if (length === undefined) return ok(frames);
      if (length < HEADER_BYTES || length > MAX_FRAME_BYTES) {
        return err(`A packet of ${length} bytes is not libvirt's`);
      }
      if (this.#buffered < length) return ok(frames);
      const frame = readFrame(this.#cut(length));
      if (!frame.ok) return frame;
      frames.push(frame.value);
    }
  }

  #nextLength(): number | undefined {
    if (this.#buffered < 4) return undefined;
    if ((this.#chunks[0]?.length ?? 0) < 4) this.#chunks = [Buffer.concat(this.#chunks)];
    const first = this.#chunks[0] ?? new Uint8Array(4);
    return new DataView(first.buffer, first.byteOffset, 4).getUint32(0);
  }

  #cut(length: number): Uint8Array {
    // Joined only once the packet is whole, or a large packet in small pieces would cost its square.
    const all = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    const joined = all ?? Buffer.concat(this.#chunks);
    this.#chunks = joined.length > length ? [joined.subarray(length)] : [];
    this.#buffered -= length;
    return joined.subarray(0, length);
  }
}

function readFrame(bytes: Uint8Array): Result<Frame, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8);
  if (version !== VERSION) return err(`Version ${version} of the protocol is unknown`);
  return ok({
    program: view.getUint32(4),
    procedure: view.getInt32(12),
    type: view.getInt32(16),
    serial: view.getUint32(20),
    status: view.getInt32(24),
    payload: bytes.subarray(HEADER_BYTES),
  });
}
