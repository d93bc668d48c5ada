import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fingerprintOf,
  proxyCertificate,
  type CertificateWish,
} from '../../../../agent/consoles/proxy-certificate.ts';
import { logSink } from '../../../../agent/log/log-sink.ts';
import { FolderStore } from '../../../../agent/store/agent-store.ts';
import { makeCertificate } from '../../../../node/tls/server-certificate.ts';

const NOW = new Date('2026-05-06T07:08:09Z');

describe('the certificate of the proxies', () => {
  let folder: string;
  let lines: string[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archipel-certificate-'));
    lines = [];
  });

  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const wish = (file: string, now = NOW): CertificateWish => ({
    file: file.startsWith('/') ? file : join(folder, file),
    names: ['atoll'],
    store: new FolderStore(join(folder, 'store')),
    logger: logSink('debug', (line) => lines.push(line)).loggerOf('atoll'),
    now: () => now,
  });

  const made = () => makeCertificate({ names: ['atoll'], notBefore: NOW, days: 1 });

  it.each(['none', 'None', 'no', 'FALSE'])(
    'is none where the configuration says %s',
    async (file) => {
      expect(await proxyCertificate({ ...wish('x'), file })).toBeUndefined();
    },
  );

  it('is the one in the file, in whatever order key and certificate stand there', async () => {
    const { certificatePem, keyPem, fingerprint } = made();
    await writeFile(join(folder, 'one.pem'), certificatePem + keyPem);
    await writeFile(join(folder, 'other.pem'), keyPem + certificatePem);
    const found = await Promise.all(
      ['one.pem', 'other.pem'].map((file) => proxyCertificate(wish(file))),
    );
    expect(found.map((one) => one && fingerprintOf(one))).toEqual([fingerprint, fingerprint]);
    expect(lines).toEqual([]);
  });

  it('is one of the agent’s own where the file is missing, and stays the same', async () => {
    const first = await proxyCertificate(wish('vnc.pem'));
    const again = await proxyCertificate(wish('vnc.pem'));
    expect(again).toEqual(first);
    expect(new X509Certificate(first?.certificatePem ?? '').subject).toBe('CN=atoll');
    expect(lines[0]).toMatch(/vnc\.pem cannot be used, so the agent takes its own: ENOENT/);
  });

  it.each([
    ['holds no key', made().certificatePem],
    ['holds no certificate', made().keyPem],
    ['holds a key of another certificate', made().keyPem + made().certificatePem],
    ['is none', 'hello'],
  ])('is one of the agent’s own where the file %s', async (_what, text) => {
    await writeFile(join(folder, 'vnc.pem'), text);
    const found = await proxyCertificate(wish('vnc.pem'));
    expect(new X509Certificate(found?.certificatePem ?? '').subject).toBe('CN=atoll');
    expect(lines).toHaveLength(1);
  });

  it('is made anew before it expires', async () => {
    const first = await proxyCertificate(wish('vnc.pem'));
    const later = await proxyCertificate(wish('vnc.pem', new Date('2036-05-03T00:00:00Z')));
    expect(later).not.toEqual(first);
  });
});
