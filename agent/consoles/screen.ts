import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { graphicsXml } from '../../core/xml/domain/graphics.ts';
import { childrenNamed } from '../../core/xml/edit.ts';
import type { XmlElement } from '../../core/xml/element.ts';

/** The first graphics device of a machine. */
export interface Screen {
  /** vnc, spice and so on. */
  readonly type: string;
  /** Its TCP port; undefined while it has none. */
  readonly port: number | undefined;
  /** Where it listens, as the definition says. */
  readonly listen: string | undefined;
  readonly keymap: string | undefined;
  /** A secret; undefined also where the definition was read without secrets. */
  readonly password: string | undefined;
}

const EVERYWHERE = ['0.0.0.0', '::'];
const CONNECT_MS = 5000;

/** The screen in a definition; undefined for a machine without graphics, or with such that cannot be read. */
export function readScreen(domain: XmlElement): Screen | undefined {
  const devices = childrenNamed(domain, 'devices');
  const [graphics] = devices.flatMap((one) => childrenNamed(one, 'graphics'));
  const record = graphics && graphicsXml.read(graphics);
  if (!record?.ok) return undefined;
  const { type, port, listen, keymap, password } = record.value;
  return {
    type,
    port: port !== undefined && port > 0 ? port : undefined,
    listen,
    keymap,
    password,
  };
}

/** Whether a screen is offered to other machines as well. */
export function isOnNetwork({ listen }: Screen): boolean {
  return listen !== undefined && !isLoopback(listen);
}

export function isLoopback(address: string): boolean {
  return /^127\.|^::1$|^localhost$/u.test(address);
}

/** The address under which this machine reaches what listens on another one. */
export function reachableAddress(listen: string | undefined): string {
  return listen === undefined || EVERYWHERE.includes(listen) ? '127.0.0.1' : listen;
}

/** Connects to a screen from this machine. */
export function connectToScreen(host: string, port: number): Promise<Result<Duplex, string>> {
  return new Promise((settle) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    const timeout = setTimeout(() => socket.destroy(new Error('no answer')), CONNECT_MS);
    socket.once('connect', () => {
      clearTimeout(timeout);
      settle(ok(socket));
    });
    socket.once('error', (cause) => {
      clearTimeout(timeout);
      settle(err(`the screen at ${host}:${port} does not answer: ${cause.message}`));
    });
  });
}
