import * as v from 'valibot';

/**
 * How the user wants a machine's screen reached: by the safest way that works, or by one kind of way
 * alone: the screen itself, the proxy of the agent, or an SSH connection to the hypervisor's host.
 */
export const CONSOLE_WAYS = ['auto', 'direct', 'proxy', 'ssh'] as const;
export const ConsoleWay = v.picklist(CONSOLE_WAYS);
export type ConsoleWay = v.InferOutput<typeof ConsoleWay>;
