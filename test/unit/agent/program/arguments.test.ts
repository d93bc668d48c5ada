import { describe, expect, it } from 'vitest';
import { findingLine } from '../../../../agent/program/doctor.ts';
import { readArguments } from '../../../../agent/program/arguments.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

describe('the command line of the agent', () => {
  it('runs in the background on the usual file unless told otherwise', () => {
    expect(expectOk(readArguments([]))).toEqual({
      command: 'run',
      files: ['/etc/archipel/archipel.conf'],
      mode: 'background',
    });
  });

  it('takes several files, and the original’s names of its options', () => {
    expect(expectOk(readArguments(['-c', 'a.conf,b.conf', '--nofork']))).toEqual({
      command: 'run',
      files: ['a.conf', 'b.conf'],
      mode: 'foreground',
    });
    expect(expectOk(readArguments(['-v'])).command).toBe('version');
    expect(expectOk(readArguments(['doctor'])).command).toBe('doctor');
  });

  it('names what it does not know', () => {
    expect(expectErr(readArguments(['--fly']))).toContain('--fly');
    expect(expectErr(readArguments(['dance']))).toBe('There is no command “dance”.');
    expect(expectErr(readArguments(['--config', ',']))).toBe('--config needs at least one file.');
  });

  it('puts a finding and its remedy in one line', () => {
    const finding = {
      what: 'libvirt',
      state: 'failed',
      detail: 'away',
      remedy: 'Start it.',
    } as const;
    expect(findingLine(finding)).toBe('failed  libvirt: away — Start it.');
  });
});
