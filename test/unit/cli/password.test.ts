import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { askPassword, holdsMore } from '../../../cli/prompt/password.ts';

function terminal(isTty: boolean) {
  const input = Object.assign(new PassThrough(), {
    isTTY: isTty,
    raw: [] as boolean[],
    setRawMode(on: boolean) {
      this.raw.push(on);
    },
  });
  const output = new PassThrough();
  return { input, output, shown: () => String(output.read() ?? '') };
}

type At = ReturnType<typeof terminal>;

describe('a password', () => {
  it('is typed without being shown, and can be corrected', async () => {
    const at = terminal(true);
    const asked = askPassword(at, 'Password: ');
    at.input.write('secrex\u007ft\r');
    expect({ password: await asked, shown: at.shown(), raw: at.input.raw }).toEqual({
      password: 'secret',
      shown: 'Password: \n',
      raw: [true, false],
    });
  });

  it.each([
    ['an interrupt', 'sec\u0003'],
    ['nothing', '\r'],
  ])('is none after %s', async (_what, keys) => {
    const at = terminal(true);
    const asked = askPassword(at, 'Password: ');
    at.input.write(keys);
    expect(await asked).toBeUndefined();
  });

  it('is typed as often as it is asked for', async () => {
    const at = terminal(true);
    const first = askPassword(at, 'Password: ');
    at.input.write('one\r');
    const known = await first;
    const second = askPassword(at, 'Password: ');
    at.input.write('two\r');
    expect([known, await second]).toEqual(['one', 'two']);
  });

  it.each([
    ['before it is asked for', (at: At) => finished(at.input.end().resume())],
    ['while it is asked for', (at: At) => void setImmediate(() => at.input.end())],
    ['by an error', (at: At) => void setImmediate(() => at.input.destroy(new Error('EIO')))],
  ])('is none at a terminal that ends %s', async (_when, end) => {
    const at = terminal(true);
    await end(at);
    expect(await askPassword(at, 'Password: ')).toBeUndefined();
    // Left as it was found, and asked nothing where nobody can answer.
    expect([at.input.raw.at(-1) ?? false, at.input.raw.length > 0]).toEqual([
      false,
      at.shown() !== '',
    ]);
  });

  it('is one line for each time that it is asked for, however the lines come', async () => {
    const at = terminal(false);
    at.input.write('of the acc');
    const first = askPassword(at, 'Password: ');
    at.input.write('ount\r\nof the ü');
    const known = await first;
    const second = askPassword(at, 'Password: ');
    at.input.end('ser');
    expect([known, await second, await askPassword(at, 'Password: ')]).toEqual([
      'of the account',
      'of the üser',
      undefined,
    ]);
  });

  it('is known to be followed by more', async () => {
    const at = terminal(false);
    at.input.end('one\ntwo\n');
    const seen = [await askPassword(at, ''), holdsMore(at), await askPassword(at, '')];
    expect([...seen, holdsMore(at)]).toEqual(['one', true, 'two', false]);
  });

  it('is none where a line has no end', async () => {
    const at = terminal(false);
    at.input.write('x'.repeat(70_000));
    expect(await askPassword(at, 'Password: ')).toBeUndefined();
  });

  it('is the first line of an input that is no terminal, and nothing is asked', async () => {
    const at = terminal(false);
    const asked = askPassword(at, 'Password: ');
    at.input.end('from a file\nand more\n');
    expect({ password: await asked, shown: at.shown() }).toEqual({
      password: 'from a file',
      shown: '',
    });
  });
});
