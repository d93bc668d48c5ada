import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HeldKeys } from '../../../../core/keyboard/held-keys.ts';

const anyEvent = fc.record({ scancode: fc.integer({ min: 1, max: 0xff }), down: fc.boolean() });

describe('HeldKeys', () => {
  it('releases what is down, the last pressed first', () => {
    const held = new HeldKeys();
    for (const scancode of [0x1d, 0x38, 0xd3]) held.follow({ scancode, down: true });
    held.follow({ scancode: 0x38, down: false });
    expect(held.releaseAll()).toEqual([
      { scancode: 0xd3, down: false },
      { scancode: 0x1d, down: false },
    ]);
    expect(held.releaseAll()).toEqual([]);
  });

  it('lets a repeated press through, and drops the release of what is not down', () => {
    const held = new HeldKeys();
    const press = { scancode: 0x1e, down: true };
    expect([held.follow(press), held.follow(press)]).toEqual([press, press]);
    expect(held.isDown(0x1e)).toBe(true);
    expect(held.follow({ scancode: 0x1f, down: false })).toBeUndefined();
  });

  it('leaves nothing down, whatever was pressed before', () => {
    fc.assert(
      fc.property(fc.array(anyEvent), (events) => {
        const held = new HeldKeys();
        const sent = events.flatMap((event) => held.follow(event) ?? []);
        const down = new Set<number>();
        for (const event of [...sent, ...held.releaseAll()]) {
          if (event.down) down.add(event.scancode);
          else expect(down.delete(event.scancode)).toBe(true);
        }
        expect([...down]).toEqual([]);
      }),
    );
  });
});
