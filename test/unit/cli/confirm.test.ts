import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { describe, expect, it } from 'vitest';
import { askYes } from '../../../cli/prompt/confirm.ts';

function terminal(isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  const output = new PassThrough();
  return { input, output, shown: () => String(output.read() ?? '') };
}

describe('a question to be answered with yes', () => {
  it.each([
    ['y\n', true],
    ['Yes \n', true],
    ['\n', false],
    ['yesterday\n', false],
  ])('is answered by %j with %s', async (line, isAgreed) => {
    const at = terminal();
    const asked = askYes('Go ahead?', at);
    at.input.write(line);
    expect([await asked, at.shown()]).toEqual([isAgreed, 'Go ahead? [y/N] ']);
  });

  it('is answered with no by Ctrl+D', async () => {
    const at = terminal();
    const asked = askYes('Go ahead?', at);
    at.input.end();
    expect([await asked, at.shown()]).toEqual([false, 'Go ahead? [y/N] \n']);
  });

  it.each([
    ['without a terminal', terminal(false), false],
    ['after the end of its input', terminal(), true],
  ])('is answered with no %s, and says how to agree', async (_when, at, isEnded) => {
    if (isEnded) await finished(at.input.end().resume());
    expect([await askYes('Go ahead?', at), at.shown()]).toEqual([
      false,
      'Go ahead? There is nobody to ask here: give --yes.\n',
    ]);
  });
});
