import { afterEach, expect, it, vi } from 'vitest';
import { SystemKeychain } from '../../../../node/keychain/keychain.ts';

afterEach(() => vi.unstubAllEnvs());

it.runIf(process.platform === 'linux')(
  'says that there is no keychain, in the words of the system, where none answers',
  async () => {
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere/bus');
    vi.stubEnv('DISPLAY', '');
    const read = await new SystemKeychain('org.archipel.test').get('nobody@example.test');
    expect(read).toEqual({
      ok: false,
      error: { code: 'keychain-absent', detail: expect.stringMatching(/.+/) as string },
    });
  },
);
