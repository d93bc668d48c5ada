import RFB from '@novnc/novnc';
import { writeClientMessage, type KeyEvent } from '../../../core/rfb/client-messages.ts';
import type { PortChannel } from './port-channel.ts';

/** How a screen is shown: fitted into its panel, or so many pixels of ours for one of its own. */
export type Scale = 'fit' | number;

/**
 * noVNC's viewer with what it keeps to itself: free zoom and the canvas. It touches four members that
 * noVNC does not promise; a test holds them to the version that is installed.
 */
export class Screen extends RFB {
  declare private zoom: number | undefined;
  declare private channel: PortChannel;

  constructor(target: HTMLElement, channel: PortChannel) {
    super(target, channel, { shared: true });
    this.channel = channel;
    this.background = 'transparent';
  }

  get canvas(): HTMLCanvasElement {
    return this._canvas;
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this._canvas.width, height: this._canvas.height };
  }

  /** Sends keys of ours in place of noVNC's own; only once it is connected. */
  press(keys: readonly KeyEvent[]): void {
    for (const key of keys) this.channel.send(writeClientMessage({ kind: 'key', key }));
  }

  setScale(scale: Scale): void {
    this.zoom = scale === 'fit' ? undefined : scale;
    this.scaleViewport = scale === 'fit';
    this._updateScale();
  }

  protected override _updateScale(): void {
    super._updateScale();
    if (this.zoom === undefined) return;
    this._display.scale = this.zoom;
    this._fixScrollbars();
  }
}
