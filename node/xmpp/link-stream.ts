import type { Duplex } from 'node:stream';
import { xml } from '@xmpp/client';
import { secure } from './dial.ts';
import type { LtxElement } from './elements.ts';
import type { LinkEntity } from './link-entity.ts';
import { LinkFailureError } from './link-failure.ts';
import type { LinkInput } from './link-input.ts';
import { NS } from './namespaces.ts';
import type { NegotiatedStream } from './negotiation.ts';
import type { Endpoint } from './session-options.ts';
import type { ConnectStep } from './session-types.ts';
import { StreamSocket } from './stream-socket.ts';

/** How long the other side may take to read our last words. */
const FAREWELL_MS = 2_000;

export type StreamInput = Pick<LinkInput, 'domain' | 'tls' | 'clock' | 'stepTimeoutMs' | 'onStep'>;

/** The stream of a link: the socket under it, TLS, and the questions that a negotiation asks on it. */
export class LinkStream implements NegotiatedStream {
  readonly #entity: LinkEntity;
  readonly #input: StreamInput;
  readonly #onTimeout: () => void;
  #socket: StreamSocket | undefined;
  #endpoint: Endpoint | undefined;
  #cancelStepTimer: () => void = () => undefined;
  readonly #abort = new AbortController();
  #lastId = 0;

  constructor(entity: LinkEntity, input: StreamInput, onTimeout: () => void) {
    this.#entity = entity;
    this.#input = input;
    this.#onTimeout = onTimeout;
  }

  get duplex(): Duplex | undefined {
    return this.#socket?.duplex;
  }

  get endpoint(): Endpoint | undefined {
    return this.#endpoint;
  }

  attach(duplex: Duplex, isSecure: boolean, endpoint: Endpoint): void {
    this.#endpoint = endpoint;
    if (this.#abort.signal.aborted) duplex.destroy();
    else this.#put(duplex, isSecure);
  }

  #put(duplex: Duplex, isSecure: boolean): void {
    this.#socket = new StreamSocket(duplex, isSecure);
    this.#entity.attach(this.#socket);
  }

  isSecure(): boolean {
    return this.#socket?.secure ?? false;
  }

  async secure(): Promise<void> {
    const raw = this.#socket?.release();
    if (raw === undefined) throw new LinkFailureError({ code: 'link-closed' });
    this.#entity.detach();
    this.step('securing');
    const { domain, tls } = this.#input;
    const directTls = this.#endpoint?.directTls ?? false;
    const { signal } = this.#abort;
    this.#put(await secure(raw, domain, { ...tls, directTls, signal }), true);
  }

  async ask(element: LtxElement): Promise<LtxElement> {
    return new Promise((resolve) => {
      const onElement = (answer: LtxElement): void => {
        // The features that made us ask are still being told to everyone.
        if (answer.is('features', NS.streams)) return;
        this.#entity.off('nonza', onElement);
        resolve(answer);
      };
      this.#entity.on('nonza', onElement);
      void this.#entity.send(element);
    });
  }

  async askIq(type: 'get' | 'set', payload: LtxElement): Promise<LtxElement> {
    const id = this.nextId();
    return new Promise((resolve) => {
      const onStanza = (stanza: LtxElement): void => {
        if (stanza.name !== 'iq' || stanza.attrs['id'] !== id) return;
        this.#entity.off('stanza', onStanza);
        resolve(stanza);
      };
      this.#entity.on('stanza', onStanza);
      void this.#entity.send(xml('iq', { type, id }, payload));
    });
  }

  async restart(): Promise<unknown> {
    return this.#entity.restart();
  }

  step(step: ConnectStep | undefined): void {
    this.#cancelStepTimer();
    this.#cancelStepTimer = () => undefined;
    if (step === undefined || this.#abort.signal.aborted) return;
    const { clock, stepTimeoutMs, onStep } = this.#input;
    this.#cancelStepTimer = clock.after(stepTimeoutMs, this.#onTimeout);
    onStep(step);
  }

  nextId(): string {
    this.#lastId += 1;
    return `link-${this.#lastId}`;
  }

  /** Says the last words, if there are any, and closes. Resolves when the connection is gone. */
  async close(lastWords: string): Promise<void> {
    this.step(undefined);
    this.#abort.abort();
    const { duplex } = this;
    if (duplex === undefined || duplex.destroyed) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#input.clock.after(FAREWELL_MS, () => duplex.destroy());
      duplex.once('close', () => {
        cancel();
        resolve();
      });
      if (lastWords === '') duplex.destroy();
      else duplex.end(lastWords);
    });
  }
}
