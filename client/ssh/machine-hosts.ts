import type { Entity } from '../../core/domain/entity.ts';
import type { SshProfile } from '../../core/ssh/ssh-profile.ts';
import type { Client } from '../client.ts';
import type { SshUse } from '../consoles/console-plan.ts';
import { proposeProfile } from './propose-profile.ts';
import type { SshProfiles } from './ssh-profiles.ts';

/** The hosts that machines run on, and how SSH reaches them. */
export class MachineHosts {
  readonly #client: Pick<Client, 'entity'>;
  readonly #profiles: Pick<SshProfiles, 'saved'>;

  constructor(client: Pick<Client, 'entity'>, profiles: Pick<SshProfiles, 'saved'>) {
    this.#client = client;
    this.#profiles = profiles;
  }

  /** The hypervisor of a machine, where it is known which it is. */
  hypervisorOf({ hypervisor }: Pick<Entity, 'hypervisor'>): Entity | undefined {
    return hypervisor && this.#client.entity(hypervisor);
  }

  /** How the host of a hypervisor is reached: as the user saved it, or as it is proposed. */
  async profileOf(hypervisor: Pick<Entity, 'id' | 'jid' | 'name'>): Promise<SshProfile> {
    return (await this.#profiles.saved(hypervisor.id)) ?? proposeProfile(hypervisor);
  }

  /** Whether a machine's screen may be reached through its host. */
  async useFor(machine: Pick<Entity, 'hypervisor'>): Promise<SshUse> {
    const hypervisor = this.hypervisorOf(machine);
    if (!hypervisor) return 'none';
    return (await this.#profiles.saved(hypervisor.id)) ? 'preferred' : 'last';
  }
}
