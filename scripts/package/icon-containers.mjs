/**
 * A Windows icon whose pictures are PNGs, which Windows reads since Vista.
 * @param {readonly { size: number, png: Buffer }[]} pictures at most 256 pixels wide
 */
export function windowsIcon(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // One byte each for width and height, in which 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

// The types whose data is a PNG, with their width in pixels; those from ic11 on are for fine screens.
const APPLE_TYPES = [
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/**
 * An Apple icon made of those pictures that it has a place for.
 * @param {readonly { size: number, png: Buffer }[]} pictures
 */
export function appleIcon(pictures) {
  const chunk = (type, data) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + data.length, 4);
    return Buffer.concat([head, data]);
  };
  const parts = APPLE_TYPES.flatMap(([type, width]) =>
    pictures.filter(({ size }) => size === width).map(({ png }) => chunk(type, png)),
  );
  return chunk('icns', Buffer.concat(parts));
}
