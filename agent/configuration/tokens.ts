import { account, count, flag, list, maybe, needed, oneOf, session, text } from './token.ts';

/**
 * The tokens of the agent's configuration that this release uses. Sections and names are those of
 * original agents, so that an old file works; `STORE` is ours.
 */
export const TOKENS = {
  DEFAULT: {
    xmpp_server: needed('XMPP domain of the platform'),
    archipel_folder_lib: text('/var/lib/archipel', 'folder of the agent’s own data'),
    archipel_folder_data: text('/vm', 'folder of the virtual machines’ data'),
    archipel_general_uuid: maybe('what tells this hypervisor from all others'),
  },
  GLOBAL: {
    xmpp_pubsub_server: text('pubsub.%(xmpp_server)s', 'JID of the pubsub service'),
    xmpp_host: maybe('host to connect to instead of what DNS says about the domain'),
    xmpp_port: count(5222, 'port at that host'),
    xmpp_ca_file: maybe('file of the authorities that may vouch for the server, PEM'),
    xmpp_fingerprint: maybe('SHA-256 of the one certificate that is accepted'),
    archipel_root_admins: list('admin@%(xmpp_server)s', 'bare JIDs that may everything'),
    machine_ip: text('auto', 'auto, gateway_interface, or the address itself'),
    use_avatar: flag(true, 'whether entities wear a picture'),
    machine_avatar_directory: text('%(archipel_folder_lib)s/avatars', 'folder of the pictures'),
    libvirt_uri: text('qemu:///system', 'the libvirt connection'),
    migration_uri: maybe('libvirt URI given to other hypervisors'),
    modules_configuration_path: text('/etc/archipel/modules.d', 'folder of further *.conf files'),
    module_loading_policy: oneOf(
      ['restrictive', 'permissive'],
      'restrictive',
      'whether a module that is not named is loaded',
    ),
  },
  VCARD: {
    orgname: text('Archipel', 'organisation'),
    orgunit: text('Platform', 'unit of the organisation'),
    userid: text('nobody@%(xmpp_server)s', 'who owns the hypervisor'),
    locality: text('Unknown', 'where it is'),
    categories: text('Archipel', 'free categories'),
  },
  HYPERVISOR: {
    hypervisor_xmpp_jid: account('@HOSTNAME@@%(xmpp_server)s', 'bare JID of its account'),
    hypervisor_xmpp_password: needed('password of its account'),
    hypervisor_name: text('auto', 'name in its vCard; auto is the host name'),
    hypervisor_database_path: text(
      '%(archipel_folder_lib)s/hypervisor.sqlite3',
      'table of virtual machines of an original agent; imported once',
    ),
    hypervisor_default_avatar: text('defaulthypervisor.png', 'picture it wears at first'),
    name_generation_file: text('%(archipel_folder_lib)s/names.txt', 'one name a line'),
    hypervisor_permissions_database_path: text(
      '%(archipel_folder_lib)s/permissions.sqlite3',
      'permissions of an original agent; imported once',
    ),
  },
  VIRTUALMACHINE: {
    vm_base_path: text('%(archipel_folder_data)s/drives', 'folder of the virtual machines’ files'),
    vm_perm_path: maybe('folder of their permission databases; vm_base_path when absent'),
    vm_default_avatar: text('defaultvm.png', 'picture they wear at first'),
    xmpp_password_size: count(32, 'letters and digits of a generated password'),
    vm_permissions_database_path: text(
      '/permissions.sqlite3',
      'permissions of an original agent in the machine’s folder; imported once',
    ),
    allow_blank_space_in_vm_name: flag(true, 'whether names may hold spaces'),
    enable_block_device_access: flag(true, 'whether definitions may use block devices'),
    disable_screenshot: flag(false, 'whether no picture of the screen is given'),
  },
  LOGGING: {
    logging_level: oneOf(
      ['debug', 'info', 'warning', 'error', 'critical'],
      'info',
      'what is worth a line',
    ),
    logging_file_path: text('/var/log/archipel/archipel.log', 'file of the log'),
    logging_max_bytes: count(5_000_000, 'size at which the log is rotated, bytes'),
    logging_backup_count: count(5, 'how many old logs are kept'),
    log_pubsub_max_items: count(1000, 'most items of the logs node'),
  },
  HEALTH: {
    health_collection_interval: count(1, 'time between two samples, seconds'),
    health_database_path: text(
      '%(archipel_folder_lib)s/statscollection.sqlite3',
      'samples of an original agent; left where they are',
    ),
  },
  VNC: {
    vnc_certificate_file: text(
      '/etc/archipel/vnc.pem',
      'PEM of key and certificate for screens; none for no TLS; one is made when it is missing',
    ),
    vnc_only_ssl: flag(false, 'whether screens are refused to those without TLS'),
    vnc_listen: maybe(
      'address that screens are served on; the loopback, or all for original clients',
    ),
    vnc_original_clients: flag(false, 'whether screens open without a token, to anybody'),
  },
  XMPPSERVER: {
    central_agent: session('JID of the central agent, with the name of its machine as resource'),
  },
  CENTRALAGENT: {
    central_agent_xmpp_jid: account('centralagent@%(xmpp_server)s', 'bare JID of its account'),
    central_agent_xmpp_password: maybe(
      'password of its account, an administrator of the server; given, a central agent runs here',
    ),
    central_agent_hypervisors: list('', 'bare JIDs of hypervisors that may ask it for the users'),
  },
  STORE: {
    store_folder: text('%(archipel_folder_lib)s/store', 'folder of this agent’s own files'),
  },
} as const;

/** Tokens of original agents that mean nothing to this release, and why. */
export const RETIRED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GLOBAL: {
    libvirt_need_authentication: 'access to libvirt is decided by its socket’s permissions',
    libvirt_auth_password: 'access to libvirt is decided by its socket’s permissions',
    stateless_node: 'stateless nodes are not part of this release',
  },
  VCARD: { url: 'it was never published' },
  LOGGING: {
    log_pubsub_item_expire: 'it was never used',
    logging_date_format: 'the format of the log is fixed',
    logging_formatter: 'the format of the log is fixed',
    xmpppy_debug: 'stanzas are shown at logging_level debug',
  },
  VNC: { vnc_enable_websocket_debug: 'what goes to and from screens is never logged' },
  XMPPSERVER: {
    use_xmlrpc_api: 'users are managed by commands of XMPP',
    xmlrpc_host: 'users are managed by commands of XMPP',
    xmlrpc_port: 'users are managed by commands of XMPP',
    xmlrpc_sslonly: 'users are managed by commands of XMPP',
    auto_group: 'shared groups are left to the server',
    auto_group_name_virtualmachines: 'shared groups are left to the server',
    auto_group_name_hypervisors: 'shared groups are left to the server',
    auto_group_name_users: 'shared groups are left to the server',
    auto_group_filter: 'shared groups are left to the server',
  },
  CENTRALAGENT: {
    centralagent: 'it is active whenever it runs',
    central_agent_default_avatar: 'it wears no picture',
    database: 'this release keeps no central database',
    ping_hypervisors: 'this release keeps no central database',
    keepalive_interval: 'this release keeps no central database',
    hypervisor_timeout_threshold: 'this release keeps no central database',
    hypervisor_check_interval: 'this release keeps no central database',
    centralagent_permissions_database_path: 'permissions are in store_folder',
  },
  HEALTH: {
    max_cached_rows: 'samples are kept for two weeks, the finer the newer',
    max_rows_before_purge: 'samples are kept for two weeks, the finer the newer',
    exclude_interfaces: 'all interfaces are told',
  },
};
