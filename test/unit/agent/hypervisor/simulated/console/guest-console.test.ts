import { beforeEach, describe, expect, it } from 'vitest';
import { GuestConsole } from '../../../../../../agent/hypervisor/simulated/console/guest-console.ts';

const INTRODUCTION = ['Debian 12 web-01 tty1', ''];

describe('the console of a guest', () => {
  let ranSeconds: number;
  let isPaused: boolean;
  let orders: string[];

  beforeEach(() => {
    ranSeconds = 7200;
    isPaused = false;
    orders = [];
  });

  const make = (isFresh: boolean): GuestConsole => {
    const facts = () => ({
      name: 'web-01',
      vcpus: 4,
      totalMiB: 8192,
      usedMiB: 4096,
      load: 0.5,
      ranSeconds,
      now: new Date('2026-05-06T07:08:09Z'),
    });
    const console: GuestConsole = new GuestConsole(
      {
        facts,
        introduction: INTRODUCTION,
        isPaused: () => isPaused,
        reboot: () => {
          orders.push('reboot');
          console.boot();
        },
        powerOff: () => orders.push('power off'),
      },
      isFresh,
    );
    return console;
  };

  const fresh = (): GuestConsole => {
    ranSeconds = 0;
    const console = make(true);
    ranSeconds = 60;
    return console;
  };

  const last = (console: GuestConsole, count = 1) => console.content.lines.slice(-count);

  it('shows how long a guest has been running that nobody typed on', () => {
    const console = make(false);
    const before = console.content.lines;
    ranSeconds += 3600;
    expect(before).toContain(' up 2:00,  1 user,  load average: 0.50');
    expect(console.content.lines).toContain(' up 3:00,  1 user,  load average: 0.50');
    expect(last(console)).toEqual(['operator@web-01:~$ ']);
  });

  it('shows how it starts, and then a login', () => {
    ranSeconds = 0;
    const console = make(true);
    const atOnce = console.content.lines;
    ranSeconds = 2;
    const later = console.content.lines;
    ranSeconds = 5;
    expect(atOnce).toEqual(['SeaBIOS (version 1.16.2)', '']);
    expect(later.length).toBeGreaterThan(atOnce.length + 3);
    expect(console.content.lines).toEqual([...INTRODUCTION, 'web-01 login: ']);
  });

  it('does not hear what is typed while it starts', () => {
    ranSeconds = 0;
    const console = make(true);
    console.type('root\r');
    ranSeconds = 5;
    expect(last(console)).toEqual(['web-01 login: ']);
  });

  it('logs in without an echo of the password, and runs commands', () => {
    const console = fresh();
    console.type('ada\rsecret\r');
    console.type('whoami\r');
    expect(console.content.lines.join('\n')).not.toContain('secret');
    expect(last(console, 3)).toEqual(['ada@web-01:~$ whoami', 'ada', 'ada@web-01:~$ ']);
  });

  it.each([
    ['hostname', 'web-01'],
    ['nproc', '4'],
    ['echo two  words', 'two words'],
    ['uname -a', 'Linux web-01 6.1.0 x86_64 GNU/Linux'],
    ['date', 'Wed, 06 May 2026 07:08:09 GMT'],
    ['free -m', 'Mem: 8192 total, 4096 used'],
    ['constructor', 'sh: constructor: not found'],
    ['frobnicate', 'sh: frobnicate: not found'],
  ])('answers %s', (typed, answer) => {
    const console = make(false);
    console.type(`${typed}\r`);
    expect(last(console, 2)).toEqual([answer, 'operator@web-01:~$ ']);
  });

  it('takes back what is typed, clears the screen and gives up a line', () => {
    const console = make(false);
    console.type('lsx\x7f');
    const taken = last(console);
    console.type('\x03');
    const given = last(console, 2);
    console.type('\x0c');
    expect([taken, given, console.content.lines]).toEqual([
      ['operator@web-01:~$ ls '],
      ['operator@web-01:~$ ls^C', 'operator@web-01:~$ '],
      ['operator@web-01:~$ '],
    ]);
  });

  it('asks for the login again after an exit', () => {
    const console = make(false);
    console.type('exit\r');
    expect(console.content.lines).toEqual([...INTRODUCTION, 'web-01 login: ']);
  });

  it('starts anew on Ctrl+Alt+Delete', () => {
    const console = make(false);
    console.type('echo hello\r');
    console.salute();
    expect([orders, console.content.lines[0]]).toEqual([['reboot'], 'SeaBIOS (version 1.16.2)']);
    ranSeconds += 5;
    expect(last(console)).toEqual(['web-01 login: ']);
  });

  it('obeys reboot and poweroff', () => {
    const console = make(false);
    console.type('sudo reboot\r');
    ranSeconds += 5;
    console.type('root\rx\rpoweroff\r');
    expect(orders).toEqual(['reboot', 'power off']);
  });

  it('stands still while the guest is paused', () => {
    const console = make(false);
    isPaused = true;
    console.type('hello');
    console.salute();
    expect([orders, last(console)]).toEqual([[], ['operator@web-01:~$ ']]);
  });

  it('scrolls, and wraps what is too long for a line', () => {
    const console = make(false);
    for (let count = 0; count < 30; count += 1) console.type(`echo ${count}\r`);
    console.type('x'.repeat(70));
    const { lines, cursor } = console.content;
    expect(lines).toHaveLength(25);
    expect(lines.slice(-3)).toEqual(['29', `operator@web-01:~$ ${'x'.repeat(61)}`, 'x'.repeat(9)]);
    expect(cursor).toEqual({ column: 9, row: 24 });
  });

  it('tells what the kernel says to everybody', () => {
    const console = make(false);
    console.announce('Kernel panic - not syncing');
    expect(last(console, 2)).toEqual(['Kernel panic - not syncing', '']);
  });
});
