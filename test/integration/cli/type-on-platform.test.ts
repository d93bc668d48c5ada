import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { root } from '../../support/run-program.ts';
import { CliOnPlatform, KEYCHAIN_PROGRAMS } from './cli-on-platform.ts';

/** With a keychain that knows the password, so that standard input has room for a text. */
describe.skipIf(!requirePrograms('typing on the platform', KEYCHAIN_PROGRAMS))(
  'archipel type',
  () => {
    let cli: CliOnPlatform;

    beforeAll(async () => {
      cli = await CliOnPlatform.start();
    });

    afterAll(() => cli.stop());

    const archipel = (input: string, ...args: readonly string[]) => cli.archipel(input, ...args);

    it('says which layout it took when the definition tells none', async () => {
      const { code, out, error } = await archipel('a', 'type', 'web-01', '--dry-run', '--json');
      expect({ code, error }).toEqual({
        code: 0,
        error:
          'Layout English (US), since the definition does not tell one. Another one: --layout.\n',
      });
      expect(JSON.parse(out)).toMatchObject({ layout: 'us', untypable: [] });
    });

    it('types a text that the guest obeys, and tells how much of it', async () => {
      const { code, out, error } = await archipel('poweroff\n', 'type', 'web-01', '--json');
      expect({ code, said: JSON.parse(out) as unknown }).toEqual({
        code: 0,
        said: { layout: 'us', how: 'done', certain: 9, sent: 9, all: 9 },
      });
      expect(error).toContain('9 of 9 characters are typed.');
      await waitFor('its end', 60_000, async () => (await cli.stateOf('web-01')) === 'off');
    }, 120_000);

    it('types through libvirt too, without a screen', async () => {
      const { code, out } = await archipel('poweroff\n', 'type', 'web-02', '--via', 'send-key');
      expect({ code, out }).toEqual({ code: 0, out: '9 characters typed in web-02.\n' });
      await waitFor('its end', 60_000, async () => (await cli.stateOf('web-02')) === 'off');
    }, 120_000);

    it('has keys pressed together by the hypervisor', async () => {
      const pressed = await archipel('', 'vm.send-keys', 'git', 'keys=Ctrl+Alt+Del');
      const unknown = await archipel('', 'vm.send-keys', 'git', 'keys=Any');
      expect([pressed.out, pressed.code, unknown.code]).toEqual(['git: done\n', 0, 2]);
    });

    it('types nothing where a character cannot be typed', async () => {
      const { code, out, error } = await archipel('poweroff\n☃', 'type', 'db-primary', '--json');
      expect({ code, said: JSON.parse(out) as unknown }).toMatchObject({
        code: 1,
        said: { how: 'refused', certain: 0, sent: 0, all: 10, untypable: [{ character: '☃' }] },
      });
      expect(error).toContain('Cannot be typed: “☃” (U+2603) in line 2, column 1.');
      expect(await cli.stateOf('db-primary')).toBe('running');
    });

    it('stops at Ctrl+C, and says how much was typed', async () => {
      const words = ['--json', 'type', 'db-primary', '--layout', 'us'];
      const child = spawn(
        process.execPath,
        ['cli/archipel.mjs', '--profile', cli.profile, ...words],
        {
          cwd: root,
          env: { ...process.env, ...cli.keyring.environment },
        },
      );
      const out: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.once('data', () => child.kill('SIGINT'));
      child.stdin.end('a'.repeat(5000));
      const [code] = (await once(child, 'close')) as [number];
      const said = JSON.parse(Buffer.concat(out).toString()) as { certain: number; sent: number };
      expect({ code, said }).toMatchObject({ code: 1, said: { how: 'stopped', all: 5000 } });
      expect([said.certain === said.sent, said.sent < 5000]).toEqual([true, true]);
    });

    it('saves the screen of a machine as a PNG', async () => {
      const file = path.join(cli.profile, 'screen.png');
      const { code, out } = await archipel('', 'screenshot', 'db-primary', file);
      expect({ code, out }).toEqual({ code: 0, out: `${file}: 640 × 400 pixels.\n` });
      const { width, height, data } = decode(await readFile(file));
      expect({
        width,
        height,
        isDrawn: data.some((one, index) => index % 4 < 3 && one > 0),
      }).toEqual({ width: 640, height: 400, isDrawn: true });
    });

    it.each([
      [['screenshot', 'nobody', 'x.png'], 2, '“nobody” is not in the roster'],
      [['screenshot', 'web-01', 'x.png'], 1, 'web-01'],
      [['screenshot', 'db-primary', '/nowhere/x.png'], 1, '/nowhere/x.png cannot be written'],
    ])('ends %j with %i and says why', async (args, code, why) => {
      const ended = await archipel('', ...args);
      expect(ended).toMatchObject({ code, error: expect.stringContaining(why) as string });
    });

    it('says of a name that it means nobody', async () => {
      const { code, error } = await archipel('a', 'type', 'nobody', '--dry-run');
      expect({ code, error }).toMatchObject({ code: 2 });
      expect(error).toContain('“nobody” is not in the roster');
    });
  },
);
