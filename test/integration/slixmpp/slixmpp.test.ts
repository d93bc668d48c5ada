import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { TestEmbedded } from '../embedded/test-embedded.ts';
import { hasSlixmpp, runPython } from './python.ts';

/** What every server must show: where they differ by right, a case says only what is common. */
const EXPECTED = {
  login: [true, 'refused'],
  roster: [['A friend', 'none', ['Hosts::Lyon', 'Paris']], false],
  subscription: [true, 'Paused', 'to', true],
  own_presence: ['here'],
  messages: [['é€😀 <&>', true], ['é€😀 <&>', true], 'service-unavailable'],
  routing: [
    'result',
    'service-unavailable',
    'service-unavailable',
    'service-unavailable',
    'result',
  ],
  discovery: [true, true],
  vcard: ['Alice', 'virtualmachine'],
  storage: ['kept'],
  pubsub: [
    'result',
    'conflict',
    'result',
    true,
    true,
    ['one', 'two'],
    ['two'],
    'forbidden',
    'item-not-found',
  ],
  registration: [['executing', 'completed'], 'result', 'refused'],
  administration: ['forbidden'],
};

const isInstalled = await hasSlixmpp();

interface StartedServer {
  readonly description: XmppServerDescription;
  stop(): Promise<void>;
}

const SERVERS = [
  { name: 'the embedded server', programs: [], start: () => TestEmbedded.start() },
  { name: 'Prosody', programs: PROSODY_PROGRAMS, start: () => TestProsody.start() },
  { name: 'ejabberd', programs: EJABBERD_PROGRAMS, start: () => TestEjabberd.start() },
];

for (const { name, programs, start } of SERVERS) {
  const canRun = isInstalled && requirePrograms(`slixmpp on ${name}`, programs);
  describe.runIf(canRun)(`slixmpp on ${name}`, () => {
    let server: StartedServer;
    let directory: string;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'archipel-slixmpp-'));
      server = await start();
    });

    afterAll(async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    });

    it('sees what it sees on every other server', { timeout: 180_000 }, async () => {
      const caFile = join(directory, 'authority.pem');
      await writeFile(caFile, server.description.ca);
      const seen = await runPython('run.py', { ...server.description, caFile });
      expect(seen).toEqual(EXPECTED);
    });
  });
}
