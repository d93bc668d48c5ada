import type { AgentFacts } from '../../../core/domain/entity.ts';

function parts(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10) || 0);
}

/** Whether a version, such as `0.2.0`, comes before another. */
export function isBefore(version: string, other: string): boolean {
  const one = parts(version);
  const two = parts(other);
  const at = Array.from({ length: Math.max(one.length, two.length) }, (_, place) => place).find(
    (place) => (one[place] ?? 0) !== (two[place] ?? 0),
  );
  return at !== undefined && (one[at] ?? 0) < (two[at] ?? 0);
}

/** What an agent older than this app does not announce; nothing of one that is as new as the app. */
export function lackingFeatures(
  agent: AgentFacts | undefined,
  appVersion: string,
  expected: readonly string[],
): readonly string[] {
  if (!agent) return [];
  const isOlder = agent.generation === 'original' || isBefore(agent.version ?? '', appVersion);
  return isOlder ? expected.filter((feature) => !agent.features.includes(feature)) : [];
}
