import { describe, expect, it } from 'vitest';
import { hindranceForAll, hindranceForWindow } from '../../../../core/commands/availability.ts';
import type { Command } from '../../../../core/commands/define-command.ts';
import { findCommand } from '../../../../core/commands/table.ts';
import { canBeChosen, commandsFor } from '../../../../renderer/parts/command-entries.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const machine = fakeEntity('web@archipel.test', { kind: 'virtualmachine' });

it('offers in the menu of a machine its console and texts for it, and nothing that only an open console can do', () => {
  const offered = commandsFor([machine], { hindrance: () => undefined }).map(({ id }) => id);
  expect(offered).toContain('vm.force-off');
  expect(offered.filter((id) => id.includes('console'))).toEqual([
    'panel.console',
    'console.type-text',
  ]);
});

it('offers power first and panels next, whatever the table has between them', () => {
  const groups = commandsFor([machine], { hindrance: () => undefined }).map(({ group }) => group);
  const inOrder = [...new Set(groups)];
  expect(inOrder.slice(0, 2)).toEqual(['power', 'panel']);
  // Each group stands together.
  expect(groups).toEqual(inOrder.flatMap((group) => groups.filter((one) => one === group)));
});

it('offers no choice of a keyboard without saying which', () => {
  expect(canBeChosen(findCommand('console.set-keyboard')!)).toBe(false);
});

describe('why somebody is offline', () => {
  const command = findCommand('entity.why-offline')!;
  const hindrance = (one: Command, targets: readonly Entity[]) =>
    one.surface === 'window' ? hindranceForWindow(one, targets) : hindranceForAll(one, targets);
  const isOffered = (...targets: Entity[]) => commandsFor(targets, { hindrance }).includes(command);

  it('is asked of those alone that are not there, or were when they were heard of last', () => {
    const offline = fakeEntity('away@archipel.test', { state: 'offline' });
    const crashed = fakeEntity('down@archipel.test', { state: 'crashed' });
    const stale = fakeEntity('old@archipel.test', { stale: true });
    expect([offline, stale, machine, crashed].map((one) => isOffered(one))).toEqual([
      ...[true, true],
      ...[false, false],
    ]);
    expect(isOffered(machine, offline)).toBe(true);
    expect(hindrance(command, [machine])).toEqual({ code: 'not-offline' });
    expect(hindrance(command, [])).toEqual({ code: 'no-target' });
  });
});
