import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestAuthority } from './certificates.ts';
import { freePort, type TestUser, XmppDaemon, type XmppServerDescription } from './xmpp-daemon.ts';

export const PROSODY_PROGRAMS = ['prosody', 'openssl', 'setpriv'] as const;

const ASSETS = join(import.meta.dirname, '../../assets/server/prosody');
const MODULES = ['mod_archipel_nodes.lua', 'mod_archipel_users.lua'];
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
    await daemon.file('prosody.cfg.lua', await configuration(daemon, port, directTlsPort));
    for (const name of MODULES) {
      await daemon.file(`modules/${name}`, await readFile(join(ASSETS, name), 'utf8'));
    }
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

/** What we tell users to configure, on top of where this one keeps its files and listens. */
async function configuration(
  { directory }: XmppDaemon,
  port: number,
  directTlsPort: number,
): Promise<string> {
  const tls = `{ key = "${directory}/server.key", certificate = "${directory}/server.crt" }`;
  const platform = (await readFile(join(ASSETS, 'archipel.cfg.lua'), 'utf8'))
    .replaceAll('xmpp.example.org', DOMAIN)
    .replace('/usr/local/lib/prosody/modules', `${directory}/modules`)
    // One user more who may make any node, for tests of that.
    .replace(/(Component[^]*admins = \{) /, `$1 "${USERS[1] ?? ''}@${DOMAIN}", `);
  return `
    pidfile = "${directory}/data/prosody.pid"
    data_path = "${directory}/data"
    certificates = "${directory}"
    ssl = ${tls}
    interfaces = { "127.0.0.1" }
    c2s_ports = { ${port} }
    c2s_direct_tls_ports = { ${directTlsPort} }
    c2s_direct_tls_ssl = ${tls}
    s2s_ports = {}
    s2s_direct_tls_ports = {}
    http_ports = {}
    https_ports = {}
    component_ports = {}
    modules_enabled = { "pep", "time", "limits" }
    modules_disabled = { "s2s", "offline" }
    min_seconds_between_registrations = 0
    authentication = "internal_hashed"
    storage = "internal"
    smacks_hibernation_time = 60
    log = { { levels = { min = "info" }, to = "file", filename = "${directory}/data/prosody.log" } }
${platform}`;
}
