import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../../../demo/platform.ts';
import { hasSlixmpp, runPython } from './python.ts';

const WEB_01 = 'f3a1c2d8-41e7-4c0b-9a52-7d60e81f9b04@archipel.test';

describe.runIf(await hasSlixmpp())('somebody with any XMPP client', () => {
  let platform: Platform;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'archipel-chat-'));
    platform = await startPlatform({ seed: 1, clock: 'manual' });
    await writeFile(join(directory, 'authority.pem'), platform.server.certificate.authorityPem);
  });

  afterAll(async () => {
    await platform.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('asks a virtual machine how it is, and gets an answer', async () => {
    const { host, port, accounts } = platform.announcement;
    const server = { host, port, caFile: join(directory, 'authority.pem') };
    const user = accounts.find(({ role }) => role === 'admin');
    const answer = await runPython('chat.py', { server, user, entity: WEB_01, text: 'info' });
    expect(answer).toMatch(/running/i);
    expect(answer).toContain('8192');
  });
});
