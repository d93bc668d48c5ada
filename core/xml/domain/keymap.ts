import { attributeOf, childrenNamed, withAttribute, withChildrenReplaced } from '../edit.ts';
import type { XmlElement } from '../element.ts';

/** The kinds of screen that have a keymap. See https://libvirt.org/formatdomain.html#graphical-framebuffers */
const WITH_KEYMAP: readonly (string | undefined)[] = ['vnc', 'spice'];

/** The keymaps of a domain's screens, of each one that can have one; undefined where it has none. */
export function keymapsOf(domain: XmlElement): readonly (string | undefined)[] {
  return childrenNamed(domain, 'devices')
    .flatMap(screensIn)
    .map((screen) => attributeOf(screen, 'keymap'));
}

/** The domain with this keymap on all its screens, or without one; all else stays as it was written. */
export function withKeymap(domain: XmlElement, keymap: string | undefined): XmlElement {
  const devices = childrenNamed(domain, 'devices').map((each) => {
    const screens = screensIn(each).map(
      (screen) => [screen, withAttribute(screen, 'keymap', keymap)] as const,
    );
    return [each, withChildrenReplaced(each, new Map(screens))] as const;
  });
  return withChildrenReplaced(domain, new Map(devices));
}

function screensIn(devices: XmlElement): readonly XmlElement[] {
  return childrenNamed(devices, 'graphics').filter((one) =>
    WITH_KEYMAP.includes(attributeOf(one, 'type')),
  );
}
