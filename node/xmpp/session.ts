import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ElementReader, XmlElement } from '../../core/xml/element.ts';
import { isAddress } from './addresses.ts';
import { backoffMs } from './backoff.ts';
import { type LtxElement, LtxReader, toLtx } from './elements.ts';
import { Emitter, surface } from './emitter.ts';
import { IqCaller } from './iq-caller.ts';
import { IqResponder, isRequest } from './iq-responder.ts';
import { Link } from './link.ts';
import { needsUser } from './link-failure.ts';
import type { LinkOutcome } from './link-input.ts';
import type { Handed } from './outbox.ts';
import { stronger } from './sasl.ts';
import type { IqFailure, Mechanism, SendFailure, SessionFailure } from './session-failure.ts';
import type { SessionOptions } from './session-options.ts';
import { type SessionSettings, sessionSettings } from './session-settings.ts';
import type {
  IqHandler,
  RequestOptions,
  Session,
  SessionEvents,
  SessionFacts,
  SessionState,
  Unsubscribe,
} from './session-types.ts';
import { StanzaTaps } from './stanza-taps.ts';
import type { Resumption } from './stream-management.ts';

/**
 * One account on one XMPP server, kept online: connects, logs in, resumes or starts anew after each
 * loss, and says what became of every request.
 */
export class XmppSession implements Session {
  readonly bareJid: string;
  readonly domain: string;
  readonly #settings: SessionSettings;
  readonly #events = new Emitter<SessionEvents>((cause, name) => {
    if (name === 'handlerFailed') surface(cause);
    else this.#report(cause);
  });
  readonly #taps: StanzaTaps;
  readonly #caller: IqCaller;
  readonly #responder: IqResponder;
  #state: SessionState = { kind: 'offline' };
  #link: Link | undefined;
  #resumption: Resumption | undefined;
  #mechanism: Mechanism | undefined;
  #attempt = 0;
  /** How many attempts in a row found a server that does not speak XMPP with us. */
  #misses = 0;
  #wasOnline = false;
  #mayRegister: boolean;
  #isAsleep = false;
  #cancelTimer: () => void = () => undefined;
  #firstOutcome: ((outcome: Result<{ jid: string }, SessionFailure>) => void)[] = [];

  constructor(options: SessionOptions) {
    this.#settings = sessionSettings(options);
    this.bareJid = this.#settings.link.account;
    this.domain = this.#settings.link.domain;
    const { clock } = this.#settings.link;
    this.#taps = new StanzaTaps(this.#events, clock, this.#settings.redact);
    this.#mechanism = options.rememberedMechanism;
    this.#mayRegister = options.registerIfMissing ?? false;
    this.#responder = new IqResponder({
      reply: (stanza) => this.#link?.put(toLtx(stanza), () => undefined),
      onThrown: (cause) => this.#report(cause),
    });
    this.#caller = new IqCaller({
      bareJid: this.bareJid,
      domain: this.domain,
      clock,
      put: (stanza, settle) => this.#put(stanza, settle),
      onForged: (expected, from) => this.#events.emit('replyForged', { expected, from }),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get fullJid(): string | undefined {
    return this.#state.kind === 'online' ? this.#state.jid : this.#resumption?.fullJid;
  }

  get facts(): SessionFacts | undefined {
    return this.#state.kind === 'online' ? this.#link?.facts : undefined;
  }

  /** How many requests wait for an answer. */
  get pendingCount(): number {
    return this.#caller.pendingCount;
  }

  on<Name extends keyof SessionEvents>(
    name: Name,
    listener: (event: SessionEvents[Name]) => void,
  ): Unsubscribe {
    return this.#events.on(name, listener);
  }

  onIq(namespace: string, handler: IqHandler): Unsubscribe {
    return this.#responder.on(namespace, handler);
  }

  async request(
    to: string | undefined,
    type: 'get' | 'set',
    payload: XmlElement,
    options?: RequestOptions,
  ): Promise<Result<ElementReader, IqFailure>> {
    return this.#caller.request(to, type, payload, options);
  }

  async send(stanza: XmlElement): Promise<Result<void, SendFailure>> {
    return new Promise((resolve) => {
      this.#put(stanza, (outcome) => {
        if (outcome === 'handed') resolve(ok(undefined));
        else resolve(err({ code: 'not-sent', because: outcome }));
      });
    });
  }

  #put(stanza: XmlElement, settle: (outcome: Handed) => void): void {
    const { to, from = this.bareJid } = stanza.attributes;
    if (!isAddress(from) || (to !== undefined && !isAddress(to))) settle('bad-address');
    else if (this.#state.kind !== 'online' || this.#link === undefined) settle('offline');
    else this.#link.put(toLtx(stanza), settle);
  }

  /**
   * Goes online and stays so until `disconnect()`. Resolves with the first outcome: a failure that
   * needs no user is tried again all the same, as the state says.
   */
  async connect(): Promise<Result<{ jid: string }, SessionFailure>> {
    if (this.#state.kind === 'online') return ok({ jid: this.#state.jid });
    return new Promise((resolve) => {
      this.#firstOutcome.push(resolve);
      if (this.#state.kind === 'connecting') return;
      this.#attempt = 0;
      this.#begin();
    });
  }

  /** Says goodbye and stays offline. Resolves when the connection is gone. */
  async disconnect(): Promise<void> {
    this.#cancelTimer();
    const link = this.#link;
    this.#link = undefined;
    this.#forget();
    this.#become({ kind: 'offline' });
    this.#tellFirst(err({ code: 'link-closed' }));
    await link?.end();
  }

  /** The computer's network changed: finds out at once whether the link still holds. */
  networkChanged(): void {
    if (this.#isAsleep) return;
    if (this.#state.kind === 'waiting') this.#begin();
    else this.#link?.check();
  }

  /** The computer goes to sleep: nothing is tried until `woke()`. */
  suspended(): void {
    this.#isAsleep = true;
    if (this.#state.kind === 'waiting') this.#cancelTimer();
  }

  /** The computer woke. */
  woke(): void {
    this.#isAsleep = false;
    this.#attempt = 0;
    this.networkChanged();
  }

  #begin(purpose: 'log-in' | 'register' = 'log-in'): void {
    this.#cancelTimer();
    this.#attempt += 1;
    const attempt = this.#attempt;
    this.#become({ kind: 'connecting', attempt, step: 'resolving' });
    const link = new Link({
      ...this.#settings.link,
      purpose,
      credentials: { ...this.#settings.credentials, rememberedMechanism: this.#mechanism },
      earlier: this.#resumption,
      misses: this.#misses,
      onStep: (step) => {
        const isThere = this.#state.kind === 'connecting' && this.#state.step === step;
        if (this.#link !== link || isThere) return;
        this.#become({ kind: 'connecting', attempt, step });
      },
      onStanza: (stanza) => {
        if (this.#link === link) this.#receive(stanza);
      },
      onSent: (element, text) => this.#taps.sent(element, text),
      onEnded: (failure) => this.#lost(link, failure),
      onBug: (cause) => this.#report(cause),
    });
    this.#link = link;
    void link.open().then((outcome) => {
      if (this.#link !== link) return;
      if (outcome.ok) this.#opened(link, outcome.value);
      else this.#lost(link, outcome.error);
    });
  }

  #opened(link: Link, outcome: LinkOutcome): void {
    if (outcome.kind === 'registered') {
      // An account that the server has just made is not made again where it is not let in.
      this.#mayRegister = false;
      void link.end().then(() => {
        if (this.#link === link) this.#begin();
      });
      return;
    }
    const { fullJid: jid, isResumed: resumed } = outcome;
    this.#misses = 0;
    this.#remember(link);
    if (!resumed) this.#caller.linkLost();
    const isResync = this.#wasOnline && !resumed;
    this.#wasOnline = true;
    const { clock } = this.#settings.link;
    this.#cancelTimer = clock.after(this.#settings.stableAfterMs, () => (this.#attempt = 0));
    this.#become({ kind: 'online', jid, resumed });
    if (resumed) this.#events.emit('resumed', { jid });
    if (isResync) this.#events.emit('resynced', { jid });
    this.#tellFirst(ok({ jid }));
  }

  #remember(link: Link): void {
    const { mechanism } = link;
    if (mechanism === undefined) return;
    this.#mechanism = stronger(this.#mechanism, mechanism);
    this.#mayRegister = false;
    this.#events.emit('authenticated', { mechanism });
  }

  #lost(link: Link, failure: SessionFailure): void {
    if (this.#link !== link) return;
    this.#cancelTimer();
    this.#link = undefined;
    if (failure.code === 'not-authorized' && this.#mayRegister) {
      this.#begin('register');
      return;
    }
    if (link.isMissedBy(failure)) this.#misses += 1;
    this.#resumption = link.resumption;
    const isFinal = needsUser(failure) || this.#settings.maxDelayMs === 0;
    if (isFinal) this.#forget();
    else if (this.#resumption === undefined) this.#caller.linkLost();
    if (isFinal) this.#become({ kind: 'failed', reason: failure });
    else this.#waitAndRetry(failure);
    this.#tellFirst(err(failure));
  }

  #waitAndRetry(reason: SessionFailure): void {
    const { clock, random } = this.#settings.link;
    const delayMs = backoffMs(this.#attempt, this.#settings.maxDelayMs, random);
    if (!this.#isAsleep) this.#cancelTimer = clock.after(delayMs, () => this.#begin());
    this.#become({
      kind: 'waiting',
      attempt: this.#attempt,
      retryAt: clock.now() + delayMs,
      resumable: this.#resumption !== undefined,
      reason,
    });
  }

  /** Nothing of the old link is taken up any more. */
  #forget(): void {
    this.#resumption = undefined;
    this.#caller.linkLost();
  }

  #receive(stanza: LtxElement): void {
    this.#taps.received(stanza);
    const reader = new LtxReader(stanza);
    if (stanza.name === 'presence') this.#events.emit('presence', reader);
    else if (stanza.name === 'message') this.#events.emit('message', reader);
    else if (isRequest(reader)) void this.#responder.receive(reader);
    else this.#caller.receive(reader);
  }

  #become(state: SessionState): void {
    this.#state = state;
    this.#events.emit('stateChanged', state);
  }

  #tellFirst(outcome: Result<{ jid: string }, SessionFailure>): void {
    for (const tell of this.#firstOutcome.splice(0)) tell(outcome);
  }

  #report(cause: unknown): void {
    if (this.#events.has('handlerFailed')) this.#events.emit('handlerFailed', { cause });
    else surface(cause);
  }
}
