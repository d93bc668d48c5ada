import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Command } from 'commander';
import type { Account } from '../../core/contract/accounts.ts';
import { connectionFacts } from '../../core/messages/en/connection-facts.ts';
import { SystemKeychain } from '../../node/keychain/keychain.ts';
import { profileFolder } from '../../node/platform/paths.ts';
import { CALLER, type CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeConnection, withClient, type GlobalOptions } from '../with-fleet.ts';

/** What one look found, and what to do where it found something wrong. */
interface Finding {
  readonly what: string;
  readonly isGood: boolean;
  readonly detail: string;
}

/** `archipel doctor`: looks at what the client needs, from this machine outwards. */
export function addDoctorCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('doctor')
    .description('Check this machine, the keychain and each account, and say what to do.')
    .action(async () => {
      const global = program.opts<GlobalOptions>();
      const folder = global.profile ?? profileFolder();
      const findings = [nodeVersion(), await profile(folder), await keychain()];
      if (findings.every(({ what, isGood }) => isGood || what !== 'profile')) {
        await withClient(global, async (cli) => {
          findings.push(...(await accounts(cli)));
          return EXIT.done;
        });
      }
      report(findings, global.json ?? false);
      finish(findings.every(({ isGood }) => isGood) ? EXIT.done : EXIT.failed);
    });
}

function nodeVersion(): Finding {
  const { version } = process;
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number);
  const isGood = major > 20 || (major === 20 && minor >= 19);
  return { what: 'node', isGood, detail: isGood ? version : `${version}; install 20.19 or newer` };
}

async function profile(folder: string): Promise<Finding> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK);
    return { what: 'profile', isGood: true, detail: folder };
  } catch {
    const detail = `${folder} cannot be written; give another with --profile or change its owner`;
    return { what: 'profile', isGood: false, detail };
  }
}

async function keychain(): Promise<Finding> {
  if (!hasKeytar()) {
    return { what: 'keychain', isGood: false, detail: 'the package keytar is not installed' };
  }
  const read = await new SystemKeychain().get('doctor@archipel.invalid');
  if (read.ok) return { what: 'keychain', isGood: true, detail: 'answers' };
  const detail =
    read.error.code === 'keychain-locked'
      ? 'is locked; unlock it, or passwords are asked for each time'
      : `there is none (${read.error.detail}); passwords are asked for each time`;
  return { what: 'keychain', isGood: false, detail };
}

function hasKeytar(): boolean {
  try {
    createRequire(import.meta.url).resolve('keytar');
    return true;
  } catch {
    return false;
  }
}

async function accounts(cli: CliClient): Promise<readonly Finding[]> {
  const list = await cli.client.handlers.accounts.list(undefined, CALLER);
  if (!list.ok) return [{ what: 'accounts', isGood: false, detail: list.error.code }];
  if (list.value.length === 0) {
    return [{ what: 'accounts', isGood: true, detail: 'none yet; archipel login <JID>' }];
  }
  return Promise.all(list.value.map((account) => tryAccount(cli, account)));
}

async function tryAccount(cli: CliClient, { settings }: Account): Promise<Finding> {
  const { jid } = settings;
  if (!settings.connectAtStart) {
    await cli.client.handlers.accounts.connect({ jid }, CALLER);
  }
  const connection = await cli.connected(jid);
  const failure = describeConnection(connection);
  if (failure !== undefined || connection?.name !== 'online') {
    return { what: jid, isGood: false, detail: failure ?? 'not online' };
  }
  const { host, tls, mechanism } = connection.facts;
  return { what: jid, isGood: true, detail: `online at ${connectionFacts(host, tls, mechanism)}` };
}

function report(findings: readonly Finding[], isJson: boolean): void {
  if (isJson) {
    console.log(JSON.stringify(findings));
    return;
  }
  for (const { what, isGood, detail } of findings) {
    console.log(`${isGood ? 'ok  ' : 'FAIL'}  ${what}: ${detail}`);
  }
}
