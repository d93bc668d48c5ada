import type { Account } from '../../core/contract/accounts.ts';
import type { Activity, DemoState } from '../../core/contract/app.ts';
import type { ConsoleState, ConsoleTraffic } from '../../core/contract/consoles.ts';
import type { InventoryDelta } from '../../core/contract/inventory.ts';
import type { PanelPlace, WindowStart } from '../../core/contract/layouts.ts';
import type { LogState } from '../../core/contract/logs.ts';
import type { Notice } from '../../core/contract/notices.ts';
import type { QueryState } from '../../core/contract/queries.ts';
import type { Run } from '../../core/contract/runs.ts';
import type { Settings } from '../../core/contract/settings.ts';
import type { SshStep } from '../../core/ssh/ssh-step.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { TypingState } from '../../core/contract/typing.ts';
import type { EntitySample } from '../../core/contract/statistics.ts';
import type { WorkspacesState } from '../../core/contract/workspaces.ts';
import type { TerminalState } from '../../core/contract/terminals.ts';
import { FakeEvent } from './fake-event.ts';

/** What the fake main process tells its windows, in the test's hands. */
export interface FakeEvents {
  readonly accounts: FakeEvent<readonly Account[]>;
  readonly activity: FakeEvent<Activity>;
  readonly cursor: FakeEvent<number | null>;
  readonly consoles: FakeEvent<{ readonly key: string; readonly state: ConsoleState }>;
  readonly traffic: FakeEvent<{ readonly key: string; readonly traffic: ConsoleTraffic }>;
  readonly demo: FakeEvent<DemoState>;
  readonly inventory: FakeEvent<InventoryDelta>;
  readonly layouts: FakeEvent<WindowStart>;
  readonly logs: FakeEvent<{ readonly key: string; readonly state: LogState }>;
  readonly notices: FakeEvent<Notice>;
  readonly panels: FakeEvent<{ readonly move: number; readonly panel: PanelPlace }>;
  readonly queries: FakeEvent<{ readonly key: string; readonly state: QueryState }>;
  readonly runs: FakeEvent<Run>;
  readonly settings: FakeEvent<Settings>;
  readonly sshSteps: FakeEvent<{ readonly key: string; readonly step: SshStep }>;
  readonly stanzas: FakeEvent<readonly StanzaRecord[]>;
  readonly terminals: FakeEvent<{ readonly key: string; readonly state: TerminalState }>;
  readonly typing: FakeEvent<{ readonly key: string; readonly state: TypingState }>;
  readonly statistics: FakeEvent<readonly EntitySample[]>;
  readonly windowCommand: FakeEvent<{ readonly command: string; readonly input: unknown }>;
  readonly workspaces: FakeEvent<WorkspacesState>;
}

/** Events of which nothing has been told yet. */
export function fakeEvents(): FakeEvents {
  return {
    accounts: new FakeEvent(),
    activity: new FakeEvent(),
    cursor: new FakeEvent(),
    consoles: new FakeEvent(),
    traffic: new FakeEvent(),
    demo: new FakeEvent(),
    inventory: new FakeEvent(),
    layouts: new FakeEvent(),
    logs: new FakeEvent(),
    notices: new FakeEvent(),
    panels: new FakeEvent(),
    queries: new FakeEvent(),
    runs: new FakeEvent(),
    settings: new FakeEvent(),
    sshSteps: new FakeEvent(),
    stanzas: new FakeEvent(),
    terminals: new FakeEvent(),
    typing: new FakeEvent(),
    statistics: new FakeEvent(),
    windowCommand: new FakeEvent(),
    workspaces: new FakeEvent(),
  };
}
