/** What a window has open, by its own name for it. */
export interface WindowKey {
  readonly windowId: number;
  readonly key: string;
}

/** The parts of a name such as `7 c1`, under which a desk holds what a window has open. */
export function windowKey(name: string): WindowKey {
  const end = name.indexOf(' ');
  return { windowId: Number(name.slice(0, end)), key: name.slice(end + 1) };
}
