import { SvelteSet } from 'svelte/reactivity';
import type { AppApi } from '../../../core/contract/contract.ts';
import type { GuestKeyboard, GuestKeyboardView } from '../../../core/contract/typing.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { AppError } from '../../../core/contract/app-error.ts';
import { ConsoleKeyboard, suitableWay } from '../../../core/keyboard/console-keyboard.ts';
import type { HostSystem } from '../../../core/keyboard/physical-keyboard.ts';
import type { LocalKey } from '../../../core/keyboard/text-keyboard.ts';
import { HELD_KEYS, type HeldKey } from '../../../core/rfb/key-combinations.ts';
import type { ConsoleSession } from './console-session.svelte.ts';

/** The keyboard of one console: how it goes to the guest, and what is held of it. */
export class ConsoleKeys {
  readonly #api: AppApi['typing'];
  readonly #entity: EntityId;
  #view = $state.raw<GuestKeyboardView>();
  #isThroughChosen = $state(false);
  readonly #held = new SvelteSet<HeldKey>();
  #keyboard: ConsoleKeyboard | undefined;
  /** Of another connection nothing is held any more. */
  #connection: string | undefined;

  constructor(api: AppApi['typing'], entity: EntityId) {
    this.#api = api;
    this.#entity = entity;
  }

  /** What is chosen and guessed; undefined until it is known. */
  get view(): GuestKeyboardView | undefined {
    return this.#view;
  }

  get way(): 'physical' | 'text' {
    return suitableWay(this.#view?.way ?? 'auto', this.#view?.keymap);
  }

  /** Keys that are pressed together go by libvirt's send-key, whatever the screen can take. */
  get isThroughChosen(): boolean {
    return this.#isThroughChosen;
  }

  /** Whether they do: also where no screen is there that could take them. */
  goThrough(session: ConsoleSession | undefined): boolean {
    return this.#isThroughChosen || session?.view.name !== 'open';
  }

  toggleThrough(): void {
    this.#isThroughChosen = !this.#isThroughChosen;
  }

  async load(): Promise<void> {
    const reply = await this.#api.guest({ entity: this.#entity });
    if (reply.ok) this.#take(reply.value);
  }

  /** Remembers a choice; what kept it from being stored is returned. */
  async choose(keyboard: GuestKeyboard): Promise<AppError | undefined> {
    const reply = await this.#api.remember({ entity: this.#entity, keyboard });
    if (!reply.ok) return reply.error;
    this.#take(reply.value);
    return undefined;
  }

  /** A key goes down or comes up while the guest has the keyboard. */
  take(event: KeyboardEvent, session: ConsoleSession): void {
    const keyboard = this.#of(session);
    const key = localKey(event);
    session.press(event.type === 'keydown' ? keyboard.press(key) : keyboard.release(key));
  }

  /** The keys that are held by the menu. */
  get held(): ReadonlySet<HeldKey> {
    return this.#held;
  }

  /** Holds a key down, or lets go of it. */
  hold(name: HeldKey, session: ConsoleSession): void {
    const isDown = !this.#held.has(name);
    if (isDown) this.#held.add(name);
    else this.#held.delete(name);
    session.press([{ ...HELD_KEYS[name], isDown }]);
  }

  /** Releases all that is held. */
  release(session: ConsoleSession | undefined): void {
    session?.press([...this.#held].map((name) => ({ ...HELD_KEYS[name], isDown: false })));
    this.#held.clear();
    if (session && session.key === this.#connection) {
      session.press(this.#keyboard?.releaseAll() ?? []);
    }
    this.#keyboard = undefined;
  }

  #take(view: GuestKeyboardView): void {
    this.#view = view;
    this.#keyboard = undefined;
  }

  #of(session: ConsoleSession): ConsoleKeyboard {
    if (this.#keyboard && this.#connection === session.key) return this.#keyboard;
    this.#connection = session.key;
    const { layout = 'us', keymap } = this.#view ?? {};
    return (this.#keyboard = new ConsoleKeyboard({
      ...{ system: hostSystem(), way: this.way, layout, keymap },
    }));
  }
}

function localKey(event: KeyboardEvent): LocalKey {
  return {
    code: event.code,
    key: event.key,
    timeStamp: event.timeStamp,
    hasControl: event.ctrlKey,
    hasAlt: event.altKey,
    hasMeta: event.metaKey,
    isShifted: event.shiftKey,
    isAltGr: event.getModifierState('AltGraph'),
    isCapsLockOn: event.getModifierState('CapsLock'),
  };
}

function hostSystem(): HostSystem {
  const { userAgent } = navigator;
  if (userAgent.includes('Mac')) return 'mac';
  return userAgent.includes('Windows') ? 'windows' : 'linux';
}
