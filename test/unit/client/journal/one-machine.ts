import { parseJid, type BareJid } from '../../../../core/domain/jid.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { announcedNamespaces } from '../../../../core/protocol/all-actions.ts';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { DONE, FakeFleet, type Reply } from '../fake-fleet.ts';
import { jid } from '../application-fixture.ts';

export const HYPERVISOR = jid('rack1@example.org');
export const MACHINE = jid('0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org');
export const DAVE = jid('dave@example.org');
export const OTHER = '5f0c3b1a-0d52-4f60-8f3e-2c9f1f6b7a10';
export const FRESH = 'a3b1c2d4-1111-4222-8333-444455556666';
const PICTURE = Buffer.from('another picture').toString('base64');

type Act<Input> = (input: Input, jid: BareJid) => Reply | undefined;

interface Managed {
  readonly jid: string;
  readonly name: string;
  readonly isManaged: boolean;
}

/** What is so on the one hypervisor with its one machine. */
export class OneMachine {
  state = 5;
  memoryKib = 1_048_576;
  vcpus = 1;
  isAutostarted = false;
  hypervisor = `${HYPERVISOR}/rack1`;
  definition: XmlElement | undefined = el('domain', { type: 'kvm' }, [el('name', {}, ['web'])]);
  revision = 'r1';
  readonly granted = new Set<string>();
  readonly accounts = new Set<string>();
  managed: Managed[] = [
    { jid: `${MACHINE}/rack1`, name: 'web', isManaged: true },
    { jid: `${OTHER}@example.org`, name: 'old', isManaged: false },
  ];
  readonly fleet = new FakeFleet([
    { jid: HYPERVISOR, name: 'rack1' },
    { jid: MACHINE, name: 'web' },
  ]);

  constructor() {
    const { fleet } = this;
    fleet.features = [
      ...announcedNamespaces('virtualmachine'),
      ...announcedNamespaces('hypervisor'),
    ];
    fleet.vcards.set(MACHINE, { fullName: 'web', role: 'virtualmachine' });
    this.#questions();
    this.#controls();
    this.#definitions();
    this.#hypervisor();
    this.#others();
  }

  #on<Input>(namespace: string, name: string, act: Act<Input>) {
    // The fleet has read the input with the codec of this very action.
    const plain: Act<never> = act;
    this.fleet.acts.set(`${namespace} ${name}`, (who, input) => plain(input, who) ?? DONE);
  }

  #questions(): void {
    this.#on('archipel:vm:control', 'info', () =>
      ok(
        this.definition && {
          state: this.state,
          maxMemoryKib: 4_194_304,
          memoryKib: this.memoryKib,
          vcpus: this.vcpus,
          cpuPercent: 0,
          hypervisor: this.hypervisor,
          autostart: this.isAutostarted,
        },
      ),
    );
    this.#on('archipel:vm:control', 'xmldesc', () => ok(this.definition));
    this.#on('archipel:vm:definition:text', 'get', () =>
      ok({ definition: { revision: this.revision, text: '<domain/>' } }.definition),
    );
    this.#on('archipel:hypervisor:control', 'rostervm', () => ok(this.managed));
    const held = () => ok(['all', ...this.granted].map((name) => ({ name })));
    this.#on('archipel:permissions', 'get', held);
    this.#on('archipel:permissions', 'getown', held);
    this.#on('archipel:avatar', 'getavatars', () =>
      ok([{ name: 'ship.png', mime: 'image/png', hash: 'h', data: PICTURE }]),
    );
  }

  #controls(): void {
    const vm = 'archipel:vm:control';
    const become = (state: number) => () => {
      this.state = state;
      return undefined;
    };
    this.#on(vm, 'create', () => {
      this.state = 1;
      return ok({ id: '1' });
    });
    this.#on(vm, 'shutdown', become(5));
    this.#on(vm, 'destroy', become(5));
    this.#on(vm, 'reboot', become(1));
    this.#on(vm, 'suspend', become(3));
    this.#on(vm, 'resume', become(1));
    this.#on<{ hypervisor: string }>(vm, 'migrate', ({ hypervisor }) => {
      this.hypervisor = hypervisor;
      return undefined;
    });
    this.#on<{ value: boolean }>(vm, 'autostart', ({ value }) => {
      this.isAutostarted = value;
      return undefined;
    });
    this.#on<{ memoryKib: number }>(vm, 'memory', ({ memoryKib }) => {
      this.memoryKib = memoryKib;
      return undefined;
    });
    this.#on<{ vcpus: number }>(vm, 'setvcpus', ({ vcpus }) => {
      this.vcpus = vcpus;
      return undefined;
    });
    this.#on(vm, 'free', () => this.#release(MACHINE));
    this.#on('archipel:vm:console', 'sendkeys', () => undefined);
    this.#on('archipel:vm:console', 'open', () =>
      ok({ type: 'vnc', token: 'once', expiresInSeconds: 30, transports: [] }),
    );
  }

  #definitions(): void {
    this.#on<{ domain: XmlElement }>('archipel:vm:definition', 'define', ({ domain }) => {
      this.definition = domain;
      return undefined;
    });
    this.#on('archipel:vm:definition', 'undefine', () => {
      this.definition = undefined;
      return undefined;
    });
    this.#on<{ base?: string }>('archipel:vm:definition:text', 'define', ({ base }) => {
      if (base !== this.revision) return err({ code: 'definition-changed' });
      this.revision = 'r2';
      return ok({ revision: 'r2', isPending: false });
    });
  }

  #hypervisor(): void {
    const hypervisor = 'archipel:hypervisor:control';
    this.#on<{ name?: string }>(hypervisor, 'alloc', ({ name = 'made' }) => {
      this.#add(`${FRESH}@example.org/rack1`, name);
      return ok({ jid: `${FRESH}@example.org` });
    });
    this.#on<{ name?: string }>(hypervisor, 'clone', ({ name = 'copy' }) => {
      this.#add(`${FRESH}@example.org/rack1`, name);
      return undefined;
    });
    this.#on(hypervisor, 'soft_alloc', () => {
      this.#add(`${FRESH}@example.org/rack1`, 'moved');
      return undefined;
    });
    this.#on<{ jid: string }>(hypervisor, 'free', ({ jid: which }) => {
      this.#release(which);
      return ok({ jid: which });
    });
    this.#on<{ machines: readonly { jid: string }[] }>(hypervisor, 'manage', ({ machines }) => {
      for (const one of machines) this.#mark(one.jid, true);
      return undefined;
    });
    this.#on<{ machines: readonly { jid: string }[] }>(hypervisor, 'unmanage', ({ machines }) => {
      for (const one of machines) this.#mark(one.jid, false);
      return undefined;
    });
    this.#on<{ name?: string; unit?: string }>(hypervisor, 'setorginfo', ({ name, unit }) => {
      this.fleet.vcards.set(MACHINE, {
        ...this.fleet.vcards.get(MACHINE),
        ...(name === undefined ? {} : { fullName: name }),
        ...(unit === undefined ? {} : { unit }),
      });
      return ok({ jid: `${MACHINE}/rack1` });
    });
  }

  #others(): void {
    interface Changes {
      readonly changes: readonly { readonly name: string; readonly isGranted: boolean }[];
    }
    const change = ({ changes }: Changes) => {
      for (const { name, isGranted } of changes) {
        if (isGranted) this.granted.add(name);
        else this.granted.delete(name);
      }
      return undefined;
    };
    this.#on('archipel:permissions', 'set', change);
    this.#on('archipel:permissions', 'setown', change);
    this.#on('archipel:subscription', 'add', () => void this.granted.add('presence'));
    this.#on('archipel:subscription', 'remove', () => void this.granted.delete('presence'));
    this.#on<{ tags: readonly string[] }>('archipel:tags', 'settags', ({ tags }, who) => {
      this.fleet.tags.set(who, tags);
      return undefined;
    });
    this.#users();
    this.#on('archipel:avatar', 'setavatar', () => {
      const photo = { mime: 'image/png', data: PICTURE };
      this.fleet.vcards.set(MACHINE, { ...this.fleet.vcards.get(MACHINE), photo });
      return undefined;
    });
  }

  #users(): void {
    const users = 'archipel:xmppserver:users';
    interface Users {
      readonly users: readonly { readonly jid: string }[];
    }
    this.#on(users, 'filter', () => {
      return ok([...this.accounts].map((one) => ({ jid: one, type: 'user' })));
    });
    this.#on<Users>(users, 'register', (order) => {
      for (const one of order.users) this.accounts.add(one.jid);
      return undefined;
    });
    this.#on<Users>(users, 'unregister', (order) => {
      for (const one of order.users) this.accounts.delete(one.jid);
      return undefined;
    });
    this.#on(users, 'changepassword', () => undefined);
  }

  #add(which: string, name: string): void {
    this.managed = [...this.managed, { jid: which, name, isManaged: true }];
  }

  #release(which: string): undefined {
    const node = parseJid(which)?.node;
    this.managed = this.managed.filter((one) => parseJid(one.jid)?.node !== node);
    return undefined;
  }

  #mark(which: string, isManaged: boolean): void {
    const node = parseJid(which)?.node;
    this.managed = this.managed.map((one) => {
      return parseJid(one.jid)?.node === node ? { ...one, isManaged } : one;
    });
  }
}
