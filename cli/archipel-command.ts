import { Command } from 'commander';
import { SystemKeychain } from '../node/keychain/keychain.ts';
import { connectOnce, describeConnectFailure } from './connect-session.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { endWithReader } from './output/closed-pipe.ts';
import { askPassword } from './prompt/password.ts';
import { ownTerminal } from './prompt/terminal.ts';
import { harmOf, readRawStanza, sendRawStanza, type RawStanza } from './raw-command.ts';
import { CLI_VERSION } from './version.ts';

interface Options {
  readonly jid: string;
  readonly password?: string;
  readonly to: string;
  readonly raw?: string;
  readonly nopretty?: boolean;
  readonly host?: string;
  readonly port: string;
  readonly fingerprint?: string;
}

const NO_PASSWORD =
  'No password was given. Give the stanza with --raw, or have the keychain keep the password: archipel login <JID>';

const program = new Command('archipel-command')
  .description('Send one raw command stanza to an entity and print the answer.')
  .version(CLI_VERSION)
  .requiredOption('-j, --jid <jid>', 'account to log in with')
  .requiredOption('-t, --to <full JID>', 'entity to send it to, with its resource')
  .option('-p, --password <password>', 'password; every user of this machine can read it there')
  .option(
    '-r, --raw <stanza>',
    'the <iq>, without from, to and id; read from standard input without it',
  )
  .option('-P, --nopretty', 'print the answer as it came')
  .option('--host <host>', 'host to connect to instead of what DNS says')
  .option('--port <port>', 'port at that host', '5222')
  .option('--fingerprint <SHA-256>', 'the one certificate to accept')
  .exitOverride((error) => {
    process.exit(error.exitCode === 0 ? EXIT.done : EXIT.usage);
  });

endWithReader([process.stdout, process.stderr], process);
process.exitCode = await main(program.parse().opts());

async function main(options: Options): Promise<ExitCode> {
  const text = options.raw ?? (await readAll(process.stdin));
  const stanza = readRawStanza(text);
  if (!stanza.ok) return complain(stanza.error, EXIT.usage);
  const harm = harmOf(stanza.value);
  if (harm !== undefined) return complain(`Not sent: ${harm}`, EXIT.failed);
  const password = await passwordFor(options);
  if (password === undefined) return complain(NO_PASSWORD, EXIT.usage);
  return send(options, password, stanza.value);
}

async function send(options: Options, password: string, stanza: RawStanza): Promise<ExitCode> {
  const { jid, host, port, fingerprint, to, nopretty } = options;
  const endpoint = host === undefined ? undefined : { host, port: Number(port) };
  const resource = `command-${process.pid}`;
  const session = await connectOnce({ jid, password, resource, endpoint, fingerprint });
  if (!session.ok) return complain(describeConnectFailure(session.error), EXIT.notConnected);
  try {
    const answer = await sendRawStanza(session.value, to, stanza, nopretty !== true);
    console.log(answer.text);
    return answer.exit;
  } finally {
    await session.value.disconnect();
  }
}

async function passwordFor({ jid, password, raw }: Options): Promise<string | undefined> {
  if (password !== undefined) {
    console.error('Warning: other users of this machine can read a password given with -p.');
    return password;
  }
  const kept = await new SystemKeychain().get(jid);
  if (kept.ok && kept.value !== undefined) return kept.value;
  // Standard input already held the stanza when there was no --raw.
  if (raw === undefined && !process.stdin.isTTY) return undefined;
  return askPassword(ownTerminal, `Password of ${jid}: `);
}

async function readAll(input: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of input) text += chunk.toString();
  return text;
}

function complain(text: string, exit: ExitCode): ExitCode {
  console.error(text);
  return exit;
}
