import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import type { SshConfigValues } from './ssh-config-file.ts';
import { SshFailureError } from './ssh-failure-error.ts';

/** Where and how to connect, once the user's configuration has been heard. */
export interface SshEndpoint {
  /** As the user calls it; the configuration may call it otherwise. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The name under which its key is known. */
  readonly hostKeyName: string;
  readonly identityFiles: readonly string[];
  /** Only those keys of the agent are offered that are named as files, too. */
  readonly hasOnlyNamedIdentities: boolean;
  /** The agent's socket or pipe. */
  readonly agent: string | undefined;
  readonly knownHostsFiles: readonly string[];
  /** Destinations to go through, in this order. */
  readonly jumps: readonly string[];
  /** The one key that is accepted, whatever the known hosts say: `SHA256:…`. */
  readonly pinnedKey: string | undefined;
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly keepAliveCount: number;
}

/** What the user typed: `[user@]host[:port]`, `[user@][address]:port` or an `ssh:` URL. */
export interface SshDestination {
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  /** A key file in place of the configured ones, as `ssh -i` takes it. */
  readonly identityFile?: string;
  /** Hosts to go through in place of the configured ones, as `ssh -J` takes them; `none` for a direct way. */
  readonly jump?: string;
  /** Fingerprint of the one key that is accepted: `SHA256:…`. Known hosts are not looked at then. */
  readonly pinnedKey?: string;
}

export interface SshSurroundings {
  readonly home: string;
  readonly localUser: string;
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function systemSurroundings(): SshSurroundings {
  return {
    home: homedir(),
    localUser: userInfo().username,
    platform: process.platform,
    environment: process.env,
  };
}

const DEFAULT_IDENTITIES = ['id_ed25519', 'id_ecdsa', 'id_rsa'];
const DEFAULT_CONNECT_S = 10;
const DEFAULT_KEEP_ALIVE_S = 15;
const DEFAULT_KEEP_ALIVE_COUNT = 3;
const WINDOWS_AGENT = String.raw`\\.\pipe\openssh-ssh-agent`;

const USER = /^([^@\s]+)@(.+)$/;
// `[address]:port`, `name:port`, or an address of IPv6 alone.
const HOST = /^(?:\[([^\]\s]+)\]|([^:@\s]+)|([^@\s:]*:[^@\s]*:[^@\s]*))(?::(\d{1,5}))?$/;

/** Undefined where the text names no host. */
export function parseDestination(text: string): SshDestination | undefined {
  const bare = text
    .trim()
    .replace(/^ssh:\/\//, '')
    .replace(/\/$/, '');
  const [, user, address = bare] = USER.exec(bare) ?? [];
  const named = parseAddress(address);
  // A name that begins with a dash would be an option to the ssh of the system.
  if (!named || [named.host, user].some((name) => name?.startsWith('-'))) return undefined;
  return user === undefined ? named : { ...named, user };
}

function parseAddress(text: string): SshDestination | undefined {
  const [, bracketed, plain, ipv6, port] = HOST.exec(text) ?? [];
  const host = bracketed ?? plain ?? ipv6;
  if (host === undefined) return undefined;
  if (port === undefined) return { host };
  return Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
}

/** Joins what was typed, what the configuration says and the defaults, in OpenSSH's order. */
export function resolveEndpoint(
  { host: name, port, user, identityFile, jump, pinnedKey }: SshDestination,
  values: SshConfigValues,
  around: SshSurroundings,
): SshEndpoint {
  const host = (values.one('hostname') ?? name).replaceAll('%h', name).replaceAll('%%', '%');
  const tokens = {
    name,
    host,
    port: port ?? wholeNumber(values, 'port', 22),
    user: user ?? values.one('user') ?? around.localUser,
  };
  const expand = (text: string): string => expandTokens(text, tokens, around);
  if (jump === undefined) refuseProxyCommand(values);
  const configured = values.all('identityfile').filter((file) => file !== 'none');
  const named = identityFile === undefined ? configured : [identityFile];
  return {
    ...tokens,
    hostKeyName: values.one('hostkeyalias') ?? host,
    identityFiles: (named.length > 0
      ? named
      : DEFAULT_IDENTITIES.map((file) => `~/.ssh/${file}`)
    ).map(expand),
    hasOnlyNamedIdentities: values.one('identitiesonly') === 'yes',
    agent: agentOf(values, around, expand),
    knownHostsFiles: knownHostsOf(values, around).map(expand),
    jumps: jumpsOf(jump ?? values.one('proxyjump')),
    pinnedKey,
    connectTimeoutMs: 1000 * wholeNumber(values, 'connecttimeout', DEFAULT_CONNECT_S),
    keepAliveMs: 1000 * wholeNumber(values, 'serveraliveinterval', DEFAULT_KEEP_ALIVE_S),
    keepAliveCount: wholeNumber(values, 'serveralivecountmax', DEFAULT_KEEP_ALIVE_COUNT),
  };
}

function jumpsOf(text: string | undefined): readonly string[] {
  if (text === undefined || text.toLowerCase() === 'none') return [];
  return text.split(',').map((jump) => jump.trim());
}

function refuseProxyCommand(values: SshConfigValues): void {
  const command = values.one('proxycommand');
  if (command === undefined || command === 'none' || values.one('proxyjump') !== undefined) return;
  const detail = 'ProxyCommand is not supported: name the host in between with ProxyJump';
  throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
}

function agentOf(
  values: SshConfigValues,
  { platform, environment }: SshSurroundings,
  expand: (text: string) => string,
): string | undefined {
  const wanted = values.one('identityagent') ?? 'SSH_AUTH_SOCK';
  if (wanted === 'none') return undefined;
  const variable = wanted === 'SSH_AUTH_SOCK' ? wanted : /^\$(\w+)$/.exec(wanted)?.[1];
  if (variable === undefined) return expand(wanted);
  const found = environment[variable];
  if (found !== undefined && found !== '') return found;
  return platform === 'win32' ? WINDOWS_AGENT : undefined;
}

function knownHostsOf(
  values: SshConfigValues,
  { platform, environment }: SshSurroundings,
): readonly string[] {
  const system =
    platform === 'win32' ? `${environment['ProgramData'] ?? 'C:/ProgramData'}/ssh` : '/etc/ssh';
  const users = values.all('userknownhostsfile');
  const global = values.all('globalknownhostsfile');
  return [
    ...(users.length > 0 ? users : ['~/.ssh/known_hosts', '~/.ssh/known_hosts2']),
    ...(global.length > 0 ? global : [`${system}/ssh_known_hosts`, `${system}/ssh_known_hosts2`]),
  ].filter((file) => file !== 'none');
}

/** The signs of ssh_config(5), "TOKENS", that may stand in a file's name. */
function expandTokens(
  text: string,
  to: {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly user: string;
  },
  { home, localUser, environment }: SshSurroundings,
): string {
  const tokens: Readonly<Record<string, string>> = {
    '%': '%',
    d: home,
    h: to.host,
    n: to.name,
    p: String(to.port),
    r: to.user,
    u: localUser,
  };
  const full = text
    .replace(/^~(?=\/|$)/, () => home)
    .replace(/\$\{(\w+)\}/g, (_, name: string) => environment[name] ?? '')
    .replace(/%(.)/g, (all, sign: string) => tokens[sign] ?? all);
  return path.isAbsolute(full) ? full : path.join(home, '.ssh', full);
}

function wholeNumber(values: SshConfigValues, name: string, otherwise: number): number {
  const text = values.one(name);
  if (text === undefined) return otherwise;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const detail = `${name} is no number: ${text}`;
  throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
}
