import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { contactCases } from './contact-cases.ts';
import { loginCases } from './login-cases.ts';
import { serviceCases } from './service-cases.ts';

/** The protocol cases that every server we support passes, real ones and the embedded one. */
export function protocolCases(server: () => XmppServerDescription): void {
  loginCases(server);
  contactCases(server);
  serviceCases(server);
}
