import type { EvidenceTable } from '../../../../client/journal/evidence.ts';
import { parseJid, type BareJid } from '../../../../core/domain/jid.ts';
import type { MODULES } from '../../../../core/protocol/all-actions.ts';
import type { RequestOf } from '../../../../core/protocol/define-action.ts';
import { el } from '../../../../core/xml/element.ts';
import { ACCOUNT } from '../application-fixture.ts';
import { DAVE, FRESH, HYPERVISOR, MACHINE, OTHER, type OneMachine } from './one-machine.ts';

export interface Sample<Request> {
  readonly to: BareJid;
  readonly input: Request;
  /** Makes it so that the order changes something. */
  readonly prepare?: (world: OneMachine) => void;
  /** No state tells whether it was carried out. */
  readonly leavesNoTrace?: true;
}

type Modules = typeof MODULES;

/** One order of every kind: an action that is added without one does not compile. */
export type Samples = {
  readonly [M in keyof EvidenceTable]: {
    readonly [N in keyof EvidenceTable[M] & keyof Modules[M]]: Sample<RequestOf<Modules[M][N]>>;
  };
};

const running = (world: OneMachine): void => void (world.state = 1);
const vm = <T>(input: T, prepare?: (world: OneMachine) => void): Sample<T> => ({
  to: MACHINE,
  input,
  ...(prepare ? { prepare } : {}),
});
const hv = <T>(input: T, prepare?: (world: OneMachine) => void): Sample<T> => ({
  ...vm(input, prepare),
  to: HYPERVISOR,
});
const change = { type: 'user', user: ACCOUNT, name: 'create', isGranted: true } as const;

export const SAMPLES: Samples = {
  hypervisor: {
    alloc: hv({ name: 'new one' }),
    free: hv({ jid: MACHINE }),
    clone: hv({ jid: MACHINE, name: 'copy' }),
    soft_alloc: hv({ domain: el('domain', {}, [el('uuid', {}, [FRESH])]) }),
    manage: hv({ machines: [{ jid: `${OTHER}@example.org` }] }),
    unmanage: hv({ machines: [{ jid: MACHINE }] }),
    setorginfo: hv({ target: parseJid(MACHINE)!.node!, name: 'renamed', unit: 'Lab' }),
  },
  vm: {
    create: vm({}),
    shutdown: vm({}, running),
    destroy: vm({}, running),
    reboot: { ...vm({}, running), leavesNoTrace: true },
    suspend: vm({}, running),
    resume: vm({}, (world) => void (world.state = 3)),
    migrate: vm({ hypervisor: 'rack2@example.org/rack2' }, running),
    autostart: vm({ value: true }),
    memory: vm({ memoryKib: 2_097_152 }, running),
    setvcpus: vm({ vcpus: 4 }, running),
    free: vm({}),
  },
  console: {
    open: { ...vm({}), leavesNoTrace: true },
    sendkeys: { ...vm({ scancodes: ['1c'] }), leavesNoTrace: true },
  },
  definition: {
    define: vm({ domain: el('domain', { type: 'kvm' }, [el('name', {}, ['other'])]) }),
    undefine: vm({}),
  },
  'definition-text': { define: vm({ base: 'r1', text: '<domain/>' }) },
  permissions: { set: vm({ changes: [change] }), setown: vm({ changes: [change] }) },
  subscription: {
    add: vm({ jid: 'bob@example.org' }),
    remove: vm({ jid: 'bob@example.org' }, (world) => void world.granted.add('presence')),
  },
  tags: { settags: vm({ tags: ['lab'] }) },
  avatar: { setavatar: vm({ name: 'ship.png' }) },
  users: {
    register: hv({ users: [{ jid: DAVE, password: 'five letters' }] }),
    unregister: hv({ users: [{ jid: DAVE }] }, (world) => void world.accounts.add(DAVE)),
    changepassword: {
      ...hv({ users: [{ jid: DAVE, password: 'six letters' }] }),
      leavesNoTrace: true,
    },
  },
};
