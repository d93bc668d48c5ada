import type { Command } from 'commander';
import type { AccountSettings } from '../../core/contract/accounts.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import { CALLER, type CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { askPassword } from '../prompt/password.ts';
import { ownTerminal } from '../prompt/terminal.ts';
import { complain, describeConnection, withClient, type GlobalOptions } from '../with-fleet.ts';

interface LoginOptions {
  readonly host?: string;
  readonly port: string;
  readonly directTls?: boolean;
  readonly trust?: string;
  readonly remember: boolean;
}

/** `archipel login` and `archipel logout`: the accounts that app and command line share. */
export function addAccountCommands(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('login <jid>')
    .description('Add an account, or change how it connects, and try it.')
    .option('--host <host>', 'host to connect to instead of what DNS says')
    .option('--port <port>', 'port at that host', '5222')
    .option('--direct-tls', 'TLS from the first byte instead of STARTTLS')
    .option('--trust <SHA-256>', 'accept exactly the certificate with this fingerprint')
    .option('--no-remember', 'ask for the password each time instead of keeping it in the keychain')
    .action(async (jid: string, options: LoginOptions) => {
      finish(await withClient(program.opts<GlobalOptions>(), (cli) => login(cli, jid, options)));
    });
  program
    .command('logout <jid>')
    .description('Forget an account of this profile, with its password and cache.')
    .action(async (jid: string) => {
      finish(await withClient(program.opts<GlobalOptions>(), (cli) => logout(cli, jid)));
    });
}

async function login(cli: CliClient, text: string, options: LoginOptions): Promise<ExitCode> {
  const settings = readSettings(text, options);
  if (!settings.ok) return complain(settings.error, EXIT.usage);
  const { jid } = settings.value;
  const password = await askPassword(ownTerminal, `Password of ${jid}: `);
  if (password === undefined) return complain('No password was given.', EXIT.usage);
  const kept = await keep(cli, settings.value, password);
  if (!kept.ok) return complain(inWords(kept.error), EXIT.failed);
  const { accounts } = cli.client.handlers;
  if (options.trust !== undefined)
    await accounts.trust({ jid, fingerprint: options.trust }, CALLER);
  await accounts.connect({ jid, password }, CALLER);
  const failure = describeConnection(await cli.connected(jid));
  if (failure !== undefined) return complain(failure, EXIT.notConnected);
  console.log(`${jid} is logged in.`);
  return EXIT.done;
}

/** What the account is to be like, or what was given wrong. */
function readSettings(text: string, options: LoginOptions): Result<AccountSettings, string> {
  const parsed = parseJid(text);
  if (parsed?.node === undefined || parsed.resource !== undefined) {
    return err(`“${text}” is no JID of the form user@domain.`);
  }
  const { host, directTls = false, remember } = options;
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return err(`“${options.port}” is no port.`);
  return ok({
    jid: parsed.bare,
    resource: 'Archipel',
    connectAtStart: false,
    rememberPassword: remember,
    ...(host === undefined ? {} : { endpoint: { host, port, directTls } }),
  });
}

/** Adds the account, or changes the one that is there. */
async function keep(cli: CliClient, settings: AccountSettings, password: string) {
  const { accounts } = cli.client.handlers;
  const { jid, rememberPassword } = settings;
  if ((await cli.account(jid)) === undefined) {
    return accounts.add({ settings, ...(rememberPassword ? { password } : {}) }, CALLER);
  }
  const updated = await accounts.update(settings, CALLER);
  if (!updated.ok || !rememberPassword) return updated;
  return accounts.setPassword({ jid, password }, CALLER);
}

async function logout(cli: CliClient, text: string): Promise<ExitCode> {
  const jid = parseJid(text)?.bare;
  if (!jid) return complain(`“${text}” is no JID.`, EXIT.usage);
  const removed = await cli.client.handlers.accounts.remove({ jid }, CALLER);
  if (!removed.ok) return complain(inWords(removed.error), EXIT.failed);
  console.log(`${jid} is forgotten.`);
  return EXIT.done;
}

function inWords(error: Parameters<typeof describeError>[0]): string {
  const { title, hint } = describeError(error);
  return `${title} ${hint}`;
}
