import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { ini } from './targets/configuration.ts';
import { logBytes, logLines } from './targets/logs.ts';
import { rfbServer, rfbViewer } from './targets/rfb.ts';
import { knownHosts, removeSshFiles, sshConfig } from './targets/ssh.ts';
import { stanzas, streams } from './targets/stanzas.ts';
import { xml } from './targets/xml.ts';

/** What `npm run fuzz` was given, or the short form that is among the tests. */
const SECONDS = Number(process.env['ARCHIPEL_FUZZ_SECONDS'] ?? 30);
const SEED = Number(process.env['ARCHIPEL_FUZZ_SEED'] ?? 1);
const ONLY = process.env['ARCHIPEL_FUZZ_ONLY'];

type Check = (seed: number, numRuns: number) => Promise<Outcome>;
type Outcome = Pick<fc.RunDetails<unknown>, 'failed' | 'numRuns'> & { readonly report: string };

/** Hides what the inputs of a target are. */
function checkOf<T>(property: fc.IRawProperty<T>): Check {
  return async (seed, numRuns) => {
    const details = await fc.check(property, { seed, numRuns });
    return { ...details, report: fc.defaultReportMessage(details) ?? '' };
  };
}

const TARGETS: Readonly<Record<string, Check>> = {
  xml: checkOf(xml),
  stanzas: checkOf(stanzas),
  streams: checkOf(streams),
  'rfb-server': checkOf(rfbServer),
  'rfb-viewer': checkOf(rfbViewer),
  'log-lines': checkOf(logLines),
  'log-bytes': checkOf(logBytes),
  ini: checkOf(ini),
  'ssh-config': checkOf(sshConfig),
  'known-hosts': checkOf(knownHosts),
};

const chosen = Object.entries(TARGETS).filter(([name]) => ONLY === undefined || name === ONLY);
const SHARE_MS = (SECONDS * 1000) / chosen.length;
/** Inputs of one seed; the next ones have the next seed. */
const ROUND = 50;
/** One input that takes longer hangs whoever reads it. */
const LONGEST_MS = 1000;

afterAll(removeSshFiles);

it('has a target of the name that was asked for', () => {
  expect(chosen).not.toEqual([]);
});

it.each(chosen)('%s bears whatever comes', { timeout: SHARE_MS + 60_000 }, async (name, check) => {
  const until = performance.now() + SHARE_MS;
  let seed = SEED;
  let count = 0;
  do {
    const began = performance.now();
    const details = await check(seed, ROUND);
    const again = `npm run fuzz -- --only ${name} --seed ${seed}`;
    if (details.failed) throw new Error(`${again}\n${details.report}`);
    const longest = performance.now() - began;
    if (longest > ROUND * LONGEST_MS) throw new Error(`${again}: ${longest} ms`);
    count += details.numRuns;
    seed += 1;
  } while (performance.now() < until);
  console.log(`fuzz: ${name}, seeds ${SEED} to ${seed - 1}, ${count} inputs`);
});
