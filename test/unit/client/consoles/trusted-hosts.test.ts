import { describe, expect, it } from 'vitest';
import { TrustedHosts } from '../../../../client/consoles/trusted-hosts.ts';
import type { Storage } from '../../../../client/ports.ts';
import { err, ok } from '../../../../core/lib/result.ts';

/** A file whose content the test gives and sees. */
function storage(content: unknown) {
  const file = { content, loads: 0, isFull: false };
  const kept: Pick<Storage, 'load' | 'save'> = {
    load: async () => {
      file.loads += 1;
      return ok(file.content);
    },
    save: async ({ format }, value) => {
      if (file.isFull)
        return err({ code: 'storage-unwritable', file: format, detail: 'no space left' });
      file.content = value;
      return ok(undefined);
    },
  };
  return { file, kept };
}

describe('the certificates of screens that are trusted', () => {
  it('are none at first, and are kept by host', async () => {
    const { file, kept } = storage(undefined);
    const hosts = new TrustedHosts(kept);
    expect(await hosts.fingerprint('atoll-01')).toBeUndefined();
    expect(await hosts.trust('atoll-01', 'AA:BB')).toEqual(ok(undefined));
    expect(file.content).toEqual({ 'atoll-01': 'AA:BB' });
    const later = new TrustedHosts(kept);
    expect(await later.fingerprint('atoll-01')).toBe('AA:BB');
    expect(await later.fingerprint('atoll-02')).toBeUndefined();
  });

  it('are replaced on the same host, and leave those of others', async () => {
    const { file, kept } = storage({ 'atoll-01': 'AA:BB', 'atoll-02': 'CC:DD' });
    const hosts = new TrustedHosts(kept);
    await hosts.trust('atoll-01', 'EE:FF');
    expect(file.content).toEqual({ 'atoll-01': 'EE:FF', 'atoll-02': 'CC:DD' });
    expect(await hosts.fingerprint('atoll-01')).toBe('EE:FF');
  });

  it('are read once, whoever asks at the same time', async () => {
    const { file, kept } = storage({ 'atoll-01': 'AA:BB' });
    const hosts = new TrustedHosts(kept);
    const asked = ['atoll-01', 'atoll-01', 'atoll-02'].map((host) => hosts.fingerprint(host));
    expect(await Promise.all(asked)).toEqual(['AA:BB', 'AA:BB', undefined]);
    expect(file.loads).toBe(1);
  });

  it.each([[['AA:BB']], [{ 'atoll-01': 7 }], ['AA:BB'], [null]])(
    'are none where the file holds %j',
    async (content) => {
      const hosts = new TrustedHosts(storage(content).kept);
      expect(await hosts.fingerprint('atoll-01')).toBeUndefined();
    },
  );

  it.each(['constructor', 'toString', '__proto__'])('know nothing of a host %s', async (host) => {
    const hosts = new TrustedHosts(storage({}).kept);
    expect(await hosts.fingerprint(host)).toBeUndefined();
  });

  it('count at once, though the file cannot be written, which is told', async () => {
    const { file, kept } = storage({});
    file.isFull = true;
    const hosts = new TrustedHosts(kept);
    const error = { code: 'storage-unwritable', file: 'trusted-screens', detail: 'no space left' };
    expect(await hosts.trust('atoll-01', 'AA:BB')).toEqual(err(error));
    expect(await hosts.fingerprint('atoll-01')).toBe('AA:BB');
  });
});
