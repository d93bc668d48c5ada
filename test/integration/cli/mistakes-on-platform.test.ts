import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { root } from '../../support/run-program.ts';
import { CliOnPlatform, KEYCHAIN_PROGRAMS } from './cli-on-platform.ts';

/** More than it takes until a command that watches is connected, also on a slow machine. */
const MOST_ORDERS = 60;

describe.skipIf(!requirePrograms('mistakes on the platform', KEYCHAIN_PROGRAMS))(
  'the command line in a hurry',
  () => {
    let cli: CliOnPlatform;

    beforeAll(async () => {
      cli = await CliOnPlatform.start();
    });

    afterAll(() => cli.stop());

    it('ends in order once nobody reads what it prints', async ({ signal }) => {
      const words = ['cli/archipel.mjs', '--profile', cli.profile, 'watch'];
      const env = { ...process.env, ...cli.keyring.environment };
      const child = spawn(process.execPath, words, { cwd: root, env, stdio: 'pipe' });
      child.stdout.destroy();
      const complaints: string[] = [];
      child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
      const state = { isRunning: true };
      const ended = once(child, 'close').finally(() => (state.isRunning = false));
      const mayGoOn = (count: number) => state.isRunning && count < MOST_ORDERS && !signal.aborted;
      try {
        // It prints only what changes once it is connected, which it does not tell.
        for (let count = 0; mayGoOn(count); count += 1) {
          await cli.archipel('', count % 2 === 0 ? 'vm.pause' : 'vm.resume', 'web-02');
        }
        expect(state.isRunning).toBe(false);
      } finally {
        child.kill('SIGKILL');
      }
      expect({ ended: await ended, complaints }).toEqual({ ended: [0, null], complaints: [] });
    });

    it.each([
      [['list', '--kind', 'hypervisors'], 'hypervisor, virtualmachine, central-agent, user'],
      [['list', '--state', 'crashd'], 'crashed'],
      [['screenshot', 'atoll-01', 'none.png'], 'atoll-01 is no virtual machine.'],
      [['why', 'web-1'], 'Did you mean web-01?'],
    ])('says what %j should be', async (args, why) => {
      const ended = await cli.archipel('', ...args);
      expect(ended).toMatchObject({ code: 2, out: '' });
      expect(ended.error).toContain(why);
    });

    it('takes a tag as tables show it', async () => {
      const { out } = await cli.archipel('', 'list', '--tag', '#web', '--json');
      const names = (JSON.parse(out) as { readonly name: string }[]).map(({ name }) => name);
      expect(names).toEqual(['proxy-01', 'web-01', 'web-02']);
    });
  },
);
