import type { SimulatedDomain } from './simulated-domain.ts';

/** What a guest's text console shows: who it is, how long it runs and how busy it is, and a prompt. */
export function guestScreen(domain: SimulatedDomain): readonly string[] {
  const { guest } = domain;
  if (guest === undefined) return [];
  const name = domain.name;
  const given = domain.options.screen ?? [`Debian GNU/Linux 12 ${name} tty1`, ''];
  // The prompt is ours, answered below.
  const introduction = given.filter((line) => line.trim() !== `${name} login:`);
  const used = guest.balloon();
  const usedMiB = Math.round((used.currentKiB - (used.unusedKiB ?? 0)) / 1024);
  return [
    ...introduction,
    `${name} login: operator`,
    `operator@${name}:~$ uptime`,
    ` up ${spokenTime(guest.ranSeconds)},  1 user,  load average: ${guest.load().toFixed(2)}`,
    `operator@${name}:~$ free -m | grep Mem`,
    `Mem: ${Math.round(used.currentKiB / 1024)} total, ${usedMiB} used`,
    `operator@${name}:~$ _`,
  ];
}

function spokenTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const days = Math.floor(minutes / 1440);
  const clock = `${Math.floor((minutes % 1440) / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return days > 0 ? `${days} days, ${clock}` : clock;
}
