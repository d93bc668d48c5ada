import { GuestShell, memoryTable, uptimeLine, type GuestFacts } from './guest-shell.ts';
import { TextScreen, type ScreenContent } from './text-screen.ts';

export interface ConsoleSurroundings {
  readonly facts: () => GuestFacts;
  readonly introduction: readonly string[];
  readonly isPaused: () => boolean;
  readonly reboot: () => void;
  readonly powerOff: () => void;
}

/** What a guest says while it starts, each from so many seconds after its start on. */
const BOOT: readonly (readonly [seconds: number, line: string])[] = [
  [0, 'SeaBIOS (version 1.16.2)'],
  [0.3, 'Booting from Hard Disk...'],
  [0.8, '[    0.000000] Linux version 6.1.0 (gcc 12.2.0)'],
  [0.9, '[    0.004127] Command line: root=/dev/vda1 ro console=tty0'],
  [1.2, '[    0.412090] virtio_blk virtio2: [vda] 83886080 512-byte logical blocks'],
  [1.5, '[    0.803355] EXT4-fs (vda1): mounted filesystem with ordered data mode'],
  [1.8, '[    1.120481] systemd[1]: Detected virtualization kvm.'],
  [2.1, '[  OK  ] Reached target Local File Systems.'],
  [2.4, '[  OK  ] Started Network Configuration.'],
  [2.7, '[  OK  ] Started OpenBSD Secure Shell server.'],
  [3, '[  OK  ] Reached target Multi-User System.'],
];
const BOOT_SECONDS = 3.5;
const OPERATOR = 'operator';

/**
 * The first text console of a guest: what it shows, and what typing on it does. Until somebody types,
 * what it shows follows from the time alone, so that a screen nobody looks at costs nothing.
 */
export class GuestConsole {
  readonly #surroundings: ConsoleSurroundings;
  readonly #screen = new TextScreen();
  readonly #shell: GuestShell;
  /** How long the guest had run when it last booted; undefined for one that ran before the world began. */
  #bootedAt: number | undefined;
  #isLive = false;

  constructor(surroundings: ConsoleSurroundings, isFresh: boolean) {
    this.#surroundings = surroundings;
    this.#bootedAt = isFresh ? 0 : undefined;
    this.#shell = new GuestShell({
      ...surroundings,
      print: (text) => this.#screen.write(text),
    });
  }

  get content(): ScreenContent {
    if (this.#isLive) return this.#screen.content;
    const shown = new TextScreen();
    shown.write(this.#unattended());
    return shown.content;
  }

  /** Takes what is typed; a guest that is paused or still starts does not hear it. */
  type(text: string): void {
    if (this.#surroundings.isPaused() || this.#isBooting) return;
    this.#comeAlive();
    this.#shell.type(text);
  }

  /** Ctrl+Alt+Delete, which a guest without a desktop answers by starting anew. */
  salute(): void {
    if (!this.#surroundings.isPaused()) this.#surroundings.reboot();
  }

  /** Starts anew. */
  boot(): void {
    this.#isLive = false;
    this.#bootedAt = this.#surroundings.facts().ranSeconds;
  }

  /** Something that the kernel says to everybody. */
  announce(text: string): void {
    this.#comeAlive();
    this.#screen.write(`\n${text}\n`);
  }

  get #sinceBoot(): number | undefined {
    const { ranSeconds } = this.#surroundings.facts();
    return this.#bootedAt === undefined ? undefined : ranSeconds - this.#bootedAt;
  }

  get #isBooting(): boolean {
    return !this.#isLive && (this.#sinceBoot ?? BOOT_SECONDS) < BOOT_SECONDS;
  }

  #comeAlive(): void {
    if (this.#isLive) return;
    this.#screen.clear();
    this.#screen.write(this.#unattended());
    if (this.#bootedAt === undefined) this.#shell.resumeAs(OPERATOR);
    this.#isLive = true;
  }

  /** What stands there while nobody types. */
  #unattended(): string {
    const since = this.#sinceBoot;
    if (since !== undefined && since < BOOT_SECONDS) {
      return BOOT.filter(([from]) => from <= since)
        .map(([, line]) => `${line}\n`)
        .join('');
    }
    const { introduction } = this.#surroundings;
    const facts = this.#surroundings.facts();
    const { name } = facts;
    if (since !== undefined) return [...introduction, `${name} login: `].join('\n');
    return [
      ...introduction,
      `${name} login: ${OPERATOR}`,
      `${OPERATOR}@${name}:~$ uptime`,
      uptimeLine(facts),
      `${OPERATOR}@${name}:~$ free -m | grep Mem`,
      memoryTable(facts),
      `${OPERATOR}@${name}:~$ `,
    ].join('\n');
  }
}
