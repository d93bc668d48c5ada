import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runInTerminal, terminalCommands } from '../../../../node/platform/terminal-program.ts';
import { waitFor } from '../../../support/libvirtd.ts';

const WAIT_MS = 10_000;
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-terminal-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A terminal that writes what it is given to a file. */
async function terminal(name: string): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/said'\n`);
  await chmod(file, 0o755);
  return file;
}

it.runIf(process.platform === 'linux')(
  'starts a program in the first terminal there is',
  async () => {
    await terminal('konsole');
    await terminal('xterm');
    const around = { platform: 'linux', environment: { PATH: `/nowhere:${folder}:/bin` } } as const;
    const started = await runInTerminal(['ssh', '--', 'hv1; true'], around);
    const said = (): Promise<string> => readFile(join(folder, 'said'), 'utf8').catch(() => '');
    await waitFor('the terminal', WAIT_MS, async () => (await said()) !== '');
    expect([started, await said()]).toEqual([
      { ok: true, value: undefined },
      '-e\nssh\n--\nhv1; true\n',
    ]);
  },
);

it('says what it looked for where there is none', async () => {
  const around = { platform: 'linux', environment: { PATH: folder, TERMINAL: 'mine' } } as const;
  const refused = await runInTerminal(['ssh', 'hv1'], around);
  expect(refused).toMatchObject({ ok: false, error: { code: 'no-terminal' } });
  expect(refused.ok ? [] : refused.error.tried.slice(0, 2)).toEqual([
    'mine',
    'x-terminal-emulator',
  ]);
});

it('keeps each word whole on macOS and Windows', () => {
  const program = ['ssh', '-i', "~/my 'keys'", '--', 'hv1;x'];
  const on = (platform: NodeJS.Platform) =>
    terminalCommands(program, { platform, environment: {} });
  expect(on('darwin')[0]?.at(-1)).toBe(String.raw`ssh -i '~/my '\''keys'\''' -- 'hv1;x'`);
  expect(on('win32')).toEqual([
    ['wt.exe', 'ssh', '-i', "~/my 'keys'", '--', String.raw`hv1\;x`],
    ['conhost.exe', ...program],
  ]);
});
