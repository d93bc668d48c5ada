import type { MessagePortMain } from 'electron';
import { AgentLog } from '../../client/logs/agent-log.ts';
import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { LogSourceState, LogState } from '../../core/contract/logs.ts';
import { type Entity, type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { AGENT_LOG } from '../../core/logs/agent-log-file.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import { windowKey } from '../ipc/window-key.ts';
import type { SshDesk } from '../ssh/ssh-desk.ts';
import type { StreamReport } from '../streams/stream-messages.ts';
import type { Streams } from '../streams/streams.ts';
import { askAgentLog } from './ask-agent-log.ts';

/** How a window hears of its logs. */
export interface LogWindow {
  state(key: string, state: LogState): void;
  hand(key: string, port: MessagePortMain): void;
  isVisible(): boolean;
}

export interface LogDeskPorts {
  readonly client: Pick<Client, 'call' | 'entity' | 'followLog'>;
  readonly streams: Pick<Streams, 'openPort' | 'tell' | 'end'>;
  readonly ssh: Pick<SshDesk, 'chosen'>;
  /** Where lines are kept that are too many for memory. */
  readonly folder: string;
  readonly window: (windowId: number) => LogWindow;
  /** A line has just come that fits a pattern of the user. */
  readonly noticed: (pattern: string, host: string, text: string) => void;
  /** Asks where to save; nothing when the user would not. */
  readonly chooseFile: (name: string, windowId: number) => Promise<string | undefined>;
}

interface Saving {
  readonly file: string;
  readonly resolve: (saved: Saved) => void;
}
type Saved = Result<{ readonly file: string; readonly lines: number } | undefined, AppError>;

/** A log that a window has open. */
interface Held {
  readonly stream: number;
  readonly sources: Map<string, LogSourceState>;
  readonly agents: Map<string, AgentLog>;
  readonly savings: Map<number, Saving>;
  readonly tell: () => void;
}

/** How often agents are asked that push nothing; many are asked less often. */
const PERIOD_MS = 15_000;
const PERIOD_PER_AGENT_MS = 400;

type Now = Promise<Result<undefined, AppError>>;
type HostReport = Extract<StreamReport, { readonly kind: 'log-host' }>;

/** Opens logs for windows: finds the way to each hypervisor, and hands ports over. */
export class LogDesk {
  readonly #ports: LogDeskPorts;
  readonly #held = new Map<string, Held>();
  /** Those of which is being looked up how the hosts are reached. */
  readonly #opening = new Map<string, symbol>();
  #tickets = 0;

  constructor(ports: LogDeskPorts) {
    this.#ports = ports;
  }

  readonly handlers: AppHandlers['logs'] = {
    open: ({ key, entities }, { windowId }) => {
      const found = entities.map((id) => this.#ports.client.entity(id));
      return this.#open(windowId, key, found.filter(isHypervisor));
    },
    close: ({ key }, { windowId }) => this.#close(`${windowId} ${key}`),
    askNow: ({ key }, { windowId }) => this.#askNow(`${windowId} ${key}`),
    save: ({ key, which, name }, { windowId }) => this.#save(windowId, key, which, name),
  };

  /** Closes what a window had open. */
  windowClosed(windowId: number): void {
    for (const name of [...this.#held.keys(), ...this.#opening.keys()]) {
      if (name.startsWith(`${windowId} `)) void this.#close(name);
    }
  }

  /** Closes logs in which hypervisors of an account are, which nobody knows any more. */
  leaveAccount(account: BareJid): void {
    for (const [name, { sources }] of [...this.#held]) {
      if (![...sources.values()].some(({ entity }) => isOfAccount(entity, account))) continue;
      void this.#close(name);
      const { windowId, key } = windowKey(name);
      const error = { code: 'not-found', what: account } as const;
      this.#ports.window(windowId).state(key, { name: 'ended', error });
    }
  }

  async #open(windowId: number, key: string, entities: readonly Entity[]): Now {
    const name = `${windowId} ${key}`;
    await this.#close(name);
    const turn = Symbol(name);
    this.#opening.set(name, turn);
    const called = namesOf(entities);
    const chosen = await Promise.all(entities.map((one) => this.#ports.ssh.chosen(one)));
    // Closed, or opened anew, while that was looked up.
    if (this.#opening.get(name) !== turn) return err({ code: 'cancelled' });
    this.#opening.delete(name);
    const hosts = entities.flatMap((one, at) => {
      const target = chosen[at];
      return target ? [{ name: called[at] ?? one.name, target, file: AGENT_LOG }] : [];
    });
    const window = this.#ports.window(windowId);
    const { folder, streams } = this.#ports;
    const { id, port } = streams.openPort(
      { kind: 'open-log', folder, hosts },
      {
        hear: (report) => this.#hear(name, key, window, report),
        lost: (why) => this.#end(name, key, window, why),
      },
    );
    const sources = new Map<string, LogSourceState>();
    const held: Held = {
      ...{ stream: id, sources, agents: new Map(), savings: new Map() },
      tell: () => window.state(key, { name: 'open', sources: [...sources.values()] }),
    };
    this.#held.set(name, held);
    for (const [at, { id: entity, jid }] of entities.entries()) {
      const shown = called[at] ?? jid;
      const via = chosen[at] ? 'ssh' : 'xmpp';
      sources.set(shown, { entity, name: shown, via, state: 'connecting' });
    }
    window.hand(key, port);
    held.tell();
    for (const [at, entity] of entities.entries()) {
      if (!chosen[at]) this.#askAgent(held, entity.id, called[at] ?? entity.jid, window);
    }
    return ok(undefined);
  }

  /** The agent tells of its own log by XMPP what it has. */
  #askAgent(held: Held, id: EntityId, name: string, window: LogWindow): void {
    const { client, streams } = this.#ports;
    let isPast = true;
    const set = (change: Omit<LogSourceState, 'entity' | 'name' | 'via'>): void => {
      held.sources.set(name, { entity: id, name, via: 'xmpp', ...change });
      held.tell();
    };
    const log = new AgentLog({
      follow: (pushed) => client.followLog(id, { ...pushed, isWatched: () => window.isVisible() }),
      ask: (limit) => askAgentLog(client, id, limit),
      isWatched: () => window.isVisible(),
      periodMs: Math.max(PERIOD_MS, PERIOD_PER_AGENT_MS * held.sources.size),
      clock: systemClock,
      listener: {
        asked: () => set({ state: 'connecting' }),
        answered: () => {
          if (held.sources.get(name)?.state !== 'following') set({ state: 'following' });
        },
        failed: (error, retryInMs) =>
          set({ state: 'waiting', error, retryAt: Date.now() + retryInMs }),
        lines: (lines, isGap) => {
          // The agent says no zone; most are where their users are.
          const zoneMinutes = -new Date().getTimezoneOffset();
          const order = { kind: 'log-lines', name, lines, isGap, isPast, zoneMinutes } as const;
          streams.tell(held.stream, order);
          isPast = false;
        },
      },
    });
    held.agents.set(name, log);
    log.start();
  }

  /** Whether it was the last that is told of this log. */
  #hear(name: string, key: string, window: LogWindow, report: StreamReport): boolean {
    const held = this.#held.get(name);
    if (report.kind === 'log-failed') {
      const { detail } = report;
      this.#end(name, key, window, { code: 'storage-unwritable', file: 'logs', detail });
      return true;
    }
    if (!held) return false;
    if (report.kind === 'log-host') this.#hostSaid(held, report, window);
    else if (report.kind === 'log-saved') settle(held, report);
    else if (report.kind === 'log-noticed') {
      this.#ports.noticed(report.pattern, report.host, report.text);
    }
    return false;
  }

  #hostSaid(held: Held, { name, state }: HostReport, window: LogWindow): void {
    const source = held.sources.get(name);
    if (!source || state.name === 'ended') return;
    const { entity, via } = source;
    const known = { entity, name, via } as const;
    if (state.name === 'waiting') {
      const retryAt = Date.now() + state.retryInMs;
      held.sources.set(name, { ...known, state: 'waiting', error: state.error, retryAt });
    } else {
      const { name: how, ...rest } = state;
      held.sources.set(name, { ...known, state: how, ...rest });
    }
    held.tell();
    // Where there is no way over SSH, what the agent itself tells is better than nothing.
    if (state.name === 'failed' && !held.agents.has(name)) {
      this.#askAgent(held, entity, name, window);
    }
  }

  #end(name: string, key: string, window: LogWindow, error: AppError): void {
    const held = this.#held.get(name);
    if (!held) return;
    this.#held.delete(name);
    forget(held);
    window.state(key, { name: 'ended', error });
  }

  #askNow(name: string): Now {
    const held = this.#held.get(name);
    if (held) this.#ports.streams.tell(held.stream, { kind: 'retry-log' });
    for (const agent of held?.agents.values() ?? []) agent.askNow();
    return Promise.resolve(ok(undefined));
  }

  async #save(windowId: number, key: string, which: 'shown' | 'all', name: string): Promise<Saved> {
    const file = await this.#ports.chooseFile(name, windowId);
    const held = this.#held.get(`${windowId} ${key}`);
    if (file === undefined || !held) return ok(undefined);
    const ticket = (this.#tickets += 1);
    return new Promise((resolve) => {
      held.savings.set(ticket, { file, resolve });
      this.#ports.streams.tell(held.stream, { kind: 'save-log', ticket, file, which });
    });
  }

  #close(name: string): Now {
    const held = this.#held.get(name);
    this.#held.delete(name);
    this.#opening.delete(name);
    if (held) {
      forget(held);
      this.#ports.streams.end(held.stream);
    }
    return Promise.resolve(ok(undefined));
  }
}

function forget({ agents, savings }: Held): void {
  for (const agent of agents.values()) agent.stop();
  for (const { resolve } of savings.values()) resolve(err({ code: 'streams-ended' }));
}

function settle(held: Held, report: Extract<StreamReport, { readonly kind: 'log-saved' }>): void {
  const saving = held.savings.get(report.ticket);
  held.savings.delete(report.ticket);
  if (!saving) return;
  const { file, resolve } = saving;
  const { failure: detail, lines } = report;
  resolve(detail === undefined ? ok({ file, lines }) : err({ code: 'not-saved', file, detail }));
}

/** The names that their lines bear: where two have the same, their JIDs. */
function namesOf(entities: readonly Entity[]): readonly string[] {
  const names = entities.map(({ name }) => name);
  return entities.map(({ name, jid }) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : jid,
  );
}

function isHypervisor(entity: Entity | undefined): entity is Entity {
  return entity?.kind === 'hypervisor';
}
