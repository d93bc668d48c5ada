/**
 * A panel over the whole screen. The page itself is what fills it, so that menus, dialogs and notices
 * are drawn there as anywhere else.
 */
export class FullScreen {
  #isOn = $state(false);

  get isOn(): boolean {
    return this.#isOn;
  }

  async toggle(): Promise<void> {
    if (document.fullscreenElement) {
      await document.exitFullscreen();
      return;
    }
    await document.documentElement.requestFullscreen();
    this.#isOn = true;
  }

  /** Hears when the user leaves it; leaves it itself once the returned function is called. */
  watch(): () => void {
    const heard = (): void => {
      if (!document.fullscreenElement) this.#isOn = false;
    };
    document.addEventListener('fullscreenchange', heard);
    return () => {
      document.removeEventListener('fullscreenchange', heard);
      if (this.#isOn && document.fullscreenElement) void document.exitFullscreen();
    };
  }
}
