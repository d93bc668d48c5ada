/** Titles of the operating system's menus. */
export const menus = { archipel: 'Archipel', view: 'View', workspace: 'Workspace', help: 'Help' };

/** The icon in the system tray, and its menu. */
export const tray = {
  show: 'Show window',
  doNotDisturb: 'Do not disturb',
  quit: 'Quit',
  notConnected: 'The connection failed',
};
