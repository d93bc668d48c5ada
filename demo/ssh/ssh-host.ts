import { timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Server, utils, type AuthContext, type Connection, type ServerChannel } from 'ssh2';
import { fingerprintOf } from '../../node/ssh/host-key.ts';
import { checkAnswer, readCheckRequest } from './check-answer.ts';
import { FollowAnswer, readFollowRequest } from './follow-answer.ts';
import { FOLLOW_COMMAND, FOLLOW_SCRIPT } from '../../node/ssh/follow-script.ts';
import { ShellSession } from './shell-session.ts';
import { answerCommand, type ScriptedHost } from './scripted-shell.ts';

const HOST = '127.0.0.1';
const MOST_INPUT = FOLLOW_SCRIPT.length + 4096;

/** An SSH server whose users are the hypervisors: each sees its own log, and nothing of this machine. */
export interface SshHost {
  readonly host: string;
  readonly port: number;
  /** Kind and base64, as in a known_hosts file. */
  readonly hostKey: string;
  readonly fingerprint: string;
  stop(): Promise<void>;
}

export async function startSshHost(
  hosts: ReadonlyMap<string, ScriptedHost>,
  password: string,
): Promise<SshHost> {
  // Of the Ed25519 keys that ssh2 makes it cannot read one in 300.
  const key = utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const open = new Set<Connection>();
  const server = new Server({ hostKeys: [key.private] }, (client) => {
    open.add(client);
    client.on('close', () => open.delete(client));
    // A client that breaks off is none of our business.
    client.on('error', () => undefined);
    serve(client, hosts, password);
  });
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  const [type = '', base64 = ''] = key.public.split(' ');
  return {
    host: HOST,
    port,
    hostKey: `${type} ${base64}`,
    fingerprint: fingerprintOf(Buffer.from(base64, 'base64')),
    stop: () => {
      for (const client of open) client.end();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function serve(
  client: Connection,
  hosts: ReadonlyMap<string, ScriptedHost>,
  password: string,
): void {
  let host: ScriptedHost | undefined;
  client.on('authentication', (context) => {
    host = hosts.get(context.username);
    if (host && isRight(context, password)) context.accept();
    else context.reject(['password']);
  });
  client.on('session', (accept) => {
    const session = accept();
    // Its types leave out that whoever asks may want no answer.
    session.on('pty', (agree: (() => void) | undefined) => agree?.());
    session.on('window-change', (agree: (() => void) | undefined) => agree?.());
    session.on('exec', (agree, _refuse, { command }) => {
      if (host) execute(agree(), command, host);
    });
    session.on('shell', (agree) => {
      if (host) new ShellSession(agree(), host).start();
    });
  });
}

function isRight(context: AuthContext, password: string): boolean {
  if (context.method !== 'password') return false;
  const [given, wanted] = [Buffer.from(context.password), Buffer.from(password)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function execute(channel: ServerChannel, command: string, host: ScriptedHost): void {
  if (command === FOLLOW_COMMAND) {
    readScript(channel, host);
    return;
  }
  const { out, error, code, follows } = answerCommand(command, host);
  channel.write(out);
  if (error !== undefined) channel.stderr.write(error);
  if (follows === true) new ShellSession(channel, host).follow();
  else end(channel, code);
}

/** Two scripts are understood: to follow a log, and to say how the agent is; none is run. */
function readScript(channel: ServerChannel, host: ScriptedHost): void {
  let text = '';
  let answer: FollowAnswer | undefined;
  const refuse = (): void => {
    if (answer || channel.writableEnded) return;
    channel.stderr.write('sh: this host is part of the demo platform and runs no scripts\n');
    end(channel, 126);
  };
  channel.on('data', (chunk: Buffer) => {
    if (answer || text.length > MOST_INPUT) return;
    text += chunk.toString();
    const request = readFollowRequest(text);
    const check = readCheckRequest(text);
    if (check) {
      channel.write(checkAnswer(check, host));
      end(channel, 0);
    } else if (request) {
      answer = new FollowAnswer(host.log, request, channel, host.now);
      answer.start();
    } else if (text.length > MOST_INPUT) refuse();
  });
  channel.once('end', refuse);
  channel.once('close', () => answer?.stop());
}

function end(channel: ServerChannel, code: number): void {
  channel.exit(code);
  channel.end();
}
