import { expect } from '@playwright/test';
import type { Roster } from '../pages/roster.ts';
import type { Shell } from '../pages/shell.ts';
import type { TestPlatform } from './platforms.ts';

/** Adds the hypervisor and takes the machine under management, which brings it into the roster. */
export async function adopt(
  shell: Shell,
  roster: Roster,
  { newcomer, machine }: Pick<TestPlatform, 'newcomer' | 'machine'>,
): Promise<void> {
  if (!newcomer) return;
  await shell.run('Add contact');
  const form = shell.dialog('Add contact');
  await form.getByRole('textbox', { name: 'JID' }).fill(newcomer.jid);
  await form.getByRole('button', { name: 'Add contact' }).click();
  await expect(form).toBeHidden();
  await roster.expectState(newcomer.name, 'online');
  await roster.select(newcomer.name);
  const machines = await shell.show(`Virtual machines: ${newcomer.name}`);
  await machines.getByRole('tab', { name: /^Other domains/u }).click();
  await machines.getByRole('option').filter({ hasText: machine }).click();
  await machines.getByRole('button', { name: 'Manage' }).click();
}
