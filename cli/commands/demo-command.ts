import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { ROOM_FOR_MANY } from '../../node/platform/young-generation.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { complain } from '../with-fleet.ts';

interface DemoOptions {
  readonly hypervisors?: string;
  readonly vms?: string;
  readonly seed?: string;
  readonly clock?: string;
  readonly faults?: boolean;
}

// Beside the bundle of the command line, in the repository's out folder and in an installed app.
const ENTRY = path.join(import.meta.dirname, '../demo/index.js');

/** `archipel demo`: the embedded platform without a window, until interrupted. */
export function addDemoCommand(program: Command, finish: (exit: ExitCode) => void): void {
  program
    .command('demo')
    .description('Run the embedded platform and print one JSON line that says how to reach it.')
    .option('--hypervisors <N>', 'how many')
    .option('--vms <N>', 'virtual machines on each')
    .option('--seed <N>', 'what is drawn at random is the same for the same seed')
    .option('--clock <clock>', 'system, or manual: it stands until it is stepped')
    .option('--faults', 'let administrators switch faults on')
    .action(async (options: DemoOptions) => {
      finish(await runDemo(options));
    });
}

/** So many hypervisors are many. */
const LARGE = 50;

async function runDemo({ faults, ...options }: DemoOptions): Promise<ExitCode> {
  if (!existsSync(ENTRY)) {
    return complain(`The embedded platform is not installed here (${ENTRY}).`, EXIT.failed);
  }
  const named = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const args = [
    ...(Number(options.hypervisors) >= LARGE ? ROOM_FOR_MANY : []),
    ENTRY,
    '--json',
    '--end-with-parent',
    ...(faults === true ? ['--faults'] : []),
    ...named,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const stop = (): void => void child.kill('SIGTERM');
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code === 0 || code === null ? EXIT.done : code === 2 ? EXIT.usage : EXIT.failed);
    });
  });
}
