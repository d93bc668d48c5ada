import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import { BareJid } from '../domain/jid.ts';
import { SshProfile } from '../ssh/ssh-profile.ts';
import type { SshStep } from '../ssh/ssh-step.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';
import type { HostDiagnosis } from './diagnosis.ts';

/** What ssh_config makes of a profile. */
export interface SshWay {
  /** `host:port`. */
  readonly address: string;
  readonly user: string;
  /** Key files that are tried, beside the agent's. */
  readonly identityFiles: readonly string[];
  /** Hosts in between, in order, as `host:port`. */
  readonly through: readonly string[];
}

export interface SshProfileView {
  readonly profile: SshProfile;
  /** Made from the hypervisor's address; the user has not saved one. */
  readonly isProposed: boolean;
  /** Of a platform that runs inside the application: nothing is to be set. */
  readonly isEmbedded: boolean;
  /** Or why ssh_config cannot be followed. */
  readonly way: SshWay | AppError;
}

/** A connection that was only made to see whether it can be. */
export interface SshTestResult {
  /** Milliseconds from the first step to the log-in, with what the user took to answer. */
  readonly tookMs: number;
}

/** Whose log-in counts: the hypervisor's, or that of one of its machines. */
const HostQuestion = v.strictObject({ hypervisor: EntityId, about: BareJid });

/** Absent parts: there is no way to it, or nobody is logged in there. */
export interface HostOffer {
  /** `host:port` where it would be logged in to; only where the user set it up, or its key is known. */
  readonly address?: string;
  readonly found?: HostDiagnosis;
}

const Key = v.pipe(v.string(), v.maxLength(100));

/** SSH to the hosts of hypervisors; what they ask is asked by main, in a window of its own. */
export const ssh = {
  profile: call(v.strictObject({ entity: EntityId }), reply<SshProfileView>()),
  /** Keeps a profile; without one, what was kept is forgotten. */
  save: call(
    v.strictObject({ entity: EntityId, profile: v.optional(SshProfile) }),
    reply<undefined>(),
  ),
  /** Connects as this profile says, saved or not, and hangs up. Its steps are told under `key`. */
  test: call(
    v.strictObject({ key: Key, entity: EntityId, profile: SshProfile }),
    reply<SshTestResult>(),
  ),
  cancelTest: call(v.strictObject({ key: Key }), reply<undefined>()),
  /** Starts the terminal program of the system with its ssh to that host. */
  openTerminal: call(v.strictObject({ entity: EntityId }), reply<undefined>()),
  /** Whether the host of a hypervisor can be looked at, and what it shows where it is open already. */
  hostOffer: call(HostQuestion, reply<HostOffer>()),
  /**
   * Logs in where that is needed, and looks how the agent is. Nothing is changed there. Given a
   * destination, `[user@]host[:port]`, that is looked at, also for who only may be a hypervisor.
   */
  lookAtHost: call(
    v.strictObject({
      ...HostQuestion.entries,
      destination: v.exactOptional(v.pipe(v.string(), v.maxLength(400))),
    }),
    reply<HostDiagnosis>(),
  ),
  /** Ends what this window looks at. */
  cancelLook: call(v.undefined(), reply<undefined>()),
  stepped: event<{ readonly key: string; readonly step: SshStep }>(),
};
