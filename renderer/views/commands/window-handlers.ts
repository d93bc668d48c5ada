import type { CommandInput, WindowCommandId } from '../../../core/commands/table.ts';
import type { Settings } from '../../../core/contract/settings.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { RosterModel } from '../../features/roster/roster-model.svelte.ts';
import type { WindowHandlers } from '../../state/command-center.svelte.ts';
import type { Stores } from '../../state/stores.ts';
import type { Dialogs, OpenedPage } from '../dialogs.svelte.ts';
import type { Dock } from '../dock/dock.svelte.ts';
import { consoleHandlers } from './console-handlers.ts';
import { graphHandlers } from './graph-handlers.ts';
import { deleteGroup } from './group-handlers.ts';
import { subjectFor } from '../dock/panel-title.ts';
import { openForEach } from './open-for-each.ts';
import { hostHandlers } from './host-handlers.ts';
import { isPanelId, mainPanelFor, type PanelId } from '../registry.ts';
import { workspaceHandlers } from './workspace-handlers.ts';

/** The parts of a window that its own commands act on. */
export interface WindowParts {
  readonly stores: Stores;
  readonly dialogs: Dialogs;
  readonly dock: Dock;
  readonly roster: RosterModel;
  readonly words: Messages;
  readonly focusFilter: () => void;
  readonly isDark: () => boolean;
}

type Part<Prefix extends string> = Pick<
  WindowHandlers,
  Extract<WindowCommandId, `${Prefix}.${string}`>
>;

/** Shows the entity that a link names, or proposes to add it. */
function openLink({ stores, dock, roster }: WindowParts, jid: BareJid): void {
  const known = stores.inventory.all().find((entity) => entity.jid === jid);
  if (!known) {
    stores.commands.openForm('contact.add', [], { jid });
    return;
  }
  roster.chooseEntity(known.id);
  dock.open(mainPanelFor(known.kind), known.id, known.id);
}

function appHandlers(parts: WindowParts): Part<'app'> {
  const { stores, dialogs, isDark } = parts;
  const { api, notices, settings } = stores;
  const tell = async (reply: ReturnType<typeof api.app.startDemo>): Promise<void> => {
    const result = await reply;
    if (!result.ok) notices.fail(result.error);
  };
  return {
    'app.palette': () => dialogs.open('palette'),
    'app.settings': () => dialogs.open('settings'),
    'app.accounts': () => dialogs.open('accounts'),
    'app.explain': (failure) => dialogs.openExplanation(failure),
    'app.notifications': () => dialogs.open('notifications'),
    'app.new-window': () => void tell(api.workspaces.newWindow()),
    'app.start-demo': () => void tell(api.app.startDemo()),
    'app.stop-demo': () => void tell(api.app.stopDemo()),
    'app.tour': () => (dialogs.tour = true),
    'app.runs': () => dialogs.open('runs'),
    'app.open-link': ({ jid }) => openLink(parts, jid),
    'app.theme': () => void settings.change({ theme: isDark() ? 'light' : 'dark' }, notices),
  };
}

function accountHandlers({ stores, dialogs }: WindowParts): Part<'account'> {
  const { api, notices } = stores;
  const tell = async (reply: ReturnType<typeof api.accounts.connect>): Promise<void> => {
    const result = await reply;
    if (result.ok) return;
    // Who wants to connect is asked at once, and does not look for where to enter it.
    if (result.error.code === 'password-needed') dialogs.open('accounts');
    else notices.fail(result.error);
  };
  return {
    'account.connect': ({ jid }) => void tell(api.accounts.connect({ jid })),
    'account.disconnect': ({ jid }) => void tell(api.accounts.disconnect({ jid })),
  };
}

function rosterHandlers(parts: WindowParts): Part<'roster'> {
  const { stores, dialogs, roster, focusFilter } = parts;
  const { layout, notices, selection, settings } = stores;
  const group = (named: string | undefined) => named ?? selection.group?.name;
  const turned = () => (settings.current.arrangement === 'by-host' ? 'by-group' : 'by-host');
  return {
    'roster.filter': () => {
      layout.rosterHidden = false;
      focusFilter();
    },
    'roster.show': () => (layout.rosterHidden = !layout.rosterHidden),
    'roster.arrangement': () => void settings.change({ arrangement: turned() }, notices),
    'roster.by-host': () => void settings.change({ arrangement: 'by-host' }, notices),
    'roster.by-group': () => void settings.change({ arrangement: 'by-group' }, notices),
    'roster.hide-offline': () =>
      void settings.change({ hideOffline: !settings.current.hideOffline }, notices),
    'roster.expand-all': () => roster.fold(false),
    'roster.collapse-all': () => roster.fold(true),
    'roster.add-group': (input) => dialogs.openGroup({ kind: 'add', parent: group(input.group) }),
    'roster.rename-group': (input) => {
      const renamed = group(input.group);
      if (renamed !== undefined) dialogs.openGroup({ kind: 'rename', group: renamed });
    },
    'roster.delete-group': (input) => {
      const deleted = group(input.group);
      if (deleted !== undefined) void deleteGroup(parts, deleted);
    },
  };
}

function themeHandlers({ stores }: WindowParts): Part<'theme'> {
  const change = (theme: Settings['theme']) => () =>
    void stores.settings.change({ theme }, stores.notices);
  return {
    'theme.system': change('system'),
    'theme.light': change('light'),
    'theme.dark': change('dark'),
  };
}

type PanelHandlers = Omit<
  Part<'panel'>,
  Extract<WindowCommandId, `panel.move-to-${string}` | 'panel.shell' | 'panel.serial'>
>;

function panelHandlers({ stores, dock, words }: WindowParts): PanelHandlers {
  const { selection } = stores;
  const selected = () => (selection.ids.length === 1 ? selection.ids[0] : undefined);
  const show =
    (panel: PanelId) =>
    (_input: object, targets: readonly EntityId[]): void => {
      const open = (target: EntityId): void => dock.open(panel, target, selected());
      openForEach(targets, open, stores.notices, words);
    };
  return {
    'panel.open': ({ panel, subject }: CommandInput<'panel.open'>) => {
      if (isPanelId(panel)) dock.open(panel, subject, selected());
    },
    'panel.overview': show('overview'),
    'panel.controls': show('controls'),
    'panel.machines': show('machines'),
    'panel.users': show('users'),
    'panel.console': show('console'),
    'panel.wall': (_input, targets) => {
      if (targets.length > 0) dock.open('wall', subjectFor(targets), selected());
    },
    'panel.health': (_input, targets) => {
      if (targets.length > 0) dock.open('health', subjectFor(targets), selected());
    },
    'panel.dashboard': () => dock.open('dashboard', '', undefined),
    'panel.stanzas': () => dock.open('stanzas', '', undefined),
    'panel.logs': () => dock.open('logs', '', undefined),
    'panel.log-of': show('logs'),
    'panel.keep': () => {
      const subject = selected();
      if (subject !== undefined) dock.keep(subject);
    },
    'panel.move-right': () => dock.split('right'),
    'panel.move-below': () => dock.split('bottom'),
    'panel.tab-left': () => dock.moveTab(-1),
    'panel.tab-right': () => dock.moveTab(1),
    'panel.close': () => dock.close(dock.active),
    'panel.next': () => dock.step(1),
    'panel.previous': () => dock.step(-1),
  };
}

function entityHandlers({ stores, dialogs }: WindowParts): Part<'entity'> {
  const { api, inventory } = stores;
  const copy = (targets: readonly EntityId[], part: 'jid' | 'name'): void => {
    const text = inventory.pick(targets).map((entity) => entity[part]);
    void api.app.copy({ text: text.join('\n') });
  };
  return {
    'entity.copy-jid': (_input, targets) => copy(targets, 'jid'),
    'entity.copy-name': (_input, targets) => copy(targets, 'name'),
    'entity.why-offline': (_input, [first]) => {
      if (first !== undefined) dialogs.openWhyOffline(first);
    },
  };
}

function helpHandlers({ stores, dialogs }: WindowParts): Part<'help'> {
  const { api, notices } = stores;
  /** Whether a browser has opened it is not for us to see, so its address is shown, too. */
  const show = async (destination: OpenedPage['destination']): Promise<void> => {
    const reply = await api.app.open({ destination });
    if (reply.ok) dialogs.openPage({ destination, ...reply.value });
    else notices.fail(reply.error);
  };
  return {
    'help.documentation': () => void show('documentation'),
    'help.shortcuts': () => dialogs.open('shortcuts'),
    'help.changes': () => dialogs.open('changes'),
    'help.report': ({ failure }) => dialogs.openReport(failure),
    'help.support': () => void show('support'),
    'help.about': () => dialogs.open('about'),
  };
}

/** What this window does for each of its own commands. */
export function windowHandlers(parts: WindowParts): WindowHandlers {
  return {
    ...appHandlers(parts),
    ...accountHandlers(parts),
    ...rosterHandlers(parts),
    ...themeHandlers(parts),
    ...panelHandlers(parts),
    ...workspaceHandlers(parts),
    ...entityHandlers(parts),
    ...consoleHandlers(parts.stores.consoles, parts.dialogs, parts.stores.commands),
    ...graphHandlers(parts.stores.graphs),
    ...hostHandlers(parts),
    ...helpHandlers(parts),
  };
}
