import type { CertificateProblem } from '../../contract/app-error.ts';
import type { ConsoleFailure } from '../../domain/console-failure.ts';
import type { ConsoleWay } from '../../domain/console-way.ts';
import type { RfbCertificateProblem, RfbPhase } from '../../rfb/rfb-failure.ts';
import { CERTIFICATE, CERTIFICATE_HINT } from './certificate-words.ts';
import type { ErrorNotice } from './error-words.ts';
import { quotedAtEnd } from './quoted.ts';
import { describeSsh } from './ssh-errors.ts';

type Code = ConsoleFailure['code'];
type Words = {
  readonly [C in Code]: (
    failure: Extract<ConsoleFailure, { readonly code: C }>,
    machine: string,
  ) => ErrorNotice;
};

const PHASES: Readonly<Record<RfbPhase, string>> = {
  connecting: 'the connection',
  websocket: 'the proxy’s handshake',
  version: 'its greeting',
  security: 'its offer of security',
  tls: 'the encrypted connection',
  authentication: 'its verdict on the password',
  initialisation: 'the size of its screen',
  'first-frame': 'the first picture',
};

const WAYS: Readonly<Record<ConsoleWay, string>> = {
  auto: 'by any way',
  direct: 'directly',
  proxy: 'by the proxy of its agent',
  ssh: 'through SSH',
};

function isNamed(problem: RfbCertificateProblem): problem is CertificateProblem {
  return problem in CERTIFICATE;
}

function quoted(text: string): string {
  return text === '' ? '' : ` It says: ${quotedAtEnd(text)}`;
}

const reaching = {
  'host-not-found': ({ host }, machine) => ({
    title: `${host}, where the screen of ${machine} is, cannot be found.`,
    hint: 'Check the network, and the address in the configuration of the agent.',
  }),
  unreachable: ({ address, detail }, machine) => ({
    title: `The screen of ${machine} does not answer at ${address} (${detail}).`,
    hint: 'Check the network and the firewall. The hypervisor must let you reach that port.',
  }),
  'timed-out': ({ phase, seconds }, machine) => ({
    title: `The screen of ${machine} kept us waiting for ${PHASES[phase]} for ${seconds} s.`,
    hint: 'It may be busy, or something else answers there. Try again in a moment.',
  }),
  'closed-early': ({ phase }, machine) => ({
    title: `The screen of ${machine} hung up before ${PHASES[phase]}.`,
    hint: 'The machine may just be stopping. Try again in a moment.',
  }),
  'websocket-refused': ({ detail }, machine) => ({
    title: `The proxy before the screen of ${machine} turned us away (${detail}).`,
    hint: 'Try again. If it stays so, look into the log of the agent.',
  }),
  'tls-failed': ({ detail }, machine) => ({
    title: `No encrypted connection to the screen of ${machine} could be made (${detail}).`,
    hint: 'Check the TLS settings of the agent, or of the machine’s graphics.',
  }),
  certificate: ({ problem }, machine) => ({
    title: `The certificate before the screen of ${machine} ${
      isNamed(problem) ? CERTIFICATE[problem] : 'cannot be trusted'
    }.`,
    hint: CERTIFICATE_HINT[isNamed(problem) ? problem : 'unknown-authority'],
  }),
  'host-only': (_failure, machine) => ({
    title: `The screen of ${machine} can be reached from its hypervisor only.`,
    hint: 'Let the agent listen on the network: vnc_listen in the section VNC of its configuration.',
  }),
} satisfies Partial<Words>;

const speaking = {
  'not-rfb': ({ seen }, machine) => ({
    title: `What answers for the screen of ${machine} does not speak VNC.`,
    hint: `Check the port of its graphics.${quoted(seen)}`,
  }),
  refused: ({ reason }, machine) => ({
    title: `The screen of ${machine} turned us away.`,
    hint: `Wait a little and try again.${quoted(reason)}`,
  }),
  'unsupported-security': ({ offered }, machine) => ({
    title: `The screen of ${machine} wants a security that Archipel does not speak.`,
    hint: `It offers ${offered.join(', ')}. Configure a VNC password, or VeNCrypt with X.509.`,
  }),
  'credentials-needed': ({ wantsUsername }, machine) => ({
    title: wantsUsername
      ? `The screen of ${machine} wants a user name and a password.`
      : `The screen of ${machine} wants a password.`,
    hint: wantsUsername
      ? 'Enter those of a user whom its server lets in. They are kept in the keychain.'
      : 'Enter the password of its graphics. It is kept in the keychain.',
  }),
  'wrong-credentials': ({ reason, wantsUsername }, machine) => ({
    title: wantsUsername
      ? `The screen of ${machine} does not accept this user name with this password.`
      : `The screen of ${machine} does not accept the password.`,
    hint: wantsUsername
      ? `Enter both again.${quoted(reason)}`
      : `Enter the password of its graphics again.${quoted(reason)}`,
  }),
  'too-large': ({ width, height }, machine) => ({
    title: `The screen of ${machine} is too large: ${width} × ${height}.`,
    hint: 'Archipel draws up to 16,384 pixels a side and 67 million in all. Choose a smaller mode in the guest.',
  }),
  malformed: ({ detail }, machine) => ({
    title: `The screen of ${machine} sent something that is no VNC: ${detail}.`,
    hint: 'The connection was ended. It is tried again; if it stays so, look at the hypervisor’s log.',
  }),
} satisfies Partial<Words>;

const living = {
  unread: (_failure, machine) => ({
    title: `The text console of ${machine} takes nothing of what is typed.`,
    hint: 'More than 4 MiB waited, so it was left. See that the guest reads its serial port, then connect again.',
  }),
  closed: (_failure, machine) => ({
    title: `The connection to the screen of ${machine} ended.`,
    hint: 'It is tried again by itself.',
  }),
  tunnel: ({ failure }, machine) =>
    failure.code === 'cancelled'
      ? {
          title: `${machine} can only be seen through the host of its hypervisor.`,
          hint: 'The connection to it was cancelled. Connect again, and answer what it asks.',
        }
      : describeSsh(failure),
  cancelled: () => ({ title: 'The console was closed.', hint: 'Open it again when you need it.' }),
  'no-screen': (_failure, machine) => ({
    title: `${machine} has no screen.`,
    hint: 'Add graphics of the type VNC to its definition.',
  }),
  'other-screen': ({ type }, machine) => ({
    title: `The screen of ${machine} is of the type ${type}, not VNC.`,
    hint: 'Change its graphics to VNC, or use a viewer for that type.',
  }),
  'way-missing': ({ way }, machine) => ({
    title: `The screen of ${machine} cannot be reached ${WAYS[way]} now.`,
    hint: 'Choose another way in the bar of the console, or let it be chosen by itself.',
  }),
  'text-refused': ({ reason }, machine) => ({
    title: `The text console of ${machine} cannot be opened.`,
    hint: `If somebody else has it, take it over. It needs a serial port.${quoted(reason)}`,
  }),
  'switched-off': (_failure, machine) => ({
    title: `${machine} is switched off.`,
    hint: 'Its screen shows as soon as it runs.',
  }),
  'streams-ended': (_failure, machine) => ({
    title: `The process that held the screen of ${machine} ended.`,
    hint: 'It is started anew, and the screen comes back by itself.',
  }),
  'stream-refused': ({ detail }, machine) => ({
    title: `The process that holds screens gave up that of ${machine}.`,
    hint: `That is a fault of Archipel’s. Try again; if it stays, send a problem report (${detail}).`,
  }),
} satisfies Partial<Words>;

const words: Words = { ...reaching, ...speaking, ...living };

/** What happened to the console of a machine, and what to do about it. */
export function describeConsole(machine: string, failure: ConsoleFailure): ErrorNotice {
  const describe = words[failure.code] as (failure: ConsoleFailure, machine: string) => ErrorNotice;
  return describe(failure, machine);
}
