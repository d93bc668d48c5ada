import type { Duplex } from 'node:stream';
import { err, ok, type Result } from '../../../core/lib/result.ts';
import { systemClock, type Clock } from '../../../node/xmpp/clock.ts';
import { Emitter } from '../../../node/xmpp/emitter.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Domains } from '../domains.ts';
import type { HypervisorError, HypervisorReply } from '../hypervisor-error.ts';
import type { ConnectionEvent, Hypervisor, HypervisorIdentity, NodeInfo } from '../hypervisor.ts';
import type { KeepAliveTimes } from './keep-alive.ts';
import { LibvirtDomains } from './libvirt-domains.ts';
import { openLink, type Link } from './libvirt-link.ts';
import { openChannel } from './open-channel.ts';
import type { LibvirtUri } from './libvirt-uri.ts';
import type { Args, ProcedureName, Reply, RpcChannel } from './rpc-channel.ts';

export interface LibvirtOptions {
  readonly uri: LibvirtUri;
  /** Told what a listener threw; a listener must not harm the connection. */
  readonly onThrown: (cause: unknown) => void;
  readonly clock?: Clock;
  readonly keepAlive?: KeepAliveTimes;
  /** How long the daemon may take to let us in. */
  readonly openTimeoutMs?: number;
}

/** A daemon that comes back is found at once; one that does not want us is not asked all the time. */
const RETRY_MS = { absent: 300, refused: 10_000 } as const;
const KEEP_ALIVE: KeepAliveTimes = { intervalMs: 3000, maxUnanswered: 3 };
/** A stream whose reader is slow does not hear its daemon for a while. */
const STREAM_KEEP_ALIVE: KeepAliveTimes = { intervalMs: 10_000, maxUnanswered: 6 };

/** What can take long goes on the connection of the events, so that it never holds up a query. */
const LONG: ReadonlySet<ProcedureName> = new Set<ProcedureName>([
  'domainCreateWithFlags',
  'domainDefineXml',
  'domainDestroy',
  'domainReboot',
  'domainResume',
  'domainScreenshot',
  'domainSendKey',
  'domainSetMemoryFlags',
  'domainSetVcpusFlags',
  'domainShutdown',
  'domainSuspend',
  'domainUndefineFlags',
]);

const NOT_CONNECTED: HypervisorError = {
  code: 'disconnected',
  message: 'There is no connection to the hypervisor',
};

/** A hypervisor behind a libvirt daemon of this machine, over libvirt's own RPC. */
export class LibvirtHypervisor implements Hypervisor {
  readonly domains: Domains;
  readonly #options: Required<LibvirtOptions>;
  readonly #emitter: Emitter<{ connection: ConnectionEvent; domain: DomainEvent }>;
  #link: Link | undefined;
  #attempt: HypervisorReply<HypervisorIdentity> | undefined;
  readonly #ending = new AbortController();
  #cancelRetry: (() => void) | undefined;

  constructor(options: LibvirtOptions) {
    this.#options = {
      clock: systemClock,
      keepAlive: KEEP_ALIVE,
      openTimeoutMs: 10_000,
      ...options,
    };
    this.#emitter = new Emitter(options.onThrown);
    this.domains = new LibvirtDomains({
      call: (name, args) => this.#call(name, args),
      download: async (name, args, maxBytes) =>
        this.#channel(name)?.download(name, args, maxBytes) ?? err(NOT_CONNECTED),
      openStream: (name, args) => this.#openStream(name, args),
      logDirectory: options.uri.logDirectory,
      statisticsGroups: () => this.#link?.features.statistics ?? [],
      onEvent: (listener) => this.#emitter.on('domain', listener),
    });
  }

  async connect(): HypervisorReply<HypervisorIdentity> {
    if (this.#ending.signal.aborted) return err(NOT_CONNECTED);
    if (this.#link !== undefined) return ok(this.#link.identity);
    this.#cancelRetry?.();
    this.#attempt ??= this.#connectOnce();
    return this.#attempt;
  }

  async close(): Promise<void> {
    this.#cancelRetry?.();
    this.#ending.abort();
    await this.#attempt;
  }

  onConnection(listener: (event: ConnectionEvent) => void): () => void {
    return this.#emitter.on('connection', listener);
  }

  async capabilities(): HypervisorReply<string> {
    const answer = await this.#call('connectGetCapabilities', undefined);
    return answer.ok ? ok(answer.value.text) : answer;
  }

  async nodeInfo(): HypervisorReply<NodeInfo> {
    const answer = await this.#call('nodeGetInfo', undefined);
    if (!answer.ok) return answer;
    const { model, memoryKiB, cpus, mhz, nodes, sockets, cores, threads } = answer.value;
    return ok({
      model,
      memoryKiB: Number(memoryKiB),
      cpus,
      mhz,
      numaNodes: nodes,
      sockets,
      coresPerSocket: cores,
      threadsPerCore: threads,
    });
  }

  async #connectOnce(): HypervisorReply<HypervisorIdentity> {
    const link = await this.#openLink();
    this.#attempt = undefined;
    if (!link.ok) {
      this.#retry(link.error);
      return link;
    }
    const { identity, features } = link.value;
    this.#link = link.value;
    this.#emitter.emit('connection', { state: 'connected', identity, features });
    return ok(identity);
  }

  #openLink(): Promise<Result<Link, HypervisorError>> {
    return openLink({
      ...this.#options,
      signal: this.#ending.signal,
      onEvent: (event) => this.#emitter.emit('domain', event),
      onLost: (error) => this.#lost(error),
    });
  }

  #lost(error: HypervisorError): void {
    this.#link = undefined;
    this.#retry(error);
    this.#emitter.emit('connection', { state: 'disconnected', error });
  }

  #retry(why: HypervisorError): void {
    if (this.#ending.signal.aborted) return;
    const delayMs = why.code === 'disconnected' ? RETRY_MS.absent : RETRY_MS.refused;
    this.#cancelRetry = this.#options.clock.after(delayMs, () => void this.connect());
  }

  #channel(name: ProcedureName): RpcChannel | undefined {
    return LONG.has(name) ? this.#link?.events : this.#link?.queries;
  }

  /** On a connection of its own: a reader that is slow must hold up nothing else. */
  async #openStream<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Duplex> {
    if (this.#link === undefined) return err(NOT_CONNECTED);
    const { uri } = this.#options;
    const channel = await openChannel(
      uri,
      { ...this.#options, signal: this.#ending.signal },
      {
        clock: this.#options.clock,
        keepAlive: STREAM_KEEP_ALIVE,
        onMessage: () => undefined,
        onClosed: () => undefined,
      },
    );
    return channel.ok ? channel.value.openStream(name, args) : channel;
  }

  async #call<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Reply<N>> {
    return this.#channel(name)?.call(name, args) ?? err(NOT_CONNECTED);
  }
}
