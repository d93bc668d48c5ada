import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { judgeHostKey, parseKnownHosts } from '../../../node/ssh/known-hosts.ts';
import { SshConfigFile } from '../../../node/ssh/ssh-config-file.ts';
import { resolveEndpoint } from '../../../node/ssh/ssh-endpoint.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import { spoiltText } from '../../support/hostile-arbitraries.ts';

const CONFIG = `Host reef* !reef-9
  HostName %h.example.org
  User admin
  Port 2222
  IdentityFile ~/.ssh/%r@%h
  ProxyJump jump.example.org:22,other
  UserKnownHostsFile ~/.ssh/a "~/.ssh/b c"
Match host reef user root
  Port=22
Host *
  ServerAliveInterval 15
`;
const WORDS = [
  ...[
    '\n',
    ' ',
    '\t',
    '=',
    '"',
    "'",
    '\\',
    '#',
    '*',
    '?',
    '!',
    ',',
    '%',
    '%%',
    '%h',
    '%z',
    '~',
    ':',
  ],
  ...[
    'Host ',
    '\nMatch ',
    '\nMatch exec "false"\n',
    '\nInclude ',
    '\nInclude config\n',
    '[::1]:22',
  ],
  ...['\u0000', 'é', '-1', '99999999999', 'none', 'ProxyCommand x', '\nHost\n', '__proto__ x\n'],
];
const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIE1TUbS5KDM5h4kL0aTzH0pV8m3S1kP0m2mYq8vYq8vY';
const KNOWN = `# a comment
reef,10.0.0.1 ssh-ed25519 ${KEY}
@revoked [reef]:2222 ssh-ed25519 ${KEY}
@cert-authority *.example.org ssh-ed25519 ${KEY}
|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg= ssh-ed25519 ${KEY}
`;

const folder = mkdtempSync(path.join(tmpdir(), 'archipel-fuzz-'));
const around = {
  home: folder,
  localUser: 'me',
  platform: 'linux',
  environment: {},
} as const;

/** Removes what the target wrote. */
export const removeSshFiles = (): Promise<void> => rm(folder, { recursive: true });

/** The user's ssh_config: an endpoint comes of it, or words about what cannot be used. */
export const sshConfig = fc.asyncProperty(spoiltText(fc.constant(CONFIG), WORDS), async (text) => {
  const file = path.join(folder, 'config');
  writeFileSync(file, text);
  try {
    const config = await SshConfigFile.read([file], folder);
    const endpoint = resolveEndpoint({ host: 'reef-1' }, config.valuesFor('reef-1', 'me'), around);
    expect(endpoint.port).toBeGreaterThanOrEqual(0);
  } catch (cause) {
    if (!(cause instanceof SshFailureError)) throw cause;
  }
});

/** A known_hosts file: a spoilt line never makes a key trusted that no line has. */
export const knownHosts = fc.property(spoiltText(fc.constant(KNOWN), WORDS), (text) => {
  const lines = parseKnownHosts(text, 'known_hosts');
  const [known] = parseKnownHosts(KNOWN, 'known_hosts');
  if (!known) throw new Error('The good file has no good line');
  const stranger = { ...known.key, blob: Buffer.concat([known.key.blob, Buffer.from([1])]) };
  for (const host of ['reef', 'elsewhere']) {
    judgeHostKey(lines, host, 22, known.key);
    expect(judgeHostKey(lines, host, 22, stranger).name).not.toBe('trusted');
  }
});
