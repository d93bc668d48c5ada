import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compileText,
  eventsOf,
  type GroupSwitch,
  type TypingOptions,
} from '../../../core/keyboard/compile-text.ts';
import { SCANCODE, type KeyEvent } from '../../../core/keyboard/key-event.ts';
import { LAYOUT_TABLES, type LayoutTable } from '../../../core/keyboard/layout-tables.ts';
import { LAYOUT_IDS, layoutOf, type LayoutId } from '../../../core/keyboard/layout.ts';
import { XkbOracle } from '../../support/keyboard/xkb-oracle.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { root, runNode } from '../../support/run-program.ts';

const REPORT = join(root, 'out/keyboard.json');

/** What libxkbcommon says of one layout. */
interface Row {
  readonly layout: LayoutId;
  /** How many printable characters libxkbcommon can get out of the layout. */
  readonly characters: number;
  /** How many of them our events type. */
  readonly equal: number;
  readonly wrong: readonly string[];
  /** What we would type and libxkbcommon cannot. */
  readonly invented: readonly string[];
}

function xkbOf(id: LayoutId): LayoutTable['xkb'] {
  return LAYOUT_TABLES[id].xkb;
}

function eventsFor(text: string, options: TypingOptions): readonly KeyEvent[] {
  return eventsOf(compileText(text, options));
}

function tap(...scancodes: readonly number[]): readonly KeyEvent[] {
  const presses = scancodes.map((scancode) => ({ scancode, down: true }));
  return [...presses, ...presses.toReversed().map((one) => ({ ...one, down: false }))];
}

describe.skipIf(!requirePrograms('keyboards', ['python3', 'xkbcli']))('libxkbcommon', () => {
  const rows: Row[] = [];
  let oracle: XkbOracle;

  beforeAll(() => {
    oracle = new XkbOracle();
  });

  afterAll(async () => {
    oracle.close();
    await mkdir(dirname(REPORT), { recursive: true });
    await writeFile(REPORT, `${JSON.stringify(rows, undefined, 2)}\n`);
    const [characters, equal] = [sum('characters'), sum('equal')];
    console.log(`keyboards: ${rows.length} layouts, ${equal} of ${characters} characters equal`);
  });

  function sum(field: 'characters' | 'equal'): number {
    return rows.reduce((all, row) => all + row[field], 0);
  }

  it.each(LAYOUT_IDS)('reads every printable character of %s from our events', async (layout) => {
    const characters = await oracle.charactersOf(xkbOf(layout));
    const lists = characters.map((character) => eventsFor(character, { layout }));
    const typed = await oracle.type(xkbOf(layout), lists);
    const wrong = characters.filter((character, index) => typed[index]?.text !== character);
    const invented = layoutOf(layout).characters.filter((one) => !characters.includes(one));
    const equal = characters.length - wrong.length;
    const row = { layout, characters: characters.length, equal, wrong, invented };
    rows.push(row);
    expect(row.characters).toBeGreaterThanOrEqual(95);
    expect(row).toEqual({ ...row, equal: row.characters, wrong: [], invented: [] });
    expect(typed.filter(({ held }) => held.length > 0)).toEqual([]);
  });

  it('has answered for every layout that there is', () => {
    expect(rows.map(({ layout }) => layout)).toEqual(LAYOUT_IDS);
  });

  it.each(LAYOUT_IDS)(
    'reads all characters of %s in one run, CapsLock on or off',
    async (layout) => {
      const letters = layoutOf(layout).characters.filter((one) => !/\p{M}/u.test(one));
      const text = [...letters, ...letters.toReversed()].join('') + '\n\tA';
      const { capsLockModifiers } = layoutOf(layout);
      const capsLock = tap(
        ...(capsLockModifiers === 0 ? [] : [SCANCODE.leftShift]),
        SCANCODE.capsLock,
      );
      const typable = layoutOf(layout).latin === undefined ? text : text.slice(0, -1);
      const off = await oracle.type(xkbOf(layout), [eventsFor(typable, { layout })]);
      expect(off).toEqual([{ text: typable, held: [], isCapsLockOn: false }]);
      const on = await oracle.type({ ...xkbOf(layout), before: capsLock }, [
        eventsFor(typable, { layout, capsLock: true }),
      ]);
      expect(on).toEqual([{ text: typable, held: [], isCapsLockOn: true }]);
    },
  );

  const twoGroups = LAYOUT_IDS.filter((id) => layoutOf(id).latin !== undefined);
  const switches: readonly (readonly [GroupSwitch, string])[] = [
    ['alt-shift', 'grp:alt_shift_toggle'],
    ['ctrl-shift', 'grp:ctrl_shift_toggle'],
    ['alt-space', 'grp:alt_space_toggle'],
    ['super-space', 'grp:win_space_toggle'],
    ['caps-lock', 'grp:caps_toggle'],
  ];
  const cases = twoGroups.flatMap((id) => switches.map(([keys, option]) => ({ id, keys, option })));

  it.each(cases)('reads a text of two scripts of $id with $keys', async ({ id, keys, option }) => {
    const guest = { layout: `us,${xkbOf(id).layout}`, variant: ',', options: option };
    const own = layoutOf(id).characters.filter((one) => /\p{L}/u.test(one));
    const text = `sudo ${own.join('')} | grep "Z" ${own.join('-')}\nend`;
    const options = { layout: id, group: 'latin', groupSwitch: keys } as const;
    const [typed] = await oracle.type(guest, [eventsFor(text, options)]);
    expect(typed?.text).toBe(text);
    expect(typed?.held).toEqual([]);
    // The group is as before: what follows is Latin again.
    const twice = await oracle.type({ ...guest, before: eventsFor(text, options) }, [
      eventsFor('again', { layout: id, group: 'latin' }),
    ]);
    expect(twice[0]?.text).toBe('again');
  });

  it('and xkb-data are what the tables were made from', async ({ skip }) => {
    const made = await readFile(join(root, 'core/keyboard/layout-tables.ts'), 'utf8');
    const { code, out, error } = await runNode(['scripts/keyboard-layouts.mjs', '--check']);
    const here = /xkb-data (\S+)/u.exec(out)?.[1] ?? 'none';
    if (!made.includes(`xkb-data ${here} `)) skip(`made from another version than ${here}`);
    expect({ code, error }).toEqual({ code: 0, error: '' });
  });
});
