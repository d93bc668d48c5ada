import { parseJid, type BareJid } from '../core/domain/jid.ts';
import type { Account } from '../core/contract/accounts.ts';
import { describeError } from '../core/messages/en/errors.ts';
import { profileFolder } from '../node/platform/paths.ts';
import { CALLER, CliClient } from './cli-client.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { plain } from './output/plain.ts';
import { askPassword } from './prompt/password.ts';
import { ownTerminal } from './prompt/terminal.ts';

/** What every command of the command line may be given. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly account?: string;
  readonly profile?: string;
}

const NO_PASSWORD =
  'No password was given. Give it on standard input, or have the keychain keep it: archipel login <JID>';
const QUIET_MS = 400;
const PATIENCE_MS = 8_000;

export function complain(text: string, exit: ExitCode): ExitCode {
  console.error(plain(text));
  return exit;
}

/** Runs something with a client that is not connected yet, and always lets go of it. */
export async function withClient(
  options: GlobalOptions,
  work: (cli: CliClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  const cli = new CliClient(options.profile ?? profileFolder());
  try {
    await cli.start();
    return await work(cli);
  } finally {
    await cli.stop();
  }
}

/** Runs something with the fleet of an account that is online. */
export function withFleet(
  options: GlobalOptions,
  work: (cli: CliClient, account: BareJid) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withAccount(options, async (cli, account, failure) => {
    if (failure !== undefined) return complain(failure, EXIT.notConnected);
    return work(cli, account);
  });
}

/** Runs something with an account, online or not: `failure` says in words why it is not. */
export function withAccount(
  options: GlobalOptions,
  work: (cli: CliClient, account: BareJid, failure: string | undefined) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withClient(options, async (cli) => {
    const wanted = options.account === undefined ? undefined : parseJid(options.account)?.bare;
    const account = await cli.account(wanted);
    if (!account) {
      const whose = options.account ?? 'any account';
      return complain(
        `This profile does not know ${whose}. Log in: archipel login <JID>`,
        EXIT.notConnected,
      );
    }
    const failure = await goOnline(cli, account);
    if (failure === undefined) await cli.fleet.settled(QUIET_MS, PATIENCE_MS);
    return work(cli, account.settings.jid, failure);
  });
}

/** Why the account is not online; undefined when it is. */
async function goOnline(cli: CliClient, account: Account): Promise<string | undefined> {
  const { jid, connectAtStart } = account.settings;
  const { accounts } = cli.client.handlers;
  if (!connectAtStart) await accounts.connect({ jid }, CALLER);
  const connection = await cli.connected(jid);
  const isPasswordMissing =
    connection?.name === 'failed' && connection.error.code === 'password-needed';
  if (!isPasswordMissing) return describeConnection(connection);
  const password = await askPassword(ownTerminal, `Password of ${jid}: `);
  if (password === undefined) return NO_PASSWORD;
  await accounts.connect({ jid, password }, CALLER);
  return describeConnection(await cli.connected(jid));
}

/** What keeps a connection from being online, in words with the remedy. */
export function describeConnection(
  connection: Account['connection'] | undefined,
): string | undefined {
  if (connection?.name === 'online') return undefined;
  if (connection?.name !== 'failed' && connection?.name !== 'waiting') {
    return 'The server did not answer in time. Check the network and try again.';
  }
  const { title, hint } = describeError(connection.error);
  const { error } = connection;
  const trust =
    error.code === 'certificate'
      ? ` Accept it: archipel login … --trust ${error.certificate.fingerprint}`
      : '';
  return `${title} ${hint}${trust}`;
}
