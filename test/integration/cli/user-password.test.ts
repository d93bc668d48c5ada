import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { CliOnPlatform, KEYCHAIN_PROGRAMS } from './cli-on-platform.ts';

const canRun = requirePrograms('Passwords of users on the command line', KEYCHAIN_PROGRAMS);

describe.runIf(canRun)('the password of a new user', () => {
  let cli: CliOnPlatform;

  beforeAll(async () => {
    cli = await CliOnPlatform.start();
  });

  afterAll(async () => {
    await cli.stop();
  });

  it('is one line of standard input, and refused where there are more', async () => {
    const register = ['users.register', 'centralagent@archipel.test', 'jid=frank@archipel.test'];
    const none = await cli.archipel('', ...register);
    expect([none.code, none.error]).toEqual([2, expect.stringMatching(/^No password/u)]);
    const more = await cli.archipel('of the account\nfive letters\n', ...register);
    expect([more.code, more.error]).toEqual([2, expect.stringMatching(/more lines/u)]);
    // Nobody has that name yet.
    expect((await cli.archipel('five letters\n', ...register)).code).toBe(0);
  });
});
