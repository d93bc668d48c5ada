import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchWithIdleLimit } from '../../../scripts/electron/idle-fetch.mjs';
import { ManualTime } from '../../support/manual-time.ts';

const servers: Server[] = [];

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('a fetch with an idle limit', () => {
  it('gives the whole answer of a server that keeps sending', async () => {
    const url = await serve((_request, response) => {
      response.write('a');
      setImmediate(() => response.end('b'));
    });
    const response = await fetchWithIdleLimit(fetch, 20_000)(url);
    expect(await response.text()).toBe('ab');
  });

  it('gives up on a server that never answers', async () => {
    const clock = new ManualTime();
    const url = await serve(() => undefined);
    const refused = expect(fetchWithIdleLimit(fetch, 15_000, clock)(url)).rejects.toThrow(
      'no data for 15 s',
    );
    await clock.pass(15_000);
    await refused;
  });

  it('gives up on a server that stops in mid-answer', async () => {
    const clock = new ManualTime();
    const url = await serve((_request, response) => {
      response.write('a');
    });
    const response = await fetchWithIdleLimit(fetch, 15_000, clock)(url);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    const next = expect(reader.read()).rejects.toThrow('no data for 15 s');
    await clock.pass(15_000);
    await next;
    expect(String.fromCharCode(...(value ?? []))).toBe('a');
  });

  it('names the host that it cannot reach', async () => {
    const url = await serve(() => undefined);
    servers.splice(0).forEach((server) => server.close());
    await expect(fetchWithIdleLimit(fetch, 5_000)(url)).rejects.toThrow(
      `cannot reach ${new URL(url).host}: ECONNREFUSED`,
    );
  });

  it('passes a refusal on', async () => {
    const url = await serve((_request, response) => response.writeHead(404).end());
    expect((await fetchWithIdleLimit(fetch, 5_000)(url)).status).toBe(404);
  });
});
