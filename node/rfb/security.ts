import {
  printable,
  readVersion,
  type RfbVersion,
  SECURITY,
  securityName,
  VENCRYPT,
  VERSION_BYTES,
  writeVersion,
} from '../../core/rfb/handshake.ts';
import { u32 } from '../../core/rfb/integers.ts';
import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import type { RfbConversation } from './rfb-conversation.ts';
import { screenPasswordOf } from './rfb-options.ts';
import { CHALLENGE_BYTES, vncAuthResponse } from './vnc-auth.ts';

/** Agrees on a version and proves who we are. Returns the security's name. Throws `RfbFailureError`. */
export async function settleSecurity(conversation: RfbConversation): Promise<string> {
  const version = readVersion(await conversation.take(VERSION_BYTES, 'version'));
  conversation.write(writeVersion(version));
  const type = await chooseType(conversation, version);
  const used = await authenticate(conversation, type);
  const asksResult = version === '3.8' || type !== SECURITY.none;
  if (asksResult) await readResult(conversation, version, used);
  return securityName(used);
}

async function chooseType(conversation: RfbConversation, version: RfbVersion): Promise<number> {
  if (version === '3.3') {
    const type = (await conversation.take(4, 'security')).readUInt32BE();
    if (type === 0) throw await refusal(conversation);
    return among([type], conversation);
  }
  const count = (await conversation.take(1, 'security'))[0] ?? 0;
  if (count === 0) throw await refusal(conversation);
  const offered = [...(await conversation.take(count, 'security'))];
  const type = among(offered, conversation);
  conversation.write([type]);
  return type;
}

async function refusal(conversation: RfbConversation): Promise<RfbFailureError> {
  const reason = printable(await conversation.takeText('security'));
  return new RfbFailureError({ code: 'refused', reason });
}

/** What protects most goes first; without a password, what needs none. */
function among(offered: readonly number[], { options }: RfbConversation): number {
  const hasPassword = screenPasswordOf(options.credentials) !== undefined;
  const order = hasPassword
    ? [SECURITY.veNCrypt, SECURITY.vncAuth, SECURITY.none]
    : [SECURITY.veNCrypt, SECURITY.none, SECURITY.vncAuth];
  const chosen = order.find((type) => offered.includes(type));
  if (chosen === undefined) throw unsupported(offered);
  return chosen;
}

function unsupported(offered: readonly number[]): RfbFailureError {
  return new RfbFailureError({
    code: 'unsupported-security',
    offered: offered.map(securityName),
  });
}

async function authenticate(conversation: RfbConversation, type: number): Promise<number> {
  if (type === SECURITY.vncAuth) await answerChallenge(conversation);
  if (type !== SECURITY.veNCrypt) return type;
  const chosen = await chooseSubtype(conversation);
  await conversation.secure();
  if (chosen === VENCRYPT.x509Vnc) await answerChallenge(conversation);
  if (chosen === VENCRYPT.x509Plain) sayPlain(conversation);
  return chosen;
}

/** VeNCrypt 0.2: rfbproto, "VeNCrypt". */
async function chooseSubtype(conversation: RfbConversation): Promise<number> {
  const version = (await conversation.take(2, 'security')).readUInt16BE();
  if (version < 2) throw unsupported([SECURITY.veNCrypt]);
  conversation.write([0, 2]);
  const [refused, count = 0] = await conversation.take(2, 'security');
  if (refused !== 0) throw unsupported([SECURITY.veNCrypt]);
  const body = await conversation.take(count * 4, 'security');
  const offered = Array.from({ length: count }, (_none, index) => body.readUInt32BE(index * 4));
  const chosen = subtype(offered, conversation);
  conversation.write(u32(chosen));
  const [accepted] = await conversation.take(1, 'security');
  if (accepted !== 1) throw unsupported(offered);
  return chosen;
}

function subtype(offered: readonly number[], { options }: RfbConversation): number {
  const { username, password } = options.credentials;
  const isOfScreenKnown = screenPasswordOf(options.credentials) !== undefined;
  const order = [
    ...(username !== undefined && password !== undefined ? [VENCRYPT.x509Plain] : []),
    ...(isOfScreenKnown ? [VENCRYPT.x509Vnc] : []),
    ...[VENCRYPT.x509None, VENCRYPT.x509Vnc, VENCRYPT.x509Plain],
  ];
  const chosen = order.find((type) => offered.includes(type));
  if (chosen === undefined) throw unsupported(offered);
  return chosen;
}

async function answerChallenge(conversation: RfbConversation): Promise<void> {
  const password = screenPasswordOf(conversation.options.credentials);
  if (password === undefined) {
    throw new RfbFailureError({ code: 'credentials-needed', wantsUsername: false });
  }
  const challenge = await conversation.take(CHALLENGE_BYTES, 'authentication');
  conversation.write(vncAuthResponse(password, challenge));
}

function sayPlain(conversation: RfbConversation): void {
  const { username, password } = conversation.options.credentials;
  if (username === undefined || password === undefined) {
    throw new RfbFailureError({ code: 'credentials-needed', wantsUsername: true });
  }
  const [name, secret] = [Buffer.from(username), Buffer.from(password)];
  conversation.write([...u32(name.length), ...u32(secret.length), ...name, ...secret]);
}

async function readResult(
  conversation: RfbConversation,
  version: RfbVersion,
  used: number,
): Promise<void> {
  const result = (await conversation.take(4, 'authentication')).readUInt32BE();
  if (result === 0) return;
  const reason = version === '3.8' ? printable(await conversation.takeText('authentication')) : '';
  const isOpen = used === SECURITY.none || used === VENCRYPT.x509None;
  if (isOpen) throw new RfbFailureError({ code: 'refused', reason });
  const wantsUsername = used === VENCRYPT.x509Plain;
  throw new RfbFailureError({ code: 'wrong-credentials', reason, wantsUsername });
}
