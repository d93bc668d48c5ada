import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { RfbViewer } from '../../agent/hypervisor/simulated/console/rfb-viewer.ts';
import type { PressedKey } from '../../agent/hypervisor/simulated/console/guest-keyboard.ts';
import { TextScreen } from '../../agent/hypervisor/simulated/console/text-screen.ts';

/** A screen that notes the keys it gets, and hangs up in the middle where it is told to. */
export class TypingServer {
  readonly keys: PressedKey[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(hangUpAfter: number) {
    const content = new TextScreen().content;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      new RfbViewer(socket, {
        name: 'typing',
        password: undefined,
        content: () => content,
        press: (key) => {
          if (this.keys.length === hangUpAfter) return;
          this.keys.push(key);
          if (this.keys.length === hangUpAfter) socket.destroy();
        },
        release: () => this.#sockets.delete(socket),
      });
    });
  }

  /** `hangUpAfter`: with which key it goes away; never when absent. */
  static async start(hangUpAfter = Infinity): Promise<TypingServer> {
    const made = new TypingServer(hangUpAfter);
    made.#server.listen(0, '127.0.0.1');
    await once(made.#server, 'listening');
    return made;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The keys that are down. */
  get down(): readonly (number | undefined)[] {
    const down = new Set<number | undefined>();
    for (const { isDown, scancode } of this.keys) {
      if (isDown) down.add(scancode);
      else down.delete(scancode);
    }
    return [...down];
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
