import { integer, openChoice, required, text, yesNo } from '../fields.ts';
import { XmlRecord, type InferRecord } from '../record.ts';

const PORT = { min: -1, max: 65_535 };

/** A guest's screen. See https://libvirt.org/formatdomain.html#graphical-framebuffers */
export const graphicsXml = new XmlRecord('graphics', {
  type: required(
    openChoice('@type', ['vnc', 'spice', 'rdp', 'sdl', 'desktop', 'egl-headless', 'dbus']),
  ),
  /** The TCP port; -1 lets libvirt choose. */
  port: integer('@port', PORT),
  tlsPort: integer('@tlsPort', PORT),
  isAutoport: yesNo('@autoport'),
  /** The TCP port for VNC in WebSockets; -1 lets libvirt choose. */
  websocket: integer('@websocket', PORT),
  listen: text('@listen'),
  keymap: text('@keymap'),
  /** A secret: never logged, stored or shown. */
  password: text('@passwd'),
});
export type Graphics = InferRecord<typeof graphicsXml>;
