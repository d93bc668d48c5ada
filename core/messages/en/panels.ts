import { amounts } from './amounts.ts';

/** One line of what a state is, one of why, and the word on the button for the next step. */
export interface StateWords {
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** The six states that every panel has. */
export interface PanelStates {
  readonly empty: StateWords;
  readonly loading: StateWords;
  readonly stale: StateWords;
  readonly denied: StateWords;
  readonly unsupported: StateWords;
  readonly failed: StateWords;
}

const shared = {
  denied: {
    what: 'You may not see this.',
    why: 'The entity refuses it. An administrator can give you the permission.',
    next: 'Check now',
  },
  unsupported: {
    what: 'The agent does not offer this.',
    why: 'Its module is switched off or its version is older.',
    next: 'Check now',
  },
  failed: {
    what: 'This could not be loaded.',
    why: 'The entity gave no answer.',
    next: 'Try again',
  },
};

const overview: PanelStates = {
  ...shared,
  empty: {
    what: 'Nothing is selected.',
    why: 'The overview follows the selection in the roster.',
    next: 'Filter the roster',
  },
  loading: { what: 'Asking the entity.', why: 'Its figures come in a moment.', next: 'Check now' },
  stale: {
    what: 'These figures are old.',
    why: 'The entity has not been heard of since.',
    next: 'Check now',
  },
};

const controls: PanelStates = {
  ...shared,
  empty: {
    what: 'No virtual machine is selected.',
    why: 'The controls follow the selection in the roster.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Asking the machine.',
    why: 'Its memory and processors come in a moment.',
    next: 'Check now',
  },
  stale: {
    what: 'These figures are old.',
    why: 'The machine has not been heard of since.',
    next: 'Check now',
  },
};

const machines: PanelStates = {
  ...shared,
  empty: {
    what: 'No virtual machine is here.',
    why: 'The hypervisor manages none yet.',
    next: 'New virtual machine',
  },
  loading: {
    what: 'Asking the hypervisor.',
    why: 'The list of its machines comes in a moment.',
    next: 'Check now',
  },
  stale: {
    what: 'This list is old.',
    why: 'The hypervisor has not been heard of since.',
    next: 'Check now',
  },
};

const users: PanelStates = {
  ...shared,
  empty: {
    what: 'The server has no users.',
    why: 'Machines and hypervisors have accounts, too; they can be shown.',
    next: 'Check now',
  },
  loading: {
    what: 'Asking for the users of the XMPP server.',
    why: 'The central agent looks at the server.',
    next: 'Check now',
  },
  stale: {
    what: 'This list is old.',
    why: 'Nobody tells a hypervisor when the users of the server change.',
    next: 'Check now',
  },
};

const console: PanelStates = {
  ...shared,
  empty: {
    what: 'No virtual machine is selected.',
    why: 'The console shows the screen of the one that is selected in the roster.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Asking the machine for its screen.',
    why: 'Its agent says how it is reached.',
    next: 'Try now',
  },
  stale: {
    what: 'This picture is old.',
    why: 'The connection to the screen ended.',
    next: 'Try now',
  },
};

const wall: PanelStates = {
  ...console,
  empty: {
    what: 'No virtual machine is selected.',
    why: 'A wall shows the screens of those that are selected, or of a hypervisor.',
    next: 'Filter the roster',
  },
};

const shell: PanelStates = {
  ...shared,
  empty: {
    what: 'No hypervisor is selected.',
    why: 'The shell is that of the host selected in the roster.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Connecting to the host.',
    why: 'What it asks is asked in a window of its own.',
    next: 'Connect again',
  },
  stale: {
    what: 'This output is old.',
    why: 'The connection to the host ended.',
    next: 'Connect again',
  },
};

const serial: PanelStates = {
  ...shared,
  empty: {
    what: 'No virtual machine is selected.',
    why: 'The text console is that of the machine selected in the roster.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Connecting to the text console.',
    why: 'The agent is asked for a token, which opens it once.',
    next: 'Connect again',
  },
  stale: {
    what: 'This output is old.',
    why: 'The connection to the machine ended.',
    next: 'Connect again',
  },
};

const stanzas: PanelStates = {
  ...shared,
  empty: {
    what: 'No stanza has passed.',
    why: 'What is sent and received from now on is shown here, secrets masked.',
    next: 'Clear the filter',
  },
  loading: {
    what: 'Getting the last stanzas.',
    why: 'The app keeps the latest of them.',
    next: 'Try again',
  },
  stale: {
    what: 'The list stands still.',
    why: 'There is no connection.',
    next: 'Try again',
  },
};

const logs: PanelStates = {
  ...shared,
  empty: {
    what: 'There is no hypervisor.',
    why: 'The log is that of an agent. Hypervisors appear in the roster once an account is connected.',
    next: 'Accounts',
  },
  loading: {
    what: 'Getting the log.',
    why: 'It is read over SSH where a way to the host is known, else the agent is asked.',
    next: 'Ask now',
  },
  stale: {
    what: 'Not all logs go on.',
    why: 'What was read is still here.',
    next: 'Try now',
  },
  denied: {
    what: 'You may not see this log.',
    why: 'The agent refuses it. An administrator can give you the permission “health_logs”, or use SSH.',
    next: 'Set up SSH…',
  },
  unsupported: {
    what: 'The agent does not tell its log.',
    why: 'Its module health is switched off or its version is older. SSH reads the file itself.',
    next: 'Set up SSH…',
  },
};

const health: PanelStates = {
  ...shared,
  empty: {
    what: 'Nothing was measured.',
    why: 'Graphs show the hypervisors and running machines that are selected in the roster.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Asking for what was measured.',
    why: 'The graphs come in a moment.',
    next: 'Check now',
  },
  stale: {
    what: 'Nothing new was measured.',
    why: 'The hypervisor has not been heard of since.',
    next: 'Check now',
  },
};

const dashboard: PanelStates = {
  ...health,
  empty: {
    what: 'There is nothing to watch over yet.',
    why: 'The dashboard sums up the hypervisors and machines of all accounts.',
    next: 'Filter the roster',
  },
  loading: {
    what: 'Reading the rosters.',
    why: 'The hypervisors and machines of all accounts come in a moment.',
    next: 'Check now',
  },
};

/** Why something waits, in the words of each panel. */
export const panels = {
  overview: { title: 'Overview', states: overview },
  controls: { title: 'Controls', states: controls },
  machines: { title: 'Virtual machines', states: machines },
  users: { title: 'XMPP users', states: users },
  health: { title: 'Health', states: health },
  dashboard: { title: 'Dashboard', states: dashboard },
  stanzas: { title: 'Stanzas', states: stanzas },
  console: { title: 'Console', states: console },
  wall: { title: 'Wall', states: wall },
  shell: { title: 'Shell', states: shell },
  serial: { title: 'Text console', states: serial },
  logs: { title: 'Logs', states: logs },
  named: (panel: string, subject: string) => `${panel}: ${subject}`,
  everything: 'all accounts',
  allHypervisors: 'all hypervisors',
  allMachines: 'all machines',
  noHost: 'no host',
  selection: 'selection',
  several: (count: number) => `${amounts.count(count)} entities`,
  gone: {
    what: 'This entity is not in the roster.',
    why: 'It was removed, or its account is not connected.',
    next: 'Close panel',
  },
  wrongKind: {
    what: 'This panel does not apply here.',
    why: 'What it follows is of another kind.',
  },
  offline: {
    what: (name: string) => `${name} is offline.`,
    why: 'It answers again when its agent is back. What was last known is shown in the overview.',
    next: 'Check now',
  },
  unknown: {
    what: (name: string) => `Nothing is known of ${name}.`,
    why: 'It has not shown its presence. Perhaps it has not accepted the subscription.',
    next: 'Ask for presence',
  },
  staleSince: (what: string, age: string) => `${what} As of ${age}.`,
  needs: (permission: string) => `The permission “${permission}” is missing.`,
};
