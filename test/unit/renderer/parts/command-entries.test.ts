import { expect, it } from 'vitest';
import { findCommand } from '../../../../core/commands/table.ts';
import { canBeChosen, commandsFor } from '../../../../renderer/parts/command-entries.ts';
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
