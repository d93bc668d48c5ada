import type { Clock } from '../../../../node/xmpp/clock.ts';
import { childrenNamed } from '../../../../core/xml/edit.ts';
import { changed, sourceOf } from '../definition.ts';
import type { Guest } from '../guest.ts';
import { GuestConsole } from './guest-console.ts';
import { GuestKeyboard, layoutNamed } from './guest-keyboard.ts';
import type { GuestFacts } from './guest-shell.ts';
import { ScreenServer } from './screen-server.ts';
import { SerialLine } from './serial-line.ts';

export interface SeatOptions {
  readonly name: string;
  readonly guest: Guest;
  readonly clock: Clock;
  /** Whether the guest starts now, and was not running before. */
  readonly isFresh: boolean;
  readonly introduction: readonly string[] | undefined;
  /** The layout of the guest's keyboard; that of its graphics device when it has one, else us. */
  readonly keyboard: string | undefined;
  /** Whether its screen listens on a port. */
  readonly isServed: boolean;
  readonly powerOff: () => void;
}

/** The place in front of a running guest: its console, its keyboard, and its screen for viewers. */
export class GuestSeat {
  readonly console: GuestConsole;
  readonly keyboard: GuestKeyboard;
  readonly serial: SerialLine;
  readonly #options: SeatOptions;
  readonly #server: ScreenServer | undefined;
  #listening: Promise<void> | undefined;

  constructor(options: SeatOptions) {
    this.#options = options;
    const { guest, name } = options;
    const [graphics] = guest.definition.record.graphics;
    const given = options.introduction ?? [`Debian GNU/Linux 12 ${name} tty1`, ''];
    const isPaused = (): boolean => guest.isPaused;
    const surroundings = {
      facts: () => this.facts(),
      // The prompt is ours, answered below.
      introduction: given.filter((line) => line.trim() !== `${name} login:`),
      reboot: () => this.reboot(),
      powerOff: options.powerOff,
    };
    this.console = new GuestConsole({ ...surroundings, isPaused }, options.isFresh);
    const onSerial = surroundings.introduction.map((line) => line.replace('tty1', 'ttyS0'));
    this.serial = new SerialLine({ ...surroundings, introduction: onSerial }, isPaused);
    const keymap = layoutNamed(graphics?.keymap);
    const layout = layoutNamed(options.keyboard) ?? keymap ?? 'us';
    this.keyboard = new GuestKeyboard(
      { keymap, layout },
      { type: (text) => this.console.type(text), salute: () => this.console.salute() },
    );
    if (options.isServed && graphics?.type === 'vnc') {
      this.#server = new ScreenServer({
        name: `QEMU (${name})`,
        password: graphics.password,
        content: () => this.console.content,
        press: (key) => this.keyboard.press(key),
        release: () => this.keyboard.releaseAll(),
      });
    }
  }

  /** Settles when the definition tells the port of the screen; it listens when that is first asked. */
  ready(): Promise<void> {
    if (this.#server === undefined) return Promise.resolve();
    this.#listening ??= this.#listen(this.#server);
    return this.#listening;
  }

  /** Whether its definition has a serial port or a console. */
  get hasSerial(): boolean {
    const devices = childrenNamed(sourceOf(this.#options.guest.definition), 'devices');
    return devices.some(
      (one) => childrenNamed(one, 'serial').length + childrenNamed(one, 'console').length > 0,
    );
  }

  reboot(): void {
    this.serial.announce('The system will reboot now!');
    this.console.boot();
  }

  /** Something that the kernel says to everybody. */
  announce(text: string): void {
    this.console.announce(text);
    this.serial.announce(text);
  }

  /** The guest is off. */
  stop(): void {
    this.#server?.stop();
    this.serial.stop();
  }

  facts(): GuestFacts {
    const { guest, name, clock } = this.#options;
    const { currentKiB, unusedKiB } = guest.balloon();
    return {
      name,
      vcpus: guest.vcpuCount,
      totalMiB: Math.round(currentKiB / 1024),
      usedMiB: Math.round((currentKiB - (unusedKiB ?? 0)) / 1024),
      load: guest.load(),
      ranSeconds: guest.ranSeconds,
      now: new Date(clock.now()),
    };
  }

  async #listen(server: ScreenServer): Promise<void> {
    const { guest } = this.#options;
    const wished = guest.definition.record.graphics[0]?.port;
    const port = await server.listen(isGiven(wished) ? wished : undefined);
    const [first, ...others] = guest.definition.record.graphics;
    if (first === undefined) return;
    guest.definition = changed(guest.definition, { graphics: [{ ...first, port }, ...others] });
  }
}

/** Whether a definition names the port itself; -1 leaves it to the hypervisor. */
export function isGiven(port: number | undefined): port is number {
  return port !== undefined && port > 0;
}
