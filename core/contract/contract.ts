import { accounts } from './accounts.ts';
import { app } from './app.ts';
import { broadcast } from './broadcast.ts';
import { confirmation } from './confirmation.ts';
import { consoles } from './consoles.ts';
import { cursor } from './cursor.ts';
import type { Announcer, Api, Bridged, Handlers } from './define.ts';
import { diagnosis } from './diagnosis.ts';
import { guestClipboard } from './guest-clipboard.ts';
import { inventory } from './inventory.ts';
import { layouts } from './layouts.ts';
import { logs } from './logs.ts';
import { notices } from './notices.ts';
import { pasts } from './pasts.ts';
import { queries } from './queries.ts';
import { runs } from './runs.ts';
import { settings } from './settings.ts';
import { ssh } from './ssh.ts';
import { statistics } from './statistics.ts';
import { stanzas } from './stanzas.ts';
import { terminals } from './terminals.ts';
import { typing } from './typing.ts';
import { workspaces } from './workspaces.ts';

/** Everything that crosses between main and its windows. */
export const contract = {
  accounts,
  app,
  broadcast,
  confirmation,
  consoles,
  cursor,
  diagnosis,
  guestClipboard,
  inventory,
  layouts,
  logs,
  notices,
  pasts,
  queries,
  runs,
  settings,
  ssh,
  stanzas,
  terminals,
  typing,
  statistics,
  workspaces,
};

export type AppContract = typeof contract;
export type AppApi = Api<AppContract>;
export type BridgedApi = Bridged<AppContract>;
export type AppHandlers = Handlers<AppContract>;
export type AppAnnouncer = Announcer<AppContract>;
