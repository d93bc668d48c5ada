import { Option, type Command } from 'commander';
import type { Entity } from '../../core/domain/entity.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import type { CliClient } from '../cli-client.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { entityJson, entityTable } from '../output/entity-lines.ts';
import { plain } from '../output/plain.ts';
import { withFleet, type GlobalOptions } from '../with-fleet.ts';

interface ListOptions {
  readonly kind?: string;
  readonly tag?: string;
  readonly state?: string;
}

const { states } = messagesFor('en');
const KINDS: readonly Entity['kind'][] = ['hypervisor', 'virtualmachine', 'central-agent', 'user'];
/** As tables show them, and as JSON does. */
const STATES = [...new Set([...Object.values(states), ...Object.keys(states)])];

const AS_JSON = `
With --json, an entity has account, jid, kind, name, state, status, groups, tags and stale. It has
“since” (when it came into its state, ISO 8601 in UTC) and “hypervisor” only where they are known.`;

/** `archipel list` and `archipel watch`: what there is, and what changes. */
export function addFleetCommands(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('list')
    .description('Show the entities of the roster.')
    .addOption(new Option('--kind <kind>', 'only those of this kind').choices(KINDS))
    .option('--tag <tag>', 'only those with this tag')
    .addOption(new Option('--state <state>', 'only those in this state').choices(STATES))
    .addHelpText('after', AS_JSON)
    .action(async (options: ListOptions) => {
      const given = program.opts<GlobalOptions>();
      finish(await withFleet(given, async (cli) => list(cli, options, given.json ?? false)));
    });
  program
    .command('watch')
    .description('Print each change of state as it comes, until interrupted.')
    .addHelpText('after', AS_JSON)
    .action(async () => {
      const given = program.opts<GlobalOptions>();
      finish(await withFleet(given, (cli) => watch(cli, given.json ?? false)));
    });
}

function list(cli: CliClient, options: ListOptions, isJson: boolean): ExitCode {
  const entities = cli.fleet.all().filter((entity) => isWanted(entity, options));
  const nameOf = nameIn(cli);
  if (isJson) console.log(JSON.stringify(entities.map((one) => entityJson(one, nameOf))));
  else console.log(entityTable(entities, nameOf));
  return EXIT.done;
}

function isWanted(entity: Entity, { kind, tag, state }: ListOptions): boolean {
  return (
    (kind === undefined || entity.kind === kind) &&
    (tag === undefined || entity.tags.includes(tag.toLowerCase().replace(/^#/u, ''))) &&
    (state === undefined || entity.state === state || states[entity.state] === state)
  );
}

function watch(cli: CliClient, isJson: boolean): Promise<ExitCode> {
  const nameOf = nameIn(cli);
  const shown = new Map(cli.fleet.all().map((one) => [one.id, one.state]));
  const stop = cli.fleet.onChange(({ changed }) => {
    for (const entity of changed) {
      if (shown.get(entity.id) === entity.state) continue;
      shown.set(entity.id, entity.state);
      const line = plain(`${new Date().toISOString()} ${entity.name} ${states[entity.state]}`);
      console.log(isJson ? JSON.stringify(entityJson(entity, nameOf)) : line);
    }
  });
  return new Promise((resolve) => {
    const end = (): void => {
      stop();
      resolve(EXIT.done);
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  });
}

function nameIn(cli: CliClient): (id: string) => string | undefined {
  return (id) => cli.fleet.all().find((one) => one.id === id)?.name;
}
