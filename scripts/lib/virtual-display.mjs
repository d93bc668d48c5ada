import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { StepFailure } from './steps.mjs';

/**
 * Starts Xvfb on a free display number.
 * @returns {Promise<{ name: string, stop: () => Promise<void> }>}
 */
export async function startVirtualDisplay() {
  const screen = ['-screen', '0', '1680x1050x24', '-nolisten', 'tcp'];
  // The server chooses the number and writes it to the third pipe once it takes connections.
  const server = spawn('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  server.stderr.on('data', (chunk) => (complaint += chunk));
  const number = await new Promise((resolve, reject) => {
    server.on('error', (cause) => reject(new StepFailure(`Xvfb: ${cause.message}`)));
    server.on('exit', () => reject(new StepFailure(`Xvfb ended: ${complaint.trim()}`)));
    server.stdio[3].once('data', (chunk) => resolve(String(chunk).trim()));
  });
  const stop = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill();
    await once(server, 'exit');
  };
  return { name: `:${number}`, stop };
}
