import type {
  AgentUnit,
  LookupObstacle,
  OfflineCause,
  OfflineCheck,
} from '../../contract/diagnosis.ts';
import type { ErrorNotice } from './error-words.ts';
import { describeError } from './errors.ts';
import { states } from './hindrances.ts';

const OBSTACLES: Readonly<Record<LookupObstacle, string>> = {
  'not-administrator': 'the server tells this to its administrators only',
  'other-server': 'the account belongs to another server',
  'not-offered': 'the server does not offer to tell this',
};

type CheckWords = {
  readonly [N in OfflineCheck['name']]: (
    check: Extract<OfflineCheck, { readonly name: N }>,
  ) => string;
};

function orList(all: readonly string[]): string {
  return all.join(' or ');
}

const checkWords: CheckWords = {
  link: ({ account, error }) =>
    error
      ? `${account} is not connected. ${describeError(error).title}`
      : `Your account ${account}`,
  account: ({ outcome, jid, obstacle, lastLogin, similar }) => {
    const meant = similar.length > 0 ? ` Known and similar: ${orList(similar)}.` : '';
    if (obstacle !== undefined) return `Account ${jid}: ${OBSTACLES[obstacle]}.${meant}`;
    if (outcome === 'bad') return `The server has no account ${jid}.${meant}`;
    const last = lastLogin === undefined ? '' : `; last log-in ${lastLogin}`;
    return `The server has the account ${jid}${last}.`;
  },
  subscription: ({ outcome, subscription, pending }) => {
    if (outcome === 'good') return 'You may see its presence.';
    if (subscription === 'not-in-roster') return 'It is not in your roster.';
    return pending
      ? 'It has not answered your request to see its presence.'
      : 'You do not see its presence.';
  },
  resources: ({ resources, obstacle }) => {
    if (obstacle !== undefined) return `Its connections: ${OBSTACLES[obstacle]}.`;
    return resources.length > 0
      ? `The server holds a connection of it: ${resources.join(', ')}.`
      : 'The server holds no connection of it.';
  },
  hypervisor: ({ hypervisor, state }) => `Its hypervisor ${hypervisor} is ${states[state]}.`,
  'host-port': ({ address, error }) =>
    error ? describeError(error).title : `The host answers at ${address}.`,
  'host-login': ({ address, error }) =>
    error ? describeError(error).title : `Logged in at ${address}.`,
  'agent-process': ({ running, unit, starts }) => {
    const processes =
      running === 0
        ? 'No agent runs there'
        : count(running, 'agent runs there', 'agents run there');
    const often = starts > 1 ? `, which started ${starts} times in ten minutes` : '';
    return `${processes}${often}.${unit ? ` ${describeUnit(unit)}` : ''}`;
  },
  'agent-log': ({ place, state, lines }) => {
    if (state === 'missing') return `Its log: there is no ${place}.`;
    if (state === 'denied') return `Its log: ${place} may not be read by this user.`;
    return lines.length === 0
      ? `Its log (${place}) has no errors at its end.`
      : `The last errors in its log (${place}):`;
  },
  managed: ({ outcome, hypervisor, error }) => {
    if (error)
      return `${hypervisor} does not say whether it manages it. ${describeError(error).title}`;
    return outcome === 'good'
      ? `${hypervisor} manages it.`
      : `${hypervisor} does not manage it any more.`;
  },
};

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function describeUnit({ name, active, sub, result, restarts, exitStatus }: AgentUnit): string {
  const ended = result === 'success' ? '' : `, ${result}${exitStatus > 0 ? ` ${exitStatus}` : ''}`;
  const again = restarts > 0 ? `, restarted ${count(restarts, 'time', 'times')}` : '';
  return `${name}: ${active} (${sub}${ended}${again}).`;
}

function quoted(line: string | undefined): string {
  return line === undefined ? '' : ` Its log says last: “${line}”`;
}

type CauseWords = {
  readonly [N in OfflineCause['name']]: (
    cause: Extract<OfflineCause, { readonly name: N }>,
    called: string,
  ) => ErrorNotice;
};

const causeWords: CauseWords = {
  online: ({ state }, called) => ({
    title: `${called} is there: ${states[state]}.`,
    hint: 'Nothing needs to be done.',
  }),
  'link-down': ({ account }) => ({
    title: `Your own account ${account} is not connected.`,
    hint: 'Connect it first. Until then everything is shown as it was last.',
  }),
  'no-account': ({ isCertain, similar }, called) => ({
    title: isCertain
      ? `There is no account for ${called} on the server.`
      : `The JID of ${called} seems to be misspelt.`,
    hint:
      similar.length > 0
        ? `Did you mean ${orList(similar)}? Remove this contact and add that one.`
        : 'Its JID is misspelt, or the account was deleted. Compare it with xmpp_jid in the agent’s archipel.conf.',
  }),
  'not-subscribed': ({ pending, isThere }, called) => ({
    title: isThere
      ? `${called} is connected, but you may not see its presence.`
      : `You may not see the presence of ${called}.`,
    hint: pending
      ? 'Its agent answers requests when it is next connected. If it is, ask again or have its administrators add you.'
      : 'Ask for its presence. An agent grants it to the platform’s administrators by itself.',
  }),
  'hypervisor-down': ({ called: host }) => ({
    title: `Its hypervisor ${host} is offline.`,
    hint: `A virtual machine is connected by its hypervisor’s agent. Find out why ${host} is offline.`,
  }),
  'not-managed': ({ called: host }, called) => ({
    title: `${host} does not manage ${called} any more.`,
    hint: 'It was removed, parked or moved. Look among the other domains of its host, or remove it from the roster.',
  }),
  'machine-silent': ({ called: host }, called) => ({
    title: `${host} manages ${called}, but has not connected it.`,
    hint: `The agent could not log it in: its password is wrong or the server refused it. The log of ${host} says which.`,
  }),
  'agent-down': (_, called) => ({
    title: `The agent of ${called} is not connected.`,
    hint: 'The host is down, its agent does not run, or it does not reach the server. On the host: systemctl status archipel-agent, then its log.',
  }),
  'not-logged-in': (_, called) => ({
    title: `${called} is not logged in.`,
    hint: 'A person is there while a client of theirs is connected. If this is a hypervisor that was never seen online, its agent has not run yet. On the host: systemctl status archipel-agent, then its log.',
  }),
  'host-down': ({ address }, called) => ({
    title: `The host of ${called} does not answer at ${address}.`,
    hint: 'It is switched off or cut off from the network, or its SSH profile names another host. Its agent connects by itself once it is up.',
  }),
  'ssh-port-closed': ({ address }, called) => ({
    title: `The host of ${called} is up, but nothing listens at ${address}.`,
    hint: 'Its SSH server does not run, or listens at another port: set that in its SSH profile. Until then its agent cannot be looked at.',
  }),
  'host-unseen': ({ error }, called) => {
    const { title, hint } = describeError(error);
    return { title: `The host of ${called} cannot be looked at.`, hint: `${title} ${hint}` };
  },
  'agent-stopped': ({ line }, called) => ({
    title: `The agent of ${called} does not run.`,
    hint: `On its host: archipel-agent doctor, then systemctl start archipel-agent.${quoted(line)}`,
  }),
  'agent-crashing': ({ line, times }, called) => ({
    title: `The agent of ${called} ends again and again: it was started ${count(times, 'time', 'times')}.`,
    hint: `Put right what its log names; archipel-agent doctor on its host checks the rest.${quoted(line)}`,
  }),
  'agent-refused': ({ line }, called) => ({
    title: `The server refuses the log-in of ${called}.`,
    hint: `Its agent runs, but its password or account is not what the server has. Set the password anew on both, then restart the agent.${quoted(line)}`,
  }),
  'agent-cut-off': ({ line }, called) => ({
    title: `The agent of ${called} runs, but does not reach the server.`,
    hint: `Check xmpp_server and xmpp_host in its archipel.conf, and the network and firewall between them.${quoted(line)}`,
  }),
  'agent-silent': (_, called) => ({
    title: `The agent of ${called} runs, and its log tells of nothing that keeps it away.`,
    hint: 'It may log in under another JID: compare hypervisor_xmpp_jid in its archipel.conf. If it is the same, restart it.',
  }),
  'presence-missing': (_, called) => ({
    title: `${called} is connected, but its presence does not arrive.`,
    hint: 'The subscription is out of step. Stop watching its presence and ask for it again; if that does not help, restart its agent.',
  }),
};

/** Why somebody is offline. */
export const diagnosis = {
  title: (called: string) => `Why is ${called} offline?`,
  looking: 'Looking…',
  looked: 'What was looked at',
  outcomes: { good: 'in order', bad: 'not in order', unknown: 'cannot be told' },
  again: 'Look again',
  /** Over SSH. */
  host: {
    look: 'Look at its host',
    profile: 'SSH profile',
    name: 'Host of the hypervisor',
    nameHint: '[user@]host[:port]. It is logged in to by SSH, and nothing is changed there.',
    noName: 'This names no host. Write [user@]host[:port].',
    hint: (address: string) => `Logs in at ${address} by SSH, and changes nothing there.`,
    looking: (address: string) => `Looking at ${address}…`,
  },
  copy: 'Copy',
  next: {
    accounts: 'Accounts',
    subscribe: 'Ask for presence',
    hypervisor: (called: string) => `Why is ${called} offline?`,
    remove: 'Remove from roster',
  },
  check: (check: OfflineCheck): string => {
    // Each entry takes the check of its own name.
    const describe = checkWords[check.name] as (check: OfflineCheck) => string;
    return describe(check);
  },
  cause: (cause: OfflineCause, called: string): ErrorNotice => {
    const describe = causeWords[cause.name] as (cause: OfflineCause, called: string) => ErrorNotice;
    return describe(cause, called);
  },
};
