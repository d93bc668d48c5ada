import type { Client } from '../../client/client.ts';

const EVERY_MS = 500;

/** Tells twice a second what the client is doing, until the returned function is called. */
export function announceActivity(
  client: Pick<Client, 'activity'>,
  tell: (activity: ReturnType<Client['activity']>) => void,
): () => void {
  const timer = setInterval(() => tell(client.activity()), EVERY_MS);
  return () => clearInterval(timer);
}
