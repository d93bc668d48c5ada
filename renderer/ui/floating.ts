/** The id of the part of a page that menus and hints are drawn into, so that they stand in a landmark. */
export const FLOATING = 'floating';

/** Where menus and hints go: the page's own part for them. */
export const floatingPart = `#${FLOATING}`;
