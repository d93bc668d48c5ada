import type { Duplex } from 'node:stream';
import type { RfbLimits } from '../../core/rfb/limits.ts';
import { readServerInit, SERVER_INIT_BYTES, type ServerInit } from '../../core/rfb/server-init.ts';
import { RfbConversation } from './rfb-conversation.ts';
import type { RfbOptions } from './rfb-options.ts';
import { settleSecurity } from './security.ts';

/** A server that has let us in; nothing was said after its ServerInit. */
export interface RfbConnection {
  /** What is left of the stream, under TLS where the server wanted it. */
  readonly duplex: Duplex;
  readonly init: ServerInit;
  /** The security type's name, such as `None`, `VncAuth` or `VeNCrypt X509Vnc`. */
  readonly security: string;
  /** SHA-256 of the certificate of VeNCrypt's TLS. */
  readonly certificate: string | undefined;
  readonly limits: RfbLimits;
}

/**
 * Says hello to an RFB server over a stream and lets it know us, up to its ServerInit. Throws
 * `RfbFailureError`, and destroys the stream, when it fails.
 */
export async function openRfb(duplex: Duplex, options: RfbOptions): Promise<RfbConnection> {
  const conversation = new RfbConversation(duplex, options);
  try {
    const security = await settleSecurity(conversation);
    conversation.write([Number(conversation.options.isShared)]);
    const init = await readInit(conversation);
    const { certificate } = conversation;
    const { limits } = conversation.options;
    return { duplex: conversation.duplex, init, security, certificate, limits };
  } catch (cause) {
    conversation.duplex.destroy();
    duplex.destroy();
    throw cause;
  }
}

async function readInit(conversation: RfbConversation): Promise<ServerInit> {
  const head = await conversation.take(SERVER_INIT_BYTES, 'initialisation');
  const { nameLength, ...init } = readServerInit(head, conversation.options.limits);
  return { ...init, name: await conversation.take(nameLength, 'initialisation') };
}
