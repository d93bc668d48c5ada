import { amounts } from './amounts.ts';

/** The tree of entities at the left. */
export const roster = {
  title: 'Roster',
  filter: 'Filter by name, JID, tag, state',
  filters: 'Filters',
  chip: (name: string, count: number) => `${name} ${amounts.count(count)}`,
  tag: (tag: string) => `#${tag}`,
  stale: 'stale',
  unread: 'unread',
  unreadCount: (count: number) => (count === 1 ? '1 unread' : `${count} unread`),
  fault: (text: string) => `Last failed: ${text}`,
  overLimit: (text: string) => `Limit passed: ${text}`,
  machines: (running: number, all: number) => `${running} of ${all}`,
  machinesSpoken: (running: number, all: number) => `${running} of ${all} running`,
  groupCount: (hosts: number, machines: number) => {
    const parts = [];
    if (hosts > 0) parts.push(hosts === 1 ? '1 host' : `${amounts.count(hosts)} hosts`);
    if (machines > 0)
      parts.push(machines === 1 ? '1 machine' : `${amounts.count(machines)} machines`);
    return parts.join(', ');
  },
  emptyGroup: 'empty',
  groupMachines: (count: number) =>
    count === 1 ? 'The machine in it' : `All ${amounts.count(count)} machines in it`,
  people: 'People',
  unknownHost: 'Host unknown',
  noGroup: 'No group',
  migrating: (percent: number) => `migrating ${percent} %`,
  pending: 'asked',
  pendingLong: 'Asked for presence, no answer yet.',
  menu: 'Actions',
  more: 'More for the roster',
  add: 'Add contact',
  selected: (count: number) => `${amounts.count(count)} selected`,
  clearSelection: 'Clear selection',
  empty: {
    what: 'The roster is empty.',
    why: 'Add the JID of a hypervisor, and its virtual machines follow.',
  },
  noMatch: {
    what: 'Nothing matches.',
    why: 'Every entity is hidden by the filter.',
    whyOffline: 'Every entity is hidden by the filter or because it is offline.',
    next: 'Clear the filter',
    showOffline: 'Show what is offline',
  },
  loading: { what: 'Getting the roster.' },
  offline: {
    what: 'There is no roster yet.',
    why: 'It comes with the connection.',
  },
  requests: {
    title: 'Subscription requests',
    wants: (name: string) => `${name} wants to see your presence`,
    accept: 'Accept',
    decline: 'Decline',
    always: 'Always accept',
    alwaysHint:
      'What it asks for later is accepted without asking. The accounts show it, and take it back.',
    authorised: (name: string) => `${name} may see your presence.`,
    authorisedHint: (account: string) =>
      `It asked ${account}, which always accepts it. The accounts say who is accepted, and take it back.`,
  },
  olderAgents: {
    one: (name: string) => `The agent of ${name} is older than this app.`,
    many: (count: number) => `The agents of ${count} hypervisors are older than this app.`,
    lacks: (what: string) => `Not available there: ${what}.`,
    details: 'Details',
  },
  dropped: (names: string, group: string) => `Move ${names} to ${group}`,
};

/** What a namespace of ours stands for, to say what an older agent lacks. */
export const features: Readonly<Record<string, string>> = {
  'archipel:hypervisor:info': 'hardware and module list of the hypervisor',
  'archipel:vm:definition:text': 'definitions with their comments',
};
