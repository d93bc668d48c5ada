import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askPassword } from '../../../cli/prompt/password.ts';

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
