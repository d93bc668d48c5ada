import type { AppApi } from '../../../../core/contract/contract.ts';
import { MOST_PIECE } from '../../../../core/contract/pasts.ts';

/** Names of the pieces that something was kept in, in their order. */
export type Pieces = readonly string[];

/** Where pictures go that memory has no room for: to main, in bounded pieces. */
export class PastDisk {
  readonly #api: AppApi['pasts'];

  constructor(api: AppApi['pasts']) {
    this.#api = api;
  }

  /** Keeps all of it, or nothing: then the disk is full, or cannot be written. */
  async keep(bytes: Uint8Array): Promise<Pieces | undefined> {
    const pieces: string[] = [];
    for (let from = 0; from < bytes.length; from += MOST_PIECE) {
      const kept = await this.#api.keep({ bytes: bytes.slice(from, from + MOST_PIECE) });
      if (!kept.ok) {
        this.forget(pieces);
        return undefined;
      }
      pieces.push(kept.value);
    }
    return pieces;
  }

  async read(pieces: Pieces): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const parts: Uint8Array[] = [];
    for (const piece of pieces) {
      const read = await this.#api.read({ piece });
      if (!read.ok) return undefined;
      parts.push(read.value);
    }
    return joined(parts);
  }

  forget(pieces: Pieces): void {
    if (pieces.length > 0) void this.#api.forget({ pieces: [...pieces] });
  }
}

/** The bytes of all parts, one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}
