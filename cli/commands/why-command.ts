import type { Command } from 'commander';
import type { OfflineCheck, OfflineDiagnosis } from '../../core/contract/diagnosis.ts';
import { entityId, type Entity } from '../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { AGENT_LOG } from '../../core/logs/agent-log-file.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import { CALLER, type CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { AGENT_PATIENCE_MS, describeNoEntity } from '../fleet.ts';
import type { HostOptions } from '../why/look-at-host.ts';
import { plain } from '../output/plain.ts';
import { complain, withAccount, type GlobalOptions } from '../with-fleet.ts';

const MARKS = { good: 'ok  ', bad: 'FAIL', unknown: '?   ' } as const;

/** `archipel why`: what keeps an entity offline. */
export function addWhyCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('why <entity>')
    .description('Find out why an entity is offline, and what to do.')
    .option(
      '--ssh [destination]',
      'look on the host of its hypervisor, too: [user@]host[:port], %n is its name; by its SSH profile when left out',
    )
    .option('--file <path>', 'where the agent’s log is on the host', AGENT_LOG)
    .option('--trust-host-key <fingerprint...>', 'trust host keys with these fingerprints')
    .action(async (name: string, options: HostOptions) => {
      const global = program.opts<GlobalOptions>();
      finish(await withAccount(global, (cli, account) => why(cli, account, name, options, global)));
    });
}

async function why(
  cli: CliClient,
  account: BareJid,
  name: string,
  options: HostOptions,
  global: GlobalOptions,
): Promise<ExitCode> {
  const found = cli.fleet.find(name);
  // A JID may be meant that is in no roster: it may be the misspelt one.
  const jid = found.ok ? found.value.jid : named(name);
  if (!found.ok && jid === undefined) return complain(describeNoEntity(found.error), EXIT.usage);
  // Somebody who was there when this last ran, and is not now, is silent for a while after a log-in.
  if (found.ok) await cli.fleet.heard(found.value.id, AGENT_PATIENCE_MS);
  const owner = found.ok ? found.value.account : account;
  const { diagnosis } = cli.client.handlers;
  const reply = await diagnosis.whyOffline({ account: owner, jid: jid ?? account }, CALLER);
  const { describeError } = messagesFor('en');
  if (!reply.ok) {
    const { title, hint } = describeError(reply.error);
    return complain(`${title} ${hint}`, EXIT.failed);
  }
  const asked = { account: owner, entity: found.ok ? found.value : undefined };
  const told = await withHost(cli, asked, reply.value, options, global);
  return typeof told === 'string' ? complain(told, EXIT.usage) : print(told, global.json === true);
}

function print(told: OfflineDiagnosis, isJson: boolean): ExitCode {
  console.log(isJson ? JSON.stringify(told) : plain(describe(told)));
  return EXIT.done;
}

/** Adds what the host shows, where the hypervisor is what is missing; a sentence where it cannot. */
async function withHost(
  cli: CliClient,
  { account, entity }: { readonly account: BareJid; readonly entity: Entity | undefined },
  diagnosis: OfflineDiagnosis,
  options: HostOptions,
  global: GlobalOptions,
): Promise<OfflineDiagnosis | string> {
  const { cause, jid } = diagnosis;
  if (options.ssh === undefined) return diagnosis;
  if (!OF_HOST.has(cause.name)) {
    console.error('Nobody looked by SSH: no host tells more of this.');
    return diagnosis;
  }
  const id =
    cause.name === 'hypervisor-down' ? entityId(account, cause.hypervisor) : hostOf(entity);
  const hypervisor = id && cli.client.entity(id);
  if (!hypervisor) return `The hypervisor of ${diagnosis.called} is not known.`;
  const about = cause.name === 'machine-silent' ? jid : hypervisor.jid;
  // SSH is a good part of the program, which every other command would wait for.
  const { lookAtHost } = await import('../why/look-at-host.ts');
  const looked = await lookAtHost(cli, hypervisor, about, options, global);
  if (!looked.ok) return looked.error;
  const called = cause.name === 'machine-silent' ? diagnosis.called : hypervisor.name;
  const checks = [...diagnosis.checks, ...looked.value.checks];
  return { ...diagnosis, called, checks, cause: looked.value.cause };
}

const OF_HOST: ReadonlySet<OfflineDiagnosis['cause']['name']> = new Set([
  'agent-down',
  'hypervisor-down',
  'machine-silent',
  // Who was never seen online may be a hypervisor, and who asks for its host takes it for one.
  'not-logged-in',
]);

function hostOf(entity: Entity | undefined): Entity['id'] | undefined {
  return entity?.kind === 'virtualmachine' ? entity.hypervisor : entity?.id;
}

/** The bare JID in a text that is written as one, with a node part. */
function named(text: string): BareJid | undefined {
  const jid = parseJid(text);
  return jid?.node === undefined ? undefined : jid.bare;
}

function describe({ called, cause, checks }: OfflineDiagnosis): string {
  const { diagnosis } = messagesFor('en');
  const { title, hint } = diagnosis.cause(cause, called);
  return [...checks.flatMap(describeCheck), '', title, hint].join('\n');
}

function describeCheck(check: OfflineCheck): readonly string[] {
  const said = `${MARKS[check.outcome]}  ${messagesFor('en').diagnosis.check(check)}`;
  return check.name === 'agent-log'
    ? [said, ...check.lines.map((line) => `      ${line}`)]
    : [said];
}
