import RFB from '@novnc/novnc';
import { writeClientMessage, type KeyEvent } from '../../../core/rfb/client-messages.ts';
import type { PortChannel } from './port-channel.ts';
import type { QualityLevels } from './screen-quality.ts';

/** How a screen is shown: fitted into its panel, or so many pixels of ours for one of its own. */
export type Scale = 'fit' | number;

/** No guest is asked for less, in pixels: a panel may be a strip for a moment. */
const LEAST_SIZE = { width: 320, height: 200 };
/** Of rfbproto's extended clipboard: text among the formats, and a notice among the actions. */
const [TEXT, NOTIFY] = [1, 1 << 27];

/**
 * noVNC's viewer with what it keeps to itself: free zoom, the canvas, and what the server can do. It
 * touches members that noVNC does not promise; a test holds them to the version that is installed.
 */
export class Screen extends RFB {
  declare private zoom: number | undefined;
  declare private channel: PortChannel;
  declare private isDrawn: boolean | undefined;

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

  /** Whether the server lets its screen be resized; known after its first picture. */
  get canResize(): boolean {
    return this._supportsSetDesktopSize;
  }

  /** Sends keys of ours in place of noVNC's own; only once it is connected. */
  press(keys: readonly KeyEvent[]): void {
    for (const key of keys) this.channel.send(writeClientMessage({ kind: 'key', key }));
  }

  /** How many pixels of ours stand for one of its own now, also where it is fitted in. */
  get shownScale(): number {
    return this._display.scale;
  }

  setScale(scale: Scale): void {
    this.zoom = scale === 'fit' ? undefined : scale;
    this.scaleViewport = scale === 'fit';
    this._updateScale();
  }

  setQuality({ quality, compression }: QualityLevels): void {
    this.qualityLevel = quality;
    this.compressionLevel = compression;
  }

  /** Offers a text to the guest; false for one that its server cannot take whole. */
  giveClipboard(text: string): boolean {
    const takesAll =
      this._clipboardServerCapabilitiesFormats[TEXT] === true &&
      this._clipboardServerCapabilitiesActions[NOTIFY] === true;
    // Without the extension it is Latin-1, and lines end as RFC 6143 has it.
    if (!takesAll && !isLatin1(text)) return false;
    this.clipboardPasteFrom(takesAll ? text : text.replaceAll('\r\n', '\n'));
    return true;
  }

  /** Gives the server nothing more of what it was offered. */
  forgetClipboard(): void {
    this._clipboardText = null;
  }

  protected override _updateScale(): void {
    super._updateScale();
    if (this.zoom === undefined) return;
    this._display.scale = this.zoom;
    this._fixScrollbars();
  }

  protected override _requestRemoteResize(): void {
    const { w, h } = this._screenSize();
    if (w >= LEAST_SIZE.width && h >= LEAST_SIZE.height) super._requestRemoteResize();
  }

  /** Tells of the first rectangle: until then its canvas is empty. */
  protected override _handleDataRect(): boolean {
    const isWhole = super._handleDataRect();
    if (isWhole && this.isDrawn !== true) {
      this.isDrawn = true;
      this.dispatchEvent(new CustomEvent('drawn'));
    }
    return isWhole;
  }

  /** Tells what came of a wish for another size: `desktopsize`, with whether it was refused. */
  protected override _handleExtendedDesktopSize(): boolean {
    // In place of a position: who wished it, and where it was not done, why.
    const { x: wisher, y: refusal } = this._FBU;
    const isWhole = super._handleExtendedDesktopSize();
    const detail = wisher === 1 && refusal !== 0;
    if (isWhole) this.dispatchEvent(new CustomEvent('desktopsize', { detail }));
    return isWhole;
  }
}

function isLatin1(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0xff) return false;
  return true;
}
