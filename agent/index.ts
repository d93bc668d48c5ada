import { hostname } from 'node:os';
import type { Configuration } from './configuration/configuration.ts';
import { loadConfiguration } from './configuration/load-configuration.ts';
import { HELP, readArguments, type ProgramArguments } from './program/arguments.ts';
import { goToBackground } from './program/background.ts';
import { examine, findingLine } from './program/doctor.ts';
import { EXIT } from './program/exit-codes.ts';
import { run } from './program/run.ts';
import { AGENT_VERSION } from './version.ts';

async function main(args: readonly string[]): Promise<void> {
  const wanted = readArguments(args);
  if (!wanted.ok) {
    process.stderr.write(`${wanted.error}\n\n${HELP}`);
    process.exitCode = EXIT.usage;
    return;
  }
  const { command } = wanted.value;
  if (command === 'version') process.stdout.write(`archipel-agent ${AGENT_VERSION}\n`);
  else if (command === 'help') process.stdout.write(HELP);
  else await configured(wanted.value);
}

async function configured(wanted: ProgramArguments): Promise<void> {
  const configuration = await loadConfiguration(wanted.files, hostname());
  if (!configuration.ok) {
    for (const problem of configuration.error) process.stderr.write(`${problem}\n`);
    process.exitCode = EXIT.configuration;
  } else if (wanted.command === 'doctor') await doctor(configuration.value);
  else if (wanted.mode === 'background') goToBackground(configuration.value.values, wanted.files);
  else await run(configuration.value, wanted.mode === 'foreground');
}

async function doctor(configuration: Configuration): Promise<void> {
  for await (const finding of examine(configuration)) {
    process.stdout.write(`${findingLine(finding)}\n`);
    if (finding.state === 'failed') process.exitCode = EXIT.configuration;
  }
}

await main(process.argv.slice(2));
