import { describe, expect, it } from 'vitest';
import { domainXml, type Domain } from '../../../../../core/xml/domain/domain.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { writeXml } from '../../../../../core/xml/write.ts';
import { expectOk } from '../expect.ts';
import { fixture, fixtureNames } from '../fixtures.ts';
import { changedLines } from '../lines.ts';

const domainNames = fixtureNames.filter((name) => name.startsWith('domain-'));

/** The lines that change in a document when some values of its domain do. */
function linesOf(name: string, change: (domain: Domain) => Partial<Domain>) {
  const text = fixture(name);
  const document = expectOk(parseXml(text));
  const domain = expectOk(domainXml.read(document.root));
  const root = domainXml.write({ ...domain, ...change(domain) }, document.root);
  return changedLines(text, writeXml({ ...document, root }));
}

describe('domainXml on real documents', () => {
  it.each(domainNames)('leaves %s as it is when nothing changed', (name) => {
    expect(linesOf(name, () => ({}))).toEqual([]);
  });

  it.each(domainNames)('changes one line of %s for its name and puts it back', (name) => {
    const text = fixture(name);
    const document = expectOk(parseXml(text));
    const domain = expectOk(domainXml.read(document.root));
    const renamed = domainXml.write({ ...domain, name: 'renamed' }, document.root);
    expect(changedLines(text, writeXml({ ...document, root: renamed }))).toHaveLength(2);
    const root = domainXml.write(domain, renamed);
    expect(expectOk(domainXml.read(root))).toEqual(domain);
  });

  it('changes a disk in the middle and no other line', () => {
    const lines = linesOf('domain-virsh-edit.xml', ({ disks }) => ({
      disks: disks.map((disk) =>
        disk.target === 'sda' ? { ...disk, sourceFile: '/a.iso' } : disk,
      ),
    }));
    expect(lines).toEqual([`+      <source file='/a.iso'/>`]);
  });

  it('takes a disk away and leaves the comment above the first', () => {
    const lines = linesOf('domain-qemu-commandline.xml', ({ disks }) => ({
      disks: disks.filter(({ target }) => target !== 'hdb'),
    }));
    expect(lines).toEqual([
      `-    <disk type='file' device='disk'>`,
      `-      <driver name='qemu' type='raw' cache='unsafe'/>`,
      `-      <source file='/srv/nested/cache.img'/>`,
      `-      <target dev='hdb' bus='ide'/>`,
      `-      <transient/>`,
      `-    </disk>`,
    ]);
  });

  it('follows what it finds in a document someone wrote by hand', () => {
    const lines = linesOf('domain-hand-edited.xml', ({ os }) => ({
      os: os && { ...os, boot: [...os.boot, { device: 'network' }] },
    }));
    expect(lines).toEqual(['+\t\t<boot dev="network"/>']);
  });

  it('keeps the section, the comment and the spaces around what it changes', () => {
    const lines = linesOf('domain-hand-edited.xml', () => ({
      description: '1 < 2',
      memoryKib: 2 * 1024 * 1024,
    }));
    expect(lines).toEqual([
      '-\t<description><![CDATA[Reads <b>5 < 6</b> & more]]></description>',
      `-\t<memory unit="MiB" dumpCore='off'>1024<!-- was 512 --></memory>`,
      '+\t<description><![CDATA[1 < 2]]></description>',
      `+\t<memory unit="MiB" dumpCore='off'>2048<!-- was 512 --></memory>`,
    ]);
  });

  it('ends new lines as the document does', () => {
    const lines = linesOf('domain-crlf.xml', () => ({ title: 'Title', onCrash: 'destroy' }));
    expect(lines.filter((line) => line.startsWith('+') && !line.endsWith('\r'))).toEqual([]);
    expect(lines).toContain('+  <title>Title</title>\r');
  });

  it('changes a document on one line within that line', () => {
    const text = fixture('domain-from-agent.xml');
    expect(linesOf('domain-from-agent.xml', () => ({ currentMemoryKib: 131_072 }))).toEqual([
      `-${text.trim()}`,
      `+${text.trim().replace('</memory>', '</memory><currentMemory unit="KiB">131072</currentMemory>')}`,
    ]);
  });
});
