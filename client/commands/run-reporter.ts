import type { AppError } from '../../core/contract/app-error.ts';
import type { LeftOut, Run, RunItemState } from '../../core/contract/runs.ts';
import type { EntityId } from '../../core/domain/entity.ts';
import { messagesFor, type Messages } from '../../core/messages/catalogue.ts';
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

  /** Says of a run whom it passed over: nobody should have to count. */
  leftOut({ id, command, items, leftOut = [] }: Run): void {
    const { notices, settings } = this.#targets;
    const messages = messagesFor(settings.current.language);
    const left = leftOut.reduce((sum, { names }) => sum + names.length, 0);
    const titles: Readonly<Record<string, { readonly title: string }>> = messages.commands;
    const title = messages.runs.leftOutOf(
      (titles[command]?.title ?? command).replace(/…$/u, ''),
      left,
      left + items.length,
    );
    const hint = leftOut.map((one) => messages.runs.leftOut(one.names, reasonOf(one, messages)));
    notices.add({ level: 'warning', title, hint: hint.join(' '), run: id });
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

function reasonOf({ hindrance }: LeftOut, messages: Messages): string | undefined {
  return hindrance && messages.hindrance(hindrance);
}
