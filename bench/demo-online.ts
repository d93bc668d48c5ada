import type { Bench, Figure } from './measuring/bench.ts';
import { DemoProcess } from './measuring/demo-process.ts';

const MACHINES = 20;
/** The most that real agents stand behind, and the fewest above that have scripts. */
const [AGENTS, SCRIPTS] = [250, 251];
const LIMIT_S = 10;

interface Start {
  /** From the start of the process until an administrator sees every entity. */
  readonly seconds: number;
  readonly use: { readonly seconds: number; readonly megabytes: number } | undefined;
}

async function measure(hypervisors: number): Promise<Start> {
  const started = performance.now();
  const demo = new DemoProcess(hypervisors, MACHINES);
  try {
    await demo.online();
    return { seconds: (performance.now() - started) / 1000, use: await demo.use() };
  } finally {
    await demo.stop();
  }
}

function figures(agents: Start, scripts: Start): readonly Figure[] {
  const online: Figure = {
    name: 'demo-online',
    value: agents.seconds,
    unit: 's',
    peer: { name: `the limit of ${LIMIT_S} s`, value: LIMIT_S },
  };
  if (!agents.use || !scripts.use) return [online];
  const peerOf = (value: number) => ({ name: `${SCRIPTS} × ${MACHINES} as scripts`, value });
  return [
    online,
    {
      name: 'demo-online-processor',
      value: agents.use.seconds,
      unit: 's',
      peer: peerOf(scripts.use.seconds),
    },
    {
      name: 'demo-online-memory',
      value: agents.use.megabytes,
      unit: 'MB',
      peer: peerOf(scripts.use.megabytes),
    },
  ];
}

/** How long the embedded platform takes to bring 250 hypervisors with 20 machines each online. */
export const demoOnline: Bench = {
  name: 'demo-online',
  runs: 3,
  run: async () => figures(await measure(AGENTS), await measure(SCRIPTS)),
};
