import path from 'node:path';
import { SshConfigFile } from './ssh-config-file.ts';
import {
  parseDestination,
  resolveEndpoint,
  systemSurroundings,
  type SshDestination,
  type SshEndpoint,
  type SshSurroundings,
} from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';

const MOST_JUMPS = 8;

export interface SshRoutesOptions {
  /** The configuration files, the user's first; the usual ones unless given. */
  readonly configFiles?: readonly string[];
  readonly surroundings?: SshSurroundings;
}

/** The ways to hosts by the user's configuration. */
export class SshRoutes {
  readonly #surroundings: SshSurroundings;
  readonly #configFiles: readonly string[];

  constructor({ configFiles, surroundings }: SshRoutesOptions = {}) {
    this.#surroundings = surroundings ?? systemSurroundings();
    this.#configFiles = configFiles ?? usualConfigFiles(this.#surroundings);
  }

  /**
   * The hosts to log in to, the wanted one last, as the configuration has them now. Throws
   * `SshFailureError` where it cannot be followed.
   */
  async to(destination: SshDestination): Promise<readonly SshEndpoint[]> {
    const config = await SshConfigFile.read(this.#configFiles, this.#surroundings.home);
    return this.#route(config, destination, []);
  }

  /** A jump host may itself be reached by others. */
  #route(
    config: SshConfigFile,
    destination: SshDestination,
    from: readonly string[],
  ): readonly SshEndpoint[] {
    const values = config.valuesFor(destination.host, destination.user);
    const endpoint = resolveEndpoint(destination, values, this.#surroundings);
    const here = `${endpoint.name}:${endpoint.port}`;
    if (from.includes(here) || from.length >= MOST_JUMPS) {
      const detail = `ProxyJump goes round in a circle: ${[...from, here].join(', ')}`;
      throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
    }
    // Those after the first are reached through the one before, whatever is configured for them.
    const jumps = endpoint.jumps.flatMap((text, index) => {
      const jump = parseDestination(text);
      if (!jump) {
        const detail = `ProxyJump names no host: ${text}`;
        throw new SshFailureError({ code: 'ssh-config-unusable', file: values.file, detail });
      }
      const route = this.#route(config, jump, [...from, here]);
      return index === 0 ? route : route.slice(-1);
    });
    return [...jumps, endpoint];
  }
}

function usualConfigFiles({ home, platform, environment }: SshSurroundings): readonly string[] {
  const system =
    platform === 'win32'
      ? path.join(environment['ProgramData'] ?? 'C:/ProgramData', 'ssh')
      : '/etc/ssh';
  return [path.join(home, '.ssh', 'config'), path.join(system, 'ssh_config')];
}
