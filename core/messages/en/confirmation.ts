import { amounts } from './amounts.ts';

/** Words of the windows in which main asks before something is done. */
export const confirmation = {
  password: 'Password',
  title: (verb: string, names: readonly string[]) =>
    names.length === 1
      ? `${verb} ${names[0] ?? ''}?`
      : `${verb}: ${amounts.count(names.length)} entities?`,
  many: (count: number) => `This is done to all ${amounts.count(count)} of them.`,
  among: (verb: string, name: string, count: number) => `${verb}: ${count} domains on ${name}?`,
  /** Why a name may deceive. */
  alike: (name: string, identifier: string, more: number) =>
    `${name} (${identifier}) is called alike${more === 0 ? '' : `, and ${more} more`}. Compare the addresses.`,
  mixedScripts: (scripts: readonly string[]) =>
    `The name mixes letters of several alphabets: ${scripts.join(', ')}.`,
  hiddenCharacters: 'The name has characters that cannot be seen. They are left out here.',
  broadcast: {
    title: (count: number) =>
      count === 1 ? 'Type into 1 machine?' : `Type into ${count} machines at once?`,
    effect:
      'Until it is ended, each line goes to all of them, as if it were typed on their keyboards.',
    verb: 'Type into them',
  },
  shareClipboard: {
    title: (machine: string) => `Share the clipboard with ${machine}?`,
    effect:
      'While its console has the keyboard, it is given what you copied here, passwords too. What is copied in it comes into your clipboard. Share it with machines that you trust.',
    verb: 'Share',
  },
  raw: {
    title: 'Send this stanza?',
    effect: 'It goes out as written. What it does is up to who receives it.',
    verb: 'Send',
  },
  trust: {
    title: (jid: string) => `Trust this certificate for ${jid}?`,
    effect:
      'From now on the server with exactly this fingerprint is given the password. Compare it with the server’s.',
    verb: 'Trust',
  },
  trustScreen: {
    title: (machine: string) => `Trust the certificate before the screen of ${machine}?`,
    proxy: (host: string) => `the proxy on ${host}`,
    through: (host: string, hypervisor: string) => `${host} on ${hypervisor}, through SSH`,
    effect:
      'From now on whatever listens on this host with exactly this fingerprint is given the passwords of its screens. Compare it with the host’s.',
    verb: 'Trust',
  },
  otherServer: {
    title: (jid: string) => `Connect ${jid} elsewhere?`,
    effect: 'The kept password will be given to this server.',
    verb: 'Connect there',
  },
  removeWorkspace: {
    title: (name: string) => `Delete the workspace ${name}?`,
    effect:
      'How its windows and panels are arranged is forgotten. Nothing changes on the platform.',
    verb: 'Delete',
  },
  removeAccount: {
    title: (jid: string) => `Remove ${jid}?`,
    effect:
      'Its password, cache and settings are deleted on this computer. The server keeps the account.',
    verb: 'Remove',
  },
};
