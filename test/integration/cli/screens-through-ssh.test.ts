import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode } from 'fast-png';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SshProfiles } from '../../../client/ssh/ssh-profiles.ts';
import { entityId } from '../../../core/domain/entity.ts';
import { BareJid } from '../../../core/domain/jid.ts';
import { ProfileStorage } from '../../../node/storage/profile-storage.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { readTextScreen } from '../../support/read-text-screen.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
import { CliOnPlatform, KEYCHAIN_PROGRAMS } from './cli-on-platform.ts';
import { ADMIN } from './demo-process.ts';

const NEEDED = [...KEYCHAIN_PROGRAMS, ...SSH_PROGRAMS];
const jid = (text: string) => v.parse(BareJid, text);

/** The hosts of the platform are this computer, so that a real sshd here leads to their screens. */
describe.skipIf(!requirePrograms('screens through SSH', NEEDED))('a screen through SSH', () => {
  let cli: CliOnPlatform;
  let user: SshUser;

  beforeAll(async () => {
    [cli, user] = await Promise.all([CliOnPlatform.start(), SshUser.create()]);
    const storage = new ProfileStorage(cli.profile, (value) => value);
    const profile = {
      ...{ host: '127.0.0.1', port: user.host.port, user: user.host.user, jump: 'none' },
      identityFile: user.plain,
    };
    const host = entityId(jid(ADMIN), jid('atoll-01@archipel.test'));
    expectOk(await new SshProfiles(storage).save(host, profile));
    await storage.close();
  });

  afterAll(async () => {
    await cli.stop();
    await user.remove();
  });

  const screenshot = (file: string, ...options: readonly string[]) =>
    cli.archipel('', 'screenshot', 'web-01', file, ...options);
  const trusted = () => ['--trust-host-key', user.host.fingerprint];

  it('is not looked at while nobody trusts the key of the host', async () => {
    const { code, error } = await screenshot('nowhere.png', '--via', 'ssh');
    expect(code).toBe(1);
    expect(error).toContain(`If it is right, give --trust-host-key ${user.host.fingerprint}`);
  });

  it('is saved, and the key of the host is known from then on', async () => {
    const file = path.join(cli.profile, 'screen.png');
    expect(await screenshot(file, '--via', 'ssh', ...trusted())).toEqual({
      code: 0,
      out: `${file}: 640 × 400 pixels.\n`,
      error: '',
    });
    expect(readTextScreen(decode(await readFile(file)))).toContain('web-01');
    expect(await screenshot(file, '--via', 'ssh')).toMatchObject({ code: 0 });
  });

  it('has a text typed into it', async () => {
    const { code, out } = await cli.archipel('poweroff\n', 'type', 'web-01', '--via', 'ssh');
    expect({ code, out }).toEqual({ code: 0, out: '9 characters typed in web-01.\n' });
    await waitFor('its end', 60_000, async () => (await cli.stateOf('web-01')) === 'off');
  }, 120_000);

  it('is saved by the other ways too, and by no way that there is not', async () => {
    const file = path.join(cli.profile, 'other.png');
    const save = (machine: string, via: string) =>
      cli.archipel('', 'screenshot', machine, file, '--via', via);
    const [auto, proxy, direct, unknown] = [
      await save('web-02', 'auto'),
      await save('web-02', 'proxy'),
      await save('web-02', 'direct'),
      await save('web-02', 'pigeon'),
    ];
    expect([auto.code, proxy.code, direct.code, unknown.code]).toEqual([0, 0, 1, 2]);
    expect(direct.error).toContain('The screen of web-02 cannot be reached directly now.');
  });
});
