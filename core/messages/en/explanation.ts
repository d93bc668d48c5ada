import type { AppError } from '../../contract/app-error.ts';
import type { ExplainedModule } from '../../contract/explanation.ts';
import { PROTOCOL_ERRORS } from '../../protocol/errors.ts';
import { quotedAtEnd } from './quoted.ts';

type Refused = Extract<AppError, { readonly code: 'refused' }>;

const CLASSES: Readonly<Record<Refused['class'], (error: Refused) => string>> = {
  generic: ({ entity, number }) =>
    `The agent of ${entity} took the request and failed at it (archipel:error:generic, number ${number}).`,
  libvirt: ({ entity, number }) =>
    `The agent of ${entity} passed it on, and libvirt refused (libvirt:error:generic, number ${number}).`,
  permission: ({ entity }) =>
    `${entity} lets only those do this who were granted it (archipel:error:permission).`,
  xmpp: ({ entity, meaning }) => {
    const facts = meaning && PROTOCOL_ERRORS[meaning];
    const condition = facts && 'condition' in facts ? ` (${facts.condition})` : '';
    return `The XMPP server or ${entity} answered with an error of XMPP itself${condition}. The agent may never have seen the request.`;
  },
};

/** What kind of failure it is, where there is more to say than what happened and what to do. */
function meaning(error: AppError): string | undefined {
  switch (error.code) {
    case 'refused':
      return CLASSES[error.class](error);
    case 'denied':
      return `Each action has a permission. ${error.entity} lets only administrators do this, and those who were granted “${error.permission}”.`;
    case 'unsupported':
      return `Nothing answers ${error.namespace} → ${error.action} on ${error.entity} (501, feature-not-implemented). A module that is not loaded leaves its namespace silent.`;
    case 'offline':
      return `${error.entity} has no connection to the XMPP server, so nobody could take the request.`;
    case 'timed-out':
      return `The request went out, and no answer came within ${error.seconds} s. The agent may be busy, or wait for libvirt.`;
    case 'outcome-unknown':
      return 'The request went out and the connection broke before the answer. It is never sent twice: the hypervisor is asked what became of it.';
    case 'not-sent':
      return 'The connection broke before the request went out.';
    case 'damaged-reply':
      return 'An answer came, and it does not have the form that this action has.';
    default:
      return undefined;
  }
}

function module({ id, hypervisor, state, reason }: ExplainedModule): string {
  if (state === 'loaded') {
    return `${id} is loaded on ${hypervisor}. The agent is older than this action, or lost it since.`;
  }
  const why = reason === undefined ? '' : ` The agent says: ${quotedAtEnd(reason)}`;
  return state === 'not-loaded'
    ? `${id} is not loaded on ${hypervisor}.${why}`
    : `${id}, on ${hypervisor}.${why}`;
}

/** What stands behind an error. */
export const explanation = {
  explain: 'Explain',
  title: 'What went wrong',
  looking: 'Looking…',
  meaningTitle: 'What it means',
  meaning,
  behind: 'What is behind it',
  entity: 'Entity',
  action: 'Action',
  actionName: (namespace: string, name: string) => `${namespace} → ${name}`,
  module: 'Module',
  moduleState: module,
  configuration: 'Configuration',
  token: (id: string, hypervisor: string) =>
    `Section [MODULES], token ${id}, in archipel.conf of ${hypervisor}. Restart the agent after a change.`,
  permission: 'Permission',
  grantedBy: (all: readonly string[]) =>
    all.length === 0
      ? 'The server does not say who could grant it.'
      : `Who can grant it: ${all.join(', ')}`,
  copyRequest: 'Copy a request',
  requestText: (permission: string, name: string, jid: string, account: string) =>
    `Please grant ${account} the permission “${permission}” on ${name} (${jid}).`,
  log: (hypervisor: string) => `Log of ${hypervisor}`,
  noLog: 'Its last lines say nothing of this.',
  logFailed: (why: string) => `It could not be read. ${why}`,
  request: 'Request',
  answer: 'Answer',
  took: (time: string) => `after ${time}`,
  notSent: 'No stanza of it is kept: it was not sent, or others have taken its place.',
  noAnswer: 'No answer has come.',
  copy: 'Copy',
  copyAll: 'Copy all',
  showMoment: 'Show that moment',
  report: 'Report a problem…',
};
