import { accounts } from './accounts.ts';
import { amounts } from './amounts.ts';
import { commands } from './commands.ts';
import { confirmation } from './confirmation.ts';
import { diagnosis } from './diagnosis.ts';
import {
  about,
  confirmPage,
  firstRun,
  notifications,
  openedPage,
  report,
  runs,
  settings,
  shortcuts,
  tour,
} from './dialogs.ts';
import { console } from './console.ts';
import { controls, machinesPanel, overview } from './entity-panels.ts';
import { describeError } from './errors.ts';
import { explanation } from './explanation.ts';
import { forms } from './forms.ts';
import { dashboard, health } from './health.ts';
import { hindrance, states } from './hindrances.ts';
import { logs } from './logs.ts';
import { keyboard } from './keyboard.ts';
import { measures } from './measures.ts';
import { menus, tray } from './menus.ts';
import { otherWords } from './other-words.ts';
import { panels } from './panels.ts';
import { protocolErrors } from './protocol-errors.ts';
import { features, roster } from './roster.ts';
import { palette, shell } from './shell.ts';
import { ssh, sshQuestions } from './ssh.ts';
import { stanzas } from './stanzas.ts';
import { serialPanel, shellPanel, terminals } from './terminals.ts';
import { typing } from './typing.ts';
import { ui } from './ui.ts';
import { wall } from './wall.ts';
import { workspaces } from './workspaces.ts';
import { usersPanel } from './users-panel.ts';

/** All words the user reads, in English; the other languages have the same shape. */
export const en = {
  about,
  accounts,
  amounts,
  commands,
  confirmPage,
  confirmation,
  console,
  controls,
  dashboard,
  describeError,
  diagnosis,
  explanation,
  features,
  firstRun,
  forms,
  health,
  hindrance,
  keyboard,
  logs,
  machinesPanel,
  measures,
  menus,
  notifications,
  openedPage,
  otherWords,
  overview,
  palette,
  panels,
  protocolErrors,
  report,
  roster,
  runs,
  settings,
  shell,
  serialPanel,
  shellPanel,
  shortcuts,
  ssh,
  sshQuestions,
  stanzas,
  states,
  terminals,
  tour,
  tray,
  typing,
  usersPanel,
  ui,
  wall,
  workspaces,
};
