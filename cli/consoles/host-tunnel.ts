import path from 'node:path';
import type { SshProfile } from '../../core/ssh/ssh-profile.ts';
import type { Tunnel } from '../../node/rfb/reach-ways.ts';
import { tunnelOver } from '../../node/rfb/ssh-tunnel.ts';
import { SshConnector } from '../../node/ssh/ssh-connector.ts';
import { SshAnswers } from '../logs/ssh-answers.ts';

/** A tunnel through the host of a machine; the host's questions are answered as by `archipel logs`. */
export function tunnelThroughHost(
  host: SshProfile,
  profileFolder: string,
  { trusted, signal }: { readonly trusted: readonly string[]; readonly signal: AbortSignal },
): Tunnel {
  const connector = new SshConnector({ ownKnownHosts: path.join(profileFolder, 'known_hosts') });
  return tunnelOver(async () => {
    const connection = await connector.connect(host, new SshAnswers(trusted), signal);
    return { connection, release: () => void connection.close() };
  });
}
