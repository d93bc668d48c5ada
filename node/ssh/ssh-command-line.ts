import type { SshDestination } from './ssh-endpoint.ts';

/**
 * The ssh of the system with its arguments, for the same host. It asks for secrets itself, and reads
 * its own known hosts.
 */
export function sshCommandLine({
  host,
  port,
  user,
  identityFile,
  jump,
}: SshDestination): readonly string[] {
  return [
    'ssh',
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...(user === undefined ? [] : ['-l', user]),
    ...(identityFile === undefined ? [] : ['-i', identityFile]),
    ...(jump === undefined ? [] : ['-J', jump]),
    // What follows is no option, whatever it begins with.
    '--',
    host,
  ];
}
