import { app, BrowserWindow, Notification, screen, session } from 'electron';
import type { Audience, Client, ClientAnnouncer } from '../client/client.ts';
import type { MachinePorts } from '../client/create-client.ts';
import { redactData } from '../client/redaction.ts';
import type { AppAnnouncer, AppHandlers } from '../core/contract/contract.ts';
import { DEFAULT_SETTINGS, type Settings } from '../core/contract/settings.ts';
import { messagesFor } from '../core/messages/catalogue.ts';
import { SystemKeychain } from '../node/keychain/keychain.ts';
import { openAvatarFolder } from '../node/storage/avatar-folder.ts';
import { ProfileStorage } from '../node/storage/profile-storage.ts';
import { threadedAvatars } from './avatars/threaded-avatars.ts';
import { Confirmations } from './confirmations/confirmations.ts';
import { appHandlers } from './handlers/app-handlers.ts';
import { guardedHandlers } from './handlers/guarded-handlers.ts';
import { windowHandlers } from './handlers/window-handlers.ts';
import { announceActivity } from './ipc/announce-activity.ts';
import { announcerTo } from './ipc/announcer.ts';
import { serveContract } from './ipc/serve-contract.ts';
import { Measures } from './measures/measures.ts';
import { showApplicationMenu } from './menus/application-menu.ts';
import { DesktopNotifications } from './notifications/desktop-notifications.ts';
import { BugLog } from './report/bug-log.ts';
import { DemoProcess } from './processes/demo-process.ts';
import { demoAccount } from './processes/demo-account.ts';
import { HostDesks } from './processes/host-desks.ts';
import { watchLink } from './processes/link-watch.ts';
import { gatherReport } from './report/gather-report.ts';
import { saveText } from './report/save-text.ts';
import { SystemTray } from './tray/system-tray.ts';
import { connectionOf } from './tray/tray-look.ts';
import { serveRenderer } from './windows/app-protocol.ts';
import { denyPermissions } from './windows/hardening.ts';
import { watchDisplays } from './windows/watch-displays.ts';
import { WindowList } from './windows/window-list.ts';
import { Workspaces } from './workspaces/workspaces.ts';

export interface DesktopOptions {
  readonly createClient: (ports: MachinePorts, audience: Audience) => Client;
  readonly demoArguments: readonly string[];
}

/** The application with its windows: puts the client, the contract and Electron together. */
export class Desktop {
  readonly measures = new Measures(process.getCreationTime() ?? undefined);
  readonly client: Client;
  readonly demo: DemoProcess;
  readonly windows: WindowList;
  readonly #bugs = new BugLog((text) => String(redactData(text)));
  readonly #storage = new ProfileStorage(app.getPath('userData'), redactData);
  readonly #workspaces: Workspaces;
  readonly #everyone = announcerTo(() => this.windows.contents());
  readonly #keychain = new SystemKeychain();
  readonly #avatars = threadedAvatars((cause) => this.#bugs.note('avatars', cause));
  readonly #confirmations = new Confirmations();
  readonly #hosts: HostDesks;
  readonly #notifications: DesktopNotifications;
  readonly #tray = new SystemTray(
    {
      show: () => {
        if (!this.windows.raise()) this.openWindows(undefined);
      },
      setNotifications: (systemNotifications) =>
        void this.client.handlers.settings.change({ systemNotifications }, { windowId: 0 }),
      quit: () => app.quit(),
    },
    (cause) => this.#bugs.note('tray', cause),
  );
  readonly #stops: (() => void)[] = [];
  #settings: Settings = DEFAULT_SETTINGS;
  #demoJid: ReturnType<typeof demoAccount>['settings']['jid'] | undefined;

  constructor({ createClient, demoArguments }: DesktopOptions) {
    this.windows = new WindowList({
      shown: (id, isVisible) => this.client.windowShown(id, isVisible),
      closed: (id) => {
        this.client.windowClosed(id);
        this.#hosts.windowClosed(id);
      },
      crashed: (reason) => {
        this.note('page', `It ended: ${reason}`);
        const words = messagesFor(this.#settings.language).workspaces.crashed;
        this.client.notify({ level: 'warning', ...words });
      },
    });
    this.#workspaces = new Workspaces({
      storage: this.#storage,
      screen,
      make: (bounds) => this.windows.make(bounds),
      changed: (state) => this.#everyone.workspaces.changed(state),
      replaced: (id, start) => this.#tell(id).layouts.replaced(start),
    });
    this.#notifications = new DesktopNotifications(
      { app, windows: BrowserWindow, Notification, platform: process.platform },
      () => this.windows.raise(),
    );
    this.client = createClient(this.#ports(), this.#audience());
    this.#hosts = this.#hostDesks();
    this.demo = this.#demoProcess(demoArguments);
  }

  /** Serves the windows and opens those of the last time, or the workspace that is asked for by name. */
  async start(workspace: string | undefined): Promise<void> {
    this.measures.phase('process');
    this.#stops.push(this.#bugs.watchProcess());
    denyPermissions(session.defaultSession);
    serveRenderer(session.defaultSession, (hash) => this.client.avatar(hash));
    // A page's process starts while settings, accounts and the cache are read; what it asks is answered then.
    const started = this.#openFirst(workspace).then(() => this.client.start());
    serveContract(this.#handlers(), started, (where, cause) => this.#bugs.note(where, cause));
    this.#stops.push(
      this.measures.watchEventLoop(),
      announceActivity(this.client, (activity) => {
        this.#everyone.app.activity(activity);
        this.#tray.tell({ faults: activity.faults });
      }),
      watchLink(this.client, this.#hosts),
    );
    await started;
    await this.#adoptSettings();
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    this.#tray.remove();
    this.#workspaces.windows.stop();
    await this.#workspaces.list.save();
    await this.client.stop();
    this.#avatars.stop();
    this.demo.stop();
    await this.#hosts.stop();
    await this.#storage.close();
  }

  /** Keeps a bug of ours for the problem report. */
  note(where: string, cause: unknown): void {
    this.#bugs.note(where, cause);
  }

  /** The workspaces that every profile has, by their ids. */
  get builtInWorkspaces(): readonly string[] {
    return this.#workspaces.list.all().flatMap(({ builtIn }) => builtIn ?? []);
  }

  /** Opens the windows of the last time, or those of the workspace that has this name. */
  openWindows(workspace: string | undefined): void {
    const { list, windows } = this.#workspaces;
    windows.restore(workspace === undefined ? undefined : list.named(workspace));
  }

  /** Opens a workspace beside those that are open; an unknown name is told to the user. */
  openWorkspace(name: string): void {
    const { list, windows } = this.#workspaces;
    const id = list.named(name);
    if (id !== undefined) windows.open(id, undefined);
    else this.runInWindow('workspace.open', { workspace: name });
  }

  /** Runs a window's own command in the window in front. */
  runInWindow(command: string, input: unknown = {}): void {
    if (this.windows.all().length === 0) this.openWindows(undefined);
    const window = this.windows.raise();
    if (!window) return;
    const send = (): void => {
      announcerTo(() => [window.webContents]).app.windowCommand({ command, input });
    };
    if (window.webContents.isLoading()) window.webContents.once('did-finish-load', send);
    else send();
  }

  #ports(): MachinePorts {
    return {
      storage: this.#storage,
      pictures: openAvatarFolder(app.getPath('userData')),
      keychain: this.#keychain,
      images: this.#avatars,
      report: (cause) => this.#bugs.note('client', cause),
    };
  }

  #audience(): Audience {
    const told: ClientAnnouncer = {
      ...this.#everyone,
      notices: {
        added: (notice) => {
          this.#everyone.notices.added(notice);
          this.#notifications.tell(notice);
        },
      },
      accounts: {
        changed: (accounts) => {
          this.#everyone.accounts.changed(accounts);
          this.#tray.tell({ connection: connectionOf(accounts) });
          if (accounts.some(({ connection }) => connection.name === 'online')) {
            this.measures.phase('session');
          }
        },
      },
      settings: {
        changed: (settings) => {
          this.#everyone.settings.changed(settings);
          this.#applySettings(settings);
        },
      },
    };
    return {
      everyone: told,
      window: (windowId) => this.#tell(windowId),
    };
  }

  #handlers(): AppHandlers {
    const guarded = guardedHandlers(this.client.handlers, {
      ask: (view, parent) => this.#confirmations.ask(view, parent),
      askPassword: async (view, parent) => (await this.#confirmations.askFor(view, parent))?.typed,
      windowOf: ({ windowId }) => this.windows.find(windowId),
      nameOf: (entity) => this.client.nameOf(entity),
      entities: () => this.client.entities(),
      messages: () => messagesFor(this.#settings.language),
    });
    return {
      ...guarded,
      ...windowHandlers({
        workspaces: this.#workspaces,
        tell: (windowId) => this.#tell(windowId),
        ask: (view, parent) => this.#confirmations.ask(view, parent),
        messages: () => messagesFor(this.#settings.language),
      }),
      confirmation: this.#confirmations.handlers,
      ...this.#hosts.handlers,
      app: appHandlers({
        demo: this.demo,
        measures: this.measures,
        prepareReport: (failure) => {
          const ours = { measures: this.measures.list(), bugs: this.#bugs.list() };
          return gatherReport(this.client, failure, ours);
        },
        saveText: (text, defaultPath) => saveText(text, { defaultPath }, this.windows.raise()),
      }),
    };
  }

  #tell(windowId: number): AppAnnouncer {
    return announcerTo(() => this.windows.contentsOf(windowId));
  }

  #hostDesks(): HostDesks {
    return new HostDesks({
      client: this.client,
      keychain: this.#keychain,
      storage: this.#storage,
      folder: app.getPath('userData'),
      windows: this.windows,
      confirmations: this.#confirmations,
      tell: (windowId) => this.#tell(windowId),
      messages: () => messagesFor(this.#settings.language),
      note: (where, cause) => this.note(where, cause),
    });
  }

  #demoProcess(args: readonly string[]): DemoProcess {
    return new DemoProcess(
      {
        started: (platform) => {
          const account = demoAccount(platform);
          this.#hosts.ssh.embeddedIs(platform);
          this.#demoJid = account.settings.jid;
          this.client.addDemo(account);
        },
        stopped: () => {
          this.#hosts.ssh.embeddedIs(undefined);
          if (this.#demoJid) void this.client.removeDemo(this.#demoJid);
        },
        changed: (state) => this.#everyone.app.demoChanged(state),
      },
      args,
    );
  }

  async #openFirst(workspace: string | undefined): Promise<void> {
    await this.#workspaces.list.load();
    this.openWindows(workspace);
    this.#stops.push(watchDisplays(screen, () => this.#workspaces.windows.rearrange()));
    this.measures.phase('window');
  }

  async #adoptSettings(): Promise<void> {
    const settings = await this.client.handlers.settings.get(undefined, { windowId: 0 });
    this.#applySettings(settings.ok ? settings.value : DEFAULT_SETTINGS);
  }

  #applySettings(settings: Settings): void {
    this.#settings = settings;
    this.#notifications.configure(settings);
    this.#tray.configure(settings);
    showApplicationMenu(messagesFor(settings.language), settings, (command) =>
      this.runInWindow(command),
    );
  }
}
