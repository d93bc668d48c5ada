import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const DAY_MS = 86_400_000;

/** A private key and its certificate in PEM. */
export interface KeyPair {
  readonly key: string;
  readonly certificate: string;
}

export interface LeafOptions {
  /** DNS names and `IP:…` addresses that it stands for. */
  readonly names: readonly string[];
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

/** An authority of a test's own, made with openssl in a directory of the test's. */
export class TestAuthority {
  readonly #directory: string;
  readonly certificate: string;
  #count = 0;

  private constructor(directory: string, certificate: string) {
    this.#directory = directory;
    this.certificate = certificate;
  }

  static async create(directory: string): Promise<TestAuthority> {
    await mkdir(join(directory, 'issued'), { recursive: true });
    await writeFile(join(directory, 'index.txt'), '');
    await writeFile(join(directory, 'openssl.cnf'), configuration(directory));
    await makeKey(join(directory, 'ca.key'));
    await openssl(directory, [
      ...['req', '-x509', '-new', '-key', 'ca.key', '-days', '30', '-out', 'ca.crt'],
      ...['-subj', '/CN=Archipel test authority', '-extensions', 'authority'],
      ...['-config', 'openssl.cnf'],
    ]);
    return new TestAuthority(directory, await readFile(join(directory, 'ca.crt'), 'utf8'));
  }

  /** A certificate that this authority signed. */
  async issue(options: LeafOptions): Promise<KeyPair> {
    this.#count += 1;
    const name = `leaf${this.#count}`;
    await makeKey(join(this.#directory, `${name}.key`));
    await this.#write(`${name}.ext`, subjectNames(options.names));
    await openssl(this.#directory, [
      ...['req', '-new', '-key', `${name}.key`, '-out', `${name}.csr`, '-config', 'openssl.cnf'],
      ...['-subj', `/CN=${options.names[0] ?? 'nobody'}`],
    ]);
    const from = options.validFrom ?? new Date(Date.now() - DAY_MS);
    const to = options.validTo ?? new Date(Date.now() + 30 * DAY_MS);
    await openssl(this.#directory, [
      ...['ca', '-batch', '-config', 'openssl.cnf', '-in', `${name}.csr`, '-out', `${name}.crt`],
      ...['-extfile', `${name}.ext`, '-startdate', asn1Time(from), '-enddate', asn1Time(to)],
      ...['-notext'],
    ]);
    return this.#read(name);
  }

  /** A certificate that nobody signed but itself. */
  async selfSigned(names: readonly string[]): Promise<KeyPair> {
    this.#count += 1;
    const name = `self${this.#count}`;
    await makeKey(join(this.#directory, `${name}.key`));
    const [extension = ''] = subjectNames(names).split('\n');
    await openssl(this.#directory, [
      ...['req', '-x509', '-new', '-key', `${name}.key`, '-days', '30', '-out', `${name}.crt`],
      ...['-subj', `/CN=${names[0] ?? 'nobody'}`, '-addext', extension, '-config', 'openssl.cnf'],
    ]);
    return this.#read(name);
  }

  async #write(name: string, text: string): Promise<void> {
    await writeFile(join(this.#directory, name), text);
  }

  async #read(name: string): Promise<KeyPair> {
    return {
      key: await readFile(join(this.#directory, `${name}.key`), 'utf8'),
      certificate: await readFile(join(this.#directory, `${name}.crt`), 'utf8'),
    };
  }
}

async function makeKey(path: string): Promise<void> {
  const curve = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  await run('openssl', ['genpkey', ...curve, '-out', path], { timeout: 20_000 });
}

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  await run('openssl', args, { cwd, timeout: 20_000 });
}

function subjectNames(names: readonly string[]): string {
  const listed = names.map((name) => (name.includes(':') ? name : `DNS:${name}`));
  return `subjectAltName=${listed.join(',')}\nbasicConstraints=CA:FALSE\n`;
}

/** The time as openssl's `ca` wants it: YYYYMMDDHHMMSSZ. */
function asn1Time(date: Date): string {
  return `${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function configuration(directory: string): string {
  return [
    '[req]',
    'distinguished_name = name',
    'prompt = no',
    '[name]',
    'CN = test',
    '[authority]',
    'basicConstraints = critical, CA:TRUE',
    'keyUsage = critical, keyCertSign, cRLSign',
    'subjectKeyIdentifier = hash',
    '[ca]',
    'default_ca = here',
    '[here]',
    `dir = ${directory}`,
    'database = $dir/index.txt',
    'new_certs_dir = $dir/issued',
    'certificate = $dir/ca.crt',
    'private_key = $dir/ca.key',
    'default_md = sha256',
    'policy = any',
    'rand_serial = yes',
    'unique_subject = no',
    '[any]',
    'commonName = supplied',
    '',
  ].join('\n');
}
