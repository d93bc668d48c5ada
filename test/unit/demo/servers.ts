import { BareJid } from '../../../core/domain/jid.ts';
import * as v from 'valibot';
import {
  type EmbeddedServer,
  type ServerOptions,
  startServer,
} from '../../../demo/server/server.ts';

export const DOMAIN = 'archipel.test';

/** A bare JID from a text that is one. */
export function jid(text: string): BareJid {
  return v.parse(BareJid, text);
}

/** A server with accounts `admin` (who administers), `alice` and `bob`, each with the password `<name>-password`. */
export async function startTestServer(
  options: Partial<ServerOptions> = {},
): Promise<EmbeddedServer> {
  const admins = [jid(`admin@${DOMAIN}`)];
  const server = await startServer({ domain: DOMAIN, admins, version: '1.2.3', ...options });
  for (const name of ['admin', 'alice', 'bob']) {
    server.domain.accounts.register(name, `${name}-password`);
  }
  return server;
}
