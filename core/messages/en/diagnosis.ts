import type { LookupObstacle, OfflineCause, OfflineCheck } from '../../contract/diagnosis.ts';
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
  managed: ({ outcome, hypervisor, error }) => {
    if (error)
      return `${hypervisor} does not say whether it manages it. ${describeError(error).title}`;
    return outcome === 'good'
      ? `${hypervisor} manages it.`
      : `${hypervisor} does not manage it any more.`;
  },
};

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
