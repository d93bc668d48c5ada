/** The ports of the PC machine's ACPI, where SeaBIOS puts them. */
const PM1_STATUS = 0x600;
const PM1_ENABLE = 0x602;
const PM1_CONTROL = 0x604;
const POWER_BUTTON = 0x0100;
/** "Soft off" of QEMU's PIIX4. */
const POWER_OFF = 0x2000;

/** The first serial port; where there is none it seems ready for everything. */
const SERIAL_DATA = 0x3f8;
const SERIAL_STATUS = 0x3fd;
const SERIAL_HAS_DATA = 0x01;
const SERIAL_CAN_SEND = 0x20;

const SECTOR_BYTES = 512;
const FLOPPY_BYTES = 1_474_560;
const LOADED_AT = 0x7c00;

type Item = number | { readonly label: string } | { readonly to: string };

const word = (value: number): readonly number[] => [value & 0xff, value >> 8];

/**
 * 16-bit code: prints a banner on the screen and on the serial port, echoes keys on the one and what
 * arrives on the other, and powers off when the power button is pressed.
 */
const CODE: readonly Item[] = [
  ...[0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xd0], // ds = ss = 0
  ...[0xbc, ...word(LOADED_AT), 0xfb], // stack below us, interrupts on
  ...[0xbe, { to: 'banner (absolute)' }],
  { label: 'print' },
  ...[0xac, 0x84, 0xc0, 0x74, { to: 'printed' }], // next character, until zero
  ...[0x88, 0xc3, 0xb4, 0x0e, 0xcd, 0x10],
  { label: 'busy' },
  ...[0xba, ...word(SERIAL_STATUS), 0xec, 0xa8, SERIAL_CAN_SEND, 0x74, { to: 'busy' }],
  ...[0xba, ...word(SERIAL_DATA), 0x88, 0xd8, 0xee, 0xeb, { to: 'print' }],
  { label: 'printed' },
  ...[0xba, ...word(PM1_ENABLE), 0xb8, ...word(POWER_BUTTON), 0xef], // let the button be noticed
  { label: 'wait' },
  0xf4, // sleep until the next timer tick or key
  ...[0xba, ...word(PM1_STATUS), 0xed, 0xf6, 0xc4, POWER_BUTTON >> 8, 0x75, { to: 'off' }],
  ...[0xb4, 0x01, 0xcd, 0x16, 0x74, { to: 'serial' }], // no key
  ...[0xb4, 0x00, 0xcd, 0x16, 0xb4, 0x0e, 0xcd, 0x10, 0xeb, { to: 'wait' }],
  { label: 'serial' },
  ...[0xba, ...word(SERIAL_STATUS), 0xec, 0xa8, SERIAL_HAS_DATA, 0x74, { to: 'wait' }],
  ...[0xba, ...word(SERIAL_DATA), 0xec, 0xee, 0xeb, { to: 'wait' }],
  { label: 'off' },
  ...[0xba, ...word(PM1_CONTROL), 0xb8, ...word(POWER_OFF), 0xef, 0xeb, { to: 'off' }],
  { label: 'banner (absolute)' },
];

const isAbsolute = (name: string): boolean => name.endsWith('(absolute)');

function sizeOf(item: Item): number {
  if (typeof item === 'number') return 1;
  if ('label' in item) return 0;
  return isAbsolute(item.to) ? 2 : 1;
}

function assemble(items: readonly Item[]): Uint8Array {
  const places = new Map<string, number>();
  let size = 0;
  for (const item of items) {
    if (typeof item === 'object' && 'label' in item) places.set(item.label, size);
    size += sizeOf(item);
  }
  const bytes: number[] = [];
  for (const item of items) {
    if (typeof item === 'number') bytes.push(item);
    else if ('to' in item) {
      const place = places.get(item.to)!;
      const relative = (place - bytes.length - 1) & 0xff;
      bytes.push(...(isAbsolute(item.to) ? word(LOADED_AT + place) : [relative]));
    }
  }
  return Uint8Array.from(bytes);
}

/** A floppy that boots in a fraction of a second and takes an ACPI shutdown as a real guest would. */
export function bootFloppy(banner: string): Uint8Array {
  const code = assemble(CODE);
  const text = new TextEncoder().encode(`${banner}\r\n\0`);
  if (code.length + text.length > SECTOR_BYTES - 2) throw new Error('The banner is too long');
  const floppy = new Uint8Array(FLOPPY_BYTES);
  floppy.set(code);
  floppy.set(text, code.length);
  floppy.set([0x55, 0xaa], SECTOR_BYTES - 2);
  return floppy;
}
