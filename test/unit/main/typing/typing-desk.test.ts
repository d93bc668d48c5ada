import { beforeEach, describe, expect, it } from 'vitest';
import { GuestKeyboards } from '../../../../client/consoles/guest-keyboards.ts';
import { TypedSecrets } from '../../../../client/consoles/typed-secrets.ts';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import type { TypingState } from '../../../../core/contract/typing.ts';
import type { Entity } from '../../../../core/domain/entity.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import type { StreamListener } from '../../../../main/streams/stream-listeners.ts';
import type { Streams } from '../../../../main/streams/streams.ts';
import { TypingDesk } from '../../../../main/typing/typing-desk.ts';
import type { RfbWay } from '../../../../node/rfb/reach-ways.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { bare, fakeEntity } from '../../../fakes/fake-entities.ts';
import { expectOk } from '../../../support/expect-result.ts';

const machine = fakeEntity('web-01@archipel.test');
const way = { kind: 'tcp', host: '127.0.0.1', port: 5900, isTls: false } as const;
const caller = { windowId: 7 };
const how = { key: 't1', entity: machine.id, layout: 'fr', eventMs: 12 } as const;

class Desk {
  readonly opened: Parameters<Streams['open']>[0][] = [];
  readonly told: unknown[] = [];
  readonly states: TypingState[] = [];
  readonly asked: ConfirmationView[] = [];
  readonly kept = new Map<string, string>();
  readonly stored = new Map<string, unknown>();
  listener: StreamListener | undefined;
  answer: { readonly typed: string; readonly isKept: boolean } | undefined;
  definition = '<domain><devices><graphics type="vnc" keymap="de"/></devices></domain>';
  way: RfbWay = way;
  others: readonly Entity[] = [];
  /** How long the agent takes to say how its screen is reached. */
  planned: Promise<unknown> = Promise.resolve();
  readonly handlers: TypingDesk['handlers'];
  readonly suspended: () => void;
  readonly leaveAccount: TypingDesk['leaveAccount'];

  constructor() {
    const storage = {
      load: async ({ format }: { readonly format: string }) => ok(this.stored.get(format)),
      save: async ({ format }: { readonly format: string }, value: unknown) => {
        this.stored.set(format, value);
        return ok(undefined);
      },
      remove: async () => ok(undefined),
      log: () => {
        throw new Error('nothing is logged');
      },
    };
    const keychain = {
      get: async (name: string) => ok(this.kept.get(name)),
      set: async (name: string, secret: string) => {
        this.kept.set(name, secret);
        return ok(undefined);
      },
      delete: async (name: string) => {
        this.kept.delete(name);
        return ok(undefined);
      },
    };
    const made = new TypingDesk({
      client: {
        entity: (id) => (id === machine.id ? machine : undefined),
        entities: () => [machine, ...this.others],
        known: async () => ok(expectOk(parseXml(this.definition)).root),
      },
      access: {
        plan: async () => {
          await this.planned;
          return ok({ ways: [this.way], credentials: {} });
        },
      },
      hostOf: async () => ({ host: 'atoll-01', port: 22, jump: 'none' }),
      streams: {
        open: (order, listener) => {
          this.listener = listener;
          return this.opened.push(order);
        },
        tell: (stream, order) => this.told.push([stream, order]),
      },
      keyboards: new GuestKeyboards(storage),
      secrets: new TypedSecrets(storage, keychain),
      ask: async (view) => {
        this.asked.push(view);
        return this.answer;
      },
      tell: (_window, _key, state) => this.states.push(state),
      messages: () => messagesFor('en'),
    });
    this.handlers = made.handlers;
    this.suspended = () => made.suspended();
    this.leaveAccount = (account) => made.leaveAccount(account);
  }
}

describe('texts that windows have typed', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });

  it('go to the streams process with the keymap of the definition, and are followed to their end', async () => {
    expectOk(await desk.handlers.type({ ...how, text: 'é@€' }, caller));
    expect(desk.opened).toEqual([
      {
        ...{ kind: 'type', text: 'é@€', layout: 'fr', eventMs: 12, keymap: 'de' },
        ...{ ways: [way], credentials: {} },
      },
    ]);
    desk.listener?.hear({ kind: 'typing', id: 1, certain: 1, sent: 2 });
    const isLast = desk.listener?.hear({
      ...{ kind: 'typing-ended', id: 1, how: 'done', certain: 3, sent: 3 },
    });
    expect([isLast, desk.states]).toEqual([
      true,
      [
        { name: 'connecting' },
        { name: 'typing', certain: 1, sent: 2 },
        { name: 'ended', how: 'done', certain: 3, sent: 3 },
      ],
    ]);
  });

  it('go through the host of the machine where its screen is reached so', async () => {
    desk.way = { ...way, isThroughSsh: true };
    expectOk(await desk.handlers.type({ ...how, text: 'a' }, caller));
    expect(desk.opened).toMatchObject([
      { ways: [{ isThroughSsh: true }], host: { host: 'atoll-01', port: 22 } },
    ]);
  });

  it('are stopped with the account through which the machine is known, and no others', async () => {
    await desk.handlers.type({ ...how, text: 'a' }, caller);
    desk.leaveAccount(bare('ada@archipel.test'));
    expect(desk.told).toEqual([]);
    desk.leaveAccount(machine.account);
    expect(desk.told).toEqual([[1, { kind: 'close' }]]);
  });

  it('are stopped by their key, and one at a time is typed under it', async () => {
    await desk.handlers.type({ ...how, text: 'a' }, caller);
    expect(await desk.handlers.type({ ...how, text: 'b' }, caller)).toEqual(
      err({ code: 'already-there', what: 't1' }),
    );
    await desk.handlers.stop({ key: 't1' }, caller);
    expect(desk.told).toEqual([[1, { kind: 'close' }]]);
  });

  it('are not typed once they were stopped, though another is begun under their key', async () => {
    let answer: (value?: unknown) => void = () => undefined;
    desk.planned = new Promise((resolve) => (answer = resolve));
    const first = desk.handlers.type({ ...how, text: 'rm -rf' }, caller);
    await desk.handlers.stop({ key: 't1' }, caller);
    const second = desk.handlers.type({ ...how, text: 'ls' }, caller);
    answer();
    expect(await first).toEqual(err({ code: 'cancelled' }));
    expectOk(await second);
    expect(desk.opened.map((order) => order.kind === 'type' && order.text)).toEqual(['ls']);
  });

  it('say what is known when the process is gone', async () => {
    await desk.handlers.type({ ...how, text: 'abc' }, caller);
    desk.listener?.hear({ kind: 'typing', id: 1, certain: 1, sent: 2 });
    desk.listener?.lost({ code: 'streams-ended' });
    expect(desk.states.at(-1)).toEqual({ name: 'ended', how: 'lost', certain: 1, sent: 2 });
  });

  it('stop when this computer goes to sleep, those of each window', async () => {
    await desk.handlers.type({ ...how, text: 'a' }, caller);
    await desk.handlers.type({ ...how, text: 'b' }, { windowId: 8 });
    desk.suspended();
    expect(desk.told).toEqual([
      [1, { kind: 'close' }],
      [2, { kind: 'close' }],
    ]);
  });

  it('are refused where keys cannot be named', async () => {
    desk.definition = desk.definition.replace('"de"', '"et"');
    expect(await desk.handlers.type({ ...how, text: 'a' }, caller)).toEqual(
      err({ code: 'keymap-unusable', keymap: 'et' }),
    );
    expect(desk.opened).toEqual([]);
  });

  it('are for the layout of the keymap until the user chooses one', async () => {
    expect(expectOk(await desk.handlers.guest({ entity: machine.id }, caller))).toEqual({
      ...{ layout: 'de', isGuessed: true, way: 'auto', keymap: 'de', knownKeymap: undefined },
    });
    const keyboard = { layout: 'fr' } as const;
    await desk.handlers.remember({ entity: machine.id, keyboard }, caller);
    await desk.handlers.remember({ entity: machine.id, keyboard: { way: 'text' } }, caller);
    expect(expectOk(await desk.handlers.guest({ entity: machine.id }, caller))).toEqual({
      ...{ layout: 'fr', isGuessed: false, way: 'text', keymap: 'de', knownKeymap: undefined },
    });
    expect(desk.stored.get('guest-keyboards')).toEqual({
      [machine.id]: { layout: 'fr', way: 'text' },
    });
  });
});

describe('a secret', () => {
  it('is asked for and kept by main; windows get its name, files too', async () => {
    const desk = new Desk();
    desk.answer = { typed: 'hunter2', isKept: false };
    expect(await desk.handlers.addSecret({ name: 'root' }, caller)).toEqual(ok(['root']));
    expect(desk.asked[0]?.secret).toMatchObject({ isShown: false });
    expect([[...desk.kept.values()], desk.stored.get('typed-secrets')]).toEqual([
      ['hunter2'],
      ['root'],
    ]);
    expect(await desk.handlers.secrets(undefined, caller)).toEqual(ok(['root']));
    expect(await desk.handlers.forgetSecret({ name: 'root' }, caller)).toEqual(ok([]));
    expect(desk.kept.size).toBe(0);
  });

  it('is typed only when the user agrees in main’s window, and not even its length is told', async () => {
    const desk = new Desk();
    desk.kept.set('typed: root', 'hunter2');
    const wish = { ...how, name: 'root', endsWithEnter: true };
    expect(await desk.handlers.typeSecret(wish, caller)).toEqual(err({ code: 'cancelled' }));
    expect(desk.opened).toEqual([]);
    // What it could be taken for is said before the secret is where nobody takes it back.
    desk.others = [fakeEntity('evil@archipel.test', { name: machine.name })];
    desk.answer = { typed: '', isKept: false };
    await desk.handlers.typeSecret(wish, caller);
    expect(desk.asked.map(({ targets }) => targets[0]?.warnings?.length ?? 0)).toEqual([0, 1]);
    expect(desk.opened).toMatchObject([{ kind: 'type', text: 'hunter2\n' }]);
    desk.listener?.hear({ kind: 'typing', id: 1, certain: 3, sent: 4 });
    desk.listener?.hear({ kind: 'typing-failed', id: 1, untypable: 2 });
    expect(desk.states.slice(1)).toEqual([
      { name: 'typing', certain: 0, sent: 0 },
      { name: 'failed', error: { code: 'untypable', count: 2 } },
    ]);
  });
});
