import * as v from 'valibot';
import type { Account } from '../../core/contract/accounts.ts';
import type { DemoState } from '../../core/contract/app.ts';
import type { AppError } from '../../core/contract/app-error.ts';
import type { ConfirmationView } from '../../core/contract/confirmation.ts';
import type { Explanation } from '../../core/contract/explanation.ts';
import type { HostDiagnosis, OfflineDiagnosis } from '../../core/contract/diagnosis.ts';
import type { AppApi } from '../../core/contract/contract.ts';
import type { InventorySnapshot } from '../../core/contract/inventory.ts';
import type { WindowLayout, WindowStart } from '../../core/contract/layouts.ts';
import type { Notice } from '../../core/contract/notices.ts';
import { Query, type QueryState } from '../../core/contract/queries.ts';
import type { Run } from '../../core/contract/runs.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../core/contract/settings.ts';
import type { HostOffer, SshProfileView } from '../../core/contract/ssh.ts';
import type { StanzaRecord } from '../../core/contract/stanzas.ts';
import type { StatisticsHistory } from '../../core/protocol/statistics.ts';
import type { WorkspacesState } from '../../core/contract/workspaces.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { bare } from './fake-entities.ts';
import { accountsApi, FAKE_FACTS } from './fake-accounts.ts';
import {
  broadcastApi,
  consolesApi,
  guestClipboardApi,
  pastsApi,
  typingApi,
} from './fake-consoles.ts';
import { logsApi } from './fake-logs.ts';
import { fakeEvents, type FakeEvents } from './fake-events.ts';
import { sshApi, terminalsApi } from './fake-hosts-api.ts';
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

const OVERVIEW = { panel: 'overview', subject: 'selection', place: 'tab' } as const;

const NOTHING = (): undefined => undefined;

function fakeMain(): FakeMain {
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

function appApi(main: FakeMain, events: FakeEvents, respond: Respond): AppApi['app'] {
  const done = (member: string) => (input?: unknown) => respond(`app.${member}`, NOTHING, input);
  return {
    facts: () => respond('app.facts', () => FAKE_FACTS),
    demo: () => respond('app.demo', () => main.demo),
    startDemo: done('startDemo'),
    stopDemo: done('stopDemo'),
    open: (input) =>
      respond('app.open', () => ({ address: 'https://archipel.test/docs', opened: true }), input),
    prepareReport: (input) => respond('app.prepareReport', () => '# Report', input),
    saveReport: (input) => respond('app.saveReport', () => '/tmp/report.md', input),
    saveFixture: (input) => respond('app.saveFixture', () => '/tmp/fixture.xml', input),
    saveTable: (input) => respond('app.saveTable', () => '/tmp/table.csv', input),
    copy: done('copy'),
    measured: done('measured'),
    measures: () => respond('app.measures', () => []),
    activity: events.activity.subscribe,
    demoChanged: events.demo.subscribe,
    windowCommand: events.windowCommand.subscribe,
  };
}

function queriesApi(main: FakeMain, events: FakeEvents, respond: Respond): AppApi['queries'] {
  return {
    open: async (input) => {
      const reply = await respond('queries.open', NOTHING, input);
      const state = reply.ok ? main.answer(v.parse(Query, input.query)) : undefined;
      if (state) events.queries.emit({ key: input.key, state });
      return reply;
    },
    refresh: (input) => respond('queries.refresh', NOTHING, input),
    close: (input) => respond('queries.close', NOTHING, input),
    changed: events.queries.subscribe,
  };
}

function settingsApi(main: FakeMain, events: FakeEvents, respond: Respond): AppApi['settings'] {
  return {
    get: () => respond('settings.get', () => main.settings),
    change: (input) => {
      const known = Object.entries(input).filter(([, value]) => value !== undefined);
      main.settings = { ...main.settings, ...Object.fromEntries(known) };
      events.settings.emit(main.settings);
      return respond('settings.change', () => main.settings, input);
    },
    changed: events.settings.subscribe,
  };
}

function runsApi(main: FakeMain, events: FakeEvents, respond: Respond): AppApi['runs'] {
  return {
    start: (input) => respond('runs.start', () => ({ id: 'run-1' }), input),
    retry: (input) => respond('runs.retry', () => ({ id: 'run-2' }), input),
    cancel: (input) => respond('runs.cancel', NOTHING, input),
    list: () => respond('runs.list', () => main.runs),
    changed: events.runs.subscribe,
  };
}

function startOf(layout: WindowLayout | undefined): WindowStart {
  return { id: 'window-1', ...(layout ? { layout } : {}), panels: [OVERVIEW], hasRoster: true };
}

function workspacesApi(
  main: FakeMain,
  events: FakeEvents,
  respond: Respond,
): Pick<AppApi, 'cursor' | 'workspaces'> {
  const done = (member: string) => (input?: unknown) =>
    respond(`workspaces.${member}`, NOTHING, input);
  return {
    cursor: {
      current: () => respond('cursor.current', () => main.moment),
      point: (input) => respond('cursor.point', NOTHING, input),
      changed: events.cursor.subscribe,
    },
    workspaces: {
      state: () => respond('workspaces.state', () => ({ ...main.workspaces, own: 1 })),
      open: done('open'),
      panels: (input) => respond('workspaces.panels', () => [OVERVIEW], input),
      create: (input) => respond('workspaces.create', () => 'new', input),
      ...{ rename: done('rename'), remove: done('remove'), reset: done('reset') },
      exportFile: (input) => respond('workspaces.exportFile', () => '/tmp/w.json', input),
      importFile: () => respond('workspaces.importFile', () => 'imported'),
      newWindow: done('newWindow'),
      bringParked: done('bringParked'),
      movePanel: done('movePanel'),
      ...{ fillDisplay: done('fillDisplay'), leaveDisplay: done('leaveDisplay') },
      arrived: done('arrived'),
      changed: events.workspaces.subscribe,
      panelComes: events.panels.subscribe,
    },
  };
}

function otherApis(
  main: FakeMain,
  events: FakeEvents,
  respond: Respond,
): Pick<
  AppApi,
  'confirmation' | 'diagnosis' | 'inventory' | 'layouts' | 'notices' | 'stanzas' | 'statistics'
> {
  return {
    confirmation: {
      view: () => respond('confirmation.view', () => main.confirmation),
      copy: (input) => respond('confirmation.copy', NOTHING, input),
      answer: (input) => respond('confirmation.answer', NOTHING, input),
    },
    diagnosis: {
      whyOffline: (input) => respond('diagnosis.whyOffline', () => main.diagnosis, input),
      explain: (input) => respond('diagnosis.explain', () => main.explanation, input),
    },
    inventory: {
      snapshot: () => respond('inventory.snapshot', () => main.snapshot),
      seen: (input) => respond('inventory.seen', NOTHING, input),
      changed: events.inventory.subscribe,
    },
    layouts: {
      load: () => respond('layouts.load', () => startOf(main.layout)),
      replaced: events.layouts.subscribe,
      save: (input) => respond('layouts.save', NOTHING, input),
    },
    notices: {
      list: () => respond('notices.list', () => main.notices),
      clear: () => respond('notices.clear', NOTHING),
      added: events.notices.subscribe,
    },
    stanzas: {
      open: () => respond('stanzas.open', () => main.stanzas),
      earlier: (input) => {
        const older = main.olderStanzas.filter(({ id }) => id < input.before).slice(-2);
        return respond('stanzas.earlier', () => older, input);
      },
      close: () => respond('stanzas.close', NOTHING),
      clear: () => respond('stanzas.clear', NOTHING),
      counts: () => respond('stanzas.counts', () => ({ login: 9, query: 3 })),
      send: (input) => respond('stanzas.send', NOTHING, input),
      added: events.stanzas.subscribe,
    },
    statistics: {
      watch: (input) => respond('statistics.watch', NOTHING, input),
      unwatch: (input) => respond('statistics.unwatch', NOTHING, input),
      history: (input) => respond('statistics.history', () => main.past, input),
      sampled: events.statistics.subscribe,
    },
  };
}

/** An api as the preload offers it, typed by the contract, with its other side in the test's hands. */
export function fakeApi(changes: Partial<FakeMain> = {}): {
  readonly api: AppApi;
  readonly main: FakeMain;
  readonly events: FakeEvents;
} {
  const main = { ...fakeMain(), ...changes };
  const events = fakeEvents();
  const respond: Respond = async (member, value, input) => {
    main.calls.push([member, input]);
    const error = main.failing.get(member);
    return error ? err(error) : ok(value());
  };
  const api: AppApi = {
    accounts: accountsApi(main, events, respond),
    app: appApi(main, events, respond),
    broadcast: broadcastApi(respond),
    guestClipboard: guestClipboardApi(respond),
    consoles: consolesApi(events, respond),
    logs: logsApi(events, respond),
    typing: typingApi(events, respond),
    pasts: pastsApi(respond),
    queries: queriesApi(main, events, respond),
    runs: runsApi(main, events, respond),
    settings: settingsApi(main, events, respond),
    ssh: sshApi(main, events, respond),
    terminals: terminalsApi(events, respond),
    ...otherApis(main, events, respond),
    ...workspacesApi(main, events, respond),
  };
  return { api, main, events };
}
