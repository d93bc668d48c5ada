import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EJABBERD_PROGRAMS, TestEjabberd } from '../../support/ejabberd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { TestEmbedded } from '../embedded/test-embedded.ts';

/** Debian's own interpreter: another one on the path does not see Debian's packages. */
const PYTHON = '/usr/bin/python3';
const RUNNER = join(import.meta.dirname, 'run.py');

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

async function run(input: string, args: readonly string[]): Promise<string> {
  const child = spawn(PYTHON, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 120_000 });
  let [output, complaints] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`python3 ended with ${String(code)}: ${complaints}`);
  return output;
}

async function hasSlixmpp(): Promise<boolean> {
  try {
    await run('', ['-c', 'import slixmpp']);
    return true;
  } catch {
    const reason = 'slixmpp: skipped, python3-slixmpp is not installed here';
    if (process.env['ARCHIPEL_REQUIRE'] === 'all') throw new Error(reason);
    console.warn(reason);
    return false;
  }
}

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
      const output = await run(JSON.stringify({ ...server.description, caFile }), ['-B', RUNNER]);
      expect(JSON.parse(output)).toEqual(EXPECTED);
    });
  });
}
