import type { Happening } from './world/happenings.ts';

/** The hypervisors and machines of the platform, whether agents or scripts stand behind them. */
export interface Fleet {
  /** Lets something happen to a machine; where its state does not allow it, nothing does. */
  happen(uuid: string, what: Happening): void;
  /** Takes them off the platform. */
  stop(): Promise<void>;
}
