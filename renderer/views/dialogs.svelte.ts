import type { Failure } from '../../core/contract/explanation.ts';
import type { EntityId } from '../../core/domain/entity.ts';

/** The dialogs of a window that are not forms of commands. */
export type DialogName =
  | 'shortcuts'
  | 'palette'
  | 'settings'
  | 'accounts'
  | 'notifications'
  | 'runs'
  | 'about'
  | 'changes'
  | 'workspace-new'
  | 'workspace-duplicate'
  | 'workspace-rename';

/** What the form of roster groups is open for; groups by their whole names. */
export type GroupTask =
  | { readonly kind: 'add'; readonly parent: string | undefined }
  | { readonly kind: 'rename'; readonly group: string };

/** A page that was handed to the browser; `opened`: as far as the system says. */
export interface OpenedPage {
  readonly destination: 'documentation' | 'support';
  readonly address: string;
  readonly opened: boolean;
}

type OpenDialog =
  | { readonly name: DialogName }
  | { readonly name: 'group'; readonly task: GroupTask }
  | { readonly name: 'page'; readonly page: OpenedPage }
  | { readonly name: 'why-offline' | 'ssh'; readonly entity: EntityId }
  | { readonly name: 'type-text'; readonly entity: EntityId; readonly text: string }
  | { readonly name: 'report'; readonly failure: Failure | undefined }
  | { readonly name: 'explanation'; readonly failure: Failure };

/** Which dialog is open: one at a time. */
export class Dialogs {
  #open = $state.raw<OpenDialog>();
  #tour = $state(false);

  get current(): OpenDialog['name'] | undefined {
    return this.#open?.name;
  }

  /** What the form of roster groups is open for. */
  get group(): GroupTask | undefined {
    return this.#open?.name === 'group' ? this.#open.task : undefined;
  }

  /** The page that was handed to the browser. */
  get page(): OpenedPage | undefined {
    return this.#open?.name === 'page' ? this.#open.page : undefined;
  }

  /** Whose absence is looked into. */
  get missed(): EntityId | undefined {
    return this.#open?.name === 'why-offline' ? this.#open.entity : undefined;
  }

  /** Whose host is reached by SSH. */
  get ssh(): EntityId | undefined {
    return this.#open?.name === 'ssh' ? this.#open.entity : undefined;
  }

  /** What went wrong that is explained or reported. */
  get failure(): Failure | undefined {
    return this.#open && 'failure' in this.#open ? this.#open.failure : undefined;
  }

  get tour(): boolean {
    return this.#tour;
  }

  set tour(on: boolean) {
    this.#tour = on;
  }

  open(name: DialogName): void {
    this.#open = { name };
  }

  openGroup(task: GroupTask): void {
    this.#open = { name: 'group', task };
  }

  openPage(page: OpenedPage): void {
    this.#open = { name: 'page', page };
  }

  /** The machine in which a text is to be typed, and its beginning. */
  get typing(): { readonly entity: EntityId; readonly text: string } | undefined {
    return this.#open?.name === 'type-text' ? this.#open : undefined;
  }

  openTypeText(entity: EntityId, text: string): void {
    this.#open = { name: 'type-text', entity, text };
  }

  /** Looks into why somebody is offline. */
  openWhyOffline(entity: EntityId): void {
    this.#open = { name: 'why-offline', entity };
  }

  /** Shows how the host of a hypervisor is reached by SSH. */
  openSsh(entity: EntityId): void {
    this.#open = { name: 'ssh', entity };
  }

  /** Explains what went wrong. */
  openExplanation(failure: Failure): void {
    this.#open = { name: 'explanation', failure };
  }

  /** Begins a problem report, about something that went wrong or about anything. */
  openReport(failure: Failure | undefined): void {
    this.#open = { name: 'report', failure };
  }

  close(): void {
    this.#open = undefined;
  }
}
