declare module '@xmpp/tcp' {
  import type { Client } from '@xmpp/client-core';

  /** Adds the TCP framing of a stream to a client. */
  const tcp: (options: { entity: Client }) => void;
  export { tcp as default };
}
