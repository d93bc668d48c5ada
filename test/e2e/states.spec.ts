import { expect, test, type Locator } from '@playwright/test';
import path from 'node:path';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { uuidOf } from '../../demo/world/identity.ts';
import { expectOk } from '../support/expect-result.ts';
import { askEntity } from '../support/ask-entity.ts';
import { type WireFault } from './support/demo-platform.ts';
import { deskOnPlatform } from './support/desk.ts';
import { root } from './support/launch.ts';

const PICTURES = path.join(root, 'out/e2e/states');
const desk = deskOnPlatform();

test.beforeAll(async () => {
  // A long roster draws what is in sight alone, and any of its rows is wanted.
  await desk.window.setViewportSize({ width: 1280, height: 1000 });
});

type State = 'empty' | 'loading' | 'stale' | 'denied' | 'unsupported' | 'failed';
type AskedPanel = 'Overview' | 'Controls' | 'Virtual machines';

/** How the answer to a panel's question goes wrong, and what the panel then says. */
const WRONG: Readonly<Record<Exclude<State, 'empty'>, { fault: WireFault; says: RegExp }>> = {
  loading: { fault: { effect: 'drop' }, says: /Asking the / },
  stale: {
    fault: { effect: 'error', condition: 'internal-server-error' },
    says: /are old\.|is old\./,
  },
  denied: {
    fault: { effect: 'permission-denied' },
    says: /You lack the permission|You may not see this/,
  },
  unsupported: { fault: { effect: 'not-implemented' }, says: /does not offer/ },
  failed: {
    fault: { effect: 'error', condition: 'internal-server-error' },
    says: /The server failed on its own account/,
  },
};

/**
 * A subject for each state that an answer can be in. It is one that was not asked before, for a
 * value that is known stays; of four hosts one must serve twice.
 *
 * The Stanzas panel asks nobody: it shows the app's own record. So nothing on the wire can make it
 * load, be denied, be unsupported or fail; it can be empty, and stale when no account is connected.
 */
const SUBJECTS: Readonly<Record<AskedPanel, Readonly<Record<keyof typeof WRONG, string>>>> = {
  Overview: {
    loading: 'web-01',
    stale: 'web-02',
    denied: 'db-primary',
    unsupported: 'db-replica',
    failed: 'git',
  },
  Controls: {
    loading: 'backup',
    stale: 'monitoring',
    denied: 'vpn-gateway',
    unsupported: 'cache-01',
    failed: 'queue-01',
  },
  'Virtual machines': {
    stale: 'atoll-01',
    loading: 'atoll-02',
    denied: 'atoll-03',
    unsupported: 'lagoon',
    failed: 'atoll-03',
  },
};

/** Where the machines run that become stale. */
const HOSTS: Readonly<Record<string, string>> = { 'web-02': 'atoll-01', monitoring: 'lagoon' };

const NEW_MACHINE = {
  name: 'new',
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

const QUESTIONS: Readonly<Record<AskedPanel, WireFault>> = {
  Overview: { namespace: 'archipel:vm:control', action: 'info' },
  Controls: { namespace: 'archipel:vm:control', action: 'info' },
  'Virtual machines': { namespace: 'archipel:hypervisor:control', action: 'rostervm' },
};

/** What an answer brings; without it a panel may be one whose script is still being read. */
const ANSWERED: Readonly<Record<AskedPanel, RegExp>> = {
  Overview: /% in use/u,
  Controls: /GiB of/u,
  'Virtual machines': /^web-01$/u,
};

/** Changes what a panel shows behind the app's back; the entity tells, and the app asks again. */
async function outdate(panel: AskedPanel, subject: string): Promise<void> {
  const { admin, announcement } = desk.platform;
  const { domain } = announcement;
  if (panel === 'Virtual machines') {
    const other = `${subject}@${domain}/${subject}`;
    expectOk(await askEntity(admin, other, hypervisorControl.alloc, NEW_MACHINE));
  } else {
    const machine = `${uuidOf(subject)}@${domain}/${HOSTS[subject] ?? ''}`;
    expectOk(await askEntity(admin, machine, vmControl.suspend, {}));
  }
}

/** Saves what a panel looks like in both themes. */
async function photograph(panel: Locator, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await desk.window.emulateMedia({ colorScheme: theme });
    await expect(desk.window.locator('html')).toHaveAttribute('data-theme', theme);
    const file = path.join(PICTURES, `${name} ${theme}.png`.toLowerCase().replaceAll(' ', '-'));
    await panel.screenshot({ path: file, animations: 'disabled' });
  }
  await desk.window.emulateMedia({ colorScheme: 'light' });
}

for (const panel of ['Overview', 'Controls', 'Virtual machines'] as const) {
  for (const state of ['stale', 'failed', 'loading', 'denied', 'unsupported'] as const) {
    const subject = SUBJECTS[panel][state];
    test(`${panel} says that it is ${state}`, async () => {
      const { fault, says } = WRONG[state];
      if (state === 'stale') {
        // An answer first, so that there is something to grow old.
        await desk.roster.select(subject);
        const answered = await desk.shell.show(`${panel}: ${subject}`);
        await expect(answered.getByText(ANSWERED[panel]).first()).toBeVisible();
        await expect(answered.locator('[aria-busy=true]')).toHaveCount(0);
      }
      await desk.platform.setFaults({ ...QUESTIONS[panel], ...fault });
      await desk.roster.select(subject);
      const shown = await desk.shell.show(`${panel}: ${subject}`);
      if (state === 'stale') await outdate(panel, subject);
      const role = state === 'failed' ? 'alert' : 'status';
      await expect(shown.getByRole(role).filter({ hasText: says }).first()).toBeVisible();
      await photograph(shown, `${panel} ${state}`);
      await desk.platform.setFaults();
    });
  }
}

for (const [panel, what] of [
  ['Overview', 'Nothing is selected.'],
  ['Controls', 'No virtual machine is selected.'],
] as const) {
  test(`${panel} says that it is empty`, async () => {
    await desk.roster.select('proxy-01');
    await desk.shell.show(`${panel}: proxy-01`);
    await desk.roster.tree.press('Escape');
    const shown = desk.shell.panel(`${panel}: selection`);
    await expect(shown.getByRole('status')).toContainText(what);
    await photograph(shown, `${panel} empty`);
  });
}

test('Virtual machines says that it is empty', async () => {
  const { admin, announcement } = desk.platform;
  const { domain } = announcement;
  const machines = ['backup', 'monitoring', 'vpn-gateway'].map((name) => ({
    jid: `${uuidOf(name)}@${domain}`,
  }));
  const host = `lagoon@${domain}/lagoon`;
  expectOk(await askEntity(admin, host, hypervisorControl.unmanage, { machines }));
  await desk.roster.select('lagoon');
  const shown = await desk.shell.show('Virtual machines: lagoon');
  await expect(shown.getByRole('status')).toContainText('No virtual machine is here.');
  await photograph(shown, 'Virtual machines empty');
});

test('Stanzas says that it is empty', async () => {
  await desk.shell.run('Stanzas');
  const shown = desk.shell.panel('Stanzas: all accounts');
  await shown.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(shown.getByRole('status')).toContainText('No stanza has passed.');
  await photograph(shown, 'Stanzas empty');
});

test('Stanzas and the roster say that they are stale when the platform is gone', async () => {
  await desk.platform.crash();
  await expect(desk.shell.connection).toContainText(/Not connected|lost|failed/u);
  const shown = desk.shell.panel('Stanzas: all accounts');
  await expect(shown.getByRole('status').first()).toContainText('The list stands still.');
  await photograph(shown, 'Stanzas stale');
  await expect(desk.roster.item('web-01')).toHaveAccessibleDescription(/stale/u);
  await photograph(desk.window.getByRole('navigation', { name: 'Roster' }), 'Roster stale');
});

test('the next start shows the fleet as it was, with its age, before any network answers', async () => {
  await desk.restart();
  await expect(desk.roster.item('web-01')).toHaveAccessibleDescription(/^running, stale/u);
  await expect(desk.window.getByText(/^Shown as it was /u)).toBeVisible();
});
