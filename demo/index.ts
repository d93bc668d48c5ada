import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../core/lib/result.ts';
import { type PlatformOptions, startPlatform } from './platform.ts';

const PARENT_CHECK_MS = 1000;
const DEFAULT_SEED = 1;

/** What the command line asks for. */
interface DemoArguments {
  readonly platform: PlatformOptions;
  /** Ends the platform when the process that started it is gone. */
  readonly endsWithParent: boolean;
}

function count(text: string | undefined, most: number): number | undefined | 'wrong' {
  if (text === undefined) return undefined;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 1 && value <= most ? value : 'wrong';
}

const OPTIONS = {
  // The one line is JSON with or without it; it is what the command line of the product is given.
  json: { type: 'boolean' },
  hypervisors: { type: 'string' },
  vms: { type: 'string' },
  seed: { type: 'string' },
  clock: { type: 'string' },
  faults: { type: 'boolean' },
  'end-with-parent': { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function parsed(args: readonly string[]): Result<Values, string> {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS }).values);
  } catch (cause) {
    // It throws a TypeError that names the argument it does not know.
    return err(cause instanceof Error ? cause.message : String(cause));
  }
}

function readArguments(args: readonly string[]): Result<DemoArguments, string> {
  const given = parsed(args);
  if (!given.ok) return given;
  const { value: values } = given;
  const [hypervisors, machines] = [count(values.hypervisors, 1000), count(values.vms, 200)];
  const seed = count(values.seed, 999_999);
  if (hypervisors === 'wrong') return err('--hypervisors must be a number from 1 to 1000');
  if (machines === 'wrong') return err('--vms must be a number from 1 to 200');
  if (seed === 'wrong') return err('--seed must be a number from 1 to 999999');
  const clock = clockNamed(values.clock);
  if (!clock) return err('--clock must be system or manual');
  const sizes = { hypervisors, machines, seed: seed ?? DEFAULT_SEED };
  return ok({
    platform: { ...sizes, clock, hasFaultControl: values.faults === true },
    endsWithParent: values['end-with-parent'] === true,
  });
}

function clockNamed(name = 'system'): PlatformOptions['clock'] | undefined {
  return (['manual', 'system'] as const).find((known) => known === name);
}

/** Calls back when nobody is left to whom the platform is of use. */
function watchParent(ended: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) ended();
  }, PARENT_CHECK_MS);
  timer.unref();
}

async function main(args: readonly string[]): Promise<void> {
  const wanted = readArguments(args);
  if (!wanted.ok) {
    console.error(wanted.error);
    process.exitCode = 2;
    return;
  }
  const platform = await startPlatform(wanted.value.platform);
  const stop = (): void => {
    void platform.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  process.once('disconnect', stop);
  if (wanted.value.endsWithParent) watchParent(stop);
  console.log(JSON.stringify(platform.announcement));
}

await main(process.argv.slice(2));
