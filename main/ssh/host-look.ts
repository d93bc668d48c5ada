import * as v from 'valibot';
import { judgeHost } from '../../client/diagnosis/host-verdict.ts';
import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { HostDiagnosis } from '../../core/contract/diagnosis.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { AGENT_LOG } from '../../core/logs/agent-log-file.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { SshProfile } from '../../core/ssh/ssh-profile.ts';
import type { HostReport } from '../../node/ssh/agent-check.ts';
import { parseDestination } from '../../node/ssh/ssh-endpoint.ts';
import { SshFailureError } from '../../node/ssh/ssh-failure-error.ts';
import type { SshRoutes } from '../../node/ssh/ssh-route.ts';
import type { SshTarget } from '../streams/ssh/ssh-messages.ts';
import type { Streams } from '../streams/streams.ts';
import type { SshDesk } from './ssh-desk.ts';

export interface HostLookPorts {
  readonly client: Pick<Client, 'entity'>;
  readonly ssh: Pick<SshDesk, 'chosen' | 'target'>;
  readonly routes: Pick<SshRoutes, 'to'>;
  readonly streams: Pick<Streams, 'open' | 'tell'>;
  /** Whether the key of a host is known, so that nothing would be asked of the user about it. */
  readonly isKnown: (target: SshTarget) => Promise<boolean>;
}

type Handlers = Pick<AppHandlers['ssh'], 'hostOffer' | 'lookAtHost' | 'cancelLook'>;
type Answer = Result<HostReport, AppError>;

/** One that is over is waited for by nobody. */
interface Look {
  isOver: boolean;
  stream?: number;
}

/**
 * Looks over SSH why the agent of a hypervisor is not there. A page may name the host, which is no
 * more than it may by saving an SSH profile and opening a terminal there: it chooses neither the
 * commands nor the file, gets back what was found and single lines without their secrets, and main
 * asks the user about the key of each host that is not known, whoever named it.
 */
export class HostLook {
  readonly #ports: HostLookPorts;
  /** What each window looks at. */
  readonly #looks = new Map<number, Look>();

  constructor(ports: HostLookPorts) {
    this.#ports = ports;
  }

  readonly handlers: Handlers = {
    hostOffer: ({ hypervisor, about }, { windowId }) =>
      this.#of(hypervisor, windowId, async (entity, look) => {
        // Of who only may be a hypervisor nobody knows the host.
        const target = entity.kind === 'hypervisor' ? await this.#offered(entity) : undefined;
        if (!target) return ok({});
        const address = await this.#addressOf(target);
        if (!address.ok) return ok({});
        const answer = await this.#ask(look, target, true);
        const found = answer && this.#judge(address.value, about, answer);
        return ok({ address: address.value, ...(found && { found }) });
      }),
    lookAtHost: ({ hypervisor, about, destination }, { windowId }) =>
      this.#of(hypervisor, windowId, async (entity, look) => {
        const given = destination === undefined ? undefined : targetNamed(destination);
        if (given && !given.ok) return given;
        if (!given && entity.kind !== 'hypervisor') return notFound(entity.id);
        const target = given?.value ?? (await this.#ports.ssh.target(entity));
        const address = await this.#addressOf(target);
        if (!address.ok) return ok(this.#judge(target.host, about, address));
        const answer = (await this.#ask(look, target, false)) ?? err({ code: 'cancelled' });
        return ok(this.#judge(address.value, about, answer));
      }),
    cancelLook: async (_, { windowId }) => {
      this.windowClosed(windowId);
      return ok(undefined);
    },
  };

  /** Ends what a window looks at. */
  windowClosed(windowId: number): void {
    const look = this.#looks.get(windowId);
    this.#looks.delete(windowId);
    if (!look) return;
    look.isOver = true;
    if (look.stream !== undefined) this.#ports.streams.tell(look.stream, { kind: 'close' });
  }

  /** As the user set it up; a proposal only where its host is no stranger. */
  async #offered(entity: Entity): Promise<SshTarget | undefined> {
    const { isKnown, ssh } = this.#ports;
    const chosen = await ssh.chosen(entity);
    if (chosen) return chosen;
    const proposed = await ssh.target(entity);
    return (await isKnown(proposed)) ? proposed : undefined;
  }

  async #addressOf(target: SshTarget): Promise<Result<string, AppError>> {
    try {
      const last = (await this.#ports.routes.to(target)).at(-1);
      return last ? ok(`${last.host}:${last.port}`) : err({ code: 'cancelled' });
    } catch (cause) {
      if (cause instanceof SshFailureError) return err(cause.failure);
      throw cause;
    }
  }

  /** Undefined where it is only to be asked over a connection that stands, and there is none. */
  #ask(look: Look, target: SshTarget, isOnlyIfOpen: boolean): Promise<Answer | undefined> {
    // Nobody is asked for a key or a password once nobody waits.
    if (look.isOver) return Promise.resolve(err({ code: 'cancelled' }));
    return new Promise((resolve) => {
      look.stream = this.#ports.streams.open(
        { kind: 'check-host', target, file: AGENT_LOG, isOnlyIfOpen },
        {
          lost: (why) => resolve(err(why)),
          hear: (report) => {
            if (report.kind !== 'host-checked') return false;
            const { failure, report: told } = report;
            if (failure) resolve(err(failure));
            else resolve(told && ok(told));
            return true;
          },
        },
      );
    });
  }

  #judge(address: string, about: BareJid, answer: Answer): HostDiagnosis {
    return judgeHost({ address, file: AGENT_LOG, about, answer });
  }

  /** A machine has no host of its own; any other may be a hypervisor that was never seen online. */
  async #of<T>(
    id: EntityId,
    windowId: number,
    work: (entity: Entity, look: Look) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    const entity = this.#ports.client.entity(id);
    if (!entity || entity.kind === 'virtualmachine') return notFound(id);
    // A window has one such dialog: what it looked at before is over.
    this.windowClosed(windowId);
    const look: Look = { isOver: false };
    this.#looks.set(windowId, look);
    try {
      return await work(entity, look);
    } finally {
      if (this.#looks.get(windowId) === look) this.#looks.delete(windowId);
    }
  }
}

function notFound(what: string): Result<never, AppError> {
  return err({ code: 'not-found', what });
}

/** What the user typed, held to what a profile of SSH may be. */
function targetNamed(text: string): Result<SshTarget, AppError> {
  const target = v.safeParse(SshProfile, parseDestination(text));
  return target.success ? ok(target.output) : err({ code: 'invalid-input', detail: text });
}
