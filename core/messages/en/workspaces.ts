import type { BuiltInId } from '../../domain/built-in-workspaces.ts';

const names: Readonly<Record<BuiltInId, string>> = {
  overview: 'Overview',
  consoles: 'Consoles',
  debugging: 'Debugging',
};

/** Workspaces: their names, the switcher in the title bar, and what is asked about them. */
export const workspaces = {
  names,
  switcher: 'Workspaces',
  more: 'More workspaces and what can be done with them',
  crashed: {
    title: 'The page of a window ended by itself.',
    hint: 'It was loaded anew, and what it showed is opened again. If it ends again, send a problem report.',
  },
  windowTitle: (name: string) => `${name} – Archipel`,
  open: (name: string) => `Open workspace ${name}`,
  openBeside: (name: string) => `Open workspace ${name} in a new window`,
  add: (name: string) => `Show the panels of ${name} beside these`,
  moveToWindow: (number: number, workspace: string) =>
    `Move panel to window ${number}: ${workspace}`,
  moveToDisplay: (number: number, label: string, size: string) =>
    `Move panel to display ${number}: ${label === '' ? size : `${label}, ${size}`}`,
  size: (width: number, height: number) => `${width} × ${height}`,
  newTitle: 'New workspace',
  duplicateTitle: 'Duplicate workspace',
  renameTitle: 'Rename workspace',
  name: 'Name',
  nameHint: 'It is saved by itself from now on.',
  nameTaken: 'Another workspace has this name.',
  copyOf: (name: string) => `${name} copy`,
  create: 'Create',
  rename: 'Rename',
  exported: (file: string) => `The workspace is in ${file}.`,
  fileName: (name: string) =>
    `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase()}.archipel.json`,
  unreadable: (detail: string) =>
    `It is no file that “Export workspace” wrote, or it is damaged. Choose another. (${detail})`,
  builtInStays: 'A built-in workspace keeps its name and stays. It can be reset or duplicated.',
  onlyBuiltIn: 'Only a built-in workspace has a first shape to go back to.',
};
