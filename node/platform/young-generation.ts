/**
 * Arguments of Node for a process in which thousands of log-ins leave much behind at once: MiB for
 * what is young (`--max-semi-space-size`, https://nodejs.org/api/cli.html#useful-v8-options), so
 * that it is collected in a few goes and not in hundreds.
 */
export const ROOM_FOR_MANY = ['--min-semi-space-size=32', '--max-semi-space-size=64'] as const;
