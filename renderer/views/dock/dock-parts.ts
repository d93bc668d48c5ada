import type {
  DockviewGroupPanel,
  IContentRenderer,
  IHeaderActionsRenderer,
  ITabRenderer,
  IWatermarkRenderer,
} from 'dockview';

/** How the dock's parts are drawn: each makes an element and ends what it began. */
export interface DockParts {
  readonly content: (id: string) => IContentRenderer;
  readonly tab: (id: string) => ITabRenderer;
  readonly watermark: () => IWatermarkRenderer;
  readonly actions: (group: DockviewGroupPanel) => IHeaderActionsRenderer;
}
