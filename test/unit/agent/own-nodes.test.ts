import { expect, it } from 'vitest';
import { foreignNodesText, makeOwnNodes } from '../../../agent/entities/own-nodes.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import { errorIq, FakeSession, resultIq, type FakeAnswer } from '../../support/fake-session.ts';

const VM = 'vm@example.org' as BareJid;
const EVENTS = `/archipel/${VM}/events`;
const LOGS = `/archipel/${VM}/logs`;
const OWNER = 'http://jabber.org/protocol/pubsub#owner';

function refused(condition: string): FakeAnswer {
  return errorIq(el('error', { type: 'cancel' }, [el(condition)]), condition);
}

/** Makes the nodes on a service where both are there, and asking whose they are is answered so. */
async function madeWhere(whose: FakeAnswer, made = refused('conflict')) {
  const session = new FakeSession(VM);
  session.answer = ({ payload }) => (payload.attributes['xmlns'] === OWNER ? whose : made);
  await session.connect();
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const logger = { debug: note, info: note, warning: note, error: note };
  const foreign = await makeOwnNodes(new Pubsub(session, 'pubsub.example.org'), VM, logger);
  return { foreign, lines };
}

function affiliations(jid: string): FakeAnswer {
  const list = el('affiliations', {}, [el('affiliation', { jid, affiliation: 'owner' })]);
  return resultIq(el('pubsub', { xmlns: OWNER }, [list]));
}

it('is content with nodes that it owns', async () => {
  expect(await madeWhere(affiliations(VM))).toEqual({ foreign: [], lines: [] });
});

it('finds nodes of its name that are not its own', async () => {
  expect((await madeWhere(refused('forbidden'))).foreign).toEqual([EVENTS, LOGS]);
  expect((await madeWhere(affiliations('mallory@example.org'))).foreign).toEqual([EVENTS, LOGS]);
});

it('suspects nobody where the service does not say who owns a node', async () => {
  expect((await madeWhere(refused('feature-not-implemented'))).foreign).toEqual([]);
});

it('says that nothing is pushed where it may not make them', async () => {
  const { foreign, lines } = await madeWhere(refused('forbidden'), refused('not-allowed'));
  expect([foreign, lines.length, lines[0]]).toEqual([
    [],
    2,
    `PUBSUB could not create ${EVENTS}, so nothing is pushed: not-allowed`,
  ]);
});

it('says what helps', () => {
  expect(foreignNodesText([EVENTS], 'pubsub.example.org')).toBe(
    `Somebody else owns ${EVENTS} on pubsub.example.org and can push in my name. ` +
      'Have an administrator of the server delete it, then restart the agent.',
  );
});
