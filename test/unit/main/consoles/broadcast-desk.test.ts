import { describe, expect, it } from 'vitest';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import type { GuestKeyboard } from '../../../../core/contract/typing.ts';
import { ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { BroadcastDesk } from '../../../../main/consoles/broadcast-desk.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const [french, plain] = [fakeEntity('fr@archipel.test'), fakeEntity('us@archipel.test')];
const machines = [french, plain];
const caller = { windowId: 3 };

function desk(isAgreed = true, chosen: GuestKeyboard = {}) {
  const pressed: [entity: string, scancode: number][] = [];
  const asked: ConfirmationView[] = [];
  const work: (() => void)[] = [];
  const lost = new Set<string>();
  const made = new BroadcastDesk({
    client: {
      entity: (id) => machines.find((one) => one.id === id),
      entities: () => machines,
      known: async (id) => {
        const keymap = id === french.id ? "<graphics type='vnc' keymap='fr'/>" : '';
        const parsed = parseXml(`<domain><devices>${keymap}</devices></domain>`);
        return ok(parsed.ok ? parsed.value.root : undefined);
      },
    },
    consoles: {
      press: (windowId, entity, strokes) => {
        if (lost.has(entity)) return false;
        for (const { isDown, keysym, scancode } of strokes) {
          if (isDown) pressed.push([entity, scancode ?? keysym]);
        }
        return windowId === caller.windowId;
      },
    },
    keyboards: { of: async (id) => (id === plain.id ? chosen : {}) },
    ask: async (view) => {
      asked.push(view);
      return isAgreed;
    },
    messages: () => messagesFor('en'),
    clock: {
      after: (_milliseconds, later) => {
        work.push(later);
        return () => undefined;
      },
    },
  });
  const targets = machines.map(({ id }) => id);
  const typed = (entity: string) => pressed.filter(([id]) => id === entity).map(([, key]) => key);
  const suspend = () => made.suspended();
  return { handlers: made.handlers, suspend, targets, asked, typed, pressed, work, lost };
}

type Desk = ReturnType<typeof desk>;

/** Lets what was begun go on until that comes. */
async function settle<Come>(work: (() => void)[], awaited: Promise<Come>): Promise<Come> {
  const wait = { isOver: false };
  void awaited.then(() => (wait.isOver = true));
  while (!wait.isOver) {
    work.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return awaited;
}

describe('typing into many machines', () => {
  it('goes to nobody before the user has agreed, and to exactly those then', async () => {
    const { handlers, targets, asked, pressed } = desk(false);
    const begun = await handlers.begin({ targets }, caller);
    const typed = await handlers.type({ text: 'a' }, caller);
    expect([begun.ok, typed.ok, pressed]).toEqual([false, false, []]);
    expect(asked.map(({ targets: rows }) => rows.map(({ text }) => text))).toEqual([['fr', 'us']]);
  });

  it('presses what each guest’s layout wants for the text', async () => {
    const { handlers, targets, typed, work } = desk();
    await handlers.begin({ targets }, caller);
    const outcomes = await settle(work, handlers.type({ text: 'q' }, caller));
    expect(outcomes).toEqual(ok(targets.map((entity) => ({ entity, isOpen: true, untypable: 0 }))));
    // Through a keymap QEMU takes keysyms, without one scancodes: Q is key 0x10.
    expect([typed(french.id), typed(plain.id)]).toEqual([['q'.charCodeAt(0)], [0x10]]);
  });

  it('minds the layout that the user chose for a guest', async () => {
    const { handlers, targets, typed, work } = desk(true, { layout: 'fr' });
    await handlers.begin({ targets: targets.slice(1) }, caller);
    await settle(work, handlers.type({ text: 'q' }, caller));
    // Where an American keyboard has its A.
    expect(typed(plain.id)).toEqual([0x1e]);
  });

  it('says which characters a layout lacks, and which console is not open', async () => {
    const { handlers, targets } = desk();
    const other = { windowId: 4 };
    await handlers.begin({ targets: targets.slice(1) }, other);
    const outcomes = await handlers.type({ text: 'é' }, other);
    expect(outcomes).toEqual(ok([{ entity: plain.id, isOpen: false, untypable: 1 }]));
  });

  it('types nothing of a line that has a character without a key, and says so', async () => {
    const { handlers, targets, typed, work } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    const outcomes = await settle(work, handlers.type({ text: 'q😀w\n' }, caller));
    expect([outcomes, typed(plain.id)]).toEqual([
      ok([{ entity: plain.id, isOpen: true, untypable: 1 }]),
      [],
    ]);
  });

  it('presses a combination after the text that is being typed, and not in the middle of it', async () => {
    const { handlers, targets, typed, work } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    const text = handlers.type({ text: 'qw' }, caller);
    await Promise.resolve();
    const outcomes = await handlers.press({ keys: 'Ctrl+Alt+Del' }, caller);
    expect([outcomes, typed(plain.id)]).toEqual([
      ok([{ entity: plain.id, isOpen: true, untypable: 0 }]),
      [0x10],
    ]);
    await settle(work, text);
    await expect.poll(() => typed(plain.id).length).toBe(5);
    expect(typed(plain.id).slice(0, 2)).toEqual([0x10, 0x11]);
  });

  it('presses nothing more once it is ended', async () => {
    const { handlers, targets, typed } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    await handlers.press({ keys: 'Ctrl+Alt+Del' }, caller);
    await expect.poll(() => typed(plain.id).length).toBe(3);
    const pressed = handlers.press({ keys: 'Ctrl+Alt+Del' }, caller);
    await handlers.end(undefined, caller);
    await pressed;
    await Promise.resolve();
    expect(typed(plain.id)).toHaveLength(3);
  });

  it('stops in the middle of a text when it is ended', async () => {
    const { handlers, targets, typed, work } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    const text = handlers.type({ text: 'qwe' }, caller);
    await Promise.resolve();
    await handlers.end(undefined, caller);
    await settle(work, text);
    expect(typed(plain.id)).toEqual([0x10]);
  });

  it('stops in the middle of a text when this computer goes to sleep, and types the next one', async () => {
    const { handlers, targets, typed, work, suspend } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    const text = handlers.type({ text: 'qwe' }, caller);
    await Promise.resolve();
    suspend();
    await settle(work, text);
    expect(typed(plain.id)).toEqual([0x10]);
    await settle(work, handlers.type({ text: 'w' }, caller));
    expect(typed(plain.id)).toEqual([0x10, 0x11]);
  });

  it.each([
    ['this computer goes to sleep', async (at: Desk) => at.suspend()],
    ['it is ended', (at: Desk) => at.handlers.end(undefined, caller)],
  ])('says how far a text came when %s, and one that waited for it', async (_when, stop) => {
    const at = desk();
    await at.handlers.begin({ targets: at.targets.slice(1) }, caller);
    const text = at.handlers.type({ text: 'qwe\n' }, caller);
    const next = at.handlers.type({ text: 'r\n' }, caller);
    await Promise.resolve();
    await stop(at);
    const outcome = { entity: plain.id, isOpen: true };
    expect([await settle(at.work, text), await settle(at.work, next)]).toEqual([
      ok([{ ...outcome, untypable: 0, stopped: { typed: 1, all: 4 } }]),
      ok([{ ...outcome, untypable: 0, stopped: { typed: 0, all: 2 } }]),
    ]);
    expect(at.typed(plain.id)).toEqual([0x10]);
  });

  it('says nothing of a stop once the last key of a text is pressed', async () => {
    const { handlers, targets, work, suspend } = desk();
    await handlers.begin({ targets: targets.slice(1) }, caller);
    const text = handlers.type({ text: 'q' }, caller);
    await Promise.resolve();
    suspend();
    expect(await settle(work, text)).toEqual(
      ok([{ entity: plain.id, isOpen: true, untypable: 0 }]),
    );
  });

  it('types nothing of the rest, nor what was to follow, where a console ends in the middle', async () => {
    const { handlers, targets, typed, work, lost } = desk();
    await handlers.begin({ targets }, caller);
    const text = handlers.type({ text: 'qwe\n' }, caller);
    const next = handlers.type({ text: 'r\n' }, caller);
    await Promise.resolve();
    lost.add(plain.id);
    // A step of each of the two.
    work.splice(0, 2).forEach((step) => step());
    lost.clear();
    const of = (entity: string, isOpen: boolean) => ({ entity, isOpen, untypable: 0 });
    const broken = ok([of(french.id, true), of(plain.id, false)]);
    expect([await settle(work, text), await settle(work, next)]).toEqual([broken, broken]);
    expect([typed(french.id).length, typed(plain.id)]).toEqual([6, [0x10]]);
    await settle(work, handlers.type({ text: 'w' }, caller));
    expect(typed(plain.id)).toEqual([0x10, 0x11]);
  });
});
