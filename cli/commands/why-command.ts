import type { Command } from 'commander';
import type { OfflineDiagnosis } from '../../core/contract/diagnosis.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { CALLER, type CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { describeNoEntity } from '../fleet.ts';
import { complain, withAccount, type GlobalOptions } from '../with-fleet.ts';

const MARKS = { good: 'ok  ', bad: 'FAIL', unknown: '?   ' } as const;

/** `archipel why`: what keeps an entity offline. */
export function addWhyCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('why <entity>')
    .description('Find out why an entity is offline, and what to do.')
    .action(async (name: string) => {
      const global = program.opts<GlobalOptions>();
      finish(
        await withAccount(global, (cli, account) => why(cli, account, name, global.json ?? false)),
      );
    });
}

async function why(
  cli: CliClient,
  account: BareJid,
  name: string,
  isJson: boolean,
): Promise<ExitCode> {
  const found = cli.fleet.find(name);
  // A JID may be meant that is in no roster: it may be the misspelt one.
  const jid = found.ok ? found.value.jid : named(name);
  if (!found.ok && jid === undefined) return complain(describeNoEntity(found.error), EXIT.usage);
  const owner = found.ok ? found.value.account : account;
  const { diagnosis } = cli.client.handlers;
  const reply = await diagnosis.whyOffline({ account: owner, jid: jid ?? account }, CALLER);
  const { describeError } = messagesFor('en');
  if (!reply.ok) {
    const { title, hint } = describeError(reply.error);
    return complain(`${title} ${hint}`, EXIT.failed);
  }
  console.log(isJson ? JSON.stringify(reply.value) : describe(reply.value));
  return EXIT.done;
}

/** The bare JID in a text that is written as one, with a node part. */
function named(text: string): BareJid | undefined {
  const jid = parseJid(text);
  return jid?.node === undefined ? undefined : jid.bare;
}

function describe({ called, cause, checks }: OfflineDiagnosis): string {
  const { diagnosis } = messagesFor('en');
  const { title, hint } = diagnosis.cause(cause, called);
  const lines = checks.map((check) => `${MARKS[check.outcome]}  ${diagnosis.check(check)}`);
  return [...lines, '', title, hint].join('\n');
}
