import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { executeCommand } from '../../../../node/xmpp/ad-hoc.ts';
import { readForm, submitForm } from '../../../../node/xmpp/data-form.ts';
import { answerDisco, fetchItems } from '../../../../node/xmpp/disco.ts';
import { readPrivate } from '../../../../node/xmpp/private-storage.ts';
import { Pubsub } from '../../../../node/xmpp/pubsub.ts';
import { readPubsubEvent } from '../../../../node/xmpp/pubsub-events.ts';
import { fetchVcard, PHOTO_BYTES_MAX } from '../../../../node/xmpp/vcard.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { FakeSession, wire } from './fake-session.ts';

const PUBSUB = 'http://jabber.org/protocol/pubsub';

describe('a vCard', () => {
  it.each([
    [PHOTO_BYTES_MAX, false],
    [PHOTO_BYTES_MAX + 3, true],
  ])('with a picture of %i bytes is read; left out for its size: %s', async (bytes, isTooLarge) => {
    const session = new FakeSession();
    const data = Buffer.alloc(bytes).toString('base64');
    const photo = el('PHOTO', {}, [el('BINVAL', {}, [data])]);
    session.answer = [
      el('vCard', { xmlns: 'vcard-temp' }, [el('ROLE', {}, ['hypervisor']), photo]),
    ];
    const read = expectOk(await fetchVcard(session, 'host@fake.test'));
    expect([read.vcard.role, read.vcard.photo !== undefined, read.isPhotoTooLarge]).toEqual([
      'hypervisor',
      !isTooLarge,
      isTooLarge,
    ]);
  });

  it('that is missing is an empty one', async () => {
    expect(expectOk(await fetchVcard(new FakeSession(), undefined))).toEqual({
      vcard: {},
      isPhotoTooLarge: false,
    });
  });
});

describe('a pubsub service', () => {
  it('is asked for a page, and tells where it lies', async () => {
    const session = new FakeSession();
    const rsm = 'http://jabber.org/protocol/rsm';
    session.answer = [
      el('pubsub', { xmlns: PUBSUB }, [
        el('items', { node: 'n' }, [el('item', { id: 'b' }, [el('tag')]), el('item', { id: 'c' })]),
        el('set', { xmlns: rsm }, [
          el('first', {}, ['b']),
          el('last', {}, ['c']),
          el('count', {}, ['9']),
        ]),
      ]),
    ];
    const page = { max: 2, after: 'a' };
    const read = expectOk(await new Pubsub(session, 'pubsub.fake.test').items('n', { page }));
    expect(read).toMatchObject({ count: 9, first: 'b', last: 'c' });
    expect(read.items.map(({ id, payload }) => [id, payload?.name])).toEqual([
      ['b', 'tag'],
      ['c', undefined],
    ]);
    expect(session.asked[0]).toEqual({
      to: 'pubsub.fake.test',
      type: 'get',
      payload: el('pubsub', { xmlns: PUBSUB }, [
        el('items', { node: 'n' }),
        el('set', { xmlns: rsm }, [el('max', {}, ['2']), el('after', {}, ['a'])]),
      ]),
    });
  });

  it('gives the id of what was published without one', async () => {
    const session = new FakeSession();
    const item = el('item', { id: 'made' });
    session.answer = [el('pubsub', { xmlns: PUBSUB }, [el('publish', { node: 'n' }, [item])])];
    expect(expectOk(await new Pubsub(session, 's').publish('n', el('push')))).toBe('made');
  });

  const event = (...children: Parameters<typeof el>[]) =>
    wire(
      el('message', { from: 'pubsub.fake.test', xmlns: 'jabber:client' }, [
        el(
          'event',
          { xmlns: `${PUBSUB}#event` },
          children.map((one) => el(...one)),
        ),
      ]),
    );

  it.each([
    ['items', 'items'],
    ['purge', 'purged'],
    ['delete', 'deleted'],
    ['configuration', 'configured'],
  ])('tells of %s', (name, change) => {
    expect(readPubsubEvent(event([name, { node: 'n' }]))).toEqual({
      from: 'pubsub.fake.test',
      node: 'n',
      published: [],
      retracted: [],
      change,
    });
  });

  it('says nothing in messages of other kinds', () => {
    expect(readPubsubEvent(event(['constructor', { node: 'n' }]))).toBeUndefined();
    expect(readPubsubEvent(wire(el('message', {}, [el('body')])))).toBeUndefined();
  });
});

describe('disco', () => {
  it('asks for a node and a page of it', async () => {
    const session = new FakeSession();
    const ns = 'http://jabber.org/protocol/disco#items';
    const item = el('item', { jid: 'u@fake.test', name: 'U' });
    session.answer = [el('query', { xmlns: ns }, [item])];
    expect(expectOk(await fetchItems(session, 'fake.test', { node: 'all users' }))).toEqual({
      items: [{ jid: 'u@fake.test', node: undefined, name: 'U' }],
      count: undefined,
      first: undefined,
      last: undefined,
    });
    expect(session.asked[0]?.payload.attributes).toEqual({ xmlns: ns, node: 'all users' });
  });

  it('is answered with what this side is, and refused for nodes it lacks', async () => {
    const session = new FakeSession();
    const identities = [{ category: 'automation', type: 'vm' }];
    const items = [{ jid: 'vm@fake.test', node: 'x', name: undefined }];
    answerDisco(session, (node) => (node ? undefined : { identities, features: ['f'], items }));
    const base = 'http://jabber.org/protocol/disco';
    expect(await session.ask('a@b', 'get', el('query', { xmlns: `${base}#info` }))).toEqual({
      ok: true,
      value: el('query', { xmlns: `${base}#info` }, [
        el('identity', { category: 'automation', type: 'vm' }),
        ...[`${base}#info`, `${base}#items`, 'urn:xmpp:ping', 'f'].map((feature) =>
          el('feature', { var: feature }),
        ),
      ]),
    });
    expect(await session.ask('a@b', 'get', el('query', { xmlns: `${base}#items` }))).toEqual({
      ok: true,
      value: el('query', { xmlns: `${base}#items` }, [
        el('item', { jid: 'vm@fake.test', node: 'x' }),
      ]),
    });
    const other = el('query', { xmlns: `${base}#info`, node: 'nosuch' });
    expect((await session.ask('a@b', 'get', other)).ok).toBe(false);
  });
});

describe('data forms and commands', () => {
  it('are read with their fields, choices and rows', () => {
    const x = el('x', { xmlns: 'jabber:x:data', type: 'form' }, [
      el('title', {}, ['T']),
      el('field', { var: 'a', type: 'list-single', label: 'A' }, [
        el('required'),
        el('value', {}, ['1']),
        el('option', { label: 'One' }, [el('value', {}, ['1'])]),
      ]),
      el('item', {}, [el('field', { var: 'jid' }, [el('value', {}, ['u@fake.test'])])]),
    ]);
    expect(readForm(wire(el('command', {}, [x])))).toEqual({
      type: 'form',
      title: 'T',
      instructions: undefined,
      fields: [
        {
          name: 'a',
          type: 'list-single',
          label: 'A',
          isRequired: true,
          values: ['1'],
          options: [{ label: 'One', value: '1' }],
        },
      ],
      items: [{ jid: ['u@fake.test'] }],
    });
  });

  it('are filled with one value or many', () => {
    const field = (name: string, values: string[], type?: string) =>
      el(
        'field',
        { var: name, type },
        values.map((value) => el('value', {}, [value])),
      );
    expect(submitForm('t', { one: '1', many: ['2', '3'] })).toEqual(
      el('x', { xmlns: 'jabber:x:data', type: 'submit' }, [
        field('FORM_TYPE', ['t'], 'hidden'),
        field('one', ['1']),
        field('many', ['2', '3']),
      ]),
    );
  });

  it('tell the stage of a run, also when it is over at once', async () => {
    const session = new FakeSession();
    const ns = 'http://jabber.org/protocol/commands';
    const note = el('note', { type: 'warn' }, ['done']);
    session.answer = [el('command', { xmlns: ns, node: 'n', status: 'completed' }, [note])];
    expect(expectOk(await executeCommand(session, 'fake.test', 'n'))).toEqual({
      node: 'n',
      sessionId: undefined,
      page: { count: undefined, first: undefined, last: undefined },
      status: 'completed',
      actions: [],
      form: undefined,
      notes: [{ level: 'warn', text: 'done' }],
    });
  });
});

describe('private storage', () => {
  it('tells an interpreter that throws as damaged data', async () => {
    const session = new FakeSession();
    const kept = el('settings', { xmlns: 'old' }, ['(lp0']);
    session.answer = [el('query', { xmlns: 'jabber:iq:private' }, [kept])];
    const read = await readPrivate(session, 'settings', 'old', () => {
      throw new SyntaxError('pickled');
    });
    expect(read).toEqual({ ok: false, error: { code: 'damaged', detail: 'pickled' } });
  });

  it('passes on why the server did not answer', async () => {
    const session = new FakeSession();
    session.answer = { code: 'timeout' };
    const read = await readPrivate(session, 'settings', 'old', () => 1);
    expect(read).toEqual({ ok: false, error: { code: 'timeout' } });
  });
});
