import type { AgentStore } from '../agent/store/agent-store.ts';
import type { SimulatedHypervisor } from '../agent/hypervisor/simulated/simulated-hypervisor.ts';
import type { Happening } from './world/happenings.ts';

/** A hypervisor with an agent on it. */
export interface FleetHypervisor {
  readonly hypervisor: SimulatedHypervisor;
  /** What its agent keeps over restarts. */
  readonly store: AgentStore;
  /** Ends the agent and starts another on the same hypervisor with the same store. */
  restart(): Promise<void>;
  /** Ends the agent; its hypervisor and host go on. */
  stop(): Promise<void>;
  /** Whether its agent runs. */
  isRunning(): boolean;
}

/** The hypervisors and machines of the platform, whether agents or scripts stand behind them. */
export interface Fleet {
  /** Those with agents, by name; none where scripts stand behind all. */
  readonly hypervisors: ReadonlyMap<string, FleetHypervisor>;
  /** Lets something happen to a machine; where its state does not allow it, nothing does. */
  happen(uuid: string, what: Happening): void;
  /** Takes them off the platform. */
  stop(): Promise<void>;
}
