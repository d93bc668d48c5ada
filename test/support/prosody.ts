import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { TestAuthority } from './certificates.ts';
import { freePort, type TestUser, XmppDaemon, type XmppServerDescription } from './xmpp-daemon.ts';

export const PROSODY_PROGRAMS = ['prosody', 'openssl', 'setpriv'] as const;

const DOMAIN = 'prosody.test';
const PASSWORD = 'prosody password';
const USERS = ['admin', 'alice', 'bob', 'carol', 'dave', 'erin'];

/** A real Prosody of a test's own. */
export class TestProsody {
  readonly description: XmppServerDescription;
  readonly #daemon: XmppDaemon;

  private constructor(daemon: XmppDaemon, description: XmppServerDescription) {
    this.#daemon = daemon;
    this.description = description;
  }

  static async start(): Promise<TestProsody> {
    const daemon = await XmppDaemon.create('prosody');
    const authority = await TestAuthority.create(daemon.path('authority'));
    const leaf = await authority.issue({ names: [DOMAIN, `pubsub.${DOMAIN}`] });
    await daemon.file('server.key', leaf.key);
    await daemon.file('server.crt', leaf.certificate);
    const [port, directTlsPort] = [await freePort(), await freePort()];
    await daemon.folder('data');
    await daemon.file('prosody.cfg.lua', configuration(daemon.directory, port, directTlsPort));
    await writeAccounts(daemon);
    const prosody = new TestProsody(daemon, {
      ...describe(authority.certificate),
      port,
      directTlsPort,
    });
    await prosody.startProcess();
    return prosody;
  }

  async startProcess(): Promise<void> {
    const command = ['prosody', '--config', this.#daemon.path('prosody.cfg.lua'), '-F'];
    await this.#daemon.start(command, {}, this.description.port);
  }

  async stopProcess(signal?: NodeJS.Signals): Promise<void> {
    await this.#daemon.stopProcess(signal);
  }

  /** Gives a user a roster by writing what the server reads; the server must not run. */
  async writeRoster(user: string, contacts: readonly string[]): Promise<void> {
    const items = contacts.map((jid) => {
      return `[${quoted(jid)}]={["subscription"]="both";["groups"]={["Machines"]=true;};};`;
    });
    const text = `return {[false]={["version"]=1;["pending"]={};};${items.join('\n')}};\n`;
    const folder = await this.#daemon.folder('data', encoded(DOMAIN), 'roster');
    await this.#daemon.file(folder.slice(this.#daemon.directory.length + 1) + `/${user}.dat`, text);
  }

  async stop(): Promise<void> {
    await this.#daemon.remove();
  }
}

function describe(ca: string): Omit<XmppServerDescription, 'port' | 'directTlsPort'> {
  const [admin, ...users] = USERS.map((user): TestUser => {
    return { jid: `${user}@${DOMAIN}`, password: PASSWORD };
  });
  return {
    name: 'Prosody',
    host: '127.0.0.1',
    domain: DOMAIN,
    ca,
    pubsub: `pubsub.${DOMAIN}`,
    admin: admin ?? { jid: '', password: '' },
    users,
    hasRegistration: true,
    hasResumption: true,
    hasPrivateStorage: true,
  };
}

/** Prosody's own account files, hashed once for all: a thousand times faster than prosodyctl. */
async function writeAccounts(daemon: XmppDaemon): Promise<void> {
  const [salt, iterations] = ['a salt for tests', 4096];
  const salted = pbkdf2Sync(PASSWORD, salt, iterations, 20, 'sha1');
  const clientKey = createHmac('sha1', salted).update('Client Key').digest();
  const text = [
    'return {',
    `["iteration_count"]=${iterations};`,
    `["salt"]=${quoted(salt)};`,
    `["stored_key"]="${createHash('sha1').update(clientKey).digest('hex')}";`,
    `["server_key"]="${createHmac('sha1', salted).update('Server Key').digest('hex')}";`,
    '};\n',
  ].join('\n');
  await daemon.folder('data', encoded(DOMAIN));
  await daemon.folder('data', encoded(DOMAIN), 'accounts');
  for (const user of USERS) {
    await daemon.file(`data/${encoded(DOMAIN)}/accounts/${user}.dat`, text);
  }
}

/** How Prosody writes a name as a file name. */
function encoded(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}

function quoted(text: string): string {
  return `"${text}"`;
}

function configuration(directory: string, port: number, directTlsPort: number): string {
  const tls = `{ key = "${directory}/server.key", certificate = "${directory}/server.crt" }`;
  return `
    pidfile = "${directory}/data/prosody.pid"
    data_path = "${directory}/data"
    certificates = "${directory}"
    interfaces = { "127.0.0.1" }
    c2s_ports = { ${port} }
    c2s_direct_tls_ports = { ${directTlsPort} }
    c2s_direct_tls_ssl = ${tls}
    s2s_ports = {}
    s2s_direct_tls_ports = {}
    http_ports = {}
    https_ports = {}
    component_ports = {}
    admins = { "admin@${DOMAIN}" }
    modules_enabled = { "roster", "saslauth", "tls", "disco", "private", "vcard_legacy", "pep",
      "version", "time", "ping", "register", "admin_adhoc", "smacks", "blocklist" }
    modules_disabled = { "s2s", "offline" }
    allow_registration = true
    min_seconds_between_registrations = 0
    c2s_require_encryption = true
    authentication = "internal_hashed"
    storage = "internal"
    c2s_stanza_size_limit = 1024 * 1024
    smacks_hibernation_time = 60
    log = { { levels = { min = "info" }, to = "file", filename = "${directory}/data/prosody.log" } }
    VirtualHost "${DOMAIN}"
      ssl = ${tls}
    Component "pubsub.${DOMAIN}" "pubsub"
      -- Prosody lets only these make nodes, and makes them owners of every node.
      admins = { "admin@${DOMAIN}", "${USERS[1]}@${DOMAIN}" }
      autocreate_on_publish = false
      autocreate_on_subscribe = false
  `;
}
