import type { ConsoleOptions } from '../hypervisor/domain.ts';
import { parseDefinition } from '../machines/definition.ts';
import type { HypervisorHost } from '../machines/hypervisor-host.ts';
import type { Machine } from '../machines/machine.ts';
import type { ConsoleTokens, OpenConsole } from './console-tokens.ts';
import type { KeyAndCertificate } from './mixed-listener.ts';
import { connectToScreen, reachableAddress, readScreen, type Screen } from './screen.ts';
import { ProxyLog } from './proxy-log.ts';
import { WebSocketProxy } from './websocket-proxy.ts';

/** How screens are served. */
export interface ProxySettings {
  /** The address that proxies listen on. */
  readonly listen: string;
  readonly tls: KeyAndCertificate | undefined;
  readonly isTlsOnly: boolean;
  /** Whether a screen opens without a token, as original clients want it. */
  readonly isOpen: boolean;
}

interface RunningProxy {
  readonly proxy: WebSocketProxy;
  readonly log: ProxyLog;
  /** Undefined for one that serves only text consoles. */
  readonly screenPort: number | undefined;
}

/** What the websocket port of original agents is above the screen's. */
const PORT_DISTANCE = 1000;
const MOST_PORT = 65_535;
const DRIVERS = ['QEMU', 'XEN'];
/** The events after which a screen may have come, gone or moved. */
const TURNS: ReadonlySet<string> = new Set(['started', 'resumed', 'stopped', 'crashed']);

/** What a machine wants of a proxy. */
type Want = 'unknown' | 'none' | { readonly screenPort: number | undefined };

/**
 * The WebSocket proxies of a hypervisor: one for each machine that runs and has a screen, and for
 * others when somebody opens their text console.
 */
export class MachineProxies {
  readonly #settings: ProxySettings;
  readonly #tokens: ConsoleTokens;
  readonly #host: HypervisorHost;
  readonly #running = new Map<string, RunningProxy>();
  /** What is being done for a machine; the next thing waits for it. */
  readonly #work = new Map<string, Promise<void>>();
  #isStopped = false;

  constructor(host: HypervisorHost, tokens: ConsoleTokens, settings: ProxySettings) {
    this.#host = host;
    this.#tokens = tokens;
    this.#settings = settings;
  }

  /** Follows the machines of the host until the returned function is called. */
  start(): () => Promise<void> {
    const { hypervisor } = this.#host;
    const stops = [
      hypervisor.domains.onEvent(({ uuid, event }) => {
        const machine = TURNS.has(event) ? this.#host.find(uuid) : undefined;
        if (machine) void this.refresh(machine);
      }),
      hypervisor.onConnection(({ state }) => {
        if (state === 'connected') this.#refreshAll();
      }),
      this.#host.onMachine((machine, isManaged) => {
        void (isManaged
          ? this.refresh(machine)
          : this.#after(machine.uuid, () => this.#end(machine)));
      }),
    ];
    this.#refreshAll();
    return async () => {
      this.#isStopped = true;
      for (const stop of stops) stop();
      await Promise.all([...this.#work.values()]);
      await Promise.all([...this.#running.values()].map(stopOne));
      this.#running.clear();
    };
  }

  /**
   * Where a token is wanted nobody comes without having asked for one, so that a machine that ran
   * already gets its proxy when somebody asks; where none is wanted, somebody may know the port.
   */
  #refreshAll(): void {
    for (const machine of this.#host.machines()) {
      if (this.#settings.isOpen || this.#running.has(machine.uuid)) void this.refresh(machine);
    }
  }

  /** The port on which the consoles of a machine are served now. */
  portOf(uuid: string): number | undefined {
    return this.#running.get(uuid)?.proxy.port;
  }

  /** Opens a text console as it is at this moment. */
  async openText(machine: Machine, options: ConsoleOptions): ReturnType<OpenConsole> {
    const opened = await this.#host.hypervisor.domains.openConsole(machine.uuid, options);
    return opened.ok ? opened : { ok: false, error: opened.error.message };
  }

  /** Starts, stops or moves the proxy of a machine to what its domain is now. */
  refresh(machine: Machine, isNeeded = false): Promise<void> {
    return this.#after(machine.uuid, async () => {
      const want = await this.#wantOf(machine);
      if (want === 'unknown' || this.#isStopped) return;
      const current = this.#running.get(machine.uuid);
      const port = want === 'none' ? undefined : want.screenPort;
      if (want !== 'none' && current && current.screenPort === port) return;
      await this.#end(machine);
      if (port !== undefined || (isNeeded && want !== 'none')) await this.#begin(machine, port);
    });
  }

  #after(uuid: string, work: () => Promise<void>): Promise<void> {
    const next = (this.#work.get(uuid) ?? Promise.resolve()).then(work).catch((cause: unknown) => {
      this.#host.logger.error(`VNC the proxy of ${uuid} failed inside: ${String(cause)}`);
    });
    this.#work.set(uuid, next);
    return next.then(() => {
      if (this.#work.get(uuid) === next) this.#work.delete(uuid);
    });
  }

  async #wantOf(machine: Machine): Promise<Want> {
    const { domains } = this.#host.hypervisor;
    const info = await domains.info(machine.uuid);
    if (!info.ok) return info.error.code === 'disconnected' ? 'unknown' : 'none';
    if (['shutoff', 'crashed', 'nostate'].includes(info.value.state)) return 'none';
    const isServed = DRIVERS.includes(this.#host.driver?.toUpperCase() ?? '');
    return { screenPort: isServed ? (await this.#screenOf(machine))?.port : undefined };
  }

  async #screenOf(machine: Machine): Promise<Screen | undefined> {
    const text = await this.#host.hypervisor.domains.getXml(machine.uuid);
    const document = text.ok ? parseDefinition(text.value) : text;
    return document.ok ? readScreen(document.value.root) : undefined;
  }

  async #begin(machine: Machine, screenPort: number | undefined): Promise<void> {
    const { listen, tls, isTlsOnly } = this.#settings;
    const wish = screenPort === undefined ? 0 : screenPort + PORT_DISTANCE;
    const { logger } = machine.entity;
    const log = new ProxyLog(logger);
    const started = await WebSocketProxy.start({
      host: listen,
      port: wish > MOST_PORT ? 0 : wish,
      tls,
      isTlsOnly,
      admit: (token) => this.#admit(machine, token),
      onEvent: log.write,
    });
    if (!started.ok) {
      logger.error(`VNC no proxy can listen on ${listen}: ${started.error}`);
      return;
    }
    const proxy = started.value;
    this.#running.set(machine.uuid, { proxy, log, screenPort });
    logger.info(
      `VNC the ${screenPort === undefined ? 'console' : 'screen'} is served on ${listen}:${proxy.port}`,
    );
    if (screenPort !== undefined && machine.entity.isOnline)
      machine.entity.push('virtualmachine:vnc', 'websocketvncstart');
  }

  async #end(machine: Machine): Promise<void> {
    const current = this.#running.get(machine.uuid);
    if (!current) return;
    this.#running.delete(machine.uuid);
    await stopOne(current);
    const isScreen = current.screenPort !== undefined;
    machine.entity.logger.info(`VNC the ${isScreen ? 'screen' : 'console'} is served no more`);
    if (isScreen && machine.entity.isOnline)
      machine.entity.push('virtualmachine:vnc', 'websocketvncstop');
  }

  #admit(machine: Machine, token: string | undefined): OpenConsole | undefined {
    if (token !== undefined) return this.#tokens.take(machine.uuid, token);
    return this.#settings.isOpen ? () => this.openScreen(machine) : undefined;
  }

  /** Connects to the screen as it is at this moment. */
  async openScreen(machine: Machine): ReturnType<OpenConsole> {
    const screen = await this.#screenOf(machine);
    if (screen?.port === undefined) return { ok: false, error: 'the machine has no screen now' };
    return connectToScreen(reachableAddress(screen.listen), screen.port);
  }
}

async function stopOne({ proxy, log }: RunningProxy): Promise<void> {
  await proxy.stop();
  log.end();
}
