import { amounts } from './amounts.ts';
import { connectionFacts } from './connection-facts.ts';

const steps = {
  resolving: 'looking up the server',
  opening: 'opening a connection',
  securing: 'making it secure',
  proving: 'logging in',
};

/** The frame around the panels: title bar, status bar, palette. */
export const shell = {
  appName: 'Archipel',
  appMenu: 'Archipel menu',
  floating: 'Menus and hints',
  search: 'Search entities, run a command',
  accounts: 'Accounts',
  notifications: (count: number) =>
    count === 0 ? 'Notifications' : `Notifications, ${count} not seen`,
  tasks: (count: number) => (count === 1 ? '1 task' : `${count} tasks`),
  showTasks: 'Show what has been done',
  statusBar: 'Status bar',
  resizeRoster: 'Width of the roster',
  panels: 'Panels',
  panelMenu: 'What can be done with this panel',
  noAccount: 'No account',
  accountMenu: (jid: string) => `Account ${jid}`,
  moreAccounts: (count: number) => `and ${count} more`,
  connection: 'Connection',
  disconnected: (jid: string) =>
    `${jid} is disconnected. Everything is shown as it was last heard of.`,
  connect: 'Connect',
  connections: {
    offline: 'Not connected',
    connecting: (step: keyof typeof steps) => `Connecting: ${steps[step]}`,
    online: 'Connected',
    waiting: (seconds: number) => `Not connected, next try in ${seconds} s`,
    failed: 'Connection failed',
  },
  facts: connectionFacts,
  pinned: 'exactly this certificate trusted',
  waiting: (count: number) => (count === 1 ? '1 request waiting' : `${count} requests waiting`),
  changes: (count: number) => (count === 1 ? '1 change a second' : `${count} changes a second`),
  faults: (count: number) => (count === 1 ? '1 fault' : `${count} faults`),
  noSandbox: 'Runs without the system sandbox (started as root)',
  cached: (age: string) => `Shown as it was ${age}`,
  failedToLoad: 'The window could not get its data from the app.',
  tryAgain: 'Try again',
  moment: (time: string) => `Time ${time}`,
  showMoment: (time: string) => `Bring all panels to ${time}`,
  forgetMoment: 'Forget the shared moment',
  parked: (count: number) =>
    count === 1 ? '1 window waits for its display' : `${count} windows wait for their displays`,
  places: (windows: number, displays: number) =>
    `${windows === 1 ? '1 window' : `${windows} windows`}, ${displays === 1 ? '1 display' : `${displays} displays`}`,
  emptyDock: {
    what: 'No panel is open.',
    why: 'Choose something in the roster, or open a panel by its command.',
    next: 'Open the command palette',
  },
  broken: {
    what: 'This panel stopped working.',
    why: 'The rest of the window goes on. The problem report holds what happened.',
    next: 'Open it again',
  },
};

export const palette = {
  title: 'Command palette',
  placeholder: 'Type the name of an entity, a JID or a command',
  entities: 'Entities',
  commands: 'Commands',
  forSelection: (name: string) => `for ${name}`,
  forMany: (count: number) => `for ${amounts.count(count)} entities`,
  nothing: 'Nothing has this name.',
  nothingWhy: 'Try fewer letters, or a part of the JID.',
  results: (count: number) => (count === 1 ? '1 result' : `${count} results`),
};
