import { amounts } from './amounts.ts';

/** Settings, About, problem report, first screen, tour. */
export const settings = {
  title: 'Settings',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  languages: { en: 'English', pseudo: 'Pseudo-language (for testing texts)' },
  arrangement: 'Roster',
  arrangements: { 'by-host': 'By host', 'by-group': 'By group' },
  arrangementHints: {
    'by-host': 'Groups, hypervisors in them, virtual machines below their hypervisor.',
    'by-group': 'Roster groups as they are; entities can be dragged into them.',
  },
  hideOffline: 'Hide what is offline',
  notifications: 'Notifications of the system',
  notificationChoices: { none: 'None', errors: 'Errors only', all: 'All' },
  tray: 'Show an icon in the system tray',
  trayHint:
    'It tells the connection and what failed. Closing the last window ends the app with or without it.',
  developer: 'Show what helps developers',
  developerHint: 'Measures of the app itself appear in About.',
};

/** A page of the product's own that was handed to the browser of the system. */
export const openedPage = {
  titles: { documentation: 'Documentation', support: 'Support' },
  opened: 'It was handed to your browser. If nothing opens, this is its address:',
  notOpened: 'No browser could be started. This is its address:',
  copy: 'Copy address',
  copied: 'Copied',
  close: 'Close',
};

export const shortcuts = {
  title: 'Keyboard shortcuts',
  anywhere: 'Anywhere',
  inRoster: 'In the roster',
  roster: {
    filter: 'To the filter',
    open: 'Open, or fold a group',
    toggle: 'Select one more or one less',
    all: 'Select all that is found',
    rename: 'Rename the contact or group',
    remove: 'Remove the contact, delete the group',
    none: 'Clear the selection',
  },
};

export const about = {
  title: 'About Archipel',
  summary: 'Desktop client for fleets of libvirt hypervisors over XMPP.',
  licence: 'Apache License 2.0. An independent successor; no code of the original Archipel.',
  privacy: 'Nothing is ever sent from this computer but to your XMPP server and your hosts.',
  versions: 'Versions',
  version: 'Version',
  component: 'Component',
  profile: 'Profile folder',
  openProfile: 'Open profile folder',
  changes: 'Change log',
  tabs: 'About',
  measures: 'Measures',
  changesTitle: 'What is new',
};

export const report = {
  title: 'Report a problem',
  description:
    'This is written to a file that you send by yourself, if at all. Secrets are masked; change or delete whatever you like.',
  lastAction: 'What did you do last, and what did you expect?',
  text: 'What will be written',
  gathering: 'Gathering…',
  head: (lastAction: string) =>
    `# Archipel problem report\n\n## In my own words\n\n${lastAction.trim() || '(not said)'}\n\n`,
  save: 'Save report…',
  saved: (path: string) => `Saved as ${path}`,
};

export const firstRun = {
  title: 'See and steer your hypervisors',
  lead: 'Archipel shows a fleet of libvirt hosts and their virtual machines as it changes, and does what you ask of one or of a hundred.',
  demo: 'Explore the demo platform',
  demoHint: 'Four simulated hosts on this computer. Nothing to set up, nothing can break.',
  connect: 'Connect to your platform',
  connectHint: 'Log in to your XMPP server with your JID.',
  starting: 'Starting the demo platform',
  failed: (detail: string) => `The demo platform does not run: ${detail}`,
};

export const tour = {
  title: 'Tour',
  step: (step: number, all: number) => `${step} of ${all}`,
  next: 'Next',
  done: 'Done',
  skip: 'Skip the tour',
  steps: [
    {
      title: 'The roster',
      text: 'Hosts and their virtual machines, each with a mark for its state; the two bars are its processors, and its memory below. Type in the filter to find one among thousands.',
    },
    {
      title: 'Panels',
      text: 'Open an entity with Enter or a double click. Drag tabs to put panels side by side.',
    },
    {
      title: 'Commands',
      text: 'Start, pause, shut down: on one machine or on all that are selected. A right click shows what is possible.',
    },
    {
      title: 'Command palette',
      text: 'Every entity and every command by its name, without leaving the keyboard.',
    },
    {
      title: 'What is going on',
      text: 'The status bar says what the connection is worth. What failed is kept in the notifications.',
    },
  ],
};

export const notifications = {
  title: 'Notifications',
  clear: 'Clear history',
  empty: 'Nothing has happened yet.',
  emptyWhy: 'What fails or needs you is kept here.',
  show: 'Show',
  showRun: 'Show results',
  levels: { info: 'Information', warning: 'Warning', error: 'Error' },
};

/** So many are named in one sentence. */
const MOST_NAMES = 5;

export const runs = {
  title: 'What has been done',
  empty: 'No command has been given yet.',
  emptyWhy: 'Each command is kept here with what came of it.',
  one: (command: string, name: string) => `${command}: ${name}`,
  many: (command: string, count: number) => `${command}: ${amounts.count(count)} entities`,
  leftOutOf: (command: string, left: number, all: number) =>
    `${command}: ${left} of ${all} left out.`,
  leftOut: (names: readonly string[], why: string | undefined) => {
    const rest = names.length - MOST_NAMES;
    const named = names.slice(0, MOST_NAMES).join(', ');
    return `${rest > 0 ? `${named} and ${rest} more` : named}: ${why ?? 'It could not take this.'}`;
  },
  notGiven: 'Not given to',
  summary: (done: number, failed: number, open: number, leftOut: number) => {
    const parts = [];
    if (open > 0) parts.push(`${open} under way`);
    if (done > 0) parts.push(`${done} done`);
    if (failed > 0) parts.push(`${failed} failed`);
    if (leftOut > 0) parts.push(`${leftOut} left out`);
    return parts.join(', ');
  },
  states: {
    waiting: 'waiting',
    sent: 'asked',
    done: 'done',
    failed: 'failed',
    unknown: 'outcome unknown',
    cancelled: 'cancelled',
  },
  retry: 'Retry what failed',
  cancel: 'Cancel the rest',
  undo: 'Undo',
  copyCommandLine: 'Copy as command line',
  results: 'Results',
};

/** The window in which main asks before something is done. */
export const confirmPage = {
  cancel: 'Cancel',
  targets: 'What it is done to',
  type: (name: string) => `Type “${name}” to go ahead`,
  onHypervisor: (name: string) => `on ${name}`,
  moreTargets: (count: number) => `and ${count} more`,
  keep: 'Keep it in the keychain of this computer',
};
