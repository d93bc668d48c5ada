import { createServer, type AddressInfo, type Server } from 'node:net';
import { RfbViewer, type ViewedScreen } from './rfb-viewer.ts';

const MOST_VIEWERS = 16;
/** How often a screen is looked at for changes while it has viewers. */
const LOOK_MS = 100;

/** The screen of one guest on a TCP port of the loopback, as QEMU offers one. */
export class ScreenServer {
  readonly #screen: ViewedScreen;
  readonly #server: Server;
  readonly #viewers = new Set<RfbViewer>();
  #look: NodeJS.Timeout | undefined;

  constructor(screen: ViewedScreen) {
    this.#screen = screen;
    this.#server = createServer((socket) => {
      socket.setNoDelay(true);
      const viewer = new RfbViewer(socket, this.#screen);
      this.#viewers.add(viewer);
      this.#watch();
      socket.once('close', () => {
        this.#viewers.delete(viewer);
        this.#watch();
      });
    });
    this.#server.maxConnections = MOST_VIEWERS;
  }

  /** Listens on that port where it is free, on another one where it is not; the answer is the port. */
  async listen(port: number | undefined): Promise<number> {
    const isGiven = port !== undefined && (await this.#tryPort(port));
    if (!isGiven) await this.#tryPort(0);
    return (this.#server.address() as AddressInfo | null)?.port ?? -1;
  }

  /** Shows the last picture to all viewers and hangs up. */
  stop(): void {
    this.#server.close();
    for (const viewer of this.#viewers) viewer.end();
  }

  /** Something was done that may show. */
  refresh(): void {
    for (const viewer of this.#viewers) viewer.refresh();
  }

  #watch(): void {
    if (this.#viewers.size === 0) {
      clearInterval(this.#look);
      this.#look = undefined;
    } else {
      this.#look ??= setInterval(() => this.refresh(), LOOK_MS);
    }
  }

  #tryPort(port: number): Promise<boolean> {
    return new Promise((settle) => {
      const failed = (): void => settle(false);
      this.#server.once('error', failed);
      this.#server.listen({ port, host: '127.0.0.1' }, () => {
        this.#server.off('error', failed);
        settle(true);
      });
    });
  }
}
