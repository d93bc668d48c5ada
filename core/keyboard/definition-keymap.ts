import type { ElementReader } from '../xml/element.ts';

/** The keymap that a libvirt definition sets for a screen of VNC or SPICE: `graphics/@keymap`. */
export function keymapOf(definition: ElementReader): string | undefined {
  return definition
    .children()
    .filter(({ name }) => name === 'devices')
    .flatMap((devices) => devices.children())
    .filter(({ name }) => name === 'graphics')
    .map((graphics) => graphics.attribute('keymap'))
    .find((keymap) => keymap !== undefined && keymap !== '');
}
