import { utilityProcess, type UtilityProcess } from 'electron';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import type { DemoState } from '../../core/contract/app.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import { PlatformAnnouncement } from '../../core/domain/platform-announcement.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

const ENTRY = path.join(import.meta.dirname, '../demo/index.js');
const START_TIMEOUT_MS = 20_000;
const MOST_COMPLAINTS = 20;

export interface DemoEvents {
  started(platform: PlatformAnnouncement): void;
  stopped(): void;
  changed(state: DemoState): void;
}

/** The embedded platform in a process of its own; it ends with the app. */
export class DemoProcess {
  readonly #events: DemoEvents;
  readonly #arguments: readonly string[];
  #child: UtilityProcess | undefined;
  #state: DemoState = { name: 'stopped' };

  constructor(events: DemoEvents, args: readonly string[] = []) {
    this.#events = events;
    this.#arguments = args;
  }

  get state(): DemoState {
    return this.#state;
  }

  async start(): Promise<Result<undefined, AppError>> {
    if (this.#child) return ok(undefined);
    this.#become({ name: 'starting' });
    const child = utilityProcess.fork(ENTRY, ['--json', ...this.#arguments], {
      serviceName: 'Archipel demo platform',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const announced = await announcementOf(child);
    // Stopped while it was starting, and perhaps started anew: what became of it concerns nobody.
    if (this.#child !== child) return err({ code: 'cancelled' });
    if (!announced.ok) {
      this.stop();
      this.#become({ name: 'failed', detail: announced.error });
      return err({ code: 'demo-failed', detail: announced.error });
    }
    child.once('exit', (code) => {
      if (this.#child === child) this.#lost(`it ended with exit code ${code}.`);
    });
    this.#become({ name: 'running' });
    this.#events.started(announced.value);
    return ok(undefined);
  }

  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
    if (this.#state.name === 'running') this.#events.stopped();
    this.#become({ name: 'stopped' });
  }

  #lost(detail: string): void {
    this.#child = undefined;
    this.#events.stopped();
    this.#become({ name: 'failed', detail });
  }

  #become(state: DemoState): void {
    this.#state = state;
    this.#events.changed(state);
  }
}

/** The first line that the platform prints, or why there was none. */
function announcementOf(child: UtilityProcess): Promise<Result<PlatformAnnouncement, string>> {
  return new Promise((resolve) => {
    const complaints: string[] = [];
    const timer = setTimeout(() => {
      resolve(err(`nothing was heard for ${START_TIMEOUT_MS / 1000} s. ${complaints.join(' ')}`));
    }, START_TIMEOUT_MS);
    const settle = (result: Result<PlatformAnnouncement, string>): void => {
      clearTimeout(timer);
      resolve(result);
    };
    child.stderr?.on('data', (chunk: Buffer) => {
      // Read for as long as it runs, or it would be held up; what it says later is not kept.
      if (complaints.length < MOST_COMPLAINTS) complaints.push(chunk.toString('utf8').trim());
    });
    child.once('exit', (code) => {
      settle(err(`it ended with exit code ${code}. ${complaints.join(' ')}`));
    });
    if (child.stdout) {
      createInterface(child.stdout).once('line', (line) => {
        settle(parseAnnouncement(line));
      });
    }
  });
}

function parseAnnouncement(line: string): Result<PlatformAnnouncement, string> {
  try {
    const parsed = v.safeParse(PlatformAnnouncement, JSON.parse(line));
    return parsed.success ? ok(parsed.output) : err(v.summarize(parsed.issues));
  } catch {
    return err(`it said: ${line.slice(0, 200)}`);
  }
}
