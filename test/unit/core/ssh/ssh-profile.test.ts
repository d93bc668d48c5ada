import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SshProfile } from '../../../../core/ssh/ssh-profile.ts';

describe('how a host is reached by SSH', () => {
  it.each([
    { host: 'hv1.example.org', user: 'ada', port: 2222, jump: 'bob@gate:22,[2001:db8::1]:22' },
    { host: 'fe80::1%eth0', user: String.raw`CORP\ada`, jump: 'none' },
    { host: 'größe.example', identityFile: '~/.ssh/id of mine' },
  ])('is %j', (profile) => {
    expect(v.safeParse(SshProfile, profile)).toMatchObject({ success: true, output: profile });
  });

  it.each([
    { host: '-oProxyCommand=sh' },
    { host: '`id`' },
    { host: 'hv1', user: '$(id)' },
    { host: 'hv1', user: String.raw`ada\ `.trim() },
    { host: 'hv1', user: '-oProxyCommand=sh' },
    // Releases of OpenSSH before 10.3 give a jump host to a shell as it is.
    { host: 'hv1', jump: '$(id>/tmp/x)@gate' },
    { host: 'hv1', jump: 'gate,ok;id' },
    { host: 'hv1', jump: 'a|b' },
  ])('is never what a shell would carry out: %j', (profile) => {
    expect(v.safeParse(SshProfile, profile).success).toBe(false);
  });
});
