import { createContext } from 'svelte';
import { hindranceForAll } from '../../core/commands/availability.ts';
import { findCommand } from '../../core/commands/table.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import { AccountsStore } from './accounts-store.svelte.ts';
import { ActivityStore } from './activity-store.svelte.ts';
import { CommandCenter, type OpenHindrance } from './command-center.svelte.ts';
import { ConsoleStore } from './console-store.ts';
import { GraphStore } from './graph-store.ts';
import { InventoryStore } from './inventory-store.svelte.ts';
import { LayoutStore } from './layout-store.svelte.ts';
import { LogStore } from './log-store.ts';
import { NoticeStore, type DescribeError } from './notice-store.svelte.ts';
import { QueryStore } from './query-store.svelte.ts';
import { RunStore } from './run-store.svelte.ts';
import { SelectionStore } from './selection-store.svelte.ts';
import { SettingsStore } from './settings-store.svelte.ts';
import { StatisticsStore } from './statistics-store.svelte.ts';
import { StanzaStore } from './stanza-store.svelte.ts';
import { TerminalStore } from './terminal-store.ts';
import { TimeCursor } from './time-cursor.svelte.ts';
import { WorkspaceStore } from './workspace-store.svelte.ts';

/** Everything a window knows, each part a mirror of main's or the window's own. */
export interface Stores {
  readonly api: AppApi;
  readonly accounts: AccountsStore;
  readonly activity: ActivityStore;
  readonly commands: CommandCenter;
  readonly consoles: ConsoleStore;
  readonly cursor: TimeCursor;
  readonly graphs: GraphStore;
  readonly inventory: InventoryStore;
  readonly layout: LayoutStore;
  readonly logs: LogStore;
  readonly notices: NoticeStore;
  readonly queries: QueryStore;
  readonly runs: RunStore;
  readonly selection: SelectionStore;
  readonly settings: SettingsStore;
  readonly stanzas: StanzaStore;
  readonly terminals: TerminalStore;
  readonly statistics: StatisticsStore;
  readonly workspaces: WorkspaceStore;
}

export const [getStores, setStores] = createContext<Stores>();

/** Makes the stores of one window; nothing is asked of main before `startStores`. */
export function createStores(
  api: AppApi,
  describeError: (settings: SettingsStore) => DescribeError,
): Stores {
  const settings = new SettingsStore(api.settings);
  const notices = new NoticeStore(api.notices, () => describeError(settings));
  const inventory = new InventoryStore(api.inventory);
  const runs = new RunStore(api.runs);
  const selection = new SelectionStore();
  const consoles = new ConsoleStore(api.consoles);
  const graphs = new GraphStore();
  return {
    api,
    accounts: new AccountsStore(api),
    activity: new ActivityStore(api.app),
    commands: new CommandCenter(
      inventory,
      runs,
      notices,
      selection,
      ofWhatIsOpen(consoles, graphs),
    ),
    consoles,
    cursor: new TimeCursor(api.cursor),
    graphs,
    inventory,
    layout: new LayoutStore(api.layouts),
    logs: new LogStore(api.logs),
    notices,
    queries: new QueryStore(api.queries),
    runs,
    selection,
    settings,
    stanzas: new StanzaStore(api.stanzas),
    terminals: new TerminalStore(api.terminals),
    statistics: new StatisticsStore(api.statistics),
    workspaces: new WorkspaceStore(api.workspaces, (error) => notices.fail(error)),
  };
}

function ofWhatIsOpen(consoles: ConsoleStore, graphs: GraphStore): OpenHindrance {
  const hindrance: OpenHindrance = ({ id, open: what }, targets) => {
    if (what === undefined) return undefined;
    if (what === 'console') return consoles.hindrance(id, targets);
    const current = what === 'graphs' ? graphs.current : consoles.wall;
    return current === undefined ? { code: 'not-open', what } : undefined;
  };
  return (command, targets) => {
    const found = hindrance(command, targets);
    const instead = findCommand(command.otherwise ?? '');
    const isDone = found?.code === 'not-open' && instead?.surface === 'platform';
    return isDone ? hindranceForAll(instead, targets) : found;
  };
}

/** Mirrors main until the returned function is called. */
export function startStores(stores: Stores): () => void {
  const { accounts, activity, consoles, cursor, inventory, layout, logs } = stores;
  const { notices, queries, runs, settings, statistics, terminals, workspaces } = stores;
  const mirrors = [
    settings,
    accounts,
    consoles,
    terminals,
    inventory,
    queries,
    runs,
    notices,
    layout,
    logs,
    activity,
    statistics,
  ];
  const stops = [...mirrors, workspaces, cursor].map((store) => store.start());
  return () => stops.forEach((stop) => stop());
}
