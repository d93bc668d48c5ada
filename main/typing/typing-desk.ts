import type { Client } from '../../client/client.ts';
import type { ConsoleAccess } from '../../client/consoles/console-access.ts';
import { guestKeyboard, knownKeymap } from '../../client/consoles/guest-keymap.ts';
import type { GuestKeyboards } from '../../client/consoles/guest-keyboards.ts';
import type { TypedSecrets } from '../../client/consoles/typed-secrets.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { GuestKeyboardView, TypingState } from '../../core/contract/typing.ts';
import { visible } from '../../core/domain/confusable.ts';
import { type Entity, type EntityId, isOfAccount } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { LayoutId } from '../../core/keyboard/layout.ts';
import { isKeymapUsable } from '../../core/keyboard/server-keyboard.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';
import { targetRows } from '../confirmations/confirmation-targets.ts';
import type { Answered } from '../confirmations/confirmations.ts';
import type { SshTarget } from '../streams/ssh/ssh-messages.ts';
import type { Streams } from '../streams/streams.ts';
import { listenerOf } from './typing-reports.ts';

export interface TypingDeskPorts {
  readonly client: Pick<Client, 'known' | 'entity' | 'entities'>;
  readonly access: Pick<ConsoleAccess, 'plan'>;
  readonly streams: Pick<Streams, 'open' | 'tell'>;
  /** How the host that runs a machine is reached by SSH, where that is known. */
  readonly hostOf: (machine: Entity) => Promise<SshTarget | undefined>;
  readonly keyboards: GuestKeyboards;
  readonly secrets: TypedSecrets;
  /** Asks the user in a window of main's own. */
  readonly ask: (view: ConfirmationView, windowId: number) => Promise<Answered | undefined>;
  readonly tell: (windowId: number, key: string, state: TypingState) => void;
  readonly messages: () => Messages;
}

interface Wish {
  readonly key: string;
  readonly entity: EntityId;
  readonly layout: LayoutId;
  readonly eventMs: number;
  readonly text: string;
  /** Then not even its length is told. */
  readonly isSecret: boolean;
}

/** A text on its way: without a stream until it is known how its machine is reached. */
interface Begun {
  readonly entity: EntityId;
  stream: number | undefined;
}

type Now<T = undefined> = Promise<Result<T, AppError>>;

/** Who hears of a text, and whether it is still the one under its key. */
interface Hearing {
  readonly tell: (state: TypingState) => void;
  readonly ended: () => void;
  readonly isCurrent: () => boolean;
}

/** Has texts typed in guests, for windows. Secrets go from the keychain to the streams process. */
export class TypingDesk {
  readonly #ports: TypingDeskPorts;
  /** By window and key. */
  readonly #texts = new Map<string, Begun>();

  constructor(ports: TypingDeskPorts) {
    this.#ports = ports;
  }

  readonly handlers: AppHandlers['typing'] = {
    guest: ({ entity }) => this.#of(entity, (one) => this.#guest(one)),
    remember: ({ entity, keyboard }) =>
      this.#of(entity, async (one) => {
        const kept = await this.#ports.keyboards.remember(one.id, keyboard);
        return kept.ok ? this.#guest(one) : kept;
      }),
    type: (wish, { windowId }) =>
      this.#of(wish.entity, (one) => this.#type(windowId, one, { ...wish, isSecret: false })),
    secrets: async () => ok(await this.#ports.secrets.names()),
    addSecret: async ({ name }, { windowId }) => this.#add(name, windowId),
    forgetSecret: ({ name }) => this.#ports.secrets.forget(name),
    typeSecret: ({ name, endsWithEnter, ...wish }, { windowId }) =>
      this.#of(wish.entity, async (one) => {
        if (!(await this.#ports.ask(this.#confirmation(name, one), windowId))) {
          return err({ code: 'cancelled' });
        }
        const secret = await this.#ports.secrets.get(name);
        if (!secret.ok) return secret;
        const text = endsWithEnter ? `${secret.value}\n` : secret.value;
        return this.#type(windowId, one, { ...wish, text, isSecret: true });
      }),
    stop: async ({ key }, { windowId }) => {
      this.#stop(`${windowId} ${key}`);
      return ok(undefined);
    },
  };

  /** Stops what a window has typed. */
  windowClosed(windowId: number): void {
    for (const name of [...this.#texts.keys()]) {
      if (name.startsWith(`${windowId} `)) this.#stop(name);
    }
  }

  /** Stops what is typed in an account's machines. */
  leaveAccount(account: BareJid): void {
    for (const [name, { entity }] of [...this.#texts]) {
      if (isOfAccount(entity, account)) this.#stop(name);
    }
  }

  /** Nothing is typed on into guests while this computer sleeps, nor after it: nobody watches. */
  suspended(): void {
    for (const name of [...this.#texts.keys()]) this.#stop(name);
  }

  #of<T>(id: EntityId, act: (entity: Entity) => Now<T>): Now<T> {
    const entity = this.#ports.client.entity(id);
    return entity ? act(entity) : Promise.resolve(err({ code: 'not-found', what: id }));
  }

  async #guest({ id }: Entity): Now<GuestKeyboardView> {
    const { client, keyboards } = this.#ports;
    return ok(await guestKeyboard(client, keyboards, id));
  }

  async #add(name: string, windowId: number): Now<readonly string[]> {
    const { title, effect, verb, label } = this.#ports.messages().typing.addSecret;
    const answer = await this.#ports.ask(
      {
        ...{ title: title(visible(name)), effect, verb, targets: [], destructive: false },
        secret: { label, isShown: false, canBeKept: false },
      },
      windowId,
    );
    return answer ? this.#ports.secrets.add(name, answer.typed) : err({ code: 'cancelled' });
  }

  #confirmation(name: string, entity: Entity): ConfirmationView {
    const { client, messages } = this.#ports;
    const words = messages();
    const { title, effect, verb } = words.typing.confirmSecret;
    const targets = targetRows([entity], client.entities(), words);
    const asked = title(visible(name), visible(entity.name));
    return { title: asked, effect, verb, targets, destructive: false };
  }

  async #type(windowId: number, entity: Entity, wish: Wish): Now {
    const name = `${windowId} ${wish.key}`;
    if (this.#texts.has(name)) return err({ code: 'already-there', what: wish.key });
    const begun: Begun = { entity: entity.id, stream: undefined };
    this.#texts.set(name, begun);
    const isCurrent = (): boolean => this.#texts.get(name) === begun;
    const tell = (state: TypingState): void => this.#ports.tell(windowId, wish.key, state);
    tell({ name: 'connecting' });
    const ended = (): void => {
      if (isCurrent()) this.#texts.delete(name);
    };
    const outcome = await this.#begin(begun, entity, wish, { tell, ended, isCurrent });
    if (!outcome.ok) ended();
    return outcome;
  }

  async #begin(
    begun: Begun,
    entity: Entity,
    { text, layout, eventMs, isSecret }: Wish,
    { tell, ended, isCurrent }: Hearing,
  ): Now {
    const { access, streams } = this.#ports;
    const plan = await access.plan(entity);
    if (!plan.ok) return plan;
    const keymap = plan.value.keymap ?? (await this.#keymapOf(entity));
    if (!isKeymapUsable(keymap)) return err({ code: 'keymap-unusable', keymap: keymap ?? '' });
    const isTunnelled = plan.value.ways.some(({ isThroughSsh }) => isThroughSsh === true);
    const host = isTunnelled ? await this.#ports.hostOf(entity) : undefined;
    // Stopped meanwhile, though another text may have been begun under its key.
    if (!isCurrent()) return err({ code: 'cancelled' });
    const { credentials, ways } = plan.value;
    const order = { text, layout, eventMs, credentials, ways: [...ways] };
    const known = {
      ...(host && { host }),
      ...(keymap !== undefined && { keymap }),
    };
    const last = (state: TypingState): void => {
      ended();
      tell(state);
    };
    const listener = listenerOf(entity.name, isSecret, { tell, ended: last });
    begun.stream = streams.open({ kind: 'type', ...order, ...known }, listener);
    return ok(undefined);
  }

  /** Whoever may not see the definition can still choose a layout. */
  async #keymapOf({ id }: Entity): Promise<string | undefined> {
    const asked = await knownKeymap(this.#ports.client, id);
    return asked.ok ? asked.value : undefined;
  }

  #stop(name: string): void {
    const begun = this.#texts.get(name);
    if (begun?.stream === undefined) this.#texts.delete(name);
    else this.#ports.streams.tell(begun.stream, { kind: 'close' });
  }
}
