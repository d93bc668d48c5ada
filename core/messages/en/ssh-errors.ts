import type { SshFailure, SshPhase } from '../../ssh/ssh-failure.ts';

type Words = {
  readonly [C in SshFailure['code']]: (error: Extract<SshFailure, { readonly code: C }>) => {
    readonly title: string;
    readonly hint: string;
  };
};

const PHASES: Readonly<Record<SshPhase, string>> = {
  connect: 'does not answer',
  handshake: 'does not begin to speak SSH',
  authentication: 'does not finish the log-in',
};

const REPLACED =
  'Somebody may stand between you and it. Ask whoever runs it whether its key was replaced;';

/** What keeps an SSH host from being reached. */
export const sshErrors: Words = {
  'ssh-unknown-host': ({ host }) => ({
    title: `The SSH host ${host} cannot be found.`,
    hint: 'Check the spelling, the network and what your ssh_config says of it.',
  }),
  'ssh-unreachable': ({ address, detail }) => ({
    title: `No SSH server answers at ${address} (${detail}).`,
    hint: 'Check the address and port, the firewall, and whether sshd runs there.',
  }),
  'ssh-timed-out': ({ address, phase, seconds }) => ({
    title: `${address} ${PHASES[phase]} (waited ${seconds} s).`,
    hint: 'Check the network and the load of the host, then connect again.',
  }),
  'ssh-handshake-failed': ({ address, detail }) => ({
    title: `No SSH session with ${address} could be agreed on.`,
    hint: `Check that the port is that of sshd, and the host’s algorithms (${detail}).`,
  }),
  'ssh-host-key-refused': ({ address, fingerprint }) => ({
    title: `The key of ${address} was not trusted.`,
    hint: `Compare ${fingerprint} with “ssh-keygen -l” on the host, then connect again.`,
  }),
  'ssh-host-key-changed': ({ address, fingerprint, knownFingerprint, file, line }) => ({
    title: `The key of ${address} has changed.`,
    hint: `${REPLACED} if so, remove line ${line} of ${file}. Known: ${knownFingerprint}. Shown: ${fingerprint}.`,
  }),
  'ssh-host-key-revoked': ({ address, fingerprint, file, line }) => ({
    title: `${address} shows a key that is revoked (${fingerprint}).`,
    hint: `Do not connect: whoever has this key is not trusted any more. Line ${line} of ${file} says so.`,
  }),
  'ssh-denied': ({ address, user, tried, offered }) => ({
    title: `${address} does not let ${user} in.`,
    hint: `Check the user, and that your key is in the host’s authorized_keys. Tried: ${tried.join(', ') || 'nothing'}. The host accepts: ${offered.join(', ') || 'nothing'}.`,
  }),
  'ssh-key-unreadable': ({ file, detail }) => ({
    title: `The key ${file} cannot be used.`,
    hint: `Check the file, or name another with IdentityFile in your ssh_config (${detail}).`,
  }),
  'ssh-config-unusable': ({ file, detail }) => ({
    title: `${file} cannot be followed.`,
    hint: `Mend it, then connect again (${detail}).`,
  }),
  'ssh-known-hosts-unreadable': ({ file, detail }) => ({
    title: `The known hosts in ${file} cannot be read.`,
    hint: `Without them no host can be verified. Check the file’s rights (${detail}).`,
  }),
  'ssh-closed': ({ address, detail }) => ({
    title: `The SSH connection to ${address} broke off.`,
    hint: `It is made again by itself where something still needs it (${detail}).`,
  }),
  'ssh-unread': ({ address }) => ({
    title: `The shell on ${address} takes nothing of what is typed.`,
    hint: 'More than 4 MiB waited, so it was left. Connect again, and paste less at a time.',
  }),
  'ssh-channel-refused': ({ address, wanted, detail }) => ({
    title: `${address} does not open ${wanted}.`,
    hint: `Check what its sshd_config allows (${detail}).`,
  }),
};

/** What keeps an SSH host from being reached, in words. */
export function describeSsh(failure: SshFailure): ReturnType<Words[SshFailure['code']]> {
  const describe = sshErrors[failure.code] as (
    failure: SshFailure,
  ) => ReturnType<Words[SshFailure['code']]>;
  return describe(failure);
}
