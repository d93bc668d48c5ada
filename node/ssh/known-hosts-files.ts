import { readFile } from 'node:fs/promises';
import { detailOf, writeAtomically } from '../storage/snapshot-file.ts';
import type { HostKey } from './host-key.ts';
import { knownHostLine, parseKnownHosts, type KnownHost } from './known-hosts.ts';
import { SshFailureError } from './ssh-failure-error.ts';

/**
 * The known_hosts files of the user and the system, which are only read, and the one of our own, to
 * which keys are added that the user trusts.
 */
export class KnownHostsFiles {
  readonly #own: string;
  #adding: Promise<unknown> = Promise.resolve();

  constructor(own: string) {
    this.#own = own;
  }

  /** All that is known, our own file first. Throws `SshFailureError` where a file cannot be read. */
  async read(others: readonly string[]): Promise<readonly KnownHost[]> {
    const files = [this.#own, ...others];
    const texts = await Promise.all(files.map((file) => readIfThere(file)));
    return files.flatMap((file, index) => parseKnownHosts(texts[index] ?? '', file));
  }

  /** Adds a key to our own file, whole or not at all; false where the file cannot be written. */
  add(host: string, port: number, key: HostKey): Promise<boolean> {
    const added = this.#adding.then(async () => {
      const text = await readIfThere(this.#own);
      const gap = text === '' || text.endsWith('\n') ? '' : '\n';
      const line = knownHostLine(host, port, key);
      return (await writeAtomically(this.#own, `${text}${gap}${line}\n`)).ok;
    });
    // What cannot be added harms nothing that is added later.
    this.#adding = added.catch(() => undefined);
    return added;
  }
}

/** A file that cannot be read may hold a revoked key: going on without it would not be safe. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw new SshFailureError({
      code: 'ssh-known-hosts-unreadable',
      file,
      detail: detailOf(cause),
    });
  }
}
