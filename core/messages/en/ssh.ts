/** Words of SSH: what hosts ask, the profile of a hypervisor, and its test. */
export const ssh = {
  title: (name: string) => `SSH to ${name}`,
  description:
    'For its log, a shell, and screens that only the host itself can reach. What is left empty comes from your ssh_config.',
  embedded: 'This host is part of the demo platform. It is reached as it is; nothing is to be set.',
  embeddedTerminal: 'The host of the demo platform is only for this app. Open a shell on it here.',
  host: 'Host',
  hostHint: 'A name, an address, or a Host of your ssh_config.',
  hostWrong: 'A host has no spaces and does not begin with a dash.',
  port: 'Port',
  portWrong: 'From 1 to 65535.',
  user: 'User',
  userWrong: 'A user has no spaces and does not begin with a dash.',
  identityFile: 'Key file',
  identityFileHint: 'The private key. Its passphrase is asked for when it is needed.',
  jump: 'Jump host',
  jumpHint: 'As user@host:port; several with commas, or “none” for a direct way.',
  jumpWrong: 'Write it as user@host:port.',
  proposed: 'Proposed from the address of the hypervisor. It is kept once you save it.',
  saved: 'This is what you saved.',
  save: 'Save',
  forget: 'Propose again',
  cancel: 'Cancel',
  close: 'Close',
  test: 'Test',
  testing: 'Connecting…',
  stop: 'Stop',
  way: (user: string, address: string) => `Logs in as ${user} at ${address}`,
  through: (hosts: readonly string[]) => `through ${hosts.join(', ')}`,
  keys: (files: readonly string[]) => `with the agent’s keys and ${files.join(', ')}`,
  steps: 'Steps of the test',
  connecting: (address: string) => `Connects to ${address}`,
  connectingThrough: (address: string, through: string) =>
    `Connects to ${address} through ${through}`,
  hostKey: (address: string, keyType: string, fingerprint: string) =>
    `${address} shows its key (${keyType}): ${fingerprint}`,
  loggedIn: (user: string, address: string, method: string) =>
    method === ''
      ? `Logged in as ${user} at ${address}`
      : `Logged in as ${user} at ${address} with ${method}`,
  works: (time: string) => `It works. The whole took ${time}.`,
};

/** The windows in which main asks what an SSH host wants to know. */
export const sshQuestions = {
  hostKey: {
    title: (host: string) => `Trust the key of ${host}?`,
    effect:
      'This host has not been seen before. Compare the fingerprint with “ssh-keygen -l” on it: whoever stands in between would show another.',
    authority:
      'The host is known by its certificate authority alone, and certificates are not supported here: this is its plain key. Compare the fingerprint with “ssh-keygen -l” on the host.',
    verb: 'Trust',
  },
  passphrase: {
    title: 'Passphrase of a key',
    effect: (file: string) => `The key ${file} is encrypted.`,
    again: (file: string) => `That was not the passphrase of ${file}.`,
    label: 'Passphrase',
  },
  password: {
    title: (user: string, address: string) => `Password of ${user} at ${address}`,
    effect: 'The host asks for a password.',
    again: 'The host did not accept that password.',
    label: 'Password',
  },
  prompt: {
    title: (user: string, address: string) => `${address} asks ${user}`,
    effect: 'The words below are the host’s own.',
  },
  verb: 'Continue',
};
