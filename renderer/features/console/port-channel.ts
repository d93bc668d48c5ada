import { ACKNOWLEDGE_EVERY_BYTES } from '../../../core/contract/stream-port.ts';

type Listener<T> = ((event: T) => void) | null;

/**
 * A port of the streams process in the shape of a WebSocket, which is what noVNC wants. It says how
 * much was taken, so that a page that is slow is not sent more than it can draw.
 */
export class PortChannel {
  // noVNC looks for each of these on the object itself.
  binaryType = 'arraybuffer';
  readonly protocol = '';
  readyState = 'open';
  onopen: Listener<object> = null;
  onmessage: Listener<{ readonly data: ArrayBuffer }> = null;
  onclose: Listener<{ readonly code: number; readonly reason: string }> = null;
  onerror: Listener<object> = null;
  readonly #port: MessagePort;
  #taken = 0;

  constructor(port: MessagePort) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof Uint8Array) this.#receive(data);
    };
  }

  /** Lets what is waiting come. */
  start(): void {
    this.#port.start();
  }

  send(data: ArrayBuffer | ArrayBufferView): void {
    if (this.readyState !== 'open') return;
    // noVNC hands over a view of a queue that it goes on writing to.
    const bytes = ArrayBuffer.isView(data)
      ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
      : new Uint8Array(data).slice();
    this.#port.postMessage(bytes);
  }

  close(): void {
    if (this.readyState === 'closed') return;
    this.readyState = 'closed';
    this.#port.close();
    // noVNC begins to wait for this only once the call has returned.
    queueMicrotask(() => this.onclose?.({ code: 1000, reason: '' }));
  }

  #receive(data: Uint8Array): void {
    const whole = data.buffer;
    const isWhole = whole instanceof ArrayBuffer && whole.byteLength === data.byteLength;
    this.onmessage?.({ data: isWhole ? whole : data.slice().buffer });
    this.#taken += data.byteLength;
    if (this.#taken < ACKNOWLEDGE_EVERY_BYTES) return;
    this.#port.postMessage({ taken: this.#taken });
    this.#taken = 0;
  }
}
