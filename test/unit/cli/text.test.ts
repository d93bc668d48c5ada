import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askPassword } from '../../../cli/prompt/password.ts';
import { textSource } from '../../../cli/prompt/text.ts';

function terminal(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => undefined });
  const output = new PassThrough();
  return { input, output, shown: () => String(output.read() ?? '') };
}

describe('a text on standard input', () => {
  it('is read before a password could take a line of it', async () => {
    const at = terminal(false);
    const [one, other] = [Buffer.from('first\nsecond é'), Buffer.from('\n')];
    at.input.write(one.subarray(0, -1));
    at.input.write(one.subarray(-1));
    at.input.end(other);
    const source = await textSource(at);
    expect([source.early, await askPassword(at, 'Password: ')]).toEqual([
      'first\nsecond é\n',
      undefined,
    ]);
    expect([await source.read('The text'), at.shown()]).toEqual(['first\nsecond é\n', '']);
  });

  it('is asked for at a terminal after passwords, which it leaves in peace', async () => {
    const at = terminal(true);
    const source = await textSource(at);
    const asked = askPassword(at, 'Password: ');
    at.input.write('secret\r');
    expect([source.early, await asked]).toEqual([undefined, 'secret']);
    at.shown();
    const read = source.read('The text');
    at.input.write('uptime\n');
    at.input.end();
    expect([await read, at.shown()]).toEqual(['uptime\n', 'The text\n']);
  });
});
