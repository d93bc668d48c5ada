import { beforeEach, describe, expect, it } from 'vitest';
import type { RunItemState } from '../../../../core/contract/runs.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import { ACCOUNT, ApplicationFixture, jid } from '../application-fixture.ts';
import { DONE, FakeFleet, presenceOf } from '../fake-fleet.ts';

const WEB = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
const TEXT = 'archipel:vm:definition:text';
const CONSOLE = 'archipel:vm:console';

const definition = (graphics: string): string =>
  `<domain type="kvm"><!-- by hand --><devices>\r\n  ${graphics}\r\n</devices></domain>`;
const FRENCH = definition(`<graphics type='vnc'  keymap="fr"/>`);
const PLAIN = definition(`<graphics type='vnc'/>`);

/** A machine whose agent keeps a definition, and takes another only on top of the one that was read. */
class World {
  readonly fleet = new FakeFleet([{ jid: WEB, name: 'web' }]);
  readonly pressed: (readonly string[])[] = [];
  readonly fixture: ApplicationFixture;
  text: string | undefined = FRENCH;
  revision = 1;

  constructor() {
    this.fleet.features = [TEXT, CONSOLE];
    const { acts } = this.fleet;
    acts.set('archipel:permissions getown', () => ok([{ name: 'all' }]));
    acts.set(`${CONSOLE} sendkeys`, (_machine, input: { readonly scancodes: string[] }) => {
      this.pressed.push(input.scancodes);
      return DONE;
    });
    acts.set(`${TEXT} get`, () =>
      ok(this.text === undefined ? undefined : { revision: `r${this.revision}`, text: this.text }),
    );
    acts.set(
      `${TEXT} define`,
      (_machine, input: { readonly base: string; readonly text: string }) => {
        if (input.base !== `r${this.revision}`) return err({ code: 'definition-changed' });
        this.text = input.text;
        this.revision += 1;
        return ok({ revision: `r${this.revision}`, isPending: true });
      },
    );
    this.fixture = new ApplicationFixture((session) => (session.answer = this.fleet.answer));
  }

  async start(status = 'Running'): Promise<void> {
    await this.fixture.connect();
    const presence = presenceOf(`${WEB}/rack1`, status, status === 'Off' ? 'xa' : undefined);
    // As agents of ours announce themselves (XEP-0115).
    const caps = el('c', { xmlns: 'http://jabber.org/protocol/caps', node: 'agent', ver: 'v1' });
    this.fixture.session.receive({ ...presence, children: [...presence.children, caps] });
    await this.fixture.time.pass(3000);
  }

  async run(command: string, input: Record<string, unknown> = {}): Promise<RunItemState> {
    const targets = [entityId(ACCOUNT, WEB)];
    const started = this.fixture.application.runs.start({ command, targets, input });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    await this.fixture.time.pass(200);
    return this.fixture.audience.told.runs.get(started.value.id)!.items[0]!.state;
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('keys that the hypervisor presses', () => {
  it('go down together by their scancodes', async () => {
    await world.start();
    const states = [
      await world.run('vm.send-keys', { keys: 'Ctrl+Alt+Del' }),
      await world.run('vm.send-keys', { keys: 'Ctrl+Alt+F12' }),
      await world.run('vm.send-keys', { keys: 'Alt+SysRq+S' }),
    ];
    expect([states.map(({ name }) => name), world.pressed]).toEqual([
      ['done', 'done', 'done'],
      [
        ['1d', '38', 'd3'],
        ['1d', '38', '58'],
        ['38', '54', '1f'],
      ],
    ]);
  });

  it('are none that the table does not have', async () => {
    await world.start();
    await expect(world.run('vm.send-keys', { keys: 'Any' })).rejects.toThrow('invalid-input');
    expect(world.pressed).toEqual([]);
  });

  it.each([
    ['agent', 'Its agent does not offer archipel:vm:console. A newer agent does.'],
    ['power', 'Not possible while it is off.'],
  ])('are refused with the reason where there is no %s for it', async (lack, reason) => {
    if (lack === 'agent') world.fleet.features = [TEXT];
    await world.start(lack === 'power' ? 'Off' : 'Running');
    const state = await world.run('vm.send-keys', { keys: 'Ctrl+Alt+Del' });
    const error = { code: 'not-allowed-now', reason };
    expect([state, world.pressed]).toMatchObject([{ name: 'failed', error }, []]);
  });

  it('are not sent by who may not open the screen', async () => {
    world.fleet.acts.set('archipel:permissions getown', () => ok([{ name: 'info' }]));
    await world.start();
    const state = await world.run('vm.send-keys', { keys: 'Ctrl+Alt+Del' });
    const error = { code: 'denied', permission: 'vnc_display' };
    expect([state, world.pressed]).toMatchObject([{ name: 'failed', error }, []]);
  });
});

describe('the keymap of a machine', () => {
  it('is taken out of its definition and put back, and nothing else of it changes', async () => {
    await world.start();
    const removed = await world.run('vm.remove-keymap');
    const without = world.text;
    const again = await world.run('vm.remove-keymap');
    const back = await world.run('vm.set-keymap', { keymap: 'fr' });
    expect([removed, again, back]).toMatchObject([
      { name: 'done', note: 'fr' },
      { name: 'done' },
      { name: 'done' },
    ]);
    expect([without, world.text, world.revision]).toEqual([
      FRENCH.replace(`  keymap="fr"`, ''),
      FRENCH.replace(`  keymap="fr"`, ` keymap='fr'`),
      3,
    ]);
  });

  it('is in the journal as an order of its own', async () => {
    await world.start();
    await world.run('vm.remove-keymap');
    const orders = world.fixture.application.journal.entries.map(({ action, state }) => [
      action,
      state,
    ]);
    expect(orders).toEqual([['define', 'done']]);
  });

  it('is not changed in a definition that somebody else has changed meanwhile', async () => {
    await world.start();
    const { acts } = world.fleet;
    acts.set(`${TEXT} get`, () => ok({ revision: 'r0', text: FRENCH }));
    const state = await world.run('vm.remove-keymap');
    expect([state, world.text]).toMatchObject([
      { name: 'failed', error: { code: 'refused', meaning: 'definition-changed' } },
      FRENCH,
    ]);
  });

  it.each([
    ['is not defined', undefined, { code: 'not-found', what: 'web' }],
    [
      'has no screen',
      definition('<disk/>'),
      { code: 'console', machine: 'web', failure: { code: 'no-screen' } },
    ],
    [
      'cannot be read',
      '<domain><devices>',
      { code: 'invalid-input', detail: 'XML: unexpected-end (1:18)' },
    ],
  ])('is not changed where the machine %s', async (_why, text, error) => {
    world.text = text;
    await world.start();
    const state = await world.run('vm.set-keymap', { keymap: 'de' });
    expect([state, world.revision]).toMatchObject([{ name: 'failed', error }, 1]);
  });

  it('stays where there is none to take out', async () => {
    world.text = PLAIN;
    await world.start();
    expect(await world.run('vm.remove-keymap')).toMatchObject({ name: 'done' });
    expect([world.text, world.revision]).toEqual([PLAIN, 1]);
  });
});
