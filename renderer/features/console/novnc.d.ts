/** What we use of noVNC 1.7.0, which comes without types; a test compares the names with its source. */
declare module '@novnc/novnc' {
  class RFB extends EventTarget {
    constructor(target: HTMLElement, channel: object, options?: { readonly shared?: boolean });
    scaleViewport: boolean;
    resizeSession: boolean;
    viewOnly: boolean;
    background: string;
    showDotCursor: boolean;
    /** 0 to 9: of the pictures that the server may draw with losses. */
    qualityLevel: number;
    /** 0 to 9. */
    compressionLevel: number;
    disconnect(): void;
    focus(options?: FocusOptions): void;
    blur(): void;
    clipboardPasteFrom(text: string): void;
    protected readonly _canvas: HTMLCanvasElement;
    protected readonly _display: { scale: number; readonly width: number; readonly height: number };
    /** The rectangle that is being read. */
    protected readonly _FBU: { readonly x: number; readonly y: number };
    protected readonly _supportsSetDesktopSize: boolean;
    /** By the flags of rfbproto's extended clipboard. */
    protected readonly _clipboardServerCapabilitiesFormats: Readonly<Record<number, boolean>>;
    protected readonly _clipboardServerCapabilitiesActions: Readonly<Record<number, boolean>>;
    /** What the server is given when it asks. */
    protected _clipboardText: string | null;
    protected _updateScale(): void;
    protected _fixScrollbars(): void;
    protected _screenSize(): { readonly w: number; readonly h: number };
    protected _requestRemoteResize(): void;
    protected _handleExtendedDesktopSize(): boolean;
    /** Draws a rectangle; false while not all of it has come. */
    protected _handleDataRect(): boolean;
  }
  export { RFB as default };
}
