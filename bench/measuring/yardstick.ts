import type { PlatformSize } from './platform.ts';

/** The size at which budgets hold: 250 hypervisors with 20 machines each. */
export const YARDSTICK: PlatformSize = { hypervisors: 250, machines: 20, isScripted: true };
