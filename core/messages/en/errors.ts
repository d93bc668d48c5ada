import type { AppError } from '../../contract/app-error.ts';
import { CERTIFICATE, CERTIFICATE_HINT } from './certificate-words.ts';
import { describeConsole } from './console-errors.ts';
import type { ErrorNotice } from './error-words.ts';
import { protocolErrors } from './protocol-errors.ts';
import { quotedAtEnd } from './quoted.ts';
import { sshErrors } from './ssh-errors.ts';

type Code = AppError['code'];
type Words = {
  readonly [C in Code]: (error: Extract<AppError, { readonly code: C }>) => ErrorNotice;
};

/** What a system or a library said, which need not be a sentence. */
function said(detail: string): string {
  return detail === '' ? '' : ` (${detail})`;
}

const UNREAD: Readonly<
  Record<Extract<AppError, { readonly code: 'roster-unread' }>['why'], (text: string) => string>
> = {
  'too-large': () =>
    'The list is longer than 32 MiB. Take entities out of shared groups, or use an account that sees fewer.',
  'no-answer': () => 'The server did not send them within two minutes. Connect again.',
  refused: (text) =>
    `The server refused (${text}). Connect again. If it stays so, look into the server’s log.`,
};

const inputs = {
  'invalid-input': ({ detail }) => ({ title: 'That cannot be used.', hint: detail }),
  internal: ({ reportId }) => ({
    title: 'Something went wrong inside Archipel.',
    hint: `Report ${reportId} is in the log. Send it with Help ▸ Report a problem.`,
  }),
  'not-found': ({ what }) => ({
    title: `${what} is not there.`,
    hint: 'It may have been removed meanwhile. Look at the roster again.',
  }),
  cancelled: () => ({ title: 'It was cancelled.', hint: 'Nothing was sent.' }),
  untypable: ({ count }) => ({
    title: `Nothing was typed: ${count === 1 ? 'a character has' : `${count} characters have`} no key in the guest’s layout.`,
    hint: 'Choose the layout that the guest has, or leave them out.',
  }),
  'keymap-unusable': ({ keymap }) => ({
    title: `Nothing was typed: keys cannot be named through the keymap “${keymap}”.`,
    hint: 'Remove the keymap from the definition of the machine.',
  }),
  'already-there': ({ what }) => ({
    title: `${what} is there already.`,
    hint: 'Choose it in the roster, or check what you typed if you meant another.',
  }),
  'not-allowed-now': ({ reason }) => ({ title: 'Not possible now.', hint: reason }),
} satisfies Partial<Words>;

const secrets = {
  'keychain-absent': ({ detail }) => ({
    title: 'This system has no keychain for passwords.',
    hint: `Install one, or let Archipel ask for the password each time${said(detail)}.`,
  }),
  'keychain-locked': ({ detail }) => ({
    title: 'The keychain is locked.',
    hint: `Unlock it and try again${said(detail)}.`,
  }),
  'password-needed': ({ jid }) => ({
    title: `${jid} needs its password.`,
    hint: 'Enter it to connect.',
  }),
  'not-authorized': ({ jid }) => ({
    title: `The server does not accept the password of ${jid}.`,
    hint: 'Check the address and the password, then connect again.',
  }),
} satisfies Partial<Words>;

const connections = {
  'unknown-host': ({ host }) => ({
    title: `${host} cannot be found.`,
    hint: 'Check the spelling and the network, or enter the host and port in the account.',
  }),
  unreachable: ({ address, detail }) => ({
    title: `${address} does not answer (${detail}).`,
    hint: 'Check the network, the firewall and whether the server runs.',
  }),
  'tls-refused': ({ address }) => ({
    title: `${address} offers no encryption.`,
    hint: 'Archipel does not connect without it. Switch TLS on at the server.',
  }),
  'tls-failed': ({ address, detail }) => ({
    title: `No encrypted connection to ${address} could be made.`,
    hint: `Check the server’s TLS settings${said(detail)}.`,
  }),
  certificate: ({ problem, domain }) => ({
    title: `The certificate of ${domain} ${CERTIFICATE[problem]}.`,
    hint: CERTIFICATE_HINT[problem],
  }),
  'mechanism-missing': ({ offered }) => ({
    title: 'The server offers no safe way to log in.',
    hint: `Switch SCRAM on at the server. It offers: ${offered.join(', ') || 'nothing'}.`,
  }),
  'mechanism-downgraded': ({ seen, offered }) => ({
    title: `The server used to offer ${seen} and now offers only ${offered}.`,
    hint: 'Somebody may be listening. Ask whoever runs the server before you go on.',
  }),
  'server-not-proved': () => ({
    title: 'The server could not prove that it knows the password.',
    hint: 'It may not be the server it says it is. Do not enter the password elsewhere.',
  }),
  stream: ({ condition, text }) => ({
    title: `The connection to the server ended (${condition}).`,
    hint: text === '' ? 'Connect again. If it stays so, look into the server’s log.' : text,
  }),
  'not-connected': ({ jid }) => ({
    title: `${jid} is not connected.`,
    hint: 'Connect it, then try again.',
  }),
  'roster-unread': ({ jid, why, text }) => ({
    title: `The contacts of ${jid} could not be read.`,
    hint: UNREAD[why](text),
  }),
} satisfies Partial<Words>;

const requests = {
  offline: ({ entity }) => ({
    title: `${entity} is offline.`,
    hint: 'Check that its agent runs and is connected.',
  }),
  'timed-out': ({ entity, seconds }) => ({
    title: `${entity} did not answer within ${seconds} s.`,
    hint: 'It may be busy. Try again in a moment.',
  }),
  'not-sent': ({ entity }) => ({
    title: `${entity} did not carry it out: the request was lost on the way.`,
    hint: 'Nothing was changed. Try again once the connection is back.',
  }),
  'outcome-unknown': ({ entity }) => ({
    title: `It is not known whether ${entity} carried it out.`,
    hint: 'The connection broke off. Look at its state before you try again.',
  }),
  denied: ({ entity, permission }) => ({
    title: `You lack the permission “${permission}” on ${entity}.`,
    hint: 'Ask an administrator for it.',
  }),
  unsupported: ({ entity, namespace, action, reason }) => ({
    title: `${entity} does not offer “${action}” of ${namespace}.`,
    hint: reason ?? 'Its module is not loaded there, or its agent is older.',
  }),
  refused: refusal,
  console: ({ machine, failure }) => describeConsole(machine, failure),
  'damaged-reply': ({ entity, detail }) => ({
    title: `The answer of ${entity} cannot be read.`,
    hint: `Look at it in the Stanzas panel${said(detail)}.`,
  }),
} satisfies Partial<Words>;

const files = {
  'storage-newer': ({ file, version }) => ({
    title: `${file} was written by a newer Archipel (format ${version}).`,
    hint: 'It is left untouched. Install the newer version, or start with another profile.',
  }),
  'storage-damaged': ({ file, detail }) => ({
    title: `${file} is damaged.`,
    hint: `It is kept aside, and Archipel goes on without it${said(detail)}.`,
  }),
  'storage-unwritable': ({ file, detail }) => ({
    title: `${file} cannot be written.`,
    hint: `Changes last until Archipel ends. Check the folder’s rights and the disk${said(detail)}.`,
  }),
  'not-saved': ({ file, detail }) => ({
    title: `${file} was not saved.`,
    hint: `Save it again, in a folder that is there and that you may write to, on a disk with room${said(detail)}.`,
  }),
  'no-terminal': ({ tried }) => ({
    title: 'No terminal program could be started.',
    hint: `Install one, or name it in the environment variable TERMINAL. Looked for: ${tried.join(', ')}.`,
  }),
  'streams-ended': () => ({
    title: 'The process that holds connections to hosts ended.',
    hint: 'It is started anew with the next connection. If it ends again, send a problem report.',
  }),
  'stream-refused': ({ detail }) => ({
    title: 'The process that holds connections to hosts gave one of them up.',
    hint: `That is a fault of Archipel’s. Try again; if it stays, send a problem report${said(detail)}.`,
  }),
  'demo-failed': ({ detail }) => ({
    title: 'The demo platform could not be started.',
    hint: detail,
  }),
} satisfies Partial<Words>;

const words: Words = { ...inputs, ...secrets, ...connections, ...requests, ...files, ...sshErrors };

function refusal(error: Extract<AppError, { readonly code: 'refused' }>): ErrorNotice {
  const { entity, text, number, meaning } = error;
  const known = meaning === undefined || meaning === 'unknown-error' ? undefined : meaning;
  const said = text === '' ? `error ${number}` : text;
  if (known === undefined) {
    return { title: `${entity} refused: ${said}`, hint: 'Look into the log of its agent.' };
  }
  const { what, remedy } = protocolErrors[known];
  // Its own words say more than ours about this very case.
  const quoted = text === '' ? '' : ` ${entity} says: ${quotedAtEnd(text)}`;
  return { title: what, hint: `${remedy}${quoted}` };
}

/** The only place where an error's code becomes words; the compiler refuses a code that has none. */
export function describeError(error: AppError): ErrorNotice {
  const describe = words[error.code] as (error: AppError) => ErrorNotice;
  return describe(error);
}
