import type { Account } from '../../core/contract/accounts.ts';
import type { DemoState } from '../../core/contract/app.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Explanation } from '../../core/contract/explanation.ts';
import type { HostDiagnosis, OfflineDiagnosis } from '../../core/contract/diagnosis.ts';
import type { InventorySnapshot } from '../../core/contract/inventory.ts';
import type { WindowLayout } from '../../core/contract/layouts.ts';
import type { Notice } from '../../core/contract/notices.ts';
import type { Query } from '../../core/contract/queries.ts';
import { type QueryState } from '../../core/contract/queries.ts';
import type { Run } from '../../core/contract/runs.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/contract/settings.ts';
import type { HostOffer, SshProfileView } from '../../core/contract/ssh.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { WorkspacesState } from '../../core/contract/workspaces.ts';
import type { Result } from '../../core/lib/result.ts';
import { bare } from './fake-entities.ts';
import { FAKE_WORKSPACES } from './fake-workspaces.ts';

/** What the fake main process knows and answers; tests change it as they go. */
export interface FakeMain {
  accounts: readonly Account[];
  demo: DemoState;
  snapshot: InventorySnapshot;
  layout: WindowLayout | undefined;
  moment: number | null;
  workspaces: WorkspacesState;
  notices: readonly Notice[];
  runs: readonly Run[];
  settings: Settings;
  stanzas: readonly StanzaRecord[];
  past: StatisticsHistory;
  /** Told in pages of two. */
  olderStanzas: readonly StanzaRecord[];
  confirmation: ConfirmationView;
  diagnosis: OfflineDiagnosis;
  ssh: SshProfileView;
  hostOffer: HostOffer;
  hostFound: HostDiagnosis;
  explanation: Explanation;
  /** How a question is answered at once; undefined: the test answers it. */
  answer: (query: Query) => QueryState | undefined;
  /** Calls, by `group.member`, that fail. */
  readonly failing: Map<string, AppError>;
  /** Every call in its order, as `group.member` with its input. */
  readonly calls: [member: string, input: unknown][];
}

export type Respond = <T>(
  member: string,
  value: () => T,
  input?: unknown,
) => Promise<Result<T, AppError>>;

const NOTHING = (): undefined => undefined;

/** A main process that knows of nothing yet. */
export function fakeMain(): FakeMain {
  return {
    accounts: [],
    demo: { name: 'stopped' },
    snapshot: { revision: 0, entities: [], requests: [] },
    layout: undefined,
    moment: null,
    workspaces: FAKE_WORKSPACES,
    notices: [],
    runs: [],
    settings: DEFAULT_SETTINGS,
    stanzas: [],
    past: { fromMs: 0, stepMs: 1000, count: 0, tierSeconds: 1, series: [] },
    olderStanzas: [],
    confirmation: { title: '', effect: '', targets: [], verb: '', destructive: false },
    diagnosis: {
      jid: bare('atoll@example.org'),
      called: 'atoll',
      checks: [],
      cause: { name: 'agent-down' },
    },
    ssh: {
      profile: { host: 'atoll.example.org' },
      isProposed: true,
      isEmbedded: false,
      way: { address: 'atoll.example.org:22', user: 'ada', identityFiles: [], through: [] },
    },
    hostOffer: {},
    hostFound: { checks: [], cause: { name: 'agent-silent' } },
    explanation: {},
    answer: NOTHING,
    failing: new Map(),
    calls: [],
  };
}
