import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntityId } from '../../../../core/domain/entity.ts';
import type { LogRow } from '../../../../core/logs/log-page.ts';
import {
  bookmarkOf,
  readBookmarks,
  toggled,
} from '../../../../renderer/features/logs/bookmarks.ts';
import { entityNamed } from '../../../../renderer/features/logs/entity-named.ts';
import { piecesOf } from '../../../../renderer/features/logs/highlights.ts';
import { LogChoice } from '../../../../renderer/features/logs/log-choice.svelte.ts';
import { chipsOf } from '../../../../renderer/features/logs/prefix-chips.ts';
import { rowMessage } from '../../../../renderer/features/logs/row-message.ts';
import {
  laidOutHeight,
  mostTop,
  scrollTopOf,
  TALLEST,
  topOf,
} from '../../../../renderer/ui/long-scroll.ts';
import { bare, FAKE_ACCOUNT, fakeEntity } from '../../../fakes/fake-entities.ts';

function row(number: number): LogRow {
  return {
    ...{ id: number, host: 'hv1', timeMs: number, level: 'info', prefix: undefined },
    ...{ file: undefined, entity: undefined, text: `INFO::line ${number}`, messageAt: 6 },
    isGap: false,
  };
}

describe('highlighted words', () => {
  it('are found whatever their case, the longest first', () => {
    expect(piecesOf('Migration of web-01', ['migr', 'web', 'migration'])).toEqual([
      { text: 'Migration', word: 2 },
      { text: ' of ', word: -1 },
      { text: 'web', word: 1 },
      { text: '-01', word: -1 },
    ]);
  });

  it('leave the text as it is', () => {
    const words = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), words, (text, wanted) => {
        expect(
          piecesOf(text, wanted)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('what a line says beside the part that wrote it', () => {
  const said = (message: string, prefix: string | undefined): string =>
    rowMessage({ text: `INFO::${message}`, messageAt: 6, prefix });

  it('does not begin with that part once more', () => {
    expect(said('DOMAIN web-01 started', 'DOMAIN')).toBe('web-01 started');
    expect(said('VMCASTING: 3 feeds', 'VMCASTING')).toBe('3 feeds');
  });

  it('is whole where it does not begin with it, or says nothing else', () => {
    expect(said('  File "utils.py", line 7', 'MIGRATION')).toBe('  File "utils.py", line 7');
    expect(said('LIBVIRT:', 'LIBVIRT')).toBe('LIBVIRT:');
    expect(said('LIBVIRTD went away', 'LIBVIRT')).toBe('LIBVIRTD went away');
    expect(said('the DOMAIN is gone', undefined)).toBe('the DOMAIN is gone');
  });
});

describe('whom a line is about', () => {
  const machine = fakeEntity('e5746924@archipel.test', { name: 'worker-07' });
  const inventory = { find: (id: EntityId) => (id === machine.id ? machine : undefined) };
  const accounts = ['other@x.test', FAKE_ACCOUNT].map((jid) => ({ settings: { jid: bare(jid) } }));

  it('is named as in the roster that has it, with a resource or without', () => {
    expect(entityNamed('e5746924@archipel.test', accounts, inventory)).toBe(machine);
    expect(entityNamed('e5746924@archipel.test/atoll-02', accounts, inventory)).toBe(machine);
  });

  it('is nobody where the text is no JID that is known', () => {
    for (const text of ['', 'e5746924', 'archipel.test', 'nobody@archipel.test', '@', 'a@@b']) {
      expect(entityNamed(text, accounts, inventory)).toBeUndefined();
    }
  });
});

describe('bookmarks', () => {
  it('are set and taken away, and read again after a restart', () => {
    const both = toggled(toggled([], bookmarkOf(row(1))), bookmarkOf(row(2)));
    const one = toggled(both, bookmarkOf(row(1)));
    expect(readBookmarks(JSON.stringify(one))).toEqual([{ at: 2, host: 'hv1', text: 'line 2' }]);
  });

  it('are as many as a panel can keep, and nothing else is read as one', () => {
    const many = Array.from({ length: 40 }, (_, number) => bookmarkOf(row(number)));
    const kept = many.reduce(toggled, []);
    expect(JSON.stringify(kept).length).toBeLessThan(3000);
    expect(kept.at(-1)).toEqual(many.at(-1));
    expect([readBookmarks('{'), readBookmarks(5), readBookmarks('[1]')]).toEqual([[], [], []]);
  });
});

describe('parts of the agent', () => {
  it('begin with those that act on machines, and keep what was chosen', () => {
    const counts = [
      ['XMPP', 90],
      ['MIGRATION', 3],
    ] as const;
    expect(chipsOf(counts, ['GONE'])).toEqual([
      ['MIGRATION', 3],
      ['XMPP', 90],
      ['GONE', 0],
    ]);
  });
});

describe('what is chosen in a panel', () => {
  it('is there again when the panel is mounted anew', () => {
    const choice = new LogChoice({ level: 'error' }, 'vm@example.org');
    choice.text = 'pan.c';
    choice.isRegex = true;
    choice.togglePrefix('MIGRATION');
    const again = new LogChoice(choice.kept, 'vm@example.org');
    expect(again.wish).toEqual({
      ...{ regex: 'pan.c', isCaseSensitive: false, isInverted: false },
      ...{ level: 'error', prefixes: ['MIGRATION'], about: 'vm@example.org' },
    });
  });

  it('highlights what stood in the filter', () => {
    const choice = new LogChoice({}, undefined);
    choice.text = ' disk ';
    choice.highlight();
    expect([choice.text, choice.words, choice.marked]).toEqual(['', ['disk'], ['disk']]);
  });
});

describe('a list that is taller than a browser can lay out', () => {
  const tall = { count: 10_000_000, rowHeight: 22, viewportHeight: 600 };

  it('is laid out as tall as can be, and its last row is reached', () => {
    expect(laidOutHeight(tall)).toBe(TALLEST);
    expect(topOf(tall, TALLEST - 600)).toBe(mostTop(tall));
    expect(topOf(tall, 0)).toBe(0);
  });

  it('comes back to the place it was scrolled to', () => {
    fc.assert(
      fc.property(fc.nat({ max: mostTop(tall) }), (top) => {
        expect(topOf(tall, scrollTopOf(tall, top))).toBeCloseTo(top, 3);
      }),
    );
  });

  it('is an ordinary list where it is short', () => {
    const short = { count: 100, rowHeight: 22, viewportHeight: 600 };
    expect([laidOutHeight(short), topOf(short, 123)]).toEqual([2200, 123]);
    expect(topOf({ ...short, count: 3 }, 0)).toBe(0);
  });
});
