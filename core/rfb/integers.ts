/** RFB's integers: all big-endian. Offsets are in bytes; what lies beyond the end reads as zero. */
export function readU16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return readI32(bytes, offset) >>> 0;
}

export function readI32(bytes: Uint8Array, offset: number): number {
  return (readU16(bytes, offset) << 16) | readU16(bytes, offset + 2);
}

export function u16(value: number): readonly number[] {
  return [(value >>> 8) & 0xff, value & 0xff];
}

/** Signed and unsigned alike: the lower 32 bits. */
export function u32(value: number): readonly number[] {
  return [...u16(value >>> 16), ...u16(value)];
}

export function joinBytes(parts: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}

/** Latin-1, which RFB's plain texts are: one character a byte. */
export function latin1Text(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

/** Bytes of a text in Latin-1; what it lacks becomes a question mark. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code > 0xff ? 0x3f : code;
  });
}
