import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { CliOnPlatform, KEYCHAIN_PROGRAMS } from './cli-on-platform.ts';

/** With a keychain that knows the password, so that standard input has room for that of the host. */
describe.skipIf(!requirePrograms('looking at a host', KEYCHAIN_PROGRAMS))(
  'archipel why --ssh',
  () => {
    let cli: CliOnPlatform;

    beforeAll(async () => {
      cli = await CliOnPlatform.start();
    });

    afterAll(() => cli.stop());

    function why(name: string) {
      const { host, port, fingerprint, password } = cli.ssh;
      const options = ['--ssh', `atoll-01@${host}:${port}`, '--trust-host-key', fingerprint];
      return cli.archipel(`${password}\n`, '--json', 'why', name, ...options);
    }

    it('looks on the host of one that was never seen online', async () => {
      const { code, out } = await why('helpdesk');
      const { checks } = JSON.parse(out) as { checks: { name: string; outcome: string }[] };
      const seen = checks.map(({ name, outcome }) => `${name} ${outcome}`);
      expect({ code, seen }).toMatchObject({
        code: 0,
        seen: expect.arrayContaining(['resources bad', 'host-login good']) as unknown,
      });
    });

    it('says so where SSH tells nothing more', async () => {
      const { code, out, error } = await why('db-primary');
      expect({ code, error, found: JSON.parse(out) as unknown }).toMatchObject({
        code: 0,
        error: 'Nobody looked by SSH: no host tells more of this.\n',
        found: { cause: { name: 'online' } },
      });
    });
  },
);
