import { guestKeyboard } from '../../client/consoles/guest-keymap.ts';
import type { Client } from '../../client/client.ts';
import type { GuestKeyboards } from '../../client/consoles/guest-keyboards.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { BroadcastOutcome } from '../../core/contract/broadcast.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { compileText } from '../../core/keyboard/compile-text.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import { ServerKeyboard } from '../../core/keyboard/server-keyboard.ts';
import { Typist } from '../../core/keyboard/typist.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { strokesOf } from '../../core/rfb/key-combinations.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { targetRows } from '../confirmations/confirmation-targets.ts';
import type { ConsoleDesk } from './console-desk.ts';

export interface BroadcastPorts {
  readonly client: Pick<Client, 'known' | 'entity' | 'entities'>;
  readonly consoles: Pick<ConsoleDesk, 'press'>;
  readonly keyboards: Pick<GuestKeyboards, 'of'>;
  readonly ask: (view: ConfirmationView, windowId: number) => Promise<boolean>;
  readonly messages: () => Messages;
  readonly clock: Pick<Clock, 'after'>;
}

/** A machine that texts go to; what is typed next waits for what is being typed. */
interface Guest {
  readonly entity: EntityId;
  readonly layout: LayoutId;
  readonly keymap: string | undefined;
  busy: Promise<unknown>;
  /** How often a text ended in the middle, as its console did. */
  breaks: number;
}

type Outcomes = Result<readonly BroadcastOutcome[], AppError>;

const NOT_BEGUN = err({ code: 'not-found', what: 'broadcast' } as const);

/** Types into many machines at once, once the user has agreed to exactly these. */
export class BroadcastDesk {
  readonly #ports: BroadcastPorts;
  /** What each window may type into. */
  readonly #guests = new Map<number, readonly Guest[]>();

  constructor(ports: BroadcastPorts) {
    this.#ports = ports;
  }

  readonly handlers: AppHandlers['broadcast'] = {
    begin: ({ targets }, { windowId }) => this.#begin(windowId, [...new Set(targets)]),
    type: ({ text }, { windowId }) => this.#type(windowId, text),
    press: ({ keys }, { windowId }) => this.#press(windowId, keys),
    end: async (_input, { windowId }) => {
      this.windowClosed(windowId);
      return ok(undefined);
    },
  };

  /** Nothing more is typed for a window. */
  windowClosed(windowId: number): void {
    this.#guests.delete(windowId);
  }

  /** What is being typed stops, with its keys released; what the user agreed to holds on. */
  suspended(): void {
    // Texts go on only for the very list that they began with.
    for (const [windowId, guests] of this.#guests) this.#guests.set(windowId, [...guests]);
  }

  async #begin(
    windowId: number,
    targets: readonly EntityId[],
  ): Promise<Result<undefined, AppError>> {
    const { client, ask, messages } = this.#ports;
    this.#guests.delete(windowId);
    const machines = targets.flatMap((id) => client.entity(id) ?? []);
    if (machines.length < targets.length) return err({ code: 'not-found', what: 'entity' });
    const words = messages();
    const { title, effect, verb } = words.confirmation.broadcast;
    const rows = targetRows(machines, client.entities(), words);
    const view = { title: title(rows.length), effect, verb, targets: rows, destructive: true };
    if (!(await ask(view, windowId))) return err({ code: 'cancelled' });
    this.#guests.set(windowId, await Promise.all(targets.map((id) => this.#guest(id))));
    return ok(undefined);
  }

  async #guest(entity: EntityId): Promise<Guest> {
    const { client, keyboards } = this.#ports;
    const { layout, keymap } = await guestKeyboard(client, keyboards, entity);
    return { entity, layout, keymap, busy: Promise.resolve(), breaks: 0 };
  }

  async #type(windowId: number, text: string): Promise<Outcomes> {
    const guests = this.#guests.get(windowId);
    if (!guests) return NOT_BEGUN;
    return ok(
      await Promise.all(guests.map((guest) => this.#typeInto(windowId, guests, guest, text))),
    );
  }

  async #typeInto(
    windowId: number,
    all: readonly Guest[],
    guest: Guest,
    text: string,
  ): Promise<BroadcastOutcome> {
    const { consoles, clock } = this.#ports;
    const { entity, layout, keymap, breaks } = guest;
    const keyboard = new ServerKeyboard({ layout, keymap });
    const plan = compileText(text, { layout }, keyboard.canPress);
    // Nothing is pressed here: it tells whether there is a console at all.
    let isOpen = consoles.press(windowId, entity, []);
    const untypable = plan.untypable.length;
    // A command with holes in it is another command.
    if (untypable > 0) return { entity, isOpen, untypable };
    let isOver = false;
    let typedUnits = 0;
    const typist = new Typist(plan, {
      send: (events) => {
        const strokes = events.flatMap((event) => keyboard.translate(event) ?? []);
        if (isOver) {
          consoles.press(windowId, entity, strokes);
          return;
        }
        // Ended, or begun anew for others, in the middle of a text: what is down is let go of.
        const isEnded = this.#guests.get(windowId) !== all;
        if (!isEnded && consoles.press(windowId, entity, strokes)) return;
        isOver = true;
        if (!isEnded) {
          isOpen = false;
          guest.breaks += 1;
        }
        typist.stop();
      },
      after: (milliseconds, work) => clock.after(milliseconds, work),
      progressed: (units) => {
        // A step that came too late was not pressed.
        if (!isOver) typedUnits = units;
      },
    });
    const typed = guest.busy.then(() => {
      // What was to follow a text that broke off would be taken for the rest of it.
      isOpen &&= guest.breaks === breaks;
      return isOpen ? typist.type() : undefined;
    });
    guest.busy = typed;
    const isStopped = (await typed) === 'stopped' && isOpen;
    const stopped = { typed: characters(text.slice(0, typedUnits)), all: characters(text) };
    return { entity, isOpen, ...(isStopped && { stopped }), untypable: 0 };
  }

  async #press(windowId: number, keys: string): Promise<Outcomes> {
    const guests = this.#guests.get(windowId);
    if (!guests) return NOT_BEGUN;
    const strokes = [...strokesOf(keys)];
    const { consoles } = this.#ports;
    return ok(
      guests.map((guest) => {
        const { entity, breaks } = guest;
        const isOpen = consoles.press(windowId, entity, []);
        guest.busy = guest.busy.then(() => {
          if (this.#guests.get(windowId) !== guests || guest.breaks !== breaks) return;
          consoles.press(windowId, entity, strokes);
        });
        return { entity, isOpen, untypable: 0 };
      }),
    );
  }
}

function characters(text: string): number {
  return Array.from(text).length;
}
