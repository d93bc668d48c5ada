import type { AppError } from '../../core/contract/app-error.ts';
import type { RunItemState } from '../../core/contract/runs.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { messagesFor } from '../../core/messages/catalogue.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { NoticeBoard } from '../notices/notice-board.ts';
import { placeOf } from '../queries/query-hub.ts';
import type { SettingsKeeper } from '../settings/settings-keeper.ts';

/** Of one run, so many failures are told one by one; the run itself lists all of them. */
const TOLD_OF_ONE_RUN = 5;

export interface RunReporterTargets {
  readonly inventory: Inventory;
  readonly notices: NoticeBoard;
  readonly settings: SettingsKeeper;
}

/** Marks entities where something failed, and tells of it. */
export class RunReporter {
  readonly #targets: RunReporterTargets;
  readonly #told = new Map<string, number>();

  constructor(targets: RunReporterTargets) {
    this.#targets = targets;
  }

  ended(run: string, entity: EntityId, state: RunItemState): void {
    if (state.name === 'failed' || state.name === 'unknown') this.#tell(run, entity, state.error);
  }

  #tell(run: string, entity: EntityId, error: AppError): void {
    const { inventory, notices, settings } = this.#targets;
    const { title, hint } = messagesFor(settings.current.language).describeError(error);
    const place = placeOf(entity);
    if (place) inventory.learnKnown(place.account, place.jid, { fault: title });
    const told = (this.#told.get(run) ?? 0) + 1;
    this.#told.set(run, told);
    if (told <= TOLD_OF_ONE_RUN) notices.add({ level: 'error', title, hint, entity, error, run });
  }
}
