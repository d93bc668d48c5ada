/** Titles of the operating system's menus. */
export const menus = { archipel: 'Archipel', view: 'View', help: 'Help' };
