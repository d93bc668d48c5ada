import type { Duplex } from 'node:stream';
import { jid, xml } from '@xmpp/client';
import resourceBinding from '@xmpp/resource-binding';
import streamFeatures from '@xmpp/stream-features';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { tlsFacts } from './certificate.ts';
import { dial } from './dial.ts';
import type { LtxElement } from './elements.ts';
import { findEndpoints } from './endpoints.ts';
import { LinkWatch } from './keep-alive.ts';
import { LinkEntity } from './link-entity.ts';
import { LinkFailureError } from './link-failure.ts';
import type { LinkInput, LinkOutcome } from './link-input.ts';
import { linkMiddleware } from './link-middleware.ts';
import { LinkStream } from './link-stream.ts';
import { NS } from './namespaces.ts';
import { errorCondition, logIn, registerAccount, upgradeToTls } from './negotiation.ts';
import { type Handed, Outbox } from './outbox.ts';
import type { Mechanism, SessionFailure, StreamDefect } from './session-failure.ts';
import type { Endpoint } from './session-options.ts';
import type { SessionFacts } from './session-types.ts';
import { StreamDefectError } from './stanza-parser.ts';
import { LinkManagement, type Resumption } from './stream-management.ts';

type BindingCaller = Parameters<typeof resourceBinding<LinkEntity>>[0]['iqCaller'];

const GOODBYE = '</stream:stream>';

/** One connection to the server, from the first byte to the last; a session has one after another. */
export class Link {
  readonly #input: LinkInput;
  readonly #entity: LinkEntity;
  readonly #stream: LinkStream;
  readonly #management: LinkManagement | undefined;
  readonly #abort = new AbortController();
  #settleOpen: ((outcome: Result<LinkOutcome, SessionFailure>) => void) | undefined;
  #outbox: Outbox | undefined;
  #watch: LinkWatch | undefined;
  #mechanism: Mechanism | undefined;
  #fullJid: string | undefined;
  #hasRosterVersions = false;
  #isEnded = false;
  /** The stream was closed as such, by either side, and with it what could be resumed. */
  #isGoneForGood = false;

  constructor(input: LinkInput) {
    this.#input = input;
    this.#entity = new LinkEntity(input.account, input.domain, input.limits, {
      received: () => this.#watch?.heard(),
      sent: (element, text) => input.onSent(element, text),
      streamError: (condition, text) => {
        this.#isGoneForGood = true;
        void this.end({ code: 'stream-error', condition, text });
      },
      closeWanted: () => void this.end({ code: 'link-closed' }),
      addressRefused: () => this.#management?.countRefused(),
    });
    this.#stream = new LinkStream(this.#entity, input, () => void this.end({ code: 'no-answer' }));
    this.#management = this.#compose();
    this.#listen();
  }

  /** Puts the library's parts together; what it negotiates by itself is only binding and resuming. */
  #compose(): LinkManagement | undefined {
    const { streamManagement, earlier, resource } = this.#input;
    const entity = this.#entity;
    const stack = linkMiddleware(entity);
    stack.use(async ({ stanza }, next) => {
      if (stanza.is('features', NS.streams)) await this.#negotiate(stanza, next);
      else await next();
    });
    const features = streamFeatures({ middleware: stack });
    const parts = { middleware: stack, streamFeatures: features };
    const management = streamManagement ? new LinkManagement(entity, parts, earlier) : undefined;
    // The library's binding uses nothing of its own caller but `set`.
    const iqCaller = { set: async (payload: LtxElement) => this.#bind(payload) };
    resourceBinding(
      { streamFeatures: features, iqCaller: iqCaller as unknown as BindingCaller },
      resource,
    );
    return management;
  }

  #listen(): void {
    this.#entity.on('error', (cause) => this.#onError(cause));
    this.#entity.on('close', () => {
      this.#isGoneForGood = true;
      void this.end({ code: 'link-closed' });
    });
    this.#entity.on('disconnect', () => void this.end({ code: 'link-closed' }));
    this.#entity.on('stanza', (stanza) => {
      if (!this.#isEnded) this.#input.onStanza(stanza);
    });
  }

  /** Connects and negotiates until stanzas may flow. */
  async open(): Promise<Result<LinkOutcome, SessionFailure>> {
    return new Promise((resolve) => {
      this.#settleOpen = resolve;
      this.#connect().catch((cause: unknown) => this.#onError(cause));
    });
  }

  async #connect(): Promise<void> {
    const { transport, domain } = this.#input;
    const { duplex, endpoint } = transport
      ? { duplex: await transport.open(), endpoint: { host: domain, port: 0 } }
      : await this.#dial();
    this.#stream.attach(duplex, transport?.isSecure ?? false, endpoint);
    if (this.#isEnded) return;
    if (endpoint.directTls) await this.#stream.secure();
    this.#stream.step(this.#stream.isSecure() ? 'authenticating' : 'securing');
    await this.#entity.open({ domain });
  }

  async #dial(): Promise<{ duplex: Duplex; endpoint: Endpoint }> {
    const { domain, endpoint, resolver, random, stepTimeoutMs, clock, onStep, misses } =
      this.#input;
    onStep('resolving');
    const found = endpoint ? [endpoint] : await findEndpoints(domain, resolver, random, clock);
    const first = misses % found.length;
    const endpoints = [...found.slice(first), ...found.slice(0, first)];
    onStep('reaching');
    const reached = await dial(endpoints, stepTimeoutMs, clock, this.#abort.signal);
    return { duplex: reached.socket, endpoint: reached.endpoint };
  }

  async #negotiate(features: LtxElement, next: () => Promise<unknown>): Promise<void> {
    if (this.#isEnded) return;
    if (!this.#stream.isSecure()) return upgradeToTls(this.#stream, features);
    if (this.#input.purpose === 'register') {
      await registerAccount(this.#stream, this.#input.credentials);
      this.#settle(ok({ kind: 'registered' }));
      return;
    }
    if (this.#mechanism === undefined) {
      // Known before the restart: the next features may come with the next header in one segment.
      this.#mechanism = await logIn(this.#stream, features, this.#input.credentials);
      await this.#stream.restart();
      return;
    }
    if (features.getChild('bind', NS.bind) === undefined) {
      throw new LinkFailureError({ code: 'bind-refused', condition: 'feature-missing' });
    }
    this.#hasRosterVersions = features.getChild('ver', NS.rosterVersioning) !== undefined;
    this.#stream.step(this.#input.earlier ? 'resuming' : 'binding');
    await next();
    this.#ready();
  }

  async #bind(payload: LtxElement): Promise<LtxElement | undefined> {
    const answer = await this.#stream.askIq('set', payload);
    if (answer.attrs['type'] === 'result') return answer.getChildElements()[0];
    throw new LinkFailureError({ code: 'bind-refused', condition: errorCondition(answer) });
  }

  #ready(): void {
    const { duplex } = this.#stream;
    if (this.#isEnded || duplex === undefined) return;
    const resumedJid = this.#management?.resumedJid;
    if (resumedJid !== undefined) this.#entity.jid = jid(resumedJid);
    const fullJid = resumedJid ?? String(this.#entity.jid);
    this.#fullJid = fullJid;
    this.#stream.step(undefined);
    const { clock, limits, keepAlive } = this.#input;
    this.#outbox = new Outbox(duplex, limits.outgoingBytes, (element) => {
      this.#entity.send(element).catch((cause: unknown) => this.#onError(cause));
    });
    this.#watch = new LinkWatch({
      clock,
      ...keepAlive,
      probe: () => this.#probe(),
      onDead: () => void this.end({ code: 'no-answer' }),
    });
    this.#settle(ok({ kind: 'online', fullJid, isResumed: resumedJid !== undefined }));
  }

  #probe(): void {
    if (this.#management && this.#management.level !== 'off') {
      this.#management.ask();
      return;
    }
    const attributes = { type: 'get', to: this.#input.domain, id: this.#stream.nextId() };
    void this.#entity.send(xml('iq', attributes, xml('ping', NS.ping)));
  }

  /** Hands a stanza over as soon as the server keeps up, in order. */
  put(element: LtxElement, settle: (outcome: Handed) => void): void {
    if (this.#outbox) this.#outbox.put(element, settle);
    else settle('offline');
  }

  /** Finds out now whether the server is still there. */
  check(): void {
    this.#watch?.check();
  }

  /** Whether the server listens and yet is not one for us; the next of the domain is tried then. */
  isMissedBy({ code }: SessionFailure): boolean {
    return this.#fullJid === undefined && (code === 'tls-failed' || code === 'no-answer');
  }

  get mechanism(): Mechanism | undefined {
    return this.#mechanism;
  }

  /** What a later link needs in order to take this one up; undefined when that is not possible. */
  get resumption(): Resumption | undefined {
    // An attempt that fails before it resumes leaves the earlier link resumable.
    if (this.#isGoneForGood && this.#fullJid !== undefined) return undefined;
    const fullJid = this.#fullJid ?? this.#input.earlier?.fullJid;
    return fullJid === undefined ? undefined : this.#management?.resumption(fullJid);
  }

  get facts(): SessionFacts | undefined {
    const { duplex, endpoint } = this.#stream;
    if (!this.#fullJid || !duplex || !endpoint || !this.#mechanism) return undefined;
    return {
      jid: this.#fullJid,
      host: endpoint.host,
      port: endpoint.port,
      directTls: endpoint.directTls ?? false,
      ...tlsFacts(duplex),
      isPinned: this.#input.tls.pinnedFingerprint !== undefined,
      mechanism: this.#mechanism,
      streamManagement: this.#management?.level ?? 'off',
      hasRosterVersions: this.#hasRosterVersions,
    };
  }

  /** Ends the link because of a failure, or in peace when there is none. Only the first call counts. */
  async end(failure?: SessionFailure): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#abort.abort();
    this.#watch?.stop();
    this.#outbox?.close();
    const wasOpening = this.#settleOpen !== undefined;
    this.#settle(err(failure ?? { code: 'link-closed' }));
    if (!wasOpening && failure !== undefined) this.#input.onEnded(failure);
    await this.#stream.close(lastWords(failure));
  }

  #settle(outcome: Result<LinkOutcome, SessionFailure>): void {
    this.#settleOpen?.(outcome);
    this.#settleOpen = undefined;
  }

  #onError(cause: unknown): void {
    if (cause instanceof LinkFailureError) return void this.end(cause.failure);
    if (cause instanceof StreamDefectError) {
      // Resumed, it would only send the same again.
      this.#isGoneForGood = true;
      return void this.end({ code: 'stream-malformed', detail: cause.defect });
    }
    const isFromSystem = cause instanceof Error && 'code' in cause;
    if (!isFromSystem) this.#input.onBug(cause);
    void this.end({ code: 'link-closed' });
  }
}

const CONDITIONS: Readonly<Record<StreamDefect, string>> = {
  'not-well-formed': 'not-well-formed',
  'restricted-xml': 'restricted-xml',
  'too-large': 'policy-violation',
  'too-deep': 'policy-violation',
};

function lastWords(failure: SessionFailure | undefined): string {
  if (failure?.code !== 'stream-malformed') return failure === undefined ? GOODBYE : '';
  const condition = CONDITIONS[failure.detail];
  const error = xml('stream:error', {}, xml(condition, NS.streamErrors));
  return error.toString() + GOODBYE;
}
