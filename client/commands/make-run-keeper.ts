import type { BareJid } from '../../core/domain/jid.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import type { Ports } from '../ports.ts';
import type { CommandLink } from './command-context.ts';
import { commandHandlers } from './handlers.ts';
import { RunKeeper, type RunKeeperDependencies } from './run-keeper.ts';
import { RunReporter, type RunReporterTargets } from './run-reporter.ts';

interface Ways {
  readonly link: (account: BareJid) => CommandLink | undefined;
  readonly changed: RunKeeperDependencies['changed'];
}

/** Runs of commands on what the application knows, told of where they fail. */
export function makeRunKeeper(
  targets: RunReporterTargets,
  { clock, createId, report }: Ports,
  { link, changed }: Ways,
): RunKeeper {
  const { inventory, settings } = targets;
  const reporter = new RunReporter(targets);
  return new RunKeeper({
    handlers: commandHandlers,
    clock,
    createId,
    messages: () => messagesFor(settings.current.language),
    context: {
      link,
      entity: (id) => inventory.entity(id),
      entitiesOf: (account) => inventory.entities().filter((one) => one.account === account),
    },
    changed,
    leftOut: (run) => reporter.leftOut(run),
    ended: (run, entity, state) => reporter.ended(run, entity, state),
    report: (cause) => report(cause),
  });
}
