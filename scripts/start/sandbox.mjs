import { existsSync, readFileSync } from 'node:fs';

const SWITCHES = [
  ['/proc/sys/kernel/unprivileged_userns_clone', '0', 'kernel.unprivileged_userns_clone=1'],
  [
    '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    '1',
    'kernel.apparmor_restrict_unprivileged_userns=0',
  ],
];

/** The commands that let Chromium make its sandbox, where this kernel's settings forbid it. */
export function sandboxRemedy() {
  return SWITCHES.filter(
    ([file, forbids]) => existsSync(file) && readFileSync(file, 'utf8').trim() === forbids,
  ).map(([, , setting]) => `sudo sysctl -w ${setting}`);
}
