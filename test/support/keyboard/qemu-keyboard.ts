import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, watch } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { KeyEvent, KeysymEvent } from '../../../core/keyboard/key-event.ts';
import { HeadlessRfb } from '../../../node/rfb/headless-rfb.ts';

const TRACED = /input_event_key_qcode con -?\d+, key qcode (\w+), down (\d)/gu;
const FACT = /^# evdev \d+ \(0x[0-9a-f]+\), QKeyCode "(\w+)", number 0x([0-9a-f]+)$/gmu;
/** Keys that have two names in QEMU (qapi/ui.json), of which the comments tell the other. */
const UNTOLD: readonly (readonly [string, number])[] = [
  ['print', 0x54],
  ['lang1', 0x72],
  ['lang2', 0x71],
];
/** A key that no text needs; QEMU calls it the same. */
const MARK = { scancode: 0x58, keysym: 0xffc9, name: 'f12' };

/** A machine of QEMU's that has nothing but a keyboard and a screen, and notes what is pressed. */
export class QemuKeyboard {
  readonly #qemu: ChildProcess;
  readonly #folder: string;
  readonly #viewer: HeadlessRfb;
  readonly #scancodes: ReadonlyMap<string, number>;
  #read = 0;

  private constructor(
    qemu: ChildProcess,
    folder: string,
    viewer: HeadlessRfb,
    scancodes: ReadonlyMap<string, number>,
  ) {
    this.#qemu = qemu;
    this.#folder = folder;
    this.#viewer = viewer;
    this.#scancodes = scancodes;
  }

  /** Starts one, with a keymap of QEMU's (-k) or with none. */
  static async start(keymap?: string): Promise<QemuKeyboard> {
    const folder = await mkdtemp(join(tmpdir(), 'archipel-keyboard-'));
    const [screen, trace] = [join(folder, 'vnc'), join(folder, 'trace')];
    await writeFile(trace, '');
    const machine = '-machine pc,accel=tcg -m 16 -no-user-config -nodefaults -net none -device VGA';
    const qemu = spawn('qemu-system-x86_64', [
      ...machine.split(' '),
      ...['-display', 'none', '-vnc', `unix:${screen},key-delay-ms=0`],
      ...['-trace', 'input_event_key_qcode', '-D', trace],
      ...['-qmp', 'stdio'],
      ...(keymap === undefined ? [] : ['-k', keymap]),
    ]);
    const complaints: string[] = [];
    qemu.stderr.on('data', (data: Buffer) => complaints.push(String(data)));
    const ended = once(qemu, 'exit').then(() => {
      throw new Error(`QEMU ended: ${complaints.join('')}`);
    });
    ended.catch(() => undefined);
    await Promise.race([answered(qemu), ended]);
    const options = { credentials: {}, trust: { serverName: 'localhost' } };
    const viewer = await HeadlessRfb.open(connect(screen), options);
    return new QemuKeyboard(qemu, folder, viewer, await readScancodes());
  }

  /** What QEMU took key events for, sent as scancodes that say nothing of what the keys mean. */
  pressed(events: readonly KeyEvent[]): Promise<readonly KeyEvent[]> {
    for (const { scancode, down } of [...events, ...tap(MARK)]) {
      this.#viewer.sendKey({ isDown: down, keysym: 0, scancode });
    }
    return this.#traced();
  }

  /** What QEMU took key events for, sent as keysyms. */
  pressedByKeysyms(events: readonly KeysymEvent[]): Promise<readonly KeyEvent[]> {
    for (const { keysym, down } of [...events, ...tap(MARK)]) {
      this.#viewer.sendKey({ isDown: down, keysym });
    }
    return this.#traced();
  }

  async stop(): Promise<void> {
    this.#viewer.close();
    const exit = once(this.#qemu, 'exit');
    this.#qemu.kill();
    await exit;
    await rm(this.#folder, { recursive: true });
  }

  #traced(): Promise<readonly KeyEvent[]> {
    return untilInFile(join(this.#folder, 'trace'), (text) => {
      const all = [...text.matchAll(TRACED)].slice(this.#read);
      const end = all.findIndex(([, name, down]) => name === MARK.name && down === '0');
      if (end < 1) return undefined;
      this.#read += end + 1;
      return all.slice(0, end - 1).map(([, name = '', down]) => this.#event(name, down === '1'));
    });
  }

  #event(name: string, down: boolean): KeyEvent {
    return { scancode: this.#scancodes.get(name) ?? Number.NaN, down };
  }
}

function tap<K>(key: K): readonly (K & { readonly down: boolean })[] {
  return [
    { ...key, down: true },
    { ...key, down: false },
  ];
}

/** QEMU's own numbers of its names of keys, as the comments in its keymaps give them. */
async function readScancodes(): Promise<ReadonlyMap<string, number>> {
  const text = await readFile('/usr/share/qemu/keymaps/en-us', 'utf8');
  const told = [...text.matchAll(FACT)].map(([, name = '', number = '']): [string, number] => [
    name,
    Number.parseInt(number, 16),
  ]);
  return new Map([...told, ...UNTOLD]);
}

/** QEMU answers orders only when all of it is there; its greeting comes before. */
async function answered(qemu: ChildProcessWithoutNullStreams): Promise<void> {
  qemu.stdin.write('{"execute":"qmp_capabilities"}{"execute":"query-vnc"}');
  for await (const line of createInterface({ input: qemu.stdout })) {
    if (line.includes('"service"')) return;
  }
}

/** What is found in a file, now or after one of its changes. */
function untilInFile<T>(path: string, find: (text: string) => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = find(readFileSync(path, 'utf8'));
      if (found === undefined) return;
      changes.close();
      resolve(found);
    };
    const changes = watch(path, look);
    look();
  });
}
