import { randomUUID } from 'node:crypto';
import { systemClock } from '../node/xmpp/clock.ts';
import { XmppSession } from '../node/xmpp/session.ts';
import { Application } from './application.ts';
import type { Audience, Client } from './client.ts';
import type { Ports } from './ports.ts';

/** What belongs to the machine the application runs on. */
export type MachinePorts = Pick<
  Ports,
  'storage' | 'journal' | 'pictures' | 'keychain' | 'images' | 'report' | 'resource'
>;

/** The application on real time and a real network. */
export function createClient(ports: MachinePorts, audience: Audience): Client {
  return new Application(
    {
      ...ports,
      clock: systemClock,
      createSession: (options) => new XmppSession(options),
      random: Math.random,
      createId: randomUUID,
    },
    audience,
  );
}
