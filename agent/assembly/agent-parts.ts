import type { Configuration } from '../configuration/configuration.ts';
import type { Administrators } from '../entities/administrators.ts';
import type { EntitySessions } from '../entities/entity-session.ts';
import type { HealthCollector } from '../health/collector.ts';
import type { Hypervisor } from '../hypervisor/hypervisor.ts';
import type { LogSink } from '../log/log-sink.ts';
import type { MachineFiles } from '../machines/machine-files.ts';
import type { ModuleContext } from '../modules/module-context.ts';
import type { Avatars } from '../modules/avatar-module.ts';
import type { AgentStore } from '../store/agent-store.ts';

/** Everything an agent is made of that can be the real thing or a simulated one. */
export interface AgentParts {
  readonly configuration: Configuration;
  /** Of this machine: the resource of the hypervisor's entity, and its name when that is `auto`. */
  readonly hostname: string;
  readonly hypervisor: Hypervisor;
  readonly store: AgentStore;
  readonly sessions: EntitySessions;
  readonly files: MachineFiles;
  readonly statistics: HealthCollector;
  readonly log: LogSink;
  /** Pictures by file name. */
  readonly avatars: Avatars;
  /** Names for virtual machines, one a line; our own list when empty. */
  readonly names: readonly string[];
  readonly now: () => Date;
  /** In [0, 1), for names and network addresses; secrets never come from it. */
  readonly random: () => number;
}

/** What the entities of one agent share. */
export interface Assembly {
  readonly parts: AgentParts;
  readonly context: ModuleContext;
  readonly administrators: Administrators;
}
