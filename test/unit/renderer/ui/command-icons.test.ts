import { expect, it } from 'vitest';
import type { Command } from '../../../../core/commands/define-command.ts';
import { commands } from '../../../../core/commands/table.ts';
import { isIconName } from '../../../../renderer/ui/icons.ts';

it('has a picture for every command of the table', () => {
  const all: readonly Command[] = commands;
  expect(all.filter(({ icon }) => !isIconName(icon)).map(({ id, icon }) => [id, icon])).toEqual([]);
});
