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

it('offers no choice of a keyboard without saying which', () => {
  expect(canBeChosen(findCommand('console.set-keyboard')!)).toBe(false);
});
