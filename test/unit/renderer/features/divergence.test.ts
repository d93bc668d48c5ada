import { describe, expect, it } from 'vitest';
import { drawText } from '../../../../agent/hypervisor/simulated/console/text-picture.ts';
import { Divergence } from '../../../../renderer/features/console/wall/divergence.ts';
import {
  outlineOf,
  REDUCED,
  type Outline,
} from '../../../../renderer/features/console/wall/screen-outline.ts';

/** What a text screen looks like, made smaller as a page does it. */
function screen(lines: readonly string[]): Outline {
  const shown = lines.slice(-25);
  const picture = drawText({ lines: shown, cursor: { row: shown.length - 1, column: 0 } });
  const [width, height] = [picture.width / REDUCED, picture.height / REDUCED];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) {
    const [x, y] = [(at % width) * REDUCED, Math.floor(at / width) * REDUCED];
    let sum = 0;
    for (let dot = 0; dot < REDUCED * REDUCED; dot += 1) {
      const [right, down] = [dot % REDUCED, Math.floor(dot / REDUCED)];
      sum += picture.data[(y + down) * picture.width + x + right] ?? 0;
    }
    const grey = sum / (REDUCED * REDUCED);
    pixels.set([grey, grey, grey, 255], at * 4);
  }
  return outlineOf(pixels, width, height);
}

const BOOT = Array.from({ length: 14 }, (_none, at) => `[    ${at}.0421] device ${at} is ready`);
const prompt = (name: string) => `root@${name}:~# `;

/** Machines that are typed into at once; each line is what all of them answer. */
function guests(...names: readonly string[]) {
  const divergence = new Divergence<string>();
  const shown = new Map(names.map((name) => [name, [...BOOT, prompt(name)]]));
  const type = (command: string, answer: (name: string) => readonly string[]): void => {
    for (const [name, lines] of shown) {
      lines.push(`${lines.pop() ?? ''}${command}`, ...answer(name), prompt(name));
    }
  };
  const clear = (): void => {
    for (const [name, lines] of shown) lines.splice(0, lines.length, prompt(name));
  };
  const judge = () =>
    divergence.judge(new Map([...shown].map(([name, lines]) => [name, screen(lines)])));
  return { type, clear, judge, shown };
}

describe('screens that are typed into at once', () => {
  it('are not marked for the names in their prompts, however much is typed', () => {
    const { type, judge } = guests(
      'db',
      'web-01',
      'web-02',
      'mail-gateway',
      'storage-of-the-archive',
    );
    const marked: unknown[] = [[...judge().keys()]];
    for (let count = 0; count < 12; count += 1) {
      type('systemctl is-active chronyd', () => ['active']);
      marked.push([...judge().keys()]);
    }
    expect(marked.flat()).toEqual([]);
  });

  it('are marked at the second look where one answers otherwise than the others', () => {
    const { type, judge } = guests('db', 'web-01', 'web-02', 'mail');
    judge();
    type('uptime', () => ['up 3 days']);
    judge();
    type('systemctl status chronyd', (name) =>
      name === 'web-02'
        ? ['bash: systemctl: command not found']
        : ['chronyd.service - NTP client/server', '  Loaded: loaded', '  Active: active'],
    );
    expect([[...judge().keys()], [...judge().keys()]]).toEqual([[], ['web-02']]);
  });

  it('are marked where one shows other characters, of a keyboard that is not the guest’s', () => {
    const { type, judge, shown } = guests('db', 'web-01', 'web-02');
    judge();
    type('m'.repeat(60), () => ['m'.repeat(60)]);
    shown.set(
      'db',
      (shown.get('db') ?? []).map((line) => line.replaceAll('mm', '..')),
    );
    judge();
    expect([...judge().keys()]).toEqual(['db']);
  });

  it('are marked where one goes down while the others work', () => {
    const { type, judge, shown } = guests('db', 'web-01', 'web-02');
    judge();
    type('make', () => ['cc -O2 main.c']);
    const trace = Array.from({ length: 12 }, (_none, at) => ` ? do_something_else+0x${at}/0x80`);
    shown.get('db')?.push('Kernel panic - not syncing: Fatal exception', ...trace);
    judge();
    expect([...judge().keys()]).toEqual(['db']);
  });

  it('are held to how they differed at first, until they have been alike', () => {
    const { clear, judge, shown } = guests('db', 'web-01', 'web-02');
    const menu = Array.from({ length: 20 }, (_none, at) => `${at} a line of a text menu`);
    shown.set('db', [...menu]);
    judge();
    expect([...judge().keys()]).toEqual([]);
    clear();
    judge();
    shown.get('db')?.push(...menu);
    judge();
    expect([...judge().keys()]).toEqual(['db']);
  });

  it('are held to how they were before, where one was not shown for a time', () => {
    const { type, judge, shown } = guests('db', 'web-01', 'web-02');
    judge();
    const away = shown.get('db') ?? [];
    shown.delete('db');
    type('systemctl status chronyd', () => ['chronyd.service - NTP client', '  Active: active']);
    judge();
    shown.set('db', away);
    judge();
    expect([...judge().keys()]).toEqual(['db']);
  });

  it('are not judged where none has their size', () => {
    const divergence = new Divergence<string>();
    const large = screen(BOOT);
    const small = outlineOf(new Uint8ClampedArray(8 * 8 * 4), 8, 8);
    const looks = [0, 1].map(() =>
      divergence.judge(
        new Map([
          ['a', large],
          ['b', small],
        ]),
      ),
    );
    expect(looks.map((look) => [...look])).toEqual([[], []]);
  });
});
