import { findCommand } from '../commands/table.ts';

/** A panel of a workspace that has not been arranged by hand yet. */
export interface StartPanel {
  readonly panel: string;
  /** `selection` to follow the selection, an entity's id, or empty for a panel without a subject. */
  readonly subject: string;
  /** A tab behind the one before it, or a place of its own beside or below all that stand so far. */
  readonly place: 'tab' | 'right' | 'below';
  /** What it begins with, as the panel itself would keep it. */
  readonly state?: Readonly<Record<string, string>>;
}

export interface StartWindow {
  readonly panels: readonly StartPanel[];
  readonly hasRoster: boolean;
}

export const BUILT_IN_IDS = ['overview', 'consoles', 'debugging'] as const;
export type BuiltInId = (typeof BUILT_IN_IDS)[number];

/** One window for each display, as far as there are displays. */
const definitions: Readonly<Record<BuiltInId, readonly StartWindow[]>> = {
  overview: [
    {
      hasRoster: true,
      panels: [
        { panel: 'dashboard', subject: '', place: 'tab' },
        { panel: 'overview', subject: 'selection', place: 'tab' },
      ],
    },
  ],
  consoles: [
    {
      hasRoster: true,
      panels: [
        { panel: 'wall', subject: '', place: 'tab' },
        { panel: 'console', subject: 'selection', place: 'tab' },
      ],
    },
  ],
  debugging: [
    { hasRoster: true, panels: [{ panel: 'overview', subject: 'selection', place: 'tab' }] },
    {
      hasRoster: false,
      panels: [
        { panel: 'stanzas', subject: '', place: 'tab' },
        { panel: 'logs', subject: '', place: 'below', state: { level: 'error' } },
        { panel: 'shell', subject: '', place: 'right' },
      ],
    },
  ],
};

/** A panel exists once there is a command that opens it. */
function exists({ panel }: StartPanel): boolean {
  return findCommand(`panel.${panel}`) !== undefined;
}

/** Where a panel goes whose own display is missing: no third column, which nothing would fit into. */
function narrowed({ place }: StartPanel, at: number): StartPanel['place'] {
  if (at === 0) return 'right';
  return place === 'right' ? 'tab' : place;
}

/**
 * The windows with which a built-in workspace begins on so many displays, made of the panels that
 * this release has. Where displays are fewer, the last window holds what the missing ones would;
 * none where no panel of it exists.
 */
export function builtInWindows(id: BuiltInId, displays: number): readonly StartWindow[] {
  const windows = definitions[id]
    .map(({ hasRoster, panels }) => ({ hasRoster, panels: panels.filter(exists) }))
    .filter(({ panels }) => panels.length > 0);
  const own = windows.slice(0, Math.max(1, displays));
  const last = own.at(-1);
  if (!last) return [];
  const added = windows
    .slice(own.length)
    .flatMap(({ panels }) =>
      panels.map((panel, at): StartPanel => ({ ...panel, place: narrowed(panel, at) })),
    );
  return [...own.slice(0, -1), { ...last, panels: [...last.panels, ...added] }];
}
