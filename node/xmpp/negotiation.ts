import { xml } from '@xmpp/client';
import type { LtxElement } from './elements.ts';
import { LinkFailureError } from './link-failure.ts';
import { NS } from './namespaces.ts';
import { authenticate, chooseMechanism } from './sasl.ts';
import type { Mechanism } from './session-failure.ts';
import type { ScramKeyCache, SecretSource } from './session-options.ts';
import type { ConnectStep } from './session-types.ts';

/** What a negotiation needs of the link that it happens on. */
export interface NegotiatedStream {
  isSecure(): boolean;
  /** Sends an element and gives the next one that is no stanza. */
  ask(element: LtxElement): Promise<LtxElement>;
  /** Sends a request and gives its answer, which may be an error. */
  askIq(type: 'get' | 'set', payload: LtxElement): Promise<LtxElement>;
  /** Puts TLS under the stream. */
  secure(): Promise<void>;
  restart(): Promise<unknown>;
  /** Tells how far it is; each step has its own time. Undefined while a person is waited for. */
  step(step: ConnectStep | undefined): void;
}

export interface Credentials {
  readonly user: string;
  readonly password: SecretSource;
  readonly rememberedMechanism: Mechanism | undefined;
  readonly scramKeys: ScramKeyCache | undefined;
}

/** Asks for TLS, which is never optional here, whatever the server or someone between us offers. */
export async function upgradeToTls(stream: NegotiatedStream, features: LtxElement): Promise<void> {
  if (features.getChild('starttls', NS.tls) === undefined) {
    throw new LinkFailureError({ code: 'tls-not-offered' });
  }
  stream.step('securing');
  const answer = await stream.ask(xml('starttls', { xmlns: NS.tls }));
  if (!answer.is('proceed', NS.tls)) throw new LinkFailureError({ code: 'tls-not-offered' });
  await stream.secure();
  await stream.restart();
}

/** Logs in, and gives the mechanism that did it. The stream is to be restarted after it. */
export async function logIn(
  stream: NegotiatedStream,
  features: LtxElement,
  credentials: Credentials,
): Promise<Mechanism> {
  const offered = (features.getChild('mechanisms', NS.sasl)?.getChildren('mechanism') ?? []).map(
    (one) => one.getText(),
  );
  const mechanism = chooseMechanism(offered, credentials.rememberedMechanism);
  const password = await givenPassword(stream, credentials);
  stream.step('authenticating');
  const { user, scramKeys: cache } = credentials;
  await authenticate((element) => stream.ask(element), { mechanism, user, password, cache });
  return mechanism;
}

/** Makes the account in-band (XEP-0077), before logging in on a link of its own. */
export async function registerAccount(
  stream: NegotiatedStream,
  credentials: Credentials,
): Promise<void> {
  const password = await givenPassword(stream, credentials);
  stream.step('registering');
  const answer = await stream.askIq(
    'set',
    xml(
      'query',
      { xmlns: NS.register },
      xml('username', {}, credentials.user),
      xml('password', {}, password),
    ),
  );
  if (answer.attrs['type'] === 'result') return;
  const error = answer.getChild('error');
  throw new LinkFailureError({
    code: 'registration-refused',
    condition: errorCondition(answer),
    text: error?.getChildText('text') ?? '',
  });
}

/** The defined condition of an error answer. */
export function errorCondition(answer: LtxElement): string {
  const children = answer.getChild('error')?.getChildElements() ?? [];
  const condition = children.find((child) => child.getNS() === NS.stanzaErrors);
  return condition?.getName() ?? 'undefined-condition';
}

async function givenPassword(stream: NegotiatedStream, { password }: Credentials): Promise<string> {
  stream.step(undefined);
  const given = await password();
  if (given === undefined) throw new LinkFailureError({ code: 'password-missing' });
  return given;
}
