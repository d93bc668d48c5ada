import type { Mechanism } from './session-failure.ts';
import { xml } from '@xmpp/client';
import type { LtxElement } from './elements.ts';
import { LinkFailureError } from './link-failure.ts';
import { NS } from './namespaces.ts';
import { saslprep } from './saslprep.ts';
import { ScramExchange } from './scram.ts';
import type { ScramKeyCache } from './session-options.ts';

/** Strongest first. */
const STRENGTH: readonly Mechanism[] = ['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN'];

/** The stronger of two mechanisms, either of which may be unknown. */
export function stronger(
  one: Mechanism | undefined,
  other: Mechanism | undefined,
): Mechanism | undefined {
  return STRENGTH.find((mechanism) => mechanism === one || mechanism === other);
}

/**
 * Which of the offered mechanisms is used: the strongest. PLAIN only when nothing better is there,
 * and nothing weaker than what this account was seen with. Throws `LinkFailureError`.
 */
export function chooseMechanism(
  offered: readonly string[],
  remembered: Mechanism | undefined,
): Mechanism {
  const best = STRENGTH.find((mechanism) => offered.includes(mechanism));
  if (best === undefined) throw new LinkFailureError({ code: 'no-mechanism', offered });
  if (remembered !== undefined && STRENGTH.indexOf(best) > STRENGTH.indexOf(remembered)) {
    throw new LinkFailureError({ code: 'mechanism-downgraded', remembered, offered });
  }
  return best;
}

export interface SaslInput {
  readonly mechanism: Mechanism;
  readonly user: string;
  readonly password: string;
  readonly cache: ScramKeyCache | undefined;
}

/** Sends an element and gives the next one that comes. */
export type Ask = (element: LtxElement) => Promise<LtxElement>;

/** Logs in on a stream that is secure (RFC 6120 §6). Throws `LinkFailureError`. */
export async function authenticate(ask: Ask, input: SaslInput): Promise<void> {
  if (input.mechanism === 'PLAIN') return authenticatePlain(ask, input);
  const hash = input.mechanism === 'SCRAM-SHA-256' ? 'sha256' : 'sha1';
  const exchange = new ScramExchange({ ...input, hash });
  const challenge = await ask(auth(input.mechanism, exchange.first()));
  expectName(challenge, 'challenge');
  const proof = await exchange.final(decode(challenge));
  let answer = await ask(response(proof));
  const serverFinal = decode(answer);
  // The signature may come as a last challenge, with an empty success after it.
  if (answer.is('challenge', NS.sasl)) {
    verify(exchange, serverFinal);
    answer = await ask(response(''));
    expectName(answer, 'success');
    return;
  }
  expectName(answer, 'success');
  verify(exchange, serverFinal);
}

async function authenticatePlain(ask: Ask, { user, password }: SaslInput): Promise<void> {
  const message = `\0${saslprep(user)}\0${saslprep(password)}`;
  expectName(await ask(auth('PLAIN', message)), 'success');
}

function verify(exchange: ScramExchange, serverFinal: string): void {
  if (exchange.verifies(serverFinal)) return;
  throw new LinkFailureError({ code: 'server-not-verified', detail: 'signature' });
}

function expectName(answer: LtxElement, name: 'challenge' | 'success'): void {
  if (answer.is(name, NS.sasl)) return;
  if (!answer.is('failure', NS.sasl)) {
    throw new LinkFailureError({ code: 'server-not-verified', detail: 'unexpected-answer' });
  }
  const condition = answer.getChildElements().find((child) => child.getName() !== 'text');
  throw new LinkFailureError({
    code: 'not-authorized',
    condition: condition?.getName() ?? 'not-authorized',
    text: answer.getChildText('text') ?? '',
  });
}

function auth(mechanism: Mechanism, message: string): LtxElement {
  return xml('auth', { xmlns: NS.sasl, mechanism }, encode(message));
}

function response(message: string): LtxElement {
  return xml('response', { xmlns: NS.sasl }, ...(message === '' ? [] : [encode(message)]));
}

function encode(message: string): string {
  return Buffer.from(message).toString('base64');
}

function decode(element: LtxElement): string {
  return Buffer.from(element.getText(), 'base64').toString();
}
