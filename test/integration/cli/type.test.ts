import { describe, expect, it } from 'vitest';
import { runNode } from '../../support/run-program.ts';

function type(text: string, ...args: readonly string[]) {
  return runNode(['cli/archipel.mjs', 'type', 'web-01', ...args], text);
}

describe('archipel type --dry-run', () => {
  it('prints the key events, and what cannot be typed with its place', async () => {
    const { code, out, error } = await type('é@\n☃', '--layout', 'fr', '--dry-run', '--json');
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(JSON.parse(out)).toEqual({
      layout: 'fr',
      group: 'own',
      events: [
        { scancode: 0x03, down: true },
        { scancode: 0x03, down: false },
        { scancode: 0xb8, down: true },
        { scancode: 0x0b, down: true },
        { scancode: 0x0b, down: false },
        { scancode: 0xb8, down: false },
        { scancode: 0x1c, down: true },
        { scancode: 0x1c, down: false },
      ],
      untypable: [{ character: '☃', codePoint: 0x2603, index: 3, line: 2, column: 1 }],
    });
  });

  it('says it in words too, with QEMU’s name of a layout', async () => {
    expect(await type('ж', '--layout', 'en-us', '--dry-run')).toEqual({
      code: 0,
      out: '0 key events for the layout English (US).\nCannot be typed: “ж” (U+0436) in line 1, column 1.\n',
      error: '',
    });
  });

  it('says which of two groups the guest must be in', async () => {
    const { out } = await type('ls', '--layout', 'ru', '--dry-run');
    expect(out).toBe(
      '4 key events for the layout Russian.\nThe guest must be switched to English (US) when typing begins.\n+26 -26 +1f -1f\n',
    );
  });

  it('knows no other layouts', async () => {
    const { code, error } = await type('a', '--layout', 'klingon', '--dry-run');
    expect({ code, error }).toEqual({
      code: 2,
      error: 'There is no layout “klingon”. “archipel type --help” lists them.\n',
    });
  });
});
