/**
 * Names of roster groups. Inside the application nested groups are parted by `::`, whatever the account's own delimiter
 * is (XEP-0083); the account's roster is read and written with its own.
 */
export const GROUP_DELIMITER = '::';

/** The group that holds a nested one; undefined for one that stands at the top. */
export function parentGroup(group: string): string | undefined {
  const cut = group.lastIndexOf(GROUP_DELIMITER);
  return cut < 0 ? undefined : group.slice(0, cut);
}

/** The last part of a group's name, which the roster shows in its place. */
export function groupLabel(group: string): string {
  const cut = group.lastIndexOf(GROUP_DELIMITER);
  return cut < 0 ? group : group.slice(cut + GROUP_DELIMITER.length);
}

/** A group's whole name from the name of what holds it and its own, which may name nested groups itself. */
export function groupIn(parent: string | undefined, own: string): string {
  const parts = own
    .split(GROUP_DELIMITER)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) return '';
  return [...(parent === undefined ? [] : [parent]), ...parts].join(GROUP_DELIMITER);
}

/** Whether a group is this one or nested in it. */
export function isWithinGroup(group: string, outer: string): boolean {
  return group === outer || group.startsWith(outer + GROUP_DELIMITER);
}

/** The groups after one of them, with all that is nested in it, has another name; undefined: it is no more, and what is nested stands at the top. */
export function withGroupMoved(
  groups: readonly string[],
  from: string,
  to: string | undefined,
): readonly string[] {
  const moved = groups.map((group) => {
    if (!isWithinGroup(group, from)) return group;
    const rest = group.slice(from.length);
    return to === undefined ? rest.slice(GROUP_DELIMITER.length) : to + rest;
  });
  return [...new Set(moved)].filter((group) => group !== '');
}
