import { describe, expect, it } from 'vitest';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { parseJid } from '../../../../core/domain/jid.ts';
import { readAdminAccount, writeAdminAccount } from '../../../../core/protocol/admin-account.ts';
import { MODULES } from '../../../../core/protocol/all-actions.ts';
import type { ActionGroup } from '../../../../core/protocol/define-action.ts';
import { localDateTimeOf } from '../../../../core/protocol/local-date-time.ts';
import { eventsNode, logsNode, ownerOfNode } from '../../../../core/protocol/pubsub-nodes.ts';
import type { PushTopic } from '../../../../core/protocol/push.ts';
import {
  permissionChange,
  permissionTargets,
  PUSH_TOPICS,
  readPushes,
  writePush,
} from '../../../../core/protocol/push.ts';
import { PUSH_EFFECTS } from '../../../../core/protocol/push-effects.ts';
import { normalTag, readTagItem, writeTagItem } from '../../../../core/protocol/tags.ts';
import type { ElementReader, XmlElement } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

function jid(text: string): BareJid {
  const parsed = parseJid(text);
  if (parsed === undefined) throw new Error(`${text} is not a JID`);
  return parsed.bare;
}

const carol = jid('carol@example.org');
const rack = jid('rack3@example.org');
const date = '2026-04-02 08:15:00.250000';

function message(node: string, ...payloads: readonly XmlElement[]): ElementReader {
  const items = payloads.map((one, index) => el('item', { id: String(index) }, [one]));
  return readerOf(
    el('message', { type: 'headline' }, [
      el('event', { xmlns: 'http://jabber.org/protocol/pubsub#event' }, [
        el('items', { node }, items),
      ]),
    ]),
  );
}

const pairs = (Object.entries(PUSH_TOPICS) as [PushTopic, readonly string[]][]).flatMap(
  ([topic, changes]) => changes.map((change) => ({ topic, change })),
);

describe('a push', () => {
  it.each(pairs)('of $topic, $change, is read as written', ({ topic, change }) => {
    const payload = { ...writePush('hypervisor', 'alloc', date) };
    const attributes = { ...payload.attributes, xmlns: `archipel:push:${topic}`, change };
    expect(readPushes(message(eventsNode(rack), { ...payload, attributes }))).toEqual([
      {
        ok: true,
        value: { owner: rack, topic, sentTopic: topic, change, date, details: [] },
      },
    ]);
  });

  it('is written with its topic as namespace', () => {
    expect(writePush('virtualmachine:vnc', 'websocketvncstop', date)).toEqual(
      el('push', { xmlns: 'archipel:push:virtualmachine:vnc', date, change: 'websocketvncstop' }),
    );
  });

  it.each(['weather', 'constructor'])('of the unknown topic %s is kept with its words', (topic) => {
    const attributes = { xmlns: `archipel:push:${topic}`, change: 'rain' };
    expect(readPushes(message(eventsNode(rack), el('push', attributes)))).toEqual([
      {
        ok: true,
        value: { owner: rack, topic: undefined, sentTopic: topic, change: 'rain', details: [] },
      },
    ]);
  });

  it('under the name that original clients listen to is the same', () => {
    const payload = el('push', { xmlns: 'archipel:push:virtualmachine:oom', change: 'adjusted' });
    expect(readPushes(message(eventsNode(rack), payload))).toMatchObject([
      { ok: true, value: { topic: 'oom', sentTopic: 'virtualmachine:oom' } },
    ]);
  });

  it('carries the error of the server where a change of users failed', () => {
    const failed = el(
      'push',
      { xmlns: 'archipel:push:xmppserver:users', change: 'registerationerror' },
      [el('iq', { type: 'error' })],
    );
    expect(readPushes(message(eventsNode(rack), failed))).toMatchObject([
      { ok: true, value: { details: [el('iq', { type: 'error' })] } },
    ]);
  });

  it('from a node of nobody, or without a change, is a problem of that push alone', () => {
    const good = writePush('hypervisor', 'free', date);
    const damaged = el('push', { xmlns: 'archipel:push:hypervisor' });
    expect(readPushes(message('/archipel/tags', good)).map((one) => one.ok)).toEqual([false]);
    expect(readPushes(message(eventsNode(rack), damaged, good)).map((one) => one.ok)).toEqual([
      false,
      true,
    ]);
  });

  it('is not every item of every message', () => {
    const tag = writeTagItem({ jid: rack, tags: ['lab'] });
    expect(readPushes(message('/archipel/tags', tag))).toEqual([]);
    expect(readPushes(readerOf(el('message')))).toEqual([]);
  });
});

describe('a push of permissions', () => {
  it('says whom it concerns as a list in Python’s writing', () => {
    const dave = jid('dave@example.org');
    expect(permissionChange([carol, dave])).toBe("[u'carol@example.org', u'dave@example.org']");
    expect(permissionTargets(permissionChange([carol, dave]))).toEqual([carol, dave]);
    expect(permissionTargets('["carol@example.org"]')).toEqual([carol]);
    expect(permissionTargets('[]')).toEqual([]);
  });

  it('may concern anybody', () => {
    expect(permissionTargets('set')).toBeUndefined();
  });
});

describe('the effects of pushes', () => {
  it('are replies of actions that exist', () => {
    for (const effect of Object.values(PUSH_EFFECTS).flat()) {
      const [module, name] = effect.split('.');
      const group: ActionGroup | undefined = Object.entries(MODULES).find(
        ([one]) => one === module,
      )?.[1];
      expect(group?.[name ?? '']?.kind).toBe('get');
    }
  });
});

describe('a pubsub node', () => {
  it('tells whose it is', () => {
    expect(ownerOfNode(eventsNode(carol))).toBe(carol);
    expect(ownerOfNode(logsNode(carol))).toBe(carol);
  });

  it.each([
    '/archipel/tags',
    '/archipel/carol@example.org',
    'archipel/a@b/events',
    '',
    '/x/a@b/events',
  ])('%j is nobody’s', (node) => {
    expect(ownerOfNode(node)).toBeUndefined();
  });
});

describe('an item of a shared node', () => {
  it('holds the tags of an entity', () => {
    const item = writeTagItem({ jid: rack, tags: ['lab', 'second floor'] });
    expect(item).toEqual(el('tag', { jid: rack, tags: 'lab;;second floor' }));
    expect(readTagItem(readerOf(item))).toEqual({
      ok: true,
      value: { jid: rack, tags: ['lab', 'second floor'] },
    });
  });

  it('holds an administrator', () => {
    const item = writeAdminAccount(carol);
    expect(item).toEqual(el('admin', { node: 'carol', domain: 'example.org' }));
    expect(readAdminAccount(readerOf(item))).toEqual({ ok: true, value: carol });
    expect(readAdminAccount(readerOf(el('admin', { node: 'carol' })))).toMatchObject({
      error: { path: 'admin/@domain', problem: 'missing' },
    });
  });

  it('has tags in lower case, without what separates them', () => {
    expect(normalTag('  Second ;; Floor ')).toBe('second floor');
    expect(normalTag(' ;; ')).toBeUndefined();
  });
});

describe('a date of the wire', () => {
  it('is in local time, with microseconds and without a zone', () => {
    expect(localDateTimeOf(new Date(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02 03:04:05.006000');
  });
});
