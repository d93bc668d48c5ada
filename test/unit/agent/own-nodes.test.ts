import { expect, it } from 'vitest';
import { foreignNodesText, settleNode } from '../../../agent/entities/own-nodes.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import { errorIq, FakeSession, resultIq, type FakeAnswer } from '../../support/fake-session.ts';

const VM = 'vm@example.org' as BareJid;
const EVENTS = `/archipel/${VM}/events`;
const OWNER = 'http://jabber.org/protocol/pubsub#owner';

function refused(condition: string): FakeAnswer {
  return errorIq(el('error', { type: 'cancel' }, [el(condition)]), condition);
}

function affiliations(jid: string): FakeAnswer {
  const list = el('affiliations', {}, [el('affiliation', { jid, affiliation: 'owner' })]);
  return resultIq(el('pubsub', { xmlns: OWNER }, [list]));
}

interface Settled {
  readonly fate: string;
  /** What was asked of the service, by name. */
  readonly asked: readonly string[];
  readonly lines: readonly string[];
}

/** Settles a node where asking whose it is and making it are answered so. */
async function settled(whose: FakeAnswer, made: FakeAnswer): Promise<Settled> {
  const session = new FakeSession(VM);
  const asked: string[] = [];
  session.answer = ({ payload }) => {
    const [question] = payload.children;
    const name = typeof question === 'object' ? question.name : '';
    asked.push(name);
    return name === 'create' ? made : whose;
  };
  await session.connect();
  const lines: string[] = [];
  const note = (line: string): void => void lines.push(line);
  const logger = { debug: note, info: note, warning: note, error: note };
  const pubsub = new Pubsub(session, 'pubsub.example.org');
  return { fate: await settleNode(pubsub, VM, EVENTS, {}, logger), asked, lines };
}

const MADE = resultIq(el('pubsub'));
const CONFLICT = refused('conflict');

it('asks nothing more of a node that it owns', async () => {
  expect(await settled(affiliations(VM), MADE)).toEqual({
    fate: 'there',
    asked: ['affiliations'],
    lines: [],
  });
});

it('makes a node that is not there, whatever the service says of whose it is', async () => {
  for (const condition of ['item-not-found', 'forbidden', 'feature-not-implemented']) {
    const { fate, asked } = await settled(refused(condition), MADE);
    expect([fate, asked]).toEqual(['made', ['affiliations', 'create']]);
  }
});

it('finds a node of its name that is not its own', async () => {
  expect((await settled(refused('forbidden'), CONFLICT)).fate).toBe('foreign');
  expect((await settled(affiliations('mallory@example.org'), CONFLICT)).fate).toBe('foreign');
});

it('suspects nobody where the service does not say who owns a node', async () => {
  expect((await settled(refused('feature-not-implemented'), CONFLICT)).fate).toBe('there');
});

it('says that nothing is pushed where it may not make them', async () => {
  const { fate, lines } = await settled(refused('item-not-found'), refused('not-allowed'));
  expect(fate).toBe('refused');
  expect(lines).toEqual([`PUBSUB could not create ${EVENTS}, so nothing is pushed: not-allowed`]);
});

it('says what helps', () => {
  expect(foreignNodesText([EVENTS], 'pubsub.example.org')).toBe(
    `Somebody else owns ${EVENTS} on pubsub.example.org and can push in my name. ` +
      'Have an administrator of the server delete it, then restart the agent.',
  );
});
