import { connectionState } from '../../../client/accounts/connection-state.ts';
import { rosterError } from '../../../client/accounts/read-roster.ts';
import { replyError } from '../../../client/requests/request-failure.ts';
import type { AppError } from '../../../core/contract/app-error.ts';
import type { ConsoleFailure } from '../../../core/domain/console-failure.ts';
import { MODULES } from '../../../core/protocol/all-actions.ts';
import { el } from '../../../core/xml/element.ts';
import type { IqFailure, SessionFailure } from '../../../node/xmpp/session-failure.ts';
import { jid } from '../client/application-fixture.ts';

const ACCOUNT = jid('ada@example.org');
const MACHINE = 'web-01';

const FACTS = {
  fingerprint: 'AB:CD',
  subject: 'example.org',
  issuer: 'example.org',
  validFrom: '2026-01-01T00:00:00Z',
  validTo: '2027-01-01T00:00:00Z',
  names: ['example.org'],
};

function session(failure: SessionFailure): AppError {
  const state = connectionState({ kind: 'failed', reason: failure }, undefined, ACCOUNT, 0);
  if (state.name !== 'failed') throw new Error(`${failure.code} is told as ${state.name}`);
  return state.error;
}

function certificate(
  problem: Extract<SessionFailure, { readonly code: 'certificate' }>['problem'],
): AppError {
  return session({ code: 'certificate', problem, certificate: FACTS });
}

function bomb(detail: Extract<SessionFailure, { readonly code: 'stream-malformed' }>['detail']) {
  return session({ code: 'stream-malformed', detail });
}

function roster(failure: IqFailure): AppError {
  const error = rosterError(failure, ACCOUNT);
  if (!error) throw new Error(`${failure.code} is told as nothing`);
  return error;
}

function screen(failure: ConsoleFailure): AppError {
  return { code: 'console', machine: MACHINE, failure };
}

const { display } = MODULES.vnc;
const { define } = MODULES['definition-text'];
const REASON = 'The module vnc is not loaded: vnc is switched off in section [MODULES]';

/** The error behind each row of docs/faults.md that the user reads in the words of an error. */
export const FAULT_SAMPLES: Readonly<Record<string, AppError>> = {
  'Wrong password': session({ code: 'not-authorized', condition: 'not-authorized', text: '' }),
  'Unknown host': session({ code: 'host-not-found', host: 'xmpp.example.org' }),
  'An SRV record that says there is no service': session({
    code: 'no-service',
    domain: 'example.org',
  }),
  'A server that does not answer': session({
    code: 'host-unreachable',
    host: 'xmpp.example.org',
    port: 5222,
    detail: 'ECONNREFUSED',
  }),
  'TLS refused, or stripped from the offer': session({ code: 'tls-not-offered' }),
  'TLS of a version out of use': session({ code: 'tls-failed', detail: 'unsupported protocol' }),
  'A certificate that has expired': certificate('expired'),
  'A certificate that is not valid yet': certificate('not-yet-valid'),
  'A certificate for another host': certificate('wrong-host'),
  'A certificate of an unknown authority': certificate('unknown-authority'),
  'A certificate that signed itself': certificate('self-signed'),
  'A certificate other than the trusted one': certificate('pin-changed'),
  'A weaker login mechanism than before': session({
    code: 'mechanism-downgraded',
    remembered: 'SCRAM-SHA-256',
    offered: ['PLAIN'],
  }),
  'A server that does not know the password itself': session({
    code: 'server-not-verified',
    detail: '',
  }),
  'A list of contacts beyond all bounds': roster({
    code: 'stanza-error',
    type: 'modify',
    condition: 'resource-constraint',
    text: '',
    application: undefined,
    legacyCode: undefined,
    element: el('error'),
  }),
  'A server that does not send the contacts': roster({ code: 'timeout' }),
  'The server goes away over an order': { code: 'outcome-unknown', entity: MACHINE },
  'A stanza without end': bomb('too-large'),
  'A document type in the stream': bomb('restricted-xml'),
  'An XML entity that was never declared': bomb('not-well-formed'),
  'A definition that is no XML': replyError(
    { code: 'definition-define-failed', text: 'line 2, column 12: mismatched-tag' },
    define,
    MACHINE,
  ),
  'A definition that the hypervisor does not accept': replyError(
    { code: 'libvirt-xml-error', number: 27, text: 'XML error: missing memory element' },
    define,
    MACHINE,
  ),
  'A definition that changes while its keymap is taken out': replyError(
    { code: 'definition-changed', text: '' },
    define,
    MACHINE,
  ),
  'An action that the agent lacks (501)': replyError(
    { code: 'not-implemented', text: REASON },
    display,
    MACHINE,
  ),
  'No permission': replyError({ code: 'permission-denied', text: '' }, MODULES.vm.destroy, MACHINE),
  'Keychain locked': { code: 'keychain-locked', detail: '' },
  'Keychain absent': { code: 'keychain-absent', detail: '' },
  'Profile folder read-only': {
    code: 'storage-unwritable',
    file: 'settings.json',
    detail: 'EACCES: permission denied',
  },
  'Settings corrupted': {
    code: 'storage-damaged',
    file: 'settings.json',
    detail: 'Unexpected end of JSON input',
  },
  'A cache corrupted': {
    code: 'storage-damaged',
    file: 'inventory.json',
    detail: 'no inventory header',
  },
  'A file without end, imported as a workspace': {
    code: 'invalid-input',
    detail: '/dev/shm/desk.json: it is longer than 8388608 bytes',
  },
  'A file of a newer version': { code: 'storage-newer', file: 'settings.json', version: 7 },
  'A wrong user name at a screen that asks for one': screen({
    ...{ code: 'wrong-credentials', reason: 'Authentication failure', wantsUsername: true },
  }),
  'A wrong VNC password': screen({
    ...{ code: 'wrong-credentials', reason: 'Authentication failed', wantsUsername: false },
  }),
  'A text console that somebody has already': screen({
    code: 'text-refused',
    reason: 'Active console session exists for this domain',
  }),
  'A text console that reads nothing': screen({ code: 'unread' }),
  'A screen behind a host whose SSH connection is killed': screen({ code: 'closed' }),
  'A screen behind an SSH host that shows another key': screen({
    code: 'tunnel',
    failure: {
      code: 'ssh-host-key-refused',
      address: 'hv1.example.org:22',
      fingerprint: 'SHA256:new',
    },
  }),
  'A chosen way to a screen that is not there': screen({ code: 'way-missing', way: 'ssh' }),
  'A VNC server that sends garbage': screen({
    code: 'malformed',
    detail: 'a server’s message of type 99',
  }),
  'A VNC server that draws without end or bounds': screen({
    code: 'malformed',
    detail: 'ZRLE: more bytes than its rectangle can hold',
  }),
  'A screen of 30,000 × 30,000': screen({ code: 'too-large', width: 30_000, height: 30_000 }),
  'The streams process killed with a shell open': { code: 'streams-ended' },
  'An order that the streams process does not understand': {
    code: 'stream-refused',
    detail: 'Invalid type: Expected Array but received "any" at ways',
  },
  'An SSH host that says more than anybody reads, or a fault in one connection': {
    code: 'stream-refused',
    detail: 'Invalid type: Expected Array but received "any" at ways',
  },
  'An SSH host that never answers what it is asked for': {
    code: 'ssh-channel-refused',
    address: 'hv1.example.org:22',
    wanted: 'a command',
    detail: 'no answer in 20 s',
  },
  'A hypervisor whose central agent is gone, or that knows none': {
    code: 'refused',
    entity: 'atoll-01',
    namespace: 'archipel:xmppserver:users',
    action: 'list',
    class: 'generic',
    number: -10000,
    text: 'The central agent centralagent@example.org/tower does not answer (service-unavailable). Start it',
    meaning: 'central-agent-not-found',
  },
  'An XMPP server without a command that lists its accounts': {
    code: 'refused',
    entity: 'tower',
    namespace: 'archipel:xmppserver:users',
    action: 'list',
    class: 'generic',
    number: -30003,
    text: 'example.org has no command that lists its accounts. ejabberd has it; Prosody does with mod_archipel_users.',
    meaning: 'user-list-failed',
  },
  'No terminal program': { code: 'no-terminal', tried: ['xterm'] },
  'The streams process killed': screen({ code: 'streams-ended' }),
  'Link cut before an order is sent': { code: 'not-sent', entity: MACHINE },
  'The answer to an order for a new machine is lost': { code: 'outcome-unknown', entity: MACHINE },
  'Link cut after an order is sent': { code: 'outcome-unknown', entity: MACHINE },
  'Link cut after the agent acted': { code: 'outcome-unknown', entity: MACHINE },
  'Link cut before the answer': { code: 'outcome-unknown', entity: MACHINE },
  'The key of an SSH host has changed': {
    code: 'ssh-host-key-changed',
    address: 'hv1.example.org:22',
    fingerprint: 'SHA256:new',
    knownFingerprint: 'SHA256:old',
    file: '/home/ada/.ssh/known_hosts',
    line: 7,
  },
  'A revoked key of an SSH host': {
    code: 'ssh-host-key-revoked',
    address: 'hv1.example.org:22',
    fingerprint: 'SHA256:lost',
    file: '/etc/ssh/ssh_known_hosts',
    line: 3,
  },
  'An SSH host that lets nobody in': {
    code: 'ssh-denied',
    address: 'hv1.example.org:22',
    user: 'ada',
    tried: ['agent'],
    offered: ['publickey'],
  },
  'A shell that reads nothing': { code: 'ssh-unread', address: 'hv1.example.org:22' },
  'An SSH connection that is killed': {
    code: 'ssh-closed',
    address: 'hv1.example.org:22',
    detail: 'read ECONNRESET',
  },
};
