import * as v from 'valibot';
import { window } from './define-command.ts';

const nothing = v.strictObject({});
const common = { group: 'host', input: nothing, kinds: ['hypervisor'] } as const;

/** What can be done with the host of a hypervisor by SSH. */
export const sshCommands = [
  window({ ...common, id: 'panel.shell', icon: 'square-terminal' }),
  /** In the terminal program of the system, with the ssh of the system. */
  window({ ...common, id: 'ssh.terminal', icon: 'terminal' }),
  window({ ...common, id: 'ssh.profile', icon: 'key-round' }),
] as const;
