import { expect, it } from 'vitest';
import type { Command } from '../../../../core/commands/define-command.ts';
import { markOf } from '../../../../core/commands/marks.ts';
import { commands } from '../../../../core/commands/table.ts';
import { DEFAULT_SETTINGS } from '../../../../core/contract/settings.ts';

const all: readonly Command[] = commands;

it('marks in each set of choices exactly the one that holds', () => {
  const settings = { ...DEFAULT_SETTINGS, arrangement: 'by-group', theme: 'dark' } as const;
  const marked = all.filter(({ id }) => markOf(id, settings)?.checked).map(({ id }) => id);
  expect(marked).toEqual(['roster.by-group', 'theme.dark']);
  expect(markOf('roster.hide-offline', { ...settings, hideOffline: true })).toEqual({
    kind: 'check',
    set: 'roster.hide-offline',
    checked: true,
  });
});

it('marks nothing that does something', () => {
  expect(markOf('app.palette', DEFAULT_SETTINGS)).toBeUndefined();
});
