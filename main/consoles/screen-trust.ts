import { type TrustedHosts, trustedPlace } from '../../client/consoles/trusted-hosts.ts';
import type { Client } from '../../client/client.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { AppHandlers } from '../../core/contract/contract.ts';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { visible } from '../../core/domain/confusable.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { err, type Result } from '../../core/lib/result.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

export interface ScreenTrustPorts {
  readonly client: Pick<Client, 'entity'>;
  readonly hosts: Pick<TrustedHosts, 'trust'>;
  readonly ask: (view: ConfirmationView, windowId: number) => Promise<boolean>;
  readonly messages: () => Messages;
}

type Refused = Extract<ConsoleFailure, { readonly code: 'certificate' }>;

/** A certificate that was refused, and where: a machine may have moved since. */
interface Shown {
  readonly fingerprint: string;
  readonly place: string;
  /** The place in words. */
  readonly called: string;
}

/** What of a fingerprint fits in a row of the window. */
const ROW = /.{1,48}/gu;

/**
 * Whom a screen's password is given to is for the user to say: a page cannot vouch for a certificate,
 * least of all for one that no screen has shown, or on another host.
 */
export class ScreenTrust {
  readonly #ports: ScreenTrustPorts;
  /** The certificates over which screens could not be opened last. */
  readonly #shown = new Map<EntityId, Shown>();

  constructor(ports: ScreenTrustPorts) {
    this.#ports = ports;
  }

  readonly handlers: Pick<AppHandlers['consoles'], 'trust'> = {
    trust: ({ entity, fingerprint }, { windowId }) => this.#trust(entity, fingerprint, windowId),
  };

  /** A screen could not be opened. */
  failed(entity: EntityId, failure: ConsoleFailure): void {
    if (failure.code !== 'certificate') return;
    const shown = this.#shownBy(entity, failure);
    if (shown) this.#shown.set(entity, shown);
    else this.#shown.delete(entity);
  }

  #shownBy(entity: EntityId, failure: Refused): Shown | undefined {
    const { client, messages } = this.#ports;
    const hypervisor = client.entity(entity)?.hypervisor;
    const place = trustedPlace(failure, hypervisor);
    if (place === undefined) return undefined;
    const { fingerprint } = failure.certificate;
    const words = messages().confirmation.trustScreen;
    const plain = visible(failure.host);
    const host = failure.isProxy === true ? words.proxy(plain) : plain;
    if (!hypervisor || failure.isThroughSsh !== true) return { fingerprint, place, called: host };
    const name = visible(client.entity(hypervisor)?.name ?? hypervisor);
    return { fingerprint, place, called: words.through(host, name) };
  }

  async #trust(
    id: EntityId,
    fingerprint: string,
    windowId: number,
  ): Promise<Result<undefined, AppError>> {
    const { ask, client, hosts, messages } = this.#ports;
    const shown = this.#shown.get(id);
    const machine = client.entity(id);
    if (!machine || shown?.fingerprint !== fingerprint) {
      return err({ code: 'not-found', what: fingerprint });
    }
    const { title, effect, verb } = messages().confirmation.trustScreen;
    const rows = [shown.called, ...(fingerprint.match(ROW) ?? [])];
    const view = { title: title(visible(machine.name)), effect, verb, destructive: false };
    const isAgreed = await ask({ ...view, targets: rows.map((text) => ({ text })) }, windowId);
    return isAgreed ? hosts.trust(shown.place, fingerprint) : err({ code: 'cancelled' });
  }
}
