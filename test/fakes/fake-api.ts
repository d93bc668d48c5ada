import * as v from 'valibot';
import type { AppApi } from '../../core/contract/contract.ts';
import type { WindowLayout, WindowStart } from '../../core/contract/layouts.ts';
import { Query } from '../../core/contract/queries.ts';
import { err, ok } from '../../core/lib/result.ts';
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
import { fakeMain, type FakeMain, type Respond } from './fake-main.ts';

const OVERVIEW = { panel: 'overview', subject: 'selection', place: 'tab' } as const;

const NOTHING = (): undefined => undefined;

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
