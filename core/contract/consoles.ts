import * as v from 'valibot';
import { ConsoleSettings } from '../domain/console-settings.ts';
import { ConsoleWay } from '../domain/console-way.ts';
import { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/** How a screen is reached, and what protects it on the way. */
export interface ConsoleRoute {
  readonly kind: 'websocket' | 'tcp' | 'tunnel';
  /** Host and port. */
  readonly address: string;
  /** Nobody in between can read it. */
  readonly isEncrypted: boolean;
  /** The security type of RFB, such as `None`, `VncAuth` or `VeNCrypt X509Vnc`. */
  readonly security: string;
}

/** What a window is told of a console that it opened. */
export type ConsoleState =
  | { readonly name: 'connecting' }
  | {
      readonly name: 'open';
      readonly route: ConsoleRoute;
      /** The name that the screen gives itself. */
      readonly title: string;
      /** Layout by which the hypervisor maps keysyms; without one it takes scancodes. */
      readonly keymap?: string;
    }
  | { readonly name: 'ended'; readonly error: AppError };

/** What went through a console so far. */
export interface ConsoleTraffic {
  readonly bytesFromServer: number;
  readonly bytesToServer: number;
  /** Updates of the screen. */
  readonly updates: number;
  /** From a key or a click to the next update, in milliseconds; undefined before the first. */
  readonly reactionMs: number | undefined;
  /** The quickest of the last few; undefined before there are enough to tell the line from the guest. */
  readonly quickestMs: number | undefined;
}

/** How often a console is drawn: as fast as it goes, twice a second, or not at all. */
const ConsoleRate = v.picklist(['full', 'slow', 'none']);
export type ConsoleRate = v.InferOutput<typeof ConsoleRate>;

const Key = v.pipe(v.string(), v.maxLength(100));

/** A picture by its signature (RFC 2083, section 3.1), 64 MiB at most. */
const Png = v.pipe(
  v.instance(Uint8Array),
  v.check((bytes) => bytes.length <= 67_108_864, 'The picture is too large.'),
  v.check(
    (bytes) => [0x89, 0x50, 0x4e, 0x47].every((byte, place) => bytes[place] === byte),
    'It is no PNG.',
  ),
);

/** A key by its X11 keysym and its XT scancode, as core/rfb has it. */
const KeyStroke = v.strictObject({
  isDown: v.boolean(),
  keysym: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff)),
  scancode: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xff))),
});

export const consoles = {
  /**
   * Opens the screen of a machine. Its bytes come through a port that is handed to the window under
   * the same `key`, the window's own name for this console.
   */
  open: call(v.strictObject({ key: Key, entity: EntityId }), reply<undefined>()),
  close: call(v.strictObject({ key: Key }), reply<undefined>()),
  /** It is at the full rate until this says otherwise, also before it is open. */
  setRate: call(v.strictObject({ key: Key, rate: ConsoleRate }), reply<undefined>()),
  /** Presses and releases keys in this order, between what the page sends itself. */
  press: call(
    v.strictObject({ key: Key, strokes: v.pipe(v.array(KeyStroke), v.maxLength(256)) }),
    reply<undefined>(),
  ),
  /** Releases all that is down, whoever pressed it. */
  releaseKeys: call(v.strictObject({ key: Key }), reply<undefined>()),
  /** How the user wants the screen of a machine reached. */
  way: call(v.strictObject({ entity: EntityId }), reply<ConsoleWay>()),
  /** Remembers it; what is open goes on as it is. */
  setWay: call(v.strictObject({ entity: EntityId, way: ConsoleWay }), reply<undefined>()),
  /** What the user chose for the console of a machine. */
  settings: call(v.strictObject({ entity: EntityId }), reply<ConsoleSettings>()),
  /**
   * Remembers what is given, the rest stays; replies with all of it. Main asks before a clipboard is
   * shared.
   */
  remember: call(
    v.strictObject({ entity: EntityId, settings: ConsoleSettings }),
    reply<ConsoleSettings>(),
  ),
  /** Keeps the password of a machine's screen in the keychain, with the name that goes with it. */
  setPassword: call(
    v.strictObject({
      entity: EntityId,
      username: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(256))),
      password: v.pipe(v.string(), v.maxLength(256)),
    }),
    reply<undefined>(),
  ),
  /** Trusts the certificate that the screen has shown, on the host where it did. Main asks first. */
  trust: call(
    v.strictObject({ entity: EntityId, fingerprint: v.pipe(v.string(), v.maxLength(200)) }),
    reply<undefined>(),
  ),
  /** Saves a PNG where the user says; replies with its path, or nothing when the user would not. */
  savePicture: call(
    v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)), png: Png }),
    reply<string | undefined>(),
  ),
  /** Puts a PNG into the clipboard. */
  copyPicture: call(v.strictObject({ png: Png }), reply<undefined>()),
  changed: event<{ readonly key: string; readonly state: ConsoleState }>(),
  traffic: event<{ readonly key: string; readonly traffic: ConsoleTraffic }>(),
};
