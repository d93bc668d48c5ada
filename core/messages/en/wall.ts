/** The words of the Wall panel. */
export const wall = {
  screens: (count: number) => (count === 1 ? '1 screen' : `${count} screens`),
  hint: 'Arrow keys move, Enter types into the screen, a double click opens its console.',
  open: 'A double click opens the console',
  connecting: 'Connecting',
  notRunning: (state: string) => `It has no screen now: ${state}.`,
  nothing: {
    what: 'There is no machine here.',
    why: 'A wall shows the screens of virtual machines that are selected, or of a hypervisor.',
  },
};
