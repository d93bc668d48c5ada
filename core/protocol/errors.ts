/** What is known of an error: how it is recognised on the wire, and how an agent of ours writes it. */
export type ErrorFacts =
  /** Class `archipel:error:permission`. */
  | { readonly kind: 'permission'; readonly number: number }
  /** Class `archipel:error:generic` with a number; numbers repeat, so namespace and actions decide. */
  | {
      readonly kind: 'numbered';
      readonly number: number;
      readonly namespace: string | undefined;
      readonly actions: readonly string[];
      /** Texts that mean the same under the numbers of other actions. */
      readonly says?: readonly string[];
    }
  /** Recognised by a piece of its text; it travels under the number of the action that failed. */
  | { readonly kind: 'said'; readonly says: readonly [string, ...string[]] }
  /** Class `libvirt:error:generic`, number of libvirt's virErrorNumber; undefined for all others. */
  | { readonly kind: 'libvirt'; readonly number: number | undefined }
  /** A stanza error of RFC 6120 §8.3.3. */
  | { readonly kind: 'stanza'; readonly condition: string }
  /** Nothing of the above. */
  | { readonly kind: 'unknown' };

function numbered(
  number: number,
  namespace?: string,
  ...actions: string[]
): Extract<ErrorFacts, { kind: 'numbered' }> {
  return { kind: 'numbered', number, namespace, actions };
}

function said(...says: readonly [string, ...string[]]): ErrorFacts {
  return { kind: 'said', says };
}

function libvirt(number?: number): ErrorFacts {
  return { kind: 'libvirt', number };
}

function stanza(condition: string): ErrorFacts {
  return { kind: 'stanza', condition };
}

const GENERAL = {
  'permission-denied': { kind: 'permission', number: -1 },
  'avatar-list-failed': numbered(-1, 'archipel:avatar', 'getavatars'),
  'avatar-set-failed': numbered(-2, 'archipel:avatar', 'setavatar'),
  'permission-get-failed': numbered(-4, 'archipel:permissions', 'get', 'getown'),
  'permission-set-failed': numbered(-5, 'archipel:permissions', 'set', 'setown'),
  'permission-list-failed': numbered(-6, 'archipel:permissions', 'list'),
  'tags-set-failed': numbered(-7, 'archipel:tags', 'settags'),
  'subscription-add-failed': numbered(-8, 'archipel:subscription', 'add'),
  'subscription-remove-failed': numbered(-9, 'archipel:subscription', 'remove'),
  'roster-failed': numbered(-450001, 'archipel:roster', 'getroster'),
  'malformed-request': numbered(-42),
  'vm-migrating': { ...numbered(-43), says: ['Virtual machine is migrating'] },
  'scheduler-failed': numbered(-1, 'archipel:entity:scheduler'),
  'oom-failed': numbered(-1, 'archipel:vm:oom'),
  'platform-request-failed': numbered(-1, 'archipel:centralagent:platform', 'request'),
  'central-agent-failed': numbered(123, 'archipel:centralagent'),
} as const satisfies Record<string, ErrorFacts>;

const VIRTUAL_MACHINE = {
  'vm-create-failed': numbered(-1001, 'archipel:vm:control', 'create'),
  'vm-suspend-failed': numbered(-1002, 'archipel:vm:control', 'suspend'),
  'vm-resume-failed': numbered(-1003, 'archipel:vm:control', 'resume'),
  'vm-destroy-failed': numbered(-1004, 'archipel:vm:control', 'destroy'),
  'vm-undefine-failed': numbered(-1004, 'archipel:vm:definition', 'undefine'),
  'vm-shutdown-failed': numbered(-1005, 'archipel:vm:control', 'shutdown'),
  'vm-reboot-failed': numbered(-1006, 'archipel:vm:control', 'reboot'),
  'vm-define-failed': numbered(-1007, 'archipel:vm:definition', 'define'),
  'vm-info-failed': numbered(-1009, 'archipel:vm:control', 'info'),
  'vnc-display-failed': numbered(-1010, 'archipel:virtualmachine:vnc', 'display'),
  'vm-xmldesc-failed': numbered(-1011, 'archipel:vm:control', 'xmldesc'),
  'vm-migrate-failed': numbered(-1013, 'archipel:vm:control', 'migrate'),
  'vm-autostart-failed': numbered(-1015, 'archipel:vm:control', 'autostart'),
  'vm-memory-failed': numbered(-1016, 'archipel:vm:control', 'memory'),
  'vm-setvcpus-failed': numbered(-1016, 'archipel:vm:control', 'setvcpus'),
  'vm-networkinfo-failed': numbered(-1017, 'archipel:vm:control', 'networkinfo'),
  'vm-capabilities-failed': numbered(-1019, 'archipel:vm:definition', 'capabilities'),
  'vm-free-failed': numbered(-1020, 'archipel:vm:control', 'free'),
  'vm-screenshot-failed': numbered(-1021, 'archipel:vm:control', 'screenshot'),
  'snapshot-take-failed': numbered(-2001, 'archipel:virtualmachine:snapshoting', 'take'),
  'snapshot-get-failed': numbered(-2002, 'archipel:virtualmachine:snapshoting', 'get'),
  'snapshot-current-failed': numbered(-2003, 'archipel:virtualmachine:snapshoting', 'current'),
  'snapshot-delete-failed': numbered(-2004, 'archipel:virtualmachine:snapshoting', 'delete'),
  'snapshot-revert-failed': numbered(-2005, 'archipel:virtualmachine:snapshoting', 'revert'),
  'snapshot-no-drive': numbered(-2006, 'archipel:virtualmachine:snapshoting', 'take'),
  'disk-create-failed': numbered(-3001, 'archipel:vm:disk', 'create'),
  'disk-delete-failed': numbered(-3002, 'archipel:vm:disk', 'delete'),
  'disk-get-failed': numbered(-3003, 'archipel:vm:disk', 'get'),
  'disk-getiso-failed': numbered(-3004, 'archipel:vm:disk', 'getiso'),
  'disk-convert-failed': numbered(-3005, 'archipel:vm:disk', 'convert'),
  'disk-rename-failed': numbered(-3006, 'archipel:vm:disk', 'rename'),
  'disk-getgolden-failed': numbered(-3007, 'archipel:vm:disk', 'getgolden'),
  'disk-setgolden-failed': numbered(-3008, 'archipel:vm:disk', 'setgolden'),
  'appliance-attach-failed': numbered(-4001, 'archipel:virtualmachine:vmcasting', 'attach'),
  'appliance-get-failed': numbered(-4002, 'archipel:virtualmachine:vmcasting', 'get'),
  'appliance-detach-failed': numbered(-4003, 'archipel:virtualmachine:vmcasting', 'detach'),
  'appliance-package-failed': numbered(-4004, 'archipel:virtualmachine:vmcasting', 'package'),
} as const satisfies Record<string, ErrorFacts>;

const HYPERVISOR = {
  'alloc-failed': numbered(-9001, 'archipel:hypervisor:control', 'alloc'),
  'geolocalization-failed': numbered(-9001, 'archipel:hypervisor:geolocalization', 'get'),
  'free-failed': numbered(-9002, 'archipel:hypervisor:control', 'free'),
  'rostervm-failed': numbered(-9003, 'archipel:hypervisor:control', 'rostervm'),
  'clone-failed': numbered(-9004, 'archipel:hypervisor:control', 'clone'),
  'ip-failed': numbered(-9005, 'archipel:hypervisor:control', 'ip'),
  'soft-alloc-failed': numbered(-9007, 'archipel:hypervisor:control', 'soft_alloc'),
  'capabilities-failed': numbered(-9009, 'archipel:hypervisor:control', 'capabilities'),
  'manage-failed': numbered(-9010, 'archipel:hypervisor:control', 'manage'),
  'unmanage-failed': numbered(-9011, 'archipel:hypervisor:control', 'unmanage'),
  'migrationinfo-failed': numbered(-9012, 'archipel:hypervisor:control', 'migrationinfo'),
  'setorginfo-failed': numbered(-9013, 'archipel:hypervisor:control', 'setorginfo'),
  'nodeinfo-failed': numbered(-9014, 'archipel:hypervisor:control', 'nodeinfo'),
  'feed-list-failed': numbered(-6001, 'archipel:hypervisor:vmcasting', 'get'),
  'feed-register-failed': numbered(-6002, 'archipel:hypervisor:vmcasting', 'register'),
  'feed-unregister-failed': numbered(-6003, 'archipel:hypervisor:vmcasting', 'unregister'),
  'feed-download-failed': numbered(-6004, 'archipel:hypervisor:vmcasting', 'downloadappliance'),
  'feed-queue-failed': numbered(-6005, 'archipel:hypervisor:vmcasting', 'downloadqueue'),
  'feed-appliances-failed': numbered(-6006, 'archipel:hypervisor:vmcasting', 'getappliances'),
  'feed-delete-failed': numbered(-6007, 'archipel:hypervisor:vmcasting', 'deleteappliance'),
  'feed-installed-failed': numbered(
    -6008,
    'archipel:hypervisor:vmcasting',
    'getinstalledappliances',
  ),
  'network-define-failed': numbered(-7001, 'archipel:hypervisor:network', 'define'),
  'network-undefine-failed': numbered(-7002, 'archipel:hypervisor:network', 'undefine'),
  'network-create-failed': numbered(-7003, 'archipel:hypervisor:network', 'create'),
  'network-destroy-failed': numbered(-7004, 'archipel:hypervisor:network', 'destroy'),
  'network-get-failed': numbered(-7005, 'archipel:hypervisor:network', 'get'),
  'network-bridges-failed': numbered(-7006, 'archipel:hypervisor:network', 'bridges'),
  'network-getnames-failed': numbered(-7007, 'archipel:hypervisor:network', 'getnames'),
  'network-getnics-failed': numbered(-7008, 'archipel:hypervisor:network', 'getnics'),
  'network-getnwfilters-failed': numbered(-7009, 'archipel:hypervisor:network', 'getnwfilters'),
  'health-history-failed': numbered(-8001, 'archipel:hypervisor:health', 'history'),
  'health-info-failed': numbered(-8002, 'archipel:hypervisor:health', 'info'),
  'health-logs-failed': numbered(-8003, 'archipel:hypervisor:health', 'logs'),
  'parking-list-failed': numbered(-11001, 'archipel:hypervisor:vmparking', 'list'),
  'parking-park-failed': numbered(-11002),
  'parking-unpark-failed': numbered(-11003, 'archipel:hypervisor:vmparking', 'unpark'),
  'parking-change-failed': numbered(-11004, 'archipel:hypervisor:vmparking'),
  'parking-create-failed': numbered(-11005, 'archipel:hypervisor:vmparking', 'create_parked'),
  'nuage-create-failed': numbered(-12001, 'archipel:hypervisor:nuage:network', 'create'),
  'nuage-delete-failed': numbered(-12002, 'archipel:hypervisor:nuage:network', 'delete'),
  'nuage-update-failed': numbered(-12003, 'archipel:hypervisor:nuage:network', 'update'),
  'nuage-get-failed': numbered(-12004, 'archipel:hypervisor:nuage:network', 'get'),
  'nuage-getnames-failed': numbered(-12005, 'archipel:hypervisor:nuage:network', 'getnames'),
} as const satisfies Record<string, ErrorFacts>;

const XMPP_SERVER = {
  'central-agent-not-found': numbered(-10000, 'archipel:xmppserver:users'),
  'group-addusers-failed': numbered(-20001, 'archipel:xmppserver:groups', 'addusers'),
  'group-create-failed': numbered(-20002, 'archipel:xmppserver:groups', 'create'),
  'group-delete-failed': numbered(-20003, 'archipel:xmppserver:groups', 'delete'),
  'group-deleteusers-failed': numbered(-20004, 'archipel:xmppserver:groups', 'deleteusers'),
  'group-list-failed': numbered(-20005, 'archipel:xmppserver:groups', 'list'),
  'user-changepassword-failed': numbered(-30001, 'archipel:xmppserver:users', 'changepassword'),
  'user-filter-failed': numbered(-30002, 'archipel:xmppserver:users', 'filter'),
  'user-list-failed': numbered(-30003, 'archipel:xmppserver:users', 'list', 'number'),
  'user-register-failed': numbered(-30004, 'archipel:xmppserver:users', 'register'),
  'user-unregister-failed': numbered(-30005, 'archipel:xmppserver:users', 'unregister'),
} as const satisfies Record<string, ErrorFacts>;

/** Numbers of our own namespaces, far from those of the original agents. */
const OURS = {
  'definition-get-failed': numbered(-61001, 'archipel:vm:definition:text', 'get'),
  'definition-define-failed': numbered(-61002, 'archipel:vm:definition:text', 'define'),
  'definition-changed': numbered(-61003, 'archipel:vm:definition:text', 'define'),
  'hypervisor-info-failed': numbered(-62001, 'archipel:hypervisor:info', 'get'),
  'console-open-failed': numbered(-63001, 'archipel:vm:console', 'open'),
  'console-sendkeys-failed': numbered(-63002, 'archipel:vm:console', 'sendkeys'),
  'outcome-get-failed': numbered(-64001, 'archipel:outcome', 'get'),
  'statistics-subscribe-failed': numbered(-65001, 'archipel:statistics', 'subscribe'),
  'statistics-unsubscribe-failed': numbered(-65002, 'archipel:statistics', 'unsubscribe'),
  'statistics-history-failed': numbered(-65003, 'archipel:statistics', 'history'),
  'log-subscribe-failed': numbered(-66001, 'archipel:log', 'subscribe'),
  'log-unsubscribe-failed': numbered(-66002, 'archipel:log', 'unsubscribe'),
  /** Of any namespace: who sent the order has been told that it would not be carried out. */
  'order-given-up': numbered(-64002),
} as const satisfies Record<string, ErrorFacts>;

/** Told apart by their words only; the first text is the one our agent writes. */
const BY_TEXT = {
  'vm-not-defined': said(
    'You need to first define the virtual machine',
    'Virtual machine must be defined',
    'has to be defined to be cloned',
    'Virtual machine is not defined',
  ),
  'vm-name-taken': said(
    'Archipel already manages a virtual machine named',
    'There is already a non managed virtual machine named',
  ),
  'vm-must-be-stopped': said('has to be stopped'),
  'vm-not-running': said('Virtual machine must be running'),
  'console-no-screen': said('The virtual machine has no screen'),
  'vm-unknown': said('No VM with UUID'),
  'vm-already-managed': said('is already managed by Archipel'),
  'vm-not-managed': said('is not managed by Archipel'),
  'vm-already-migrating': said('Virtual machine is already migrating'),
  'vm-already-there': said('Virtual machine is already running on'),
  'vm-blocked': said('Virtual machine is blocked'),
  'live-migration-unsupported': said('only supports Live migration for QEMU/KVM'),
  'definition-uuid-mismatch': said("doesn't match JID", 'IncorrectUUID'),
  'block-devices-forbidden': said("doesn't allow to use block devices"),
  'vcpus-above-maximum': said('Maximum vCPU is'),
  'permissions-of-others': said('permissions of other users'),
  'health-no-sample': said('Unable to get stats', 'Unable to append'),
  'invalid-request': said(
    'The request cannot be read',
    'int() argument must be',
    'invalid literal',
  ),
} as const satisfies Record<string, ErrorFacts>;

/** See https://libvirt.org/html/libvirt-virterror.html#virErrorNumber */
const LIBVIRT = {
  'libvirt-internal': libvirt(1),
  'libvirt-no-support': libvirt(3),
  'libvirt-invalid-argument': libvirt(8),
  'libvirt-operation-failed': libvirt(9),
  'libvirt-xml-error': libvirt(27),
  'libvirt-system-error': libvirt(38),
  'libvirt-no-domain': libvirt(42),
  'libvirt-no-network': libvirt(43),
  'libvirt-operation-invalid': libvirt(55),
  'libvirt-config-unsupported': libvirt(67),
  'libvirt-timeout': libvirt(68),
  'libvirt-no-snapshot': libvirt(72),
  'libvirt-agent-unresponsive': libvirt(86),
  'libvirt-error': libvirt(),
} as const satisfies Record<string, ErrorFacts>;

const STANZA = {
  'not-implemented': stanza('feature-not-implemented'),
  'service-unavailable': stanza('service-unavailable'),
  'recipient-unavailable': stanza('recipient-unavailable'),
  'item-not-found': stanza('item-not-found'),
  forbidden: stanza('forbidden'),
  'not-authorized': stanza('not-authorized'),
  'not-allowed': stanza('not-allowed'),
  conflict: stanza('conflict'),
  'bad-request': stanza('bad-request'),
  'not-acceptable': stanza('not-acceptable'),
  'jid-malformed': stanza('jid-malformed'),
  'policy-violation': stanza('policy-violation'),
  'resource-constraint': stanza('resource-constraint'),
  'registration-required': stanza('registration-required'),
  'subscription-required': stanza('subscription-required'),
  'remote-server-not-found': stanza('remote-server-not-found'),
  'remote-server-timeout': stanza('remote-server-timeout'),
  'internal-server-error': stanza('internal-server-error'),
  'unexpected-request': stanza('unexpected-request'),
  gone: stanza('gone'),
  redirect: stanza('redirect'),
  'undefined-condition': stanza('undefined-condition'),
} as const satisfies Record<string, ErrorFacts>;

export const PROTOCOL_ERRORS = {
  ...GENERAL,
  ...VIRTUAL_MACHINE,
  ...HYPERVISOR,
  ...XMPP_SERVER,
  ...OURS,
  ...BY_TEXT,
  ...LIBVIRT,
  ...STANZA,
  'unknown-error': { kind: 'unknown' },
} as const satisfies Record<string, ErrorFacts>;

/** Everything that an entity or a server can refuse a request with, as one closed list. */
export type ProtocolErrorCode = keyof typeof PROTOCOL_ERRORS;

/** What agents say to an action they do not have; any other text is a reason of their own. */
export const NOT_IMPLEMENTED_TEXT =
  'The feature requested is not implemented by the recipient or server and therefore cannot be processed.';
