import { expect, it } from 'vitest';
import { foreignNodes, foreignNodesText, makeNode } from '../../../agent/entities/own-nodes.ts';
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

/** A service that answers everything so. */
async function pubsubThatAnswers(answer: FakeAnswer): Promise<Pubsub> {
  const session = new FakeSession(VM);
  session.answer = () => answer;
  await session.connect();
  return new Pubsub(session, 'pubsub.example.org');
}

/** The nodes that do not seem to be its own, where asking whose they are is answered so. */
async function foreignWhere(whose: FakeAnswer): Promise<readonly string[]> {
  return foreignNodes(await pubsubThatAnswers(whose), VM, [EVENTS, LOGS]);
}

function affiliations(jid: string): FakeAnswer {
  const list = el('affiliations', {}, [el('affiliation', { jid, affiliation: 'owner' })]);
  return resultIq(el('pubsub', { xmlns: OWNER }, [list]));
}

it('is content with nodes that it owns', async () => {
  expect(await foreignWhere(affiliations(VM))).toEqual([]);
});

it('finds nodes of its name that are not its own', async () => {
  expect(await foreignWhere(refused('forbidden'))).toEqual([EVENTS, LOGS]);
  expect(await foreignWhere(affiliations('mallory@example.org'))).toEqual([EVENTS, LOGS]);
});

it('suspects nobody where the service does not say who owns a node', async () => {
  expect(await foreignWhere(refused('feature-not-implemented'))).toEqual([]);
});

it('says that nothing is pushed where it may not make them', async () => {
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const logger = { debug: note, info: note, warning: note, error: note };
  const make = async (answer: FakeAnswer) =>
    makeNode(await pubsubThatAnswers(answer), EVENTS, {}, logger);
  expect(await make(refused('conflict'))).toBe('there');
  expect(await make(refused('not-allowed'))).toBe('refused');
  expect(lines).toEqual([`PUBSUB could not create ${EVENTS}, so nothing is pushed: not-allowed`]);
});

it('says what helps', () => {
  expect(foreignNodesText([EVENTS], 'pubsub.example.org')).toBe(
    `Somebody else owns ${EVENTS} on pubsub.example.org and can push in my name. ` +
      'Have an administrator of the server delete it, then restart the agent.',
  );
});
