import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PseudoTerminal, TERMINAL_PROGRAMS } from '../../support/pseudo-terminal.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { runNode } from '../../support/run-program.ts';
import { ADMIN, DemoProcess } from './demo-process.ts';

const canRun = requirePrograms('The command line at a terminal', TERMINAL_PROGRAMS);
const PASSWORD = `Password of ${ADMIN}: `;
const TEXT = 'The text for web-02. Ctrl+D';
const CTRL_D = '\u0004';

describe.runIf(canRun)('the command line at a terminal', () => {
  let demo: DemoProcess;
  let profile: string;
  let at: PseudoTerminal;

  const begin = (...words: readonly string[]): void => {
    at = new PseudoTerminal(['cli/archipel.mjs', '--profile', profile, ...words]);
  };

  beforeAll(async () => {
    profile = await mkdtemp(path.join(tmpdir(), 'archipel-terminal-'));
    demo = await DemoProcess.start();
    const server = [...demo.server, '--trust', demo.platform.fingerprint, '--no-remember'];
    const words = ['cli/archipel.mjs', '--profile', profile, 'login', ADMIN, ...server];
    expect((await runNode(words, demo.password)).code).toBe(0);
  });

  afterEach(() => at.close());

  afterAll(async () => {
    await demo.stop();
    await rm(profile, { recursive: true });
  });

  it('asks for the password first, and then for the text to type', async () => {
    begin('type', 'web-02');
    await at.type(`${demo.password}\r`, PASSWORD);
    await at.type(`uptime\n${CTRL_D}`, TEXT);
    expect([await at.ended(), at.shown]).toEqual([
      0,
      expect.stringContaining('7 characters typed in web-02.') as string,
    ]);
    expect(at.shown).not.toContain(demo.password);
  });

  it('ends in words where there is no text, and none is asked for without a password', async () => {
    begin('type', 'web-02');
    await at.type(`${demo.password}\r`, PASSWORD);
    await at.type(CTRL_D, TEXT);
    expect(await at.ended()).toBe(2);
    expect(at.shown).toContain('There is nothing to type');
    begin('type', 'web-02');
    await at.type(CTRL_D, PASSWORD);
    expect(await at.ended()).toBe(3);
    expect(at.shown).toContain('No password was given.');
    expect(at.shown).not.toContain(TEXT);
  });

  it('takes Ctrl+D for a no', async () => {
    begin('vm.force-off', 'web-02');
    await at.type(`${demo.password}\r`, PASSWORD);
    await at.type(CTRL_D, '[y/N] ');
    expect(await at.ended()).toBe(1);
    expect(at.shown).toContain('Nothing was done.');
  });
});
