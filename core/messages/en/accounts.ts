import type { CertificateProblem } from '../../contract/app-error.ts';

const problems: Readonly<Record<CertificateProblem, string>> = {
  expired: 'The certificate has expired.',
  'not-yet-valid': 'The certificate is not valid yet. Is the clock of this computer right?',
  'wrong-host': 'The certificate belongs to another server.',
  'unknown-authority': 'The certificate is signed by an authority this computer does not know.',
  'self-signed': 'The server has signed its certificate itself.',
  'pin-changed': 'The server shows another certificate than the one you trusted.',
};

/** The accounts dialog. */
export const accounts = {
  title: 'Accounts',
  add: 'Add account',
  edit: 'Edit',
  editTitle: (jid: string) => `Account ${jid}`,
  remove: 'Remove…',
  connect: 'Connect',
  disconnect: 'Disconnect',
  stopTrying: 'Stop trying',
  /** For the palette, which has one for each account. */
  connectOne: (jid: string) => `Connect ${jid}`,
  disconnectOne: (jid: string) => `Disconnect ${jid}`,
  cancel: 'Cancel',
  back: 'Back',
  save: 'Save',
  saveAndConnect: 'Save and connect',
  none: 'There is no account yet.',
  noneWhy: 'An account is a JID on your XMPP server.',
  demo: 'demo platform, gone when it stops',
  list: 'Accounts',
  jid: 'JID',
  jidHint: 'Such as admin@example.org',
  jidWrong: 'A JID looks like name@server.',
  password: 'Password',
  passwordKept: 'A password is stored. Leave empty to keep it.',
  passwordAgain: (jid: string) => `Give it again: the one that is stored was meant for ${jid}.`,
  passwordHint: 'Kept in the keychain of the system, and never shown again.',
  passwordAsk: 'It is asked for at each connection.',
  passwordFor: (jid: string) => `Password of ${jid}`,
  remember: 'Keep the password in the keychain',
  connectAtStart: 'Connect when the app starts',
  authoriseDomain: (domain: string) => `Always accept requests from ${domain}`,
  authoriseHint:
    'Everybody with an address there may see your presence and is put into the roster. Each time, a notification says so.',
  ownDomain: 'your own domain',
  authorised: 'Accepted without asking',
  everybodyAt: (domain: string) => `everybody at ${domain}`,
  revoke: 'Take back',
  revokeFor: (who: string) => `Take back for ${who}`,
  more: 'Server and resource',
  resource: 'Resource',
  resourceHint: 'Names this connection among others of the same account.',
  explicit: 'Connect to this server instead of the one the domain names',
  host: 'Server',
  port: 'Port',
  portWrong: 'A port is a number from 1 to 65535.',
  directTls: 'TLS from the first byte',
  certificate: {
    title: 'This server cannot be told from an impostor',
    problems,
    advice: 'Compare the fingerprint with that of your server, by another way than this network.',
    changed: 'If you did not change the certificate of the server, somebody may be in between.',
    fingerprint: 'SHA-256 fingerprint',
    subject: 'Issued to',
    issuer: 'Issued by',
    valid: 'Valid',
    validRange: (from: string, to: string) => `${from} to ${to}`,
    trust: 'Trust exactly this certificate',
  },
  /** What an earlier client left on the server: where and how much, never what. */
  privateFinding: (
    jid: string,
    found: { readonly namespace: string; readonly entries: number; readonly isDamaged: boolean },
  ) => {
    const what = `${found.namespace}, ${found.entries === 1 ? 'one entry' : `${found.entries} entries`}`;
    return found.isDamaged
      ? {
          title: 'Settings that an earlier client kept on the server are damaged.',
          hint: `${what}, of ${jid}. The default is used; what is there stays as it is.`,
        }
      : {
          title: 'An earlier client keeps settings on the server that are not used here.',
          hint: `${what}, of ${jid}. They stay as they are, for that client.`,
        };
  },
};
