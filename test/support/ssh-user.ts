import type { HostKeyQuestion, SecretQuestion, SshQuestions } from '../../core/ssh/ssh-question.ts';
import type { SshConnection } from '../../node/ssh/ssh-connection.ts';
import { SshConnector } from '../../node/ssh/ssh-connector.ts';
import { SshFailureError } from '../../node/ssh/ssh-failure-error.ts';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { SshBench, type Sshd } from './sshd.ts';

export const PASSPHRASE = 'three words long';
export const SSH_PROGRAMS = ['sshd', 'ssh-keygen', 'ssh-agent', 'ssh-add', 'pgrep', 'openssl'];

interface Asked {
  readonly keys: HostKeyQuestion[];
  readonly secrets: SecretQuestion[];
}

/** Answers as a user would: with these secrets, in this order. */
export function answering(
  secrets: readonly string[] = [],
  trust: boolean | undefined = true,
): { readonly asked: Asked; readonly questions: SshQuestions } {
  const asked: Asked = { keys: [], secrets: [] };
  const left = [...secrets];
  return {
    asked,
    questions: {
      trustHostKey: async (question) => {
        asked.keys.push(question);
        return trust;
      },
      secret: async (question) => {
        asked.secrets.push(question);
        return left.shift();
      },
    },
  };
}

export const at = (port: number): { readonly host: string; readonly port: number } => ({
  host: '127.0.0.1',
  port,
});

/** Why a connection was not made. */
export async function failureOf(attempt: Promise<SshConnection>): Promise<unknown> {
  const outcome = await attempt.catch((cause: unknown) => cause);
  if (outcome instanceof SshFailureError) return outcome.failure;
  throw outcome instanceof Error ? outcome : new Error('It connected');
}

/** What a command says on the host, so that it is sure whose connection this is. */
export async function said(connection: SshConnection, command: string): Promise<string> {
  const channel = await connection.run(command);
  let text = '';
  channel.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(channel, 'close');
  return text;
}

/** A user with two keys, one of them locked, and a host that knows both. */
export class SshUser {
  readonly bench: SshBench;
  readonly host: Sshd;
  readonly plain: string;
  readonly locked: string;
  /** The file with the public halves of both keys. */
  readonly authorized: string;
  readonly #open: SshConnection[] = [];
  #files = 0;

  private constructor(
    bench: SshBench,
    host: Sshd,
    keys: { readonly plain: string; readonly locked: string; readonly authorized: string },
  ) {
    this.bench = bench;
    this.host = host;
    this.plain = keys.plain;
    this.locked = keys.locked;
    this.authorized = keys.authorized;
  }

  static async create(): Promise<SshUser> {
    const bench = await SshBench.create();
    const plain = await bench.key('plain');
    const locked = await bench.key('locked', { passphrase: PASSPHRASE });
    const halves = [
      await readFile(`${plain}.pub`, 'utf8'),
      await readFile(`${locked}.pub`, 'utf8'),
    ];
    const authorized = await bench.file('authorized_keys', halves.join(''));
    const host = await bench.server([
      `AuthorizedKeysFile ${authorized}`,
      'KbdInteractiveAuthentication no',
      'PasswordAuthentication no',
    ]);
    return new SshUser(bench, host, { plain, locked, authorized });
  }

  /** A connector with an empty known_hosts file of its own and this configuration. */
  async connectorWith(
    configuration: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly connector: SshConnector; readonly ownKnownHosts: string }> {
    const number = ++this.#files;
    const ownKnownHosts = this.bench.path(`own-${number}`, 'known_hosts');
    const lines = ['Host *', ...configuration, `  User ${this.host.user}`];
    const file = await this.bench.file(`config-${number}`, `${lines.join('\n')}\n`);
    const home = this.bench.folder;
    const surroundings = { home, localUser: 'ada', platform: 'linux', environment } as const;
    const connector = new SshConnector({ ownKnownHosts, configFiles: [file], surroundings });
    return { connector, ownKnownHosts };
  }

  /** A known_hosts file. */
  knownHosts(lines: readonly string[]): Promise<string> {
    return this.bench.file(`known-${++this.#files}`, `${lines.join('\n')}\n`);
  }

  /** The connection, ended with the test. */
  async connected(attempt: Promise<SshConnection>): Promise<SshConnection> {
    const connection = await attempt;
    this.#open.push(connection);
    return connection;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#open.map((connection) => connection.close()));
    await this.bench.remove();
  }
}
