/** What we use of noVNC 1.7.0, which comes without types; a test compares the names with its source. */
declare module '@novnc/novnc' {
  class RFB extends EventTarget {
    constructor(target: HTMLElement, channel: object, options?: { readonly shared?: boolean });
    scaleViewport: boolean;
    viewOnly: boolean;
    background: string;
    showDotCursor: boolean;
    disconnect(): void;
    focus(options?: FocusOptions): void;
    blur(): void;
    protected readonly _canvas: HTMLCanvasElement;
    protected readonly _display: { scale: number; readonly width: number; readonly height: number };
    protected _updateScale(): void;
    protected _fixScrollbars(): void;
  }
  export { RFB as default };
}
