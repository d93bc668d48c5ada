import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestAuthority } from './certificates.ts';
import { freePort, type TestUser, XmppDaemon, type XmppServerDescription } from './xmpp-daemon.ts';

export const EJABBERD_PROGRAMS = ['ejabberdctl', 'erl', 'openssl', 'setpriv'] as const;

const PLATFORM = join(import.meta.dirname, '../../assets/server/ejabberd/archipel.yml');
const DOMAIN = 'ejabberd.test';
const PASSWORD = 'ejabberd password';
const USERS = ['admin', 'alice', 'bob', 'carol', 'dave', 'erin'];
const LIBRARIES = '/usr/lib';

interface Ports {
  readonly port: number;
  readonly directTlsPort: number;
  readonly apiPort: number;
}

/** A real ejabberd of a test's own, without Erlang distribution: no epmd, no cookie, no name. */
export class TestEjabberd {
  readonly description: XmppServerDescription;
  readonly #daemon: XmppDaemon;
  readonly #apiPort: number;

  private constructor(daemon: XmppDaemon, description: XmppServerDescription, apiPort: number) {
    this.#daemon = daemon;
    this.description = description;
    this.#apiPort = apiPort;
  }

  static async start(): Promise<TestEjabberd> {
    const daemon = await XmppDaemon.create('ejabberd');
    const authority = await TestAuthority.create(daemon.path('authority'));
    const leaf = await authority.issue({ names: [DOMAIN, `pubsub.${DOMAIN}`] });
    await daemon.file('server.pem', leaf.key + leaf.certificate);
    await daemon.folder('spool');
    await daemon.folder('logs');
    const ports = {
      port: await freePort(),
      directTlsPort: await freePort(),
      apiPort: await freePort(),
    };
    await daemon.file('ejabberd.yml', await configuration(daemon.directory, ports));
    const { port, directTlsPort, apiPort } = ports;
    const description = { ...describe(authority.certificate), port, directTlsPort };
    const ejabberd = new TestEjabberd(daemon, description, apiPort);
    await ejabberd.startProcess();
    const accounts = [description.admin, ...description.users];
    await Promise.all(accounts.map(async (user) => ejabberd.#register(user)));
    return ejabberd;
  }

  async startProcess(): Promise<void> {
    const { directory } = this.#daemon;
    const environment = {
      EJABBERD_CONFIG_PATH: join(directory, 'ejabberd.yml'),
      EJABBERD_LOG_PATH: join(directory, 'logs', 'ejabberd.log'),
      ERL_CRASH_DUMP: join(directory, 'logs', 'crash.dump'),
    };
    const command = ['erl', '+K', 'true', '-pa', codePath(), '-mnesia', 'dir'];
    const rest = [`"${join(directory, 'spool')}"`, '-s', 'ejabberd', '-noshell', '-noinput'];
    await this.#daemon.start([...command, ...rest], environment, this.description.port);
  }

  async stopProcess(signal?: NodeJS.Signals): Promise<void> {
    await this.#daemon.stopProcess(signal);
  }

  async stop(): Promise<void> {
    await this.#daemon.remove();
  }

  async #register({ jid, password }: TestUser): Promise<void> {
    const [user] = jid.split('@');
    const answer = await fetch(`http://127.0.0.1:${this.#apiPort}/api/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user, host: DOMAIN, password }),
    });
    if (!answer.ok) throw new Error(`register ${jid}: ${answer.status} ${await answer.text()}`);
  }
}

function describe(ca: string): Omit<XmppServerDescription, 'port' | 'directTlsPort'> {
  const [admin, ...users] = USERS.map((user): TestUser => {
    return { jid: `${user}@${DOMAIN}`, password: PASSWORD };
  });
  return {
    name: 'ejabberd',
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

/** Debian keeps the code in the folder of the architecture. */
function codePath(): string {
  for (const architecture of readdirSync(LIBRARIES)) {
    if (!architecture.includes('-linux-')) continue;
    const folder = join(LIBRARIES, architecture);
    const found = readdirSync(folder).find((name) => name.startsWith('ejabberd-'));
    if (found !== undefined) return join(folder, found, 'ebin');
  }
  throw new Error('the code of ejabberd is not where Debian keeps it');
}

/** What we tell users to configure, on top of where this one keeps its files and listens. */
async function configuration(
  directory: string,
  { port, directTlsPort, apiPort }: Ports,
): Promise<string> {
  const c2s = `ip: "127.0.0.1", module: ejabberd_c2s, max_stanza_size: 1048576, shaper: none`;
  const platform = (await readFile(PLATFORM, 'utf8'))
    .replaceAll('xmpp.example.org', DOMAIN)
    .replace('\nmodules:\n', '\nmodules:\n  mod_http_api: {}\n');
  return `${platform}
loglevel: info
certfiles: [ "${directory}/server.pem" ]
listen:
  - { port: ${port}, ${c2s}, starttls: true, starttls_required: true, access: all }
  - { port: ${directTlsPort}, ${c2s}, tls: true, access: all }
  - { port: ${apiPort}, ip: "127.0.0.1", module: ejabberd_http, request_handlers: { "/api": mod_http_api } }
auth_method: internal
auth_password_format: scram
auth_scram_hash: sha256
api_permissions:
  "loop": { from: [ mod_http_api ], who: { access: { allow: [ { ip: "127.0.0.1/8" } ] } }, what: "*" }
`;
}
